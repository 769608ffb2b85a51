"""Sheets drawn cell by cell, with the truth kept beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from .firms import Firm
from .model import Cell, Layout, TrueCell
from .writing import Formula, Writer, Written


def address(row: int, col: int) -> str:
    """``C7`` for row 7, column 3."""
    return f"{get_column_letter(col)}{row}"


def as_text(shown: Any) -> str:
    """What a cell holds, as text."""
    if isinstance(shown, Formula):
        return as_text(shown.cached)
    return shown.isoformat()[:10] if isinstance(shown, date) else str(shown)


class Col(NamedTuple):
    """A column: its heading from top to bottom, the slot it means (None: no fact), how each firm's cell is written."""

    heading: tuple[Any, ...]
    slot: str | None
    write: Writer


@dataclass
class Page:
    """One sheet. Rows and columns count from 1."""

    book: Book
    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    freeze: str = ""

    def put(self, row: int, col: int, shown: Any, to_row: int = 0, to_col: int = 0) -> None:
        """Write a cell, merged down and right to the bounds given."""
        if shown is None:
            return
        self.cells[row, col] = shown
        if (last := (to_row or row, to_col or col)) != (row, col):
            self.merges.append((row, col, *last))

    def note(self, row: int, col: int, shown: Any, to_row: int = 0, to_col: int = 0) -> None:
        """Write a cell that is no fact: a title, a total, a remark."""
        self.put(row, col, shown, to_row, to_col)
        if shown is not None:
            self.book.must_ignore.append(Cell(self.name, address(row, col), as_text(shown)))

    def place(  # noqa: PLR0917 -- a drawn block has that many sides
        self, row: int, col: int, written: Written, slot: str | None, firm: Firm, heading: str = "", item: str = ""
    ) -> None:
        """Write a cell and record what a reader owes us for it."""
        shown = written.shown
        self.put(row, col, shown)
        if shown is None or written.status == "free":
            return
        if written.format:
            self.formats[row, col] = written.format
        cell = Cell(self.name, address(row, col), as_text(shown))
        if written.status == "report":
            self.book.must_report.append(cell)
        elif slot is None or written.status == "ignore":
            self.book.must_ignore.append(cell)
        else:
            assert written.value is not None
            self.book.truth.append(
                TrueCell(cell.sheet, cell.cell, slot, written.value, cell.text, heading, firm.name, firm.uscc, item)
            )

    def head(self, top: int, left: int, cols: Sequence[Col]) -> int:
        """Draw headings of one or more levels, merged as people merge them; the row of the lowest level."""
        depth = max(len(col.heading) for col in cols)
        for level in range(depth):
            spans = [_span(index, col, level) for index, col in enumerate(cols)]
            for key, group in groupby(range(len(cols)), key=spans.__getitem__):
                members = list(group)
                if key is None:
                    continue
                leaf = len(cols[members[0]].heading) == level + 1
                self.put(
                    top + level,
                    left + members[0],
                    key[1][-1],
                    top + depth - 1 if leaf else top + level,
                    left + members[-1],
                )
        return top + depth - 1

    def line(self, row: int, left: int, cols: Sequence[Col], firm: Firm, index: int, heading_row: int) -> None:  # noqa: PLR0917 -- a drawn block has that many sides
        """One firm's row."""
        for col, column in enumerate(cols, left):
            heading = address(heading_row, col)
            self.place(row, col, column.write(firm, index), column.slot, firm, heading)

    def table(self, top: int, cols: Sequence[Col], firms: Sequence[Firm], left: int = 1, gap: int = 0) -> int:
        """Headings and one row a firm (*gap* rows between, for a row of units); the row after the last."""
        heading_row = self.head(top, left, cols)
        first = heading_row + 1 + gap
        for index, firm in enumerate(firms):
            self.line(first + index, left, cols, firm, index, heading_row)
        return first + len(firms)


def _span(index: int, col: Col, level: int) -> tuple[int, tuple[Any, ...]] | None:
    if len(col.heading) <= level:
        return None
    leaf = len(col.heading) == level + 1
    return (index if leaf else -1, col.heading[: level + 1])


@dataclass
class Book:
    """A workbook being drawn."""

    pages: list[Page] = field(default_factory=list)
    truth: list[TrueCell] = field(default_factory=list)
    must_report: list[Cell] = field(default_factory=list)
    must_ignore: list[Cell] = field(default_factory=list)

    def page(self, name: str) -> Page:
        """A new sheet."""
        self.pages.append(Page(self, name))
        return self.pages[-1]

    def layout(self, name: str, path: Path, year: int | None = 2021) -> Layout:
        """The file with its truth."""
        return Layout(name, path, year, self.truth, self.must_report, self.must_ignore)
