"""Settling wide: where all claims of a fact agree, whole columns at a time; only the rest goes the long way."""

from __future__ import annotations

import duckdb

from rongtong.facts.settling.inputs import Input, of_kind
from rongtong.facts.text import quote

#: Settled from the mentions themselves, not as slots.
IDENTITY = ("uscc", "name", "former_name")


def slots_of(inputs: list[Input]) -> list[str]:
    """The slots of which any fact table in force holds a column, sorted."""
    return sorted({slot for one in of_kind(inputs, "facts") for slot in one.slots} - set(IDENTITY))


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input], slots: list[str]) -> None:
    """Create ``agreed``: n and, per slot, the value all its claims agree on.

    Where they do not, the column ``differ`` lists the slots, and the value is the least one for the time being.
    """
    facts = [one for one in of_kind(inputs, "facts") if set(one.slots) & set(slots)]
    if not facts:
        connection.execute("CREATE TABLE agreed AS SELECT n, CAST([] AS VARCHAR[]) AS differ FROM firms")
        return
    if len(facts) == 1 and _one_row_a_firm(connection, facts[0]):
        _copy(connection, facts[0], slots)
        return
    _aggregate(connection, facts, slots)


def _one_row_a_firm(connection: duckdb.DuckDBPyConnection, one: Input) -> bool:
    row = connection.execute(
        f"SELECT count(*) = count(DISTINCT m.n) FROM {one.view} v JOIN mentions m USING (mention)"
    ).fetchone()
    return bool(row and row[0])


def _copy(connection: duckdb.DuckDBPyConnection, one: Input, slots: list[str]) -> None:
    columns = ", ".join(f"v.{quote(slot)}" for slot in slots)
    connection.execute(
        f"""
        CREATE VIEW agreed AS
        SELECT m.n, CAST([] AS VARCHAR[]) AS differ, {columns}
        FROM {one.view} v JOIN mentions m USING (mention)
        """
    )


def _aggregate(connection: duckdb.DuckDBPyConnection, facts: list[Input], slots: list[str]) -> None:
    union = " UNION ALL BY NAME ".join(
        f"SELECT mention, {', '.join(quote(s) for s in one.slots if s in slots)} FROM {one.view}" for one in facts
    )
    low = ", ".join(f"min({quote(slot)}) AS {quote(slot)}" for slot in slots)
    high = ", ".join(f"max({quote(slot)}) AS {quote(slot + '!max')}" for slot in slots)
    differ = ", ".join(f"CASE WHEN {quote(s)} <> {quote(s + '!max')} THEN '{s}' END" for s in slots)
    connection.execute(
        f"""
        CREATE TABLE agreed AS
        SELECT n, list_filter([{differ}], lambda s: s IS NOT NULL) AS differ, {", ".join(quote(s) for s in slots)}
        FROM (SELECT m.n, {low}, {high} FROM ({union}) u JOIN mentions m USING (mention) GROUP BY m.n)
        """
    )
