"""The account of a sheet: every non-empty cell ends as used, ignored for a reason, or a problem; once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.facts.reading.model import PASSED, PROBLEMS, Ignored, Rows
from rongtong.facts.reading.values import CELL_PROBLEMS
from rongtong.i18n import _
from rongtong.workbooks import Sheet

_FEW = 30
"""So many signs tell which row it is."""
_EMPTY, _OPEN, _USED, _IGNORED, _PROBLEM = range(5)


class Account:
    """What became of each cell of one sheet; rows and columns count from 0 here, from 1 and A in what it reports."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.state = [_filled(column) for column in sheet.cells.columns]
        self.ignored: dict[tuple[str, str], int] = {}
        self._problems: list[pa.Table] = []
        self._passed: list[pa.Table] = []

    def filled(self, column: int) -> npt.NDArray[np.bool_]:
        """Which cells of a column hold anything."""
        mask: npt.NDArray[np.bool_] = self.state[column] != _EMPTY
        return mask

    def width(self) -> int:
        """The number of columns."""
        return len(self.state)

    def ignore(self, column: int, rows: Rows | slice, where: str, reason: str, mend: str = "") -> None:
        """Pass over the cells of a column that nothing became of yet."""
        if count := self._ignore(column, rows, where, reason):
            letters, heading = (where, "") if where.isascii() else (get_column_letter(column + 1), where)
            self._pass((reason, mend), [0], [letters], [heading], [count])

    def _ignore(self, column: int, rows: Rows | slice, where: str, reason: str) -> int:
        state = self.state[column]
        part = state[rows]
        open_ = part == _OPEN
        if count := int(open_.sum()):
            part[open_] = _IGNORED
            state[rows] = part
            self.ignored[where, reason] = self.ignored.get((where, reason), 0) + count
        return count

    def ignore_rows(
        self, rows: Iterable[int] | Rows, where: str, reason: str, mend: str = "", *, quoted: bool = True
    ) -> None:
        """Pass over whole rows; where people may stand in them they are not *quoted*."""
        chosen = np.fromiter(rows, np.intp)
        if not len(chosen):
            return
        open_ = np.stack([state[chosen] == _OPEN for state in self.state])
        cells = open_.sum(axis=0)
        for column in range(self.width()):
            self._ignore(column, chosen, where, reason)
        said = np.flatnonzero(cells)
        nothing = [""] * len(said)
        texts = self._firsts(chosen[said], open_[:, said].argmax(axis=0)) if quoted else nothing
        self._pass((reason, mend), chosen[said] + 1, nothing, texts, cells[said])

    def _firsts(self, rows: Rows, columns: Rows) -> list[str]:
        """The texts of some cells, a few signs of each."""
        found = np.full(len(rows), "", object)
        for column in np.unique(columns):
            at = np.flatnonzero(columns == column)
            texts = self.sheet.cells.column(int(column)).take(pa.array(rows[at])).cast(pa.string())
            found[at] = pc.utf8_slice_codeunits(texts, 0, _FEW).to_pylist()
        told: list[str] = found.tolist()
        return told

    def _pass(self, why: tuple[str, str], rows: Any, columns: list[str], texts: list[str], cells: Any) -> None:
        fixed = [[text] * len(columns) for text in (self.sheet.name, *why)]
        self._passed.append(pa.table([fixed[0], rows, columns, texts, cells, *fixed[1:]], schema=PASSED))

    def use(self, column: int, rows: Rows) -> None:
        """Say that cells were used."""
        part = self.state[column][rows]
        part[part == _OPEN] = _USED
        self.state[column][rows] = part

    def fail(self, column: int, rows: Rows | slice) -> None:
        """Say that cells are problems (which the caller reports)."""
        part = self.state[column][rows]
        part[(part == _OPEN) | (part == _USED)] = _PROBLEM
        self.state[column][rows] = part

    def report_heading(self, column: int, heading: str, reason: str, mend: str, severity: str = "problem") -> None:
        """Report a whole column; its row is 0."""
        values = [self.sheet.name, 0, get_column_letter(column + 1), heading, reason, mend, severity]
        self._problems.append(pa.table([[value] for value in values], schema=PROBLEMS))

    def report_rows(self, rows: Rows, reason: str, mend: str) -> None:
        """Report whole rows."""
        fixed = [
            pa.array([text] * len(rows), pa.string()) for text in (self.sheet.name, "", "", reason, mend, "problem")
        ]
        columns = [fixed[0], pa.array(rows + 1, pa.int32()), *fixed[1:]]
        self._problems.append(pa.table(columns, schema=PROBLEMS))

    def report_cells(self, column: int, rows: Rows, reason: str, mend: str) -> None:
        """Report cells of a column, all for one reason; they are not used."""
        rows = rows[self.filled(column)[rows]]
        texts = self.sheet.cells.column(column).take(pa.array(rows)).combine_chunks().cast(pa.string())
        fixed = [pa.array([text] * len(rows), pa.string()) for text in (reason, mend, "problem")]
        found = pa.Table.from_arrays([pa.array(np.arange(len(rows)), pa.int32()), texts, *fixed], schema=CELL_PROBLEMS)
        self.report_column(column, rows, found)

    def report_column(self, column: int, rows: Rows, found: pa.Table) -> None:
        """Report the problems of a column's reading, whose ``at`` counts in *rows*."""
        own = self.filled(column)[rows[found["at"].to_numpy()]]
        found = found.filter(pa.array(own))
        if not found.num_rows:
            return
        at = rows[found["at"].to_numpy()]
        count = found.num_rows
        letter = get_column_letter(column + 1)
        fixed = [pa.array([self.sheet.name] * count), pa.array(at + 1, pa.int32()), pa.array([letter] * count)]
        rest = [found[name].combine_chunks() for name in ("text", "reason", "mend", "severity")]
        self._problems.append(pa.table([*fixed, *rest], schema=PROBLEMS))
        refused = found["severity"].to_numpy(zero_copy_only=False) == "problem"
        self.fail(column, at[refused])

    def problems(self) -> pa.Table:
        """All that was reported, by row and column."""
        if not self._problems:
            return PROBLEMS.empty_table()
        found = pa.concat_tables(self._problems)
        return found.take(pc.sort_indices(found, [("row", "ascending"), ("column", "ascending")]))

    def close(self, where: str, reason: str, mend: str) -> None:
        """Pass over whatever is left, row by row."""
        open_ = np.flatnonzero(np.any(np.stack(self.state) == _OPEN, axis=0))
        self.ignore_rows(open_, where, reason, mend, quoted=False)

    def close_whole(self, where: str, reason: str, mend: str) -> None:
        """Pass over the whole sheet, which is told as one."""
        counted = [self._ignore(column, slice(None), where, reason) for column in range(self.width())]
        if total := sum(counted):
            self._pass((reason, mend), [0], [""], [where], [total])

    def unread(self) -> Iterator[tuple[int, int]]:
        """Row (from 1) and column of every cell that was passed over or is a problem."""
        for column, state in enumerate(self.state):
            for row in np.flatnonzero((state == _IGNORED) | (state == _PROBLEM)).tolist():
                yield row + 1, column

    def counts(self) -> dict[str, int]:
        """Cells by what became of them."""
        totals = sum((np.bincount(state, minlength=5) for state in self.state), np.zeros(5, int))
        _blank, open_, used, ignored, problems = (int(n) for n in totals)
        return {"cells": open_ + used + ignored + problems, "used": used, "ignored": ignored, "problems": problems}

    def passed(self) -> pa.Table:
        """What was ignored (:data:`PASSED`): first that with which something is to be done, then rows, then columns."""
        found = pa.concat_tables([PASSED.empty_table(), *self._passed])
        keys = [name for name in PASSED.names if name != "cells"]
        added = found.group_by(keys, use_threads=False).aggregate([("cells", "sum")]).rename_columns([*keys, "cells"])
        told = added.select(PASSED.names).cast(PASSED)
        keyed = told.append_column("idle", pc.equal(told["mend"], _("无需处理")))
        keyed = keyed.append_column("wide", pc.equal(told["row"], 0))
        return told.take(pc.sort_indices(keyed, [(name, "ascending") for name in ("idle", "wide", "row", "column")]))

    def passed_over(self) -> list[Ignored]:
        """What was ignored, why, and how many cells."""
        return [Ignored(self.sheet.name, where, why, count) for (where, why), count in sorted(self.ignored.items())]


def _filled(column: pa.ChunkedArray) -> npt.NDArray[np.uint8]:
    parts = [pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(chunk), ""), False) for chunk in column.chunks]
    flags = [part.to_numpy(zero_copy_only=False) for part in parts]
    return (np.concatenate(flags) if flags else np.zeros(0, bool)).astype(np.uint8)
