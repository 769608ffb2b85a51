"""Settling record lists: one row a record; several sources of one record are settled attribute by attribute."""

from __future__ import annotations

import duckdb

from rongtong.definitions.catalogue import Catalogue, Field
from rongtong.definitions.slots import Slot
from rongtong.facts.settling.inputs import Input
from rongtong.facts.text import literal, quote


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input], catalogue: Catalogue) -> list[str]:
    """Create a table ``list_<id>`` for every list with records; returns their names."""
    names = []
    for field in catalogue.lists:
        tables = [one for one in inputs if one.table.kind == "list" and one.table.list_id == field.id]
        if tables:
            connection.execute(f"CREATE TABLE list_{field.id} AS {_records(tables, field, catalogue)}")
            names.append(f"list_{field.id}")
    return names


def _records(tables: list[Input], field: Field, catalogue: Catalogue) -> str:
    """SQL for the records: those with a key once a key; those without, of the best source that has any for the firm."""
    attributes = [attribute.id for attribute in field.attributes]
    chosen = ", ".join(
        f"CASE WHEN count(DISTINCT {quote(a)}) FILTER (tie = 1) = 1 THEN any_value({quote(a)}) FILTER (tie = 1) "
        f"WHEN count({quote(a)}) FILTER (tie = 1) = 0 THEN arg_min({quote(a)}, place) END AS {quote(a)}"
        for a in attributes
    )
    union = " UNION ALL BY NAME ".join(_rows(one, field, catalogue) for one in tables)
    nothing = ", ".join(f"CAST(NULL AS {catalogue.sql_type(Slot(field.id, a))}) AS {quote(a)}" for a in attributes)
    return f"""
        WITH rows AS (SELECT NULL AS n, NULL AS item, NULL AS keyed, NULL AS rank, NULL AS date, NULL AS mention,
                             NULL AS input, {nothing} WHERE false UNION ALL BY NAME {union}),
        kept AS (
            SELECT *, CASE WHEN keyed THEN item ELSE mention END AS record FROM rows
            QUALIFY keyed OR input = arg_min(input, (rank, date, input)) FILTER (NOT keyed) OVER (PARTITION BY n)
        ), ordered AS (
            SELECT *, rank() OVER (PARTITION BY n, record ORDER BY rank, date DESC) AS tie,
                   row_number() OVER (PARTITION BY n, record ORDER BY rank, date DESC, mention) AS place
            FROM kept
        )
        SELECT CAST(n AS INTEGER) AS n, any_value(item ORDER BY place) AS item, {chosen},
               min(mention) AS mention
        FROM ordered GROUP BY n, record ORDER BY n, record"""


def _rows(one: Input, field: Field, catalogue: Catalogue) -> str:
    attributes = ", ".join(f"{quote(slot)} AS {quote(slot.partition('.')[2])}" for slot in one.slots)
    return f"""
        SELECT m.n, v.item, NOT starts_with(v.item, 'row ') AS keyed, {one.rank(catalogue, field.id)} AS rank,
               {literal(one.part.date or "")} AS date, mention,
               {literal(one.imported.source + one.table.sheet)} AS input, {attributes}
        FROM {one.view} v JOIN mentions m USING (mention)"""
