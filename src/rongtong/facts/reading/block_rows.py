"""The rows of a block that are records: their texts with merged cells filled, what each column was taken for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from rongtong.facts.reading.account import Account
from rongtong.facts.reading.headings import Interpreter, Meaning
from rongtong.facts.reading.layout import Block
from rongtong.facts.reading.model import Column, Rows
from rongtong.facts.reading.roles import Roles
from rongtong.facts.reading.rows import Leading, mends, sort_rows
from rongtong.facts.reading.specs import spec_of
from rongtong.facts.reading.values import ColumnReading, read_column
from rongtong.facts.reading.vocabulary import Target
from rongtong.facts.reading.years import Calendar
from rongtong.i18n import _


@dataclass(frozen=True)
class Context:
    """What reading a block needs to know of its file and sheet.

    *year* is that of columns that name none, *unit* that of money without one; *whole* says that a list in the file
    holds every record.
    """

    account: Account
    interpreter: Interpreter
    calendar: Calendar
    year: int | None
    unit: str | None
    whole: bool = False


class BlockRows:
    """The records of one block, *rows* of its sheet (from 0), and what its *columns* were taken for, as far as is told.

    What else the block has, headings, totals, notes and signatures, is passed over for its reason at once.
    """

    def __init__(self, context: Context, block: Block, roles: Roles) -> None:
        self.context, self.block, self.roles = context, block, roles
        self.account, self.sheet = context.account, context.account.sheet
        self.catalogue = context.interpreter.catalogue
        self.columns: list[Column] = []
        self._source = _sources(self.sheet.merges, block)
        self._headings()
        self.rows: Rows = self._sorted()

    def _headings(self) -> None:
        where = _("第 {first}–{last} 行", first=self.block.top + 1, last=self.block.bottom + 1)
        self.account.ignore_rows(range(self.block.top, self.block.bottom + 1), where, _("表头"), _("无需处理"))

    def _sorted(self) -> Rows:
        """The records; headings, totals, notes and signatures are passed over, each for its reason."""
        main = self.sheet.cells.slice(self.block.main, 1)
        columns = [column for column in (self.roles.name, self.roles.uscc) if column is not None]
        headings = tuple((c, (main.column(c)[0].as_py() or "").strip()) for c in columns)
        named = self.roles.name if self.roles.name is not None else self._first_anchor()
        groups = self.roles.name is not None or self.roles.uscc is not None
        leading = Leading(named, self.roles.uscc, tuple(h for h in headings if h[1]), groups)
        found = sort_rows(self.account, self.block, leading, [c for c in range(self.account.width()) if self.silent(c)])
        for reason, rows in found.passed.items():
            where = _("第 {row} 行等 {count} 行", row=int(rows[0]) + 1, count=len(rows))
            quoted = reason != _("说明或签字行")
            self.account.ignore_rows(rows, where, reason, mends()[reason], quoted=quoted)
        return found.records

    def silent(self, column: int) -> bool:
        """Whether a column says nothing of the firm."""
        meaning = self.roles.meanings.get(column)
        return column not in self._special() and (meaning is None or meaning.target is None)

    def _special(self) -> set[int]:
        roles = self.roles
        some = {roles.name, roles.uscc, roles.year, roles.indicator, roles.unit, *roles.values}
        return {column for column in some if column is not None}

    def _first_anchor(self) -> int | None:
        """The first column of what a row must say, where no column names the firm."""
        found = (c for c, m in self.roles.meanings.items() if m.target and m.target.field in self.catalogue.anchors)
        return next((column for column in found if column != self.roles.uscc), None)

    def texts(self, column: int, at: Rows | None = None) -> pa.Array:
        """The texts of a column in the records, merged cells filled."""
        rows = self.rows if at is None else self.rows[at]
        source = self._source.get(column)
        places = source[rows - self.block.start] if source is not None else rows
        cells = self.sheet.cells.column(column)
        taken = (_some_rows(cells, places) if source is None else cells.take(pa.array(places))).combine_chunks()
        return taken.chunk(0) if isinstance(taken, pa.ChunkedArray) else taken

    def noted(self, column: int, meaning: Meaning | None, note: str = "") -> None:
        """Say what a column was taken for."""
        if meaning:
            years = meaning.years
            year = None if years is None else "..".join(str(y) for y in dict.fromkeys(years))
            self.columns.append(
                Column(
                    self.sheet.name, column, meaning.heading, meaning.slot, meaning.unit, year, meaning.how,
                    note or meaning.note,
                )
            )  # fmt: skip

    def reading(self, column: int, target: Target, unit: str | None, at: Rows) -> ColumnReading:
        """Read some records of a column as *target*."""
        spec = spec_of(self.catalogue, target, unit, self.sheet, column)
        return read_column(self.texts(column, at), spec)

    def refused(self, column: int, meaning: Meaning, reason: str, mend: str) -> None:
        """A whole column that cannot be used."""
        self.noted(column, meaning, note=reason)
        self.account.fail(column, self.rows)
        self.account.report_heading(column, meaning.heading, reason, mend)


def _some_rows(cells: pa.ChunkedArray, rows: Rows) -> pa.ChunkedArray:
    """Some rows of a column; a run of rows without copying."""
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
        return cells.slice(int(rows[0]), len(rows))
    return cells.take(pa.array(rows))


def _sources(merges: tuple[tuple[int, int, int, int], ...], block: Block) -> dict[int, Rows]:
    """For columns with cells merged downwards: the row that each row's text comes from."""
    found: dict[int, Rows] = {}
    for top, left, bottom, right in merges:
        if bottom > top and left == right and block.start <= top < block.end:
            source = found.setdefault(left, np.arange(block.start, block.end))
            source[top - block.start : bottom + 1 - block.start] = top
    return found
