"""What a reader made of a layout, counted cell by cell.

Written against the contract of a Reading in ``docs/architecture.md``: ``reading.tables`` (each with ``sheet``,
``kind``, ``list_id``, ``data``, ``cells``) and ``reading.problems``. A problem's column may be a letter or a
number from 0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

import pyarrow as pa
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string

from .model import Cell, Layout, TrueCell

Place = tuple[str, int, int]  # sheet ("" in a CSV file), row from 1, column from 0


class Table(Protocol):
    """One table of a reading."""

    @property
    def sheet(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def list_id(self) -> str | None: ...
    @property
    def data(self) -> pa.Table: ...
    @property
    def cells(self) -> Mapping[str, int]: ...


class Reading(Protocol):
    """What a reader returns."""

    @property
    def tables(self) -> Sequence[Table]: ...
    @property
    def problems(self) -> pa.Table: ...


@dataclass
class Score:
    """Counts of cells; *details* says which and why, for people.

    *right*: slot, value and firm are the true ones. *wrong_silent*: another value, slot or firm, or a fact from a cell
    that holds none, and no word of it. *wrong_reported*: not read right, but reported. *lost_silent*: neither read nor
    reported. *missed_reports*: ambiguous or broken cells of which nothing was said.
    """

    right: int = 0
    wrong_silent: int = 0
    wrong_reported: int = 0
    lost_silent: int = 0
    missed_reports: int = 0
    details: list[str] = field(default_factory=list)

    def add(self, outcome: str, cell: TrueCell | Cell, found: object) -> None:
        """Count one cell."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome != "right":
            self.details.append(
                f"{outcome} {cell.sheet}!{cell.cell} {cell.text!r} {getattr(cell, 'slot', '')} → {found}"
            )

    def __add__(self, other: Score) -> Score:
        names = ("right", "wrong_silent", "wrong_reported", "lost_silent", "missed_reports")
        sums = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Score(**sums, details=self.details + other.details)


class Entry(NamedTuple):
    """One value that a reading holds, with whose it is said to be."""

    slot: str
    value: Any
    name: str
    uscc: str
    item: str


def score(reading: Reading, layout: Layout) -> Score:
    """Measure *reading* against the truth of *layout*."""
    one_sheet = layout.path.suffix == ".csv"
    entries, reports = _entries(reading, one_sheet), _reports(reading, one_sheet)
    result = Score()
    for true in layout.truth:
        found = entries.get(_place(true), [])
        result.add(_outcome(true, found, reports), true, found)
    for cell in layout.must_report:
        if not _told(cell, reports):
            result.add("missed_reports", cell, entries.get(_place(cell), []))
    for cell in layout.must_ignore:
        if found := entries.get(_place(cell), []):
            result.add("wrong_reported" if _told(cell, reports) else "wrong_silent", cell, found)
    return result


def _outcome(true: TrueCell, found: list[Entry], reports: Counter[Place]) -> str:
    if found and all(_right(true, entry) for entry in found):
        return "right"
    if _told(Cell(true.sheet, true.cell), reports) or (true.heading and _told(Cell(true.sheet, true.heading), reports)):
        return "wrong_reported"
    return "wrong_silent" if found else "lost_silent"


def _right(true: TrueCell, entry: Entry) -> bool:
    known = entry.slot == true.slot or (
        true.slot.endswith("[*]") and re.sub(r"\[.*\]$", "", entry.slot) == true.slot[:-3]
    )
    owner = _bare(entry.name) == _bare(true.firm) or _code(entry.uscc) == true.uscc
    item = not true.item or _bare(true.item) in _bare(entry.item)
    return known and owner and item and _same(true, entry.value)


def _same(true: TrueCell, value: Any) -> bool:
    if true.slot == "uscc":
        return _code(value) == true.value
    if true.slot == "registered_on" or true.slot.endswith(("granted_on", "valid_until")):
        said = true.value.isoformat() if isinstance(true.value, date) else str(true.value)
        return str(value)[:10].startswith(said)
    if isinstance(true.value, bool) or isinstance(value, bool):
        return value is true.value
    if isinstance(true.value, int | Decimal):
        return isinstance(value, int | Decimal) and Decimal(value) == Decimal(true.value)
    return _bare(value) == _bare(true.value)


def _bare(text: Any) -> str:
    return re.sub(r"\s", "", str(text or ""))


def _code(text: Any) -> str:
    return _bare(text).upper()


def _place(cell: TrueCell | Cell) -> Place:
    letters, row = coordinate_from_string(cell.cell)
    return cell.sheet, row, column_index_from_string(letters) - 1


def _entries(reading: Reading, one_sheet: bool) -> dict[Place, list[Entry]]:
    found: dict[Place, list[Entry]] = {}
    for table in reading.tables:
        for place, entry in _of_table(table, "" if one_sheet else table.sheet):
            found.setdefault(place, []).append(entry)
    return found


def _of_table(table: Table, sheet: str) -> Iterator[tuple[Place, Entry]]:
    prefix = f"{table.list_id}." if table.kind == "list" else ""
    for line in table.data.to_pylist():
        owner = (line.get("name") or "", line.get("uscc") or "", str(line.get("item") or ""))
        for column, source in table.cells.items():
            if column not in ("row", "item") and line.get(column) is not None:
                slot = column if column in ("name", "uscc") or column.startswith(prefix) else prefix + column
                yield (sheet, line["row"], source), Entry(slot, line[column], *owner)


def _reports(reading: Reading, one_sheet: bool) -> Counter[Place]:
    found: Counter[Place] = Counter()
    for line in reading.problems.to_pylist():
        column = line["column"]
        index = column_index_from_string(column) - 1 if isinstance(column, str) and column else column
        found[
            "" if one_sheet else line["sheet"], line["row"] or 0, -1 if index is None or index == "" else int(index)
        ] += 1
    return found


def _told(cell: Cell, reports: Counter[Place]) -> bool:
    """Whether a problem names the cell, or the scope it asks for; row 0 means the column, column -1 the row."""
    sheet, row, column = _place(cell)
    if cell.scope == "row":
        return any(s == sheet and r == row for s, r, _ in reports)
    if cell.scope == "column":
        return any(s == sheet and c == column for s, _, c in reports)
    return any(place in reports for place in ((sheet, row, column), (sheet, 0, column), (sheet, row, -1)))
