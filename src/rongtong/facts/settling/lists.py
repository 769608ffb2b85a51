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
        f"CASE WHEN arg_min({quote(a)}, (_tie, {quote(a)})) = arg_max({quote(a)}, (-_tie, {quote(a)})) "
        f"THEN arg_min({quote(a)}, (_tie, {quote(a)})) END AS {quote(a)}"
        for a in attributes
    )
    union = " UNION ALL BY NAME ".join(_rows(one, field, catalogue) for one in tables)
    nothing = ", ".join(f"CAST(NULL AS {catalogue.sql_type(Slot(field.id, a))}) AS {quote(a)}" for a in attributes)
    return f"""
        WITH rows AS (SELECT NULL AS _n, NULL AS _item, NULL AS _keyed, NULL AS _rank, NULL AS _date_number,
                             NULL AS _mention, NULL AS _input, {nothing} WHERE false UNION ALL BY NAME {union}),
        kept AS (
            SELECT *, CASE WHEN _keyed THEN _item ELSE _mention END AS _record FROM rows
            QUALIFY _keyed
                 OR _input = arg_min(_input, (_rank, -_date_number, _input)) FILTER (NOT _keyed) OVER (PARTITION BY _n)
        ), ordered AS (
            SELECT *, rank() OVER (PARTITION BY _n, _record ORDER BY _rank, _date_number DESC) AS _tie,
                   row_number() OVER (PARTITION BY _n, _record ORDER BY _rank, _date_number DESC, _mention) AS _place
            FROM kept
        )
        SELECT CAST(_n AS INTEGER) AS n, any_value(_item ORDER BY _place) AS item, {chosen},
               arg_min(_mention, _place) AS mention
        FROM ordered GROUP BY _n, _record ORDER BY _n, _record"""


def _rows(one: Input, field: Field, catalogue: Catalogue) -> str:
    attributes = "".join(f", v.{quote(slot)} AS {quote(slot.partition('.')[2])}" for slot in one.slots)
    date = (one.part.date or "0").replace("-", "")
    return f"""
        SELECT m.n AS _n, v.item AS _item, v.item <> 'row ' || v.row AS _keyed,
               {one.rank(catalogue, field.id)} AS _rank, {date} AS _date_number, m.mention AS _mention,
               {literal(one.imported.source + one.table.sheet)} AS _input{attributes}
        FROM {one.numbered}"""
