"""Who is who in a snapshot: mentions of all inputs → groups → numbered firms with lasting ids."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from rongtong import identity
from rongtong.definitions.catalogue import Catalogue
from rongtong.facts.settling.inputs import Input
from rongtong.facts.state import State
from rongtong.facts.text import literal


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input], state: State, catalogue: Catalogue) -> pa.Table:
    """Create the tables ``mentions`` and ``firms`` (n, firm, uscc, name); returns the questions for a person.

    A firm is numbered by its least mention in force, so the order of imports does not matter; its id is that of the
    mention that came first in the journal.
    """
    connection.execute(f"CREATE TABLE every_mention AS {_every_mention(inputs, catalogue)}")
    links = identity.link(_linkable(connection), *_decided(state))
    connection.register("groups", links.groups)
    connection.execute(
        """
        CREATE TABLE firm_numbers AS
        SELECT root, CAST(row_number() OVER (ORDER BY root) - 1 AS INTEGER) AS n FROM groups GROUP BY root;
        CREATE TABLE mentions AS
        SELECT e.*, f.n, 'f' || e.mention AS firm, g.why
        FROM every_mention e JOIN groups g USING (mention) JOIN firm_numbers f USING (root)
        ORDER BY e.input, e.row;
        CREATE TABLE firms AS
        SELECT n,
               'f' || arg_min(mention, (first, input, row)) AS firm,
               arg_min(code, (NOT valid, uscc_rank, -date_number, mention)) FILTER (code IS NOT NULL) AS uscc,
               arg_min(name, (name_rank, -date_number, mention)) FILTER (name IS NOT NULL) AS name
        FROM mentions GROUP BY n ORDER BY n;
        """
    )
    connection.unregister("groups")
    return links.questions


def _every_mention(inputs: list[Input], catalogue: Catalogue) -> str:
    """SQL for one row a mention; a row that stands in two tables of one sheet is one mention."""
    if not inputs:
        return (
            "SELECT '' AS mention, 0 AS row, '' AS uscc, '' AS name, '' AS former_name, 0 AS input, 0 AS first, '' AS "
            "part, '' AS source, '' AS file, '' AS sheet, 0 AS uscc_rank, 0 AS name_rank, 0 AS date_number WHERE false"
        )
    selects = " UNION ALL ".join(_mention(one, catalogue) for one in inputs)
    return f"SELECT DISTINCT ON (mention) * FROM ({selects}) ORDER BY mention, input"


def _mention(one: Input, catalogue: Catalogue) -> str:
    former = '"former_name"' if "former_name" in one.table.cells else "CAST(NULL AS VARCHAR)"
    date = (one.part.date or "0").replace("-", "")
    return f"""
        SELECT mention, row, uscc, name, {former} AS former_name, {one.order} AS input, {one.imported.first} AS first,
               {literal(one.imported.part)} AS part, {literal(one.imported.source)} AS source,
               {literal(one.imported.file)} AS file, {literal(one.table.sheet)} AS sheet,
               {one.rank(catalogue, "uscc")} AS uscc_rank, {one.rank(catalogue, "name")} AS name_rank,
               {date} AS date_number
        FROM {one.view}"""


def _linkable(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The mentions for linking; their codes normalised and checked once, kept for choosing a firm's code."""
    mentions: pa.Table = connection.sql("SELECT mention, uscc, name, former_name FROM every_mention").to_arrow_table()
    checked = identity.check_column(mentions.column("uscc"))
    connection.register("checked", checked.append_column("mention", mentions.column("mention")))
    connection.execute(
        """
        CREATE OR REPLACE TABLE every_mention AS
        SELECT e.*, c.normalised AS code, coalesce(c.valid, false) AS valid
        FROM every_mention e JOIN checked c USING (mention)
        """
    )
    connection.unregister("checked")
    return mentions


def _decided(state: State) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    same: list[tuple[str, str]] = []
    different: list[tuple[str, str]] = []
    for entry in state.of_kind("same", "different"):
        pair = (str(entry.body["decision"]["left"]), str(entry.body["decision"]["right"]))
        (same if entry.kind == "same" else different).append(pair)
    return same, different
