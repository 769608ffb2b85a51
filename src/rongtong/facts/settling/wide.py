"""Settling wide: where all claims of a fact agree, whole columns at a time; only the rest goes the long way."""

from __future__ import annotations

import duckdb

from rongtong.definitions.catalogue import Catalogue
from rongtong.facts.settling.inputs import Input, of_kind
from rongtong.facts.text import quote

#: Settled from the mentions themselves, not as slots.
IDENTITY = ("uscc", "name")


def slots_of(inputs: list[Input], catalogue: Catalogue) -> list[str]:
    """The slots of which any fact table in force holds a column, sorted; names beside the own one settle elsewhere."""
    return sorted({slot for one in of_kind(inputs, "facts") for slot in one.slots} - {*IDENTITY, *catalogue.names})


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input], slots: list[str]) -> None:
    """Create ``agreed``: n and, per slot, the value all its claims agree on.

    Firms with several rows of facts stand in ``several`` first, where ``differ`` lists the slots on which their claims
    differ; the value is the least one for the time being. Where there is one row, its values are taken as they are.
    """
    facts = [one for one in of_kind(inputs, "facts") if set(one.slots) & set(slots)]
    if not facts:
        connection.execute("CREATE TABLE several AS SELECT n, CAST([] AS VARCHAR[]) AS differ FROM firms WHERE false")
        connection.execute("CREATE VIEW agreed AS SELECT n FROM several")
        return
    rows = " UNION ALL ".join(f"SELECT m.n FROM {one.numbered}" for one in facts)
    connection.execute(f"CREATE TABLE crowded AS SELECT n FROM ({rows}) GROUP BY n HAVING count(*) > 1")
    _aggregate(connection, facts, slots)
    alone = "".join(f" UNION ALL BY NAME {_rows(one, slots)} ANTI JOIN crowded c ON c.n = m.n" for one in facts)
    connection.execute(f"CREATE VIEW agreed AS SELECT * EXCLUDE (differ) FROM several {alone}")


def _rows(one: Input, slots: list[str]) -> str:
    columns = ", ".join(f"v.{quote(slot)}" for slot in one.slots if slot in slots)
    return f"SELECT m.n, {columns} FROM {one.numbered}"


def _aggregate(connection: duckdb.DuckDBPyConnection, facts: list[Input], slots: list[str]) -> None:
    union = " UNION ALL BY NAME ".join(f"{_rows(one, slots)} SEMI JOIN crowded c ON c.n = m.n" for one in facts)
    low = ", ".join(f"min({quote(slot)}) AS {quote(slot)}" for slot in slots)
    high = ", ".join(f"max({quote(slot)}) AS {quote(slot + '!max')}" for slot in slots)
    differ = ", ".join(f"CASE WHEN {quote(s)} <> {quote(s + '!max')} THEN '{s}' END" for s in slots)
    connection.execute(
        f"""
        CREATE TABLE several AS
        SELECT n, list_filter([{differ}], lambda s: s IS NOT NULL) AS differ, {", ".join(quote(s) for s in slots)}
        FROM (SELECT n, {low}, {high} FROM ({union}) GROUP BY n)
        """
    )
