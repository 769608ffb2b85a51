"""What is settled: the tables of the parts in force as DuckDB views, each with its rank, date and mentions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts.parts import ROW_COLUMNS, Part, PartTable
from rongtong.facts.state import Import, State
from rongtong.facts.text import literal, quote


@dataclass(frozen=True)
class Input:
    """One table of one part in force, as the view *view* with a ``mention`` column first.

    *page* is the order of the first input from the same sheet of the same source: a mention is a page and a row.
    """

    view: str
    order: int
    page: int
    imported: Import
    part: Part
    table: PartTable

    @property
    def slots(self) -> list[str]:
        """The slots (or, in a list table, the attributes) of which the table holds claims."""
        return [name for name in self.table.cells if name not in ROW_COLUMNS]

    @property
    def numbered(self) -> str:
        """SQL for the table's rows ``v`` with their mentions ``m``."""
        return f"{self.view} v JOIN numbered m ON m.page = {self.page} AND m.row = v.row"

    def rank(self, catalogue: Catalogue, field_id: str) -> int:
        """How far down the field's order of sources this one stands; 0 is best."""
        order = catalogue[field_id].source_rank
        return order.index(self.part.source_kind) if self.part.source_kind in order else len(order)


def mention_sql(source: str, sheet: str) -> str:
    """SQL for the id of the mention in a row: a hash of source, sheet and row number."""
    return f"left(sha256({literal(f'{source}|{sheet}|')} || row), 16)"


def mention_id(source: str, sheet: str, row: int) -> str:
    """The id of a mention, as :func:`mention_sql` computes it."""
    return hashlib.sha256(f"{source}|{sheet}|{row}".encode()).hexdigest()[:16]


def open_inputs(connection: duckdb.DuckDBPyConnection, claims: Path, state: State, catalogue: Catalogue) -> list[Input]:
    """Create a view for every table in force, with corrected readings in place, in the order of first import."""
    readings = _readings(state)
    inputs: list[Input] = []
    pages: dict[tuple[str, str], int] = {}
    for imported in sorted(state.imports, key=lambda one: one.first):
        part = Part.load(claims / imported.part)
        for index, table in enumerate(part.tables):
            order = len(inputs)
            page = pages.setdefault((imported.source, table.sheet), order)
            one = Input(f"input_{order}", order, page, imported, part, table)
            file = claims / imported.part / f"{index}.parquet"
            connection.execute(_view(one, file, readings.get((imported.source, table.sheet), {}), catalogue))
            inputs.append(one)
    return inputs


def _readings(state: State) -> dict[tuple[str, str], dict[str, list[tuple[int, str | None]]]]:
    """Corrected readings by (source, sheet) and slot: row and the value as text."""
    found: dict[tuple[str, str], dict[str, list[tuple[int, str | None]]]] = {}
    for entry in state.of_kind("reading"):
        decision = entry.body["decision"]
        by_slot = found.setdefault((decision["source"], decision["sheet"]), {})
        by_slot.setdefault(decision["slot"], []).append((int(decision["row"]), decision["value"]))
    return found


def corrections(state: State) -> pa.Table:
    """The corrected readings in force: mention, slot, value (text)."""
    found = sorted(
        (str(d["mention"]), str(d["slot"]), d["value"])
        for d in (entry.body["decision"] for entry in state.of_kind("reading"))
    )
    columns = zip(*found, strict=True) if found else ([], [], [])
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(arrays, names=["mention", "slot", "value"])


def _view(one: Input, file: Path, readings: dict[str, list[tuple[int, str | None]]], catalogue: Catalogue) -> str:
    replaced = ", ".join(
        f"{_corrected(slot, rows, sql_type(catalogue, slot))} AS {quote(slot)}"
        for slot, rows in readings.items()
        if slot in one.table.cells
    )
    star = f"* REPLACE ({replaced})" if replaced else "*"
    mention = mention_sql(one.imported.source, one.table.sheet)
    return f"CREATE VIEW {one.view} AS SELECT {mention} AS mention, {star} FROM read_parquet({literal(str(file))})"


def _corrected(slot: str, rows: list[tuple[int, str | None]], kind: str) -> str:
    cases = " ".join(
        f"WHEN {row} THEN CAST({'NULL' if value is None else literal(value)} AS {kind})" for row, value in rows
    )
    return f"CASE row {cases} ELSE {quote(slot)} END"


def sql_type(catalogue: Catalogue, column: str) -> str:
    """The SQL type of a column of an input, whose name is a slot."""
    return catalogue.sql_type(Slot.parse(column))


def of_kind(inputs: list[Input], kind: str) -> Iterator[Input]:
    """The inputs that hold facts, or the records of lists."""
    return (one for one in inputs if one.table.kind == kind)
