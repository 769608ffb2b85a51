"""The same workbook back: rows, order and look as they came, with columns added on the right."""

from __future__ import annotations

import copy
import csv
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rongtong.lists.find import Found
from rongtong.workbooks import Sheet
from rongtong.workbooks.formats import check_zip

_DOUBT = PatternFill("solid", fgColor="FDF4DD")
_NONE = PatternFill("solid", fgColor="FBECE8")
#: Columns are as wide as their texts, within these.
NARROW, WIDE = 12, 48
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]+%?$)")


@dataclass(frozen=True)
class Addition:
    """A column to add: its heading, and its value by row (from 1)."""

    heading: str
    values: Mapping[int, Any]


def fill(
    path: Path, sheet: Sheet, found: Found, additions: list[Addition], out: Path, *, outcomes: Mapping[int, str]
) -> None:
    """Write *out*: *path* with *additions* beside its list; rows asked about or not found are coloured.

    *out* is of the kind that :func:`kind_of` tells. An .xlsx keeps its look; a .csv gives a .csv; any other kind of
    file gives a plain workbook with the same rows in the same order. Nothing that is added is a formula.
    """
    if out.suffix.lower() == ".csv":
        _lines(sheet, found, additions, out)
    elif zipfile.is_zipfile(path) and path.suffix.lower() in (".xlsx", ".xlsm"):
        check_zip(path)
        book = openpyxl.load_workbook(path)
        _add(book[sheet.name] if sheet.name in book.sheetnames else book.worksheets[0], found, additions, outcomes)
        book.save(out)
    else:
        _plain(sheet, found, additions, out)


def kind_of(name: str) -> str:
    """The suffix of the file in which a list called *name* comes back: a .csv as .csv, anything else as .xlsx."""
    return ".csv" if name.lower().endswith(".csv") else ".xlsx"


def _add(page: Worksheet, found: Found, additions: list[Addition], outcomes: Mapping[int, str]) -> None:
    first = page.max_column + 1
    heading = found.heading or 1
    pattern = page.cell(heading, (found.name if found.name is not None else found.code or 0) + 1)
    looks = _Looks(page)
    for number, one in enumerate(additions):
        column = first + number
        if found.heading:
            _dress(page.cell(heading, column), pattern).value = one.heading
        for row, value in one.values.items():
            looks.put(page, (row, column), value, outcomes.get(row, ""))
        page.column_dimensions[get_column_letter(column)].width = _width(one)


def _width(one: Addition) -> int:
    """How wide a column is in which most texts can be read; a Chinese character is as wide as two others."""
    wide = sorted(sum(2 if character > "\u2e7f" else 1 for character in str(text)) for text in one.values.values())
    usual = wide[len(wide) * 9 // 10] if wide else 0
    return min(max(usual + 2, 2 * len(one.heading) + 2, NARROW), WIDE)


class _Looks:
    """How added cells look, by outcome of their row and whether they hold a text, which stays one whatever it begins
    with; each look is worked out once, for openpyxl takes its time over a cell's properties."""

    def __init__(self, page: Worksheet) -> None:
        scratch = Cell(page, 1, 1)
        self._styles: dict[tuple[str, bool], Any] = {}
        for outcome, colour in (("", None), ("ask", _DOUBT), ("none", _NONE)):
            for text in (False, True):
                scratch.fill = colour or PatternFill()
                scratch.number_format = "@" if text else "General"
                self._styles[outcome, text] = copy.copy(scratch._style)

    def put(self, page: Worksheet, at: tuple[int, int], value: Any, outcome: str) -> None:
        """Write a value; nothing where there is neither a value nor a colour."""
        text, coloured = isinstance(value, str), outcome if outcome in ("ask", "none") else ""
        if value is None and not coloured:
            return
        cell = page.cell(*at, value)
        cell._style = copy.copy(self._styles[coloured, text])
        if text:
            cell.data_type = "s"


def _dress(cell: Cell, pattern: Cell) -> Cell:
    """The look of a neighbouring heading."""
    if pattern.has_style:
        cell.font, cell.fill, cell.border = (copy.copy(one) for one in (pattern.font, pattern.fill, pattern.border))
        cell.alignment = copy.copy(pattern.alignment)
    return cell


def _plain(sheet: Sheet, found: Found, additions: list[Addition], out: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        page = book.add_worksheet()
        width = sheet.cells.num_columns
        for number, line in enumerate(sheet.cells.to_pylist()):
            for column, text in enumerate(line.values()):
                if text:
                    page.write_string(number, column, str(text))
        for number, one in enumerate(additions):
            if found.heading:
                page.write_string(found.heading - 1, width + number, one.heading)
            for row, value in one.values.items():
                page.write(row - 1, width + number, value)
            page.set_column(width + number, width + number, _width(one))
        page.set_column(0, width - 1, NARROW)


def _lines(sheet: Sheet, found: Found, additions: list[Addition], out: Path) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for number, line in enumerate(sheet.cells.to_pylist(), 1):
            added = (one.heading if number == found.heading else one.values.get(number) for one in additions)
            writer.writerow([_quoted(value) for value in (*line.values(), *added)])


def _quoted(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula, quoted; a number that begins with a sign is none."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
