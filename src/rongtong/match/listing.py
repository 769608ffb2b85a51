"""Needs and offers from a workbook as somebody sent it: every cell used, passed over with a reason, or reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.errors import InputError
from rongtong.facts.reading import Column, Ignored, Reading, Table, read_workbook
from rongtong.facts.reading.model import PROBLEMS, unrecognised
from rongtong.i18n import _
from rongtong.match.cells import CELLS, Said
from rongtong.match.schema import IDS, SCHEMAS, What, fields

Row = dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """A list as read. *table*: :data:`rongtong.match.schema.NEEDS` or ``OFFERS``; the rest is the account of its cells.

    *counts*: ``cells`` = ``used`` + ``ignored`` + ``problems``.
    """

    what: What
    file: str
    sha256: str
    table: pa.Table
    columns: list[Column]
    problems: pa.Table
    ignored: list[Ignored]
    counts: dict[str, int]

    @property
    def passed_over(self) -> list[Row]:
        """The columns that nothing was taken from since their headings are not known: place, heading and why."""
        return [
            {"file": self.file, "sheet": one.sheet, "column": get_column_letter(one.index + 1), "heading": one.heading,
             "why": one.note}
            for one in unrecognised(self.columns)
        ]  # fmt: skip


def read(path: Path | str, what: What, *, headings: Mapping[str, str] | None = None) -> Listing:
    """Read needs or offers: .xlsx .xlsm .xls .xlsb .ods .csv .tsv .txt; *headings* are people's decisions.

    Raises InputError when the file cannot be read, or nothing in it is a list of such.
    """
    reading = read_workbook(Path(path), catalogue=fields(what), headings=headings)
    notes: list[Row] = []
    rows = [row for table in reading.tables for row in _rows(reading, table, what, notes)]
    if not rows:
        title = {"needs": _("需求"), "offers": _("供给")}[what]
        raise InputError(
            _("没有找到{what}的表格", what=title), place=reading.file, mend=_("表头请写明企业、名称、描述等栏目")
        )
    _name(rows, *IDS[what])
    table = pa.Table.from_pylist(rows, schema=SCHEMAS[what])
    return replace(_account(reading, notes), what=what, table=table)


def _rows(reading: Reading, table: Table, what: What, notes: list[Row]) -> Iterator[Row]:
    """The rows of one block, each cell given its meaning once for every distinct text."""
    told = {name: _told(table.data[name], what, name) for name in table.data.column_names}
    for place, row in enumerate(table.data.to_pylist()):
        found: Row = {"file": reading.file, "sheet": table.sheet, "row": row["row"], "source": "published"}
        plain: Row = {}
        for name, text in row.items():
            said = told[name].get(text) if text is not None else None
            if said is None:
                plain[name] = text
                continue
            _take(found, said.values)
            if said.reason:
                notes.append(_note(table, name, place, text, said))
        if plain.get("unit") and found.get("unit", plain["unit"]) != plain["unit"]:
            notes.append(_note(table, "unit", place, plain["unit"], _unused_unit(found["unit"])))
        yield plain | found


def _unused_unit(own: str) -> Said:
    """The unit of a quantity stands beside it; that of its own column, on whichever side, is for quantities without."""
    return Said({"unit": own}, _("数量栏已写单位“{unit}”，这一栏没有用", unit=own), _("请核对以哪个单位为准"))


def _told(column: pa.ChunkedArray, what: What, name: str) -> dict[str, Said]:
    cell = CELLS[what].get(name)
    return {text: cell(text) for text in pc.unique(column).drop_null().to_pylist()} if cell else {}


def _take(found: Row, values: Row) -> None:
    """Add what a cell says; enumerations of several columns together, a single value where there is none yet."""
    for name, value in values.items():
        before = found.get(name)
        if isinstance(value, list) and before:
            found[name] = before + [one for one in value if one not in before]
        elif before is None and value is not None:
            found[name] = value


def _note(table: Table, name: str, place: int, text: str, said: Said) -> Row:
    severity = "warning" if said.values else "problem"
    column = get_column_letter(table.cells[name] + 1)
    row = table.data["row"][place].as_py()
    return {
        "sheet": table.sheet, "row": row, "column": column, "text": text, "reason": said.reason, "mend": said.mend,
        "severity": severity,
    }  # fmt: skip


def _name(rows: list[Row], column: str, prefix: str) -> None:
    """Give every row an id of its own: the one that the list gives where it is unique, else its number."""
    given = Counter(row.get(column) for row in rows)
    for number, row in enumerate(rows, 1):
        if not row.get(column) or given[row[column]] > 1:
            row[column] = _free(f"{prefix}{number}", given)


def _free(name: str, taken: Container[str | None]) -> str:
    while name in taken:
        name += "'"
    return name


def _account(reading: Reading, notes: list[Row]) -> Listing:
    """The account of the cells, with what their meaning added to it."""
    refused = sum(note["severity"] == "problem" for note in notes)
    counts = reading.counts | {
        "used": reading.counts["used"] - refused,
        "problems": reading.counts["problems"] + refused,
    }
    problems = pa.concat_tables([reading.problems, pa.Table.from_pylist(notes, schema=PROBLEMS)])
    ordered = problems.sort_by([("sheet", "ascending"), ("row", "ascending"), ("column", "ascending")])
    empty = pa.table({})
    return Listing("needs", reading.file, reading.sha256, empty, reading.columns, ordered, reading.ignored, counts)
