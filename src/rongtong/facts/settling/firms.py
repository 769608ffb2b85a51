"""Who is who in a snapshot: mentions of all inputs → groups → numbered firms with lasting ids."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from rongtong import identity
from rongtong.definitions.catalogue import Catalogue
from rongtong.facts import judging
from rongtong.facts.settling import pairs
from rongtong.facts.settling.inputs import Input
from rongtong.facts.state import State
from rongtong.facts.text import literal, quote
from rongtong.identity import Links
from rongtong.identity.link_tables import FULL_NAME
from rongtong.identity.several import SEPARATOR


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input], state: State, catalogue: Catalogue) -> Links:
    """Create the tables ``mentions`` and ``firms`` (n, firm, uscc, name); returns what linking found.

    A firm is numbered by its least mention in force, so the order of imports does not matter; its id is that of the
    mention that came first in the journal.
    """
    connection.register("input_rows", _inputs(inputs, catalogue))
    connection.execute("CREATE TABLE inputs AS FROM input_rows")
    mentions = _mentions(connection, inputs, catalogue)
    links = identity.link(mentions, *pairs.decided(state, mentions), judging.judge(state.judging))
    connection.register("every_mention", mentions)
    connection.register("groups", links.groups)
    connection.execute(_NUMBER)
    connection.execute(_MENTIONS)
    connection.execute(_FIRMS)
    for name in ("input_rows", "every_mention", "groups"):
        connection.unregister(name)
    return links


_NUMBER = """
    CREATE TABLE numbered AS
    SELECT e.page, e.row, e.mention, e.input, e.uscc, e.name, e.normalised AS code, coalesce(e.valid, false) AS valid,
           f.n, g.why
    FROM every_mention e JOIN groups g USING (mention)
    JOIN (SELECT root, CAST(row_number() OVER (ORDER BY root) - 1 AS INTEGER) AS n FROM groups GROUP BY root) f
    USING (root)
"""

_MENTIONS = """
    CREATE VIEW mentions AS
    SELECT m.*, 'f' || m.mention AS firm, i.* EXCLUDE (input) FROM numbered m JOIN inputs i USING (input)
"""

_WHOLE = f"regexp_matches(name, {literal(FULL_NAME)})"
#: Most firms are mentioned once, and then there is nothing to choose. Of sources of one rank the name beside a valid
#: code wins, then a whole one, then the latest: a list that writes firms for short, or as once called, renames nobody.
_FIRMS = f"""
    CREATE TABLE firms AS
    WITH several AS (SELECT n FROM numbered GROUP BY n HAVING count(*) > 1)
    SELECT n, 'f' || mention AS firm, code AS uscc, name FROM numbered ANTI JOIN several USING (n)
    UNION ALL
    SELECT n,
           'f' || arg_min(mention, (first, input, row)) AS firm,
           arg_min(code, (NOT valid, uscc_rank, -date_number, mention)) FILTER (code IS NOT NULL) AS uscc,
           arg_min(name, (name_rank, NOT valid, NOT {_WHOLE}, -date_number, mention))
               FILTER (name IS NOT NULL) AS name
    FROM mentions SEMI JOIN several USING (n) GROUP BY n
"""


def _inputs(inputs: list[Input], catalogue: Catalogue) -> pa.Table:
    """What holds for every row of an input: where it stands, and what it is worth."""
    rows = [
        {
            "input": one.order, "first": one.imported.first, "part": one.imported.part, "source": one.imported.source,
            "file": one.imported.file, "sheet": one.table.sheet, "uscc_rank": one.rank(catalogue, "uscc"),
            "name_rank": one.rank(catalogue, "name"), "date_number": int((one.part.date or "0").replace("-", "")),
        }
        for one in inputs
    ]  # fmt: skip  # read by rows
    return pa.Table.from_pylist(rows, schema=_INPUTS)


_INPUTS = pa.schema(
    [("input", pa.int32()), ("first", pa.int32())]
    + [(name, pa.string()) for name in ("part", "source", "file", "sheet")]
    + [(name, pa.int32()) for name in ("uscc_rank", "name_rank", "date_number")]
)


def _mentions(connection: duckdb.DuckDBPyConnection, inputs: list[Input], catalogue: Catalogue) -> pa.Table:
    """One row a mention, its code normalised and checked; a row in two tables of one sheet is one mention."""
    names = catalogue.names
    pages: dict[int, list[Input]] = {}
    for one in inputs:
        pages.setdefault(one.page, []).append(one)
    every = [_page(tables, names) for tables in pages.values()]
    found: pa.Table = connection.sql(" UNION ALL ".join(every) or _nobody(names)).to_arrow_table()
    checked = identity.check_column(found["uscc"])
    for name in checked.column_names:
        found = found.append_column(name, checked[name])
    return found


def _nobody(names: Sequence[str]) -> str:
    others = "".join(f", '' AS {name}" for name in names)
    return f"SELECT 0 AS page, 0 AS row, '' AS mention, '' AS uscc, '' AS name{others}, 0 AS input WHERE false"


def _page(tables: list[Input], names: Sequence[str]) -> str:
    rows = " UNION ALL ".join(_rows(one, names) for one in tables)
    if len(tables) == 1:
        return rows
    others = "".join(f", string_agg({name}, {literal(SEPARATOR)} ORDER BY input) AS {name}" for name in names)
    return f"""
        SELECT page, row, mention, arg_min(uscc, input) AS uscc, arg_min(name, input) AS name{others},
               min(input) AS input
        FROM ({rows}) GROUP BY page, row, mention"""


def _rows(one: Input, names: Sequence[str]) -> str:
    others = "".join(
        f", {quote(name) if name in one.table.cells else 'CAST(NULL AS VARCHAR)'} AS {name}" for name in names
    )
    return f"SELECT {one.page} AS page, row, mention, uscc, name{others}, {one.order} AS input FROM {one.view}"
