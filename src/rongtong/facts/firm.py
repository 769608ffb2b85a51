"""One firm: its settled facts, each with every claim on it, and its records."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from rongtong.facts import undecided
from rongtong.facts.asked import Asked
from rongtong.facts.mentions import find_in
from rongtong.facts.provenance import claims_sql
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import quote

Value = str | int | bool | date | Decimal
_BOOKKEEPING = frozenset({"n", "firm"})


@dataclass(frozen=True)
class Claimed:
    """What one cell says: the value as text, where it stands, and whether settling chose it (None: no contest)."""

    value: str
    file: str
    sheet: str
    cell: str
    mention: str
    chosen: bool | None = None


@dataclass(frozen=True)
class Fact:
    """A fact: its slot, the settled value (None: contested and undecided), every claim, the kind of conflict if any."""

    slot: str
    value: Value | None
    claims: tuple[Claimed, ...]
    conflict: str = ""

    @property
    def open(self) -> bool:
        """Whether a person has to say which claim holds."""
        return self.conflict in undecided.KINDS[undecided.OPEN]


@dataclass(frozen=True)
class Record:
    """A record of a list: the list, the item's key, its attributes, and the cells that say so."""

    list: str
    item: str
    attributes: dict[str, Any]
    claims: tuple[Claimed, ...]


def facts_of(snapshot: Snapshot, firm: str) -> list[Fact]:
    """Every fact of *firm* (its id, code or name) of which anything is claimed.

    Raises InputError unless :func:`rongtong.facts.mentions.find` finds one firm.
    """
    with snapshot.connect() as connection:
        n = _number(connection, firm)
        settled = _row(connection, "SELECT * FROM firms WHERE n = $1", n)
        conflicts = dict(connection.execute("SELECT slot, kind FROM conflicts WHERE n = $1", [n]).fetchall())
        slots = sorted(slot for slot in settled if slot not in _BOOKKEEPING and "!" not in slot)
        claims = _claims(connection, claims_sql(snapshot, slots, asked=Asked.of(connection, [n])), n)
    known = [slot for slot in slots if settled[slot] is not None or slot in claims]
    return [Fact(slot, settled[slot], claims.get(slot, ()), conflicts.get(slot, "")) for slot in known]


def records_of(snapshot: Snapshot, firm: str) -> list[Record]:
    """Every record of *firm*'s lists, with the cells of its source; *firm* as in :func:`facts_of`."""
    lists = [table.removeprefix("list_") for table in snapshot.tables if table.startswith("list_")]
    with snapshot.connect() as connection:
        n = _number(connection, firm)
        asked = Asked.of(connection, [n])
        return [record for name in lists for record in _records(connection, snapshot, name, n, asked)]


def _number(connection: duckdb.DuckDBPyConnection, firm: str) -> int:
    """The firm's number; its id, by which pages ask, is looked up without its mentions."""
    found = connection.execute("SELECT n FROM firms WHERE firm = $1", [firm]).fetchall()
    return int(found[0][0]) if found else find_in(connection, firm).n


def _row(connection: duckdb.DuckDBPyConnection, query: str, n: int) -> dict[str, Any]:
    found = connection.execute(query, [n])
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, found.fetchall()[0], strict=True))


def _claims(connection: duckdb.DuckDBPyConnection, claims: str, n: int) -> dict[str, tuple[Claimed, ...]]:
    """The claims on each slot; the chosen one first."""
    rows = connection.execute(
        f"""
        SELECT c.slot, c.value, c.file, c.sheet, c.cell, c.mention, k.chosen
        FROM ({claims}) c LEFT JOIN (FROM claims WHERE n = $1) k
        ON k.slot = c.slot AND k.mention = c.mention AND k.value = c.value
        ORDER BY c.slot, k.chosen DESC NULLS LAST, c.mention, c.cell
        """,
        [n],
    ).fetchall()
    by_slot = itertools.groupby(rows, key=lambda row: str(row[0]))
    return {slot: tuple(Claimed(*row[1:]) for row in own) for slot, own in by_slot}


def _records(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, name: str, n: int, asked: Asked
) -> list[Record]:
    table = f"list_{name}"
    attributes = [column for column in snapshot.columns_of(table) if column not in ("n", "item", "mention")]
    rows = connection.execute(
        f"SELECT item, mention, {', '.join(map(quote, attributes))} FROM {quote(table)} WHERE n = $1 ORDER BY item", [n]
    ).fetchall()
    claims = claims_sql(snapshot, [f"{name}.{one}" for one in attributes], "list", asked)
    cells = _cells(connection, claims) if rows else {}
    return [
        Record(name, item, dict(zip(attributes, values, strict=True)), tuple(cells.get((item, mention), ())))
        for item, mention, *values in rows
    ]


def _cells(connection: duckdb.DuckDBPyConnection, claims: str) -> dict[tuple[str, str], list[Claimed]]:
    """The claims on each record, by item and mention."""
    found = connection.execute(f"SELECT item, value, file, sheet, cell, mention FROM ({claims}) ORDER BY mention, cell")
    cells: dict[tuple[str, str], list[Claimed]] = {}
    for item, *claimed in found.fetchall():
        one = Claimed(*claimed)
        cells.setdefault((item, one.mention), []).append(one)
    return cells
