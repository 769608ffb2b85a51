"""The problems drawn into the workbook as it came: merged cells, widths, formats and codes stay as they were.

Formulas become the values that they had; links, comments of others, names, validations and macros are left behind.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from rongtong.workbooks import Sheet
from rongtong.workbooks.formats import check_zip

#: More cells than that take too long and too much memory this way; they are copied as values.
MOST_CELLS = 300_000
FILLS = {"problem": "F8CBAD", "warning": "FFF2CC"}
_AUTHOR = "融通"
Notes = Mapping[int, Sequence[Mapping[str, Any]]]
log = logging.getLogger(__name__)


def open_dressed(path: Path, sheets: Sequence[Sheet]) -> Workbook | None:
    """*path* with its look and nothing that runs; None when it is no .xlsx, too large, or not readable so."""
    cells = sum(sheet.cells.num_rows * sheet.cells.num_columns for sheet in sheets)
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not zipfile.is_zipfile(path) or cells > MOST_CELLS:
        return None
    check_zip(path)
    try:
        book = openpyxl.load_workbook(path, data_only=True, keep_links=False)
    except Exception as error:
        log.info("%s is copied as values: %s", path.name, type(error).__name__)
        return None
    if not {sheet.name for sheet in sheets} <= set(book.sheetnames):
        return None
    for page in book.worksheets:
        _strip(page)
    book.defined_names.clear()
    return book


def draw(page: Worksheet, notes: Notes, *, veiled: Iterable[tuple[int, int, str]] = ()) -> None:
    """Colour and comment the cells of *notes* (by row from 0; -1 is whole columns); *veiled* replaces cells."""
    for row, column, text in veiled:
        _home(page, row + 1, column + 1).value = text
    for row, told in notes.items():
        for note in told:
            for cell in _cells(page, row, str(note["column"] or "")):
                cell.fill = PatternFill("solid", fgColor=FILLS[note["severity"]])
            _comment(page, row, note)


def _strip(page: Worksheet) -> None:
    page.conditional_formatting = ConditionalFormattingList()
    page.data_validations = DataValidationList()
    for line in page.iter_rows():
        for cell in line:
            if not isinstance(cell, MergedCell):
                cell.comment, cell.hyperlink = None, None


def _cells(page: Worksheet, row: int, column: str) -> list[Any]:
    """The cells that a note is about: one, a row's, or a column's."""
    at = column_index_from_string(column) if column else 0
    if row < 0:
        found = [page.cell(number, at) for number in range(1, page.max_row + 1)]
    elif at:
        return [page.cell(row + 1, at)]
    else:
        found = [page.cell(row + 1, number) for number in range(1, page.max_column + 1)]
    return [cell for cell in found if cell.value is not None]


def _comment(page: Worksheet, row: int, note: Mapping[str, Any]) -> None:
    cell = _home(page, max(row, 0) + 1, column_index_from_string(note["column"] or "A"))
    told = f"{note['reason']}\n{note['mend']}"
    if cell.comment is not None:
        told = f"{cell.comment.text}\n\n{told}"
    cell.comment = Comment(told, _AUTHOR, width=320, height=120)


def _home(page: Worksheet, row: int, column: int) -> Any:
    """The cell, or of a merged one that which holds its value."""
    cell = page.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    area = next(one for one in page.merged_cells.ranges if cell.coordinate in one)
    return page.cell(area.min_row, area.min_col)
