"""What a file holds before anybody asks what it means: sheets of cell texts."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.errors import InputError
from rongtong.i18n import _

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


#: What Excel holds at most; a file that claims more is none of Excel's.
ROWS, COLUMNS, CHARACTERS = 1_048_576, 16_384, 32_767


def check_size(rows: int, columns: int) -> None:
    """Raise InputError when a sheet is larger than Excel allows."""
    if rows > ROWS or columns > COLUMNS:
        raise InputError(
            _("表格超出 Excel 的 {rows} 行 {columns} 列", rows=ROWS, columns=COLUMNS), mend=_("请拆成几个文件")
        )


def check_cells(sheet: Sheet) -> None:
    """Raise InputError when a cell is longer than Excel allows: reading what it means would take forever."""
    for index, column in enumerate(sheet.cells.columns):
        longest: int = pc.max(pc.binary_length(column)).as_py() or 0  # bytes, never fewer than characters
        if longest > CHARACTERS:
            _refuse_long(sheet.name, index, column)


def _refuse_long(sheet: str, index: int, column: pa.ChunkedArray) -> None:
    lengths = pc.utf8_length(column)
    row: int = pc.index(pc.greater(lengths, CHARACTERS), True).as_py()
    if row >= 0:
        what = _("单元格里有 {n} 个字，Excel 最多 {most} 个", n=lengths[row].as_py(), most=CHARACTERS)
        place = "!".join(filter(None, (sheet, f"{letters(index)}{row + 1}")))
        raise InputError(what, place=place, mend=_("请删去多余的内容后再导入"))


def letters(index: int) -> str:
    """What Excel calls the column *index*, from 0."""
    return ("" if index < 26 else letters(index // 26 - 1)) + chr(ord("A") + index % 26)


def texts_table(columns: list[pa.Array | pa.ChunkedArray]) -> pa.Table:
    """A table of cell texts whose columns are named by their index."""
    return pa.table({str(index): column for index, column in enumerate(columns)})
