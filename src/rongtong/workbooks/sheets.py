"""What a file holds before anybody asks what it means: sheets of cell texts."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 0


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells as texts (columns ``0``, ``1``, …; NULL where blank), and what its look says.

    Row 0 is the first row as Excel numbers them (row 1); blank rows count. *percents* are the columns whose numbers are
    formatted as percentages. *dates* says that bare numbers may be Excel's serial dates.
    """

    name: str
    cells: pa.Table
    visible: bool = True
    merges: tuple[Merge, ...] = ()
    percents: frozenset[int] = field(default_factory=frozenset)
    dates: bool = True


def texts_table(columns: list[pa.Array | pa.ChunkedArray]) -> pa.Table:
    """A table of cell texts whose columns are named by their index."""
    return pa.table({str(index): column for index, column in enumerate(columns)})
