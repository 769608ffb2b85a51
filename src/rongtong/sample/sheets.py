"""A sheet as somebody draws it, and how it is saved as .xlsx, .xls or .csv: the same bytes for the same sheet."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
import xlwt


class Formula(NamedTuple):
    """A formula and the value Excel last computed for it."""

    text: str
    value: Any


class Percent(float):
    """A number shown as a percentage by the format of its cell."""


@dataclass
class Sheet:
    """Cells by (row, column) from 0, merged areas (top, left, bottom, right) and hidden columns."""

    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def put(self, row: int, column: int, value: Any) -> None:
        """Write a cell; None writes nothing."""
        if value is not None:
            self.cells[row, column] = value

    def banner(self, row: int, text: str | None, width: int) -> None:
        """A text over the whole width of the table."""
        self.put(row, 0, text)
        if width > 1:
            self.merges.append((row, 0, row, width - 1))


def save(path: Path, sheets: list[Sheet], encoding: str = "utf-8-sig") -> None:
    """Save *sheets* in the format that *path* names; a .csv holds the first one only."""
    if path.suffix == ".xlsx":
        _xlsx(path, sheets)
    elif path.suffix == ".xls":
        _xls(path, sheets)
    else:
        _csv(path, sheets[0], encoding)


def _xlsx(path: Path, sheets: list[Sheet]) -> None:
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"created": datetime(2022, 10, 20)})
    formats = {
        date: book.add_format({"num_format": "yyyy/m/d"}),
        Percent: book.add_format({"num_format": "0.00%"}),
        "merged": book.add_format({"align": "center", "valign": "vcenter"}),
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for area in sheet.merges:
            page.merge_range(*area, "", formats["merged"])
        for (row, column), value in sheet.cells.items():
            _write(page, row, column, value, formats)
        for column in sheet.hidden:
            page.set_column(column, column, None, None, {"hidden": True})
    book.close()


def _write(page: Any, row: int, column: int, value: Any, formats: dict[Any, Any]) -> None:
    if isinstance(value, str):
        page.write_string(row, column, value)
    elif isinstance(value, Formula):
        page.write_formula(row, column, value.text, None, value.value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats[date])
    else:
        page.write_number(row, column, value, formats.get(type(value)))


def _xls(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    days = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {(top, left) for top, left, _, _ in sheet.merges}
        for top, left, bottom, right in sheet.merges:
            page.write_merge(top, bottom, left, right, sheet.cells.get((top, left)))
        for (row, column), value in sheet.cells.items():
            if (row, column) in merged:
                continue
            page.write(row, column, value, days) if isinstance(value, date) else page.write(row, column, value)
        for column in sheet.hidden:
            page.col(column).hidden = True
    book.save(str(path))


def _csv(path: Path, sheet: Sheet, encoding: str) -> None:
    last = max(row for row, _ in sheet.cells)
    width = max(column for _, column in sheet.cells) + 1
    lines: list[list[Any]] = [[""] * width for _ in range(last + 1)]
    for (row, column), value in sheet.cells.items():
        lines[row][column] = value
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(lines)
