"""The top of a sheet as rows of texts, merged cells filled: what the search for headings looks at."""

from __future__ import annotations

from collections.abc import Sequence

from rongtong.workbooks import Merge, Sheet

#: Sheets up to so many rows are searched whole; of longer ones only the first rows.
WHOLE, TOP = 3_000, 80


class Grid:
    """Rows of stripped texts ("" where blank). *row* r, column c from 0."""

    def __init__(self, sheet: Sheet) -> None:
        height = sheet.cells.num_rows
        self.height = height if height <= WHOLE else TOP
        self.rows: list[list[str]] = _rows(sheet, self.height)
        self.width = sheet.cells.num_columns
        self.merges = [merge for merge in sheet.merges if merge[0] < self.height]
        self._at: dict[tuple[int, int], Merge] = {}
        for merge in self.merges:
            if (merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1) <= 10_000:
                for row in range(merge[0], min(merge[2] + 1, self.height)):
                    for column in range(merge[1], min(merge[3] + 1, self.width)):
                        self._at[row, column] = merge

    def text(self, row: int, column: int) -> str:
        """The text of a cell by itself."""
        return self.rows[row][column]

    def merge(self, row: int, column: int) -> Merge | None:
        """The merged range a cell belongs to."""
        return self._at.get((row, column))

    def shown(self, row: int, column: int) -> str:
        """The text a reader sees at a cell: that of its merged range."""
        merge = self._at.get((row, column))
        if merge is None or merge[1] >= self.width:
            return self.rows[row][column]
        return self.rows[merge[0]][merge[1]]

    def filled(self, row: int) -> list[int]:
        """The columns that hold a text of their own."""
        return [column for column, text in enumerate(self.rows[row]) if text]

    def joined(self, rows: Sequence[int]) -> list[str]:
        """All texts of some rows."""
        return [text for row in rows for text in self.rows[row] if text]


def _rows(sheet: Sheet, height: int) -> list[list[str]]:
    top = sheet.cells.slice(0, height)
    columns = [[(text or "").strip() for text in column.to_pylist()] for column in top.columns]
    return [list(row) for row in zip(*columns, strict=True)] if columns else []
