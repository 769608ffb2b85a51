"""What came of reading a file: typed tables, what each column means, and an account of every cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

#: Rows of a sheet or places among records, from 0.
Rows = npt.NDArray[np.intp]
How = Literal["exact", "synonym", "fuzzy", "decided", "declined", "ignored", "contact", "unknown"]

#: One row a cell, a row (column empty) or a column (row 0) that wants attention; ``problem`` = not used.
PROBLEMS = pa.schema(
    [("sheet", pa.string()), ("row", pa.int32())]
    + [(name, pa.string()) for name in ("column", "text", "reason", "mend", "severity")]
)

#: What was passed over: a row, or (its row 0) a column or the whole sheet; of how many cells, why, and what to do.
PASSED = pa.schema([
    ("sheet", pa.string()), ("row", pa.int32()), ("column", pa.string()), ("text", pa.string()), ("cells", pa.int64()),
    ("reason", pa.string()), ("mend", pa.string()),
])  # fmt: skip  # read by rows


@dataclass(frozen=True)
class Table:
    """One block of a sheet.

    *data* of ``facts``: ``row`` (int32, from 1), ``uscc``, ``name``, one column per slot; of a ``list``: ``row``,
    ``uscc``, ``name``, ``item``, one column per attribute (``ip.kind``). *cells*: column name → source column from 0.
    """

    sheet: str
    kind: Literal["facts", "list"]
    list_id: str | None
    data: pa.Table
    cells: dict[str, int]


@dataclass(frozen=True)
class Column:
    """A source column (from 0): what it was taken for, and how. *slot* is a pattern, ``revenue[2021]``."""

    sheet: str
    index: int
    heading: str
    slot: str | None
    unit: str | None
    year: str | None
    how: How
    note: str = ""


def unrecognised(columns: Iterable[Column]) -> list[Column]:
    """The columns of which nothing is known, in which there may be something all the same."""
    return [column for column in columns if column.how == "unknown" and column.heading.strip()]


@dataclass(frozen=True)
class Ignored:
    """Cells passed over for one reason at one place (a column, some rows)."""

    sheet: str
    where: str
    reason: str
    count: int


@dataclass(frozen=True)
class Reading:
    """A file as read. *counts*: ``cells`` = ``used`` + ``ignored`` + ``problems`` over the non-empty cells.

    *passed* (:data:`PASSED`): the cells ignored, row by row where whole rows were. *unread*: (sheet, row from 1, column
    from 0) of the cells that gave no value, told only of a file said to be whole.
    """

    file: str
    sha256: str
    tables: list[Table]
    columns: list[Column]
    problems: pa.Table
    ignored: list[Ignored]
    counts: dict[str, int]
    passed: pa.Table
    unread: tuple[tuple[str, int, int], ...] = ()
