"""A long list on one or more sheets: header, filter, frozen panes, widths, print set-up; strings only as strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongtong.report.styles import STYLES

LAST_ROW = 1_048_575
LINE_HEIGHT, TALLEST = 15, 400
LONGEST = 32_000  # Excel holds 32,767 characters a cell


class Column(NamedTuple):
    """A column of a list: its heading, its width in characters, its style."""

    heading: str
    width: float
    style: str = "text"


class Cell(NamedTuple):
    """A value with a style of its own."""

    value: object
    style: str


def formats(book: Workbook) -> dict[str, Any]:
    """The formats of *book* by style name."""
    return {name: book.add_format(style) for name, style in STYLES.items()}


def write(sheet: Worksheet, row: int, column: int, value: object, style: Any) -> None:
    """Write one value: text as text whatever it begins with, numbers as numbers, nothing as nothing."""
    if value is None or value == "":
        return
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        text = str(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST else text[:LONGEST] + "…", style)
    else:
        sheet.write_number(row, column, float(value), style)


def height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """The height of a row in points: its most lines, since only Excel would find it out by itself."""
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        if cell.style == "wrap" and cell.value:
            lines = max(lines, sum(ceil(cell_len(line) / column.width) or 1 for line in str(cell.value).split("\n")))
    return min(TALLEST, 4 + LINE_HEIGHT * lines)


class LongSheet:
    """Appends rows; when a sheet is full it goes on with the next one of the same columns."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[Column], styles: Mapping[str, Any]) -> None:
        self.book, self.name, self.columns, self.styles = book, name, columns, styles
        self.sheets = 0
        self.rows = 0
        self._next = 0
        self._open()

    def _open(self) -> None:
        self.sheets += 1
        self.sheet = self.book.add_worksheet(self.name if self.sheets == 1 else f"{self.name} {self.sheets}")
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width)
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_footer("&L&A&R&P / &N")
        self.sheet.set_row(0, 24)
        for index, column in enumerate(self.columns):
            write(self.sheet, 0, index, column.heading, self.styles["head"])
        self._next = 1

    def append(self, values: Sequence[object]) -> None:
        """Write one row; a :class:`Cell` brings its own style."""
        if self._next > LAST_ROW:
            self._close()
            self._open()
        cells = [v if isinstance(v, Cell) else Cell(v, c.style) for v, c in zip(values, self.columns, strict=True)]
        self.sheet.set_row(self._next, height(cells, self.columns))
        for index, cell in enumerate(cells):
            write(self.sheet, self._next, index, cell.value, self.styles[cell.style])
        self._next += 1
        self.rows += 1

    def band(self, text: str, style: str = "wrap") -> None:
        """Write one row that is one text over all columns."""
        if self._next > LAST_ROW:
            self._close()
            self._open()
        whole = Column("", sum(column.width for column in self.columns))
        self.sheet.set_row(self._next, height([Cell(text, "wrap")], [whole]))
        self.sheet.merge_range(self._next, 0, self._next, len(self.columns) - 1, "", self.styles[style])
        write(self.sheet, self._next, 0, text, self.styles[style])
        self._next += 1

    def _close(self) -> None:
        self.sheet.autofilter(0, 0, max(self._next - 1, 1), len(self.columns) - 1)

    def finish(self) -> None:
        """Put the filter over all rows of the last sheet."""
        self._close()
