"""Drawn sheets into files, each with the library that leaves the traces we want."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .pages import Book, Page, as_text
from .writing import Formula

MADE = datetime(2022, 6, 20, 9, 30)


def xlsx(book: Book, path: Path) -> Path:
    """Through openpyxl: formats, merges, hidden columns, frozen panes."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    workbook.properties.created = workbook.properties.modified = MADE
    for page in book.pages:
        _draw(workbook.create_sheet(page.name), page)
    workbook.save(path)
    return path


def _draw(sheet: Any, page: Page) -> None:
    for (row, col), shown in page.cells.items():
        cell = sheet.cell(row, col)
        cell.value = shown
        cell.alignment = Alignment(wrap_text=isinstance(shown, str) and "\n" in shown)
        if isinstance(shown, str) and shown.startswith("="):
            cell.data_type = "s"
        if row <= 3:
            cell.font = Font(bold=True)
        if (row, col) in page.formats:
            cell.number_format = page.formats[row, col]
    for top, left, bottom, right in page.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for col in page.hidden:
        sheet.column_dimensions[get_column_letter(col)].hidden = True
    if page.freeze:
        sheet.freeze_panes = page.freeze


def xlsx_with_formulas(book: Book, path: Path) -> Path:
    """Through XlsxWriter, which keeps the value Excel last computed beside a formula."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": MADE})
        for page in book.pages:
            sheet = workbook.add_worksheet(page.name)
            for top, left, bottom, right in page.merges:
                sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
            for place, shown in page.cells.items():
                style = workbook.add_format({"num_format": page.formats.get(place, "General")})
                _write(sheet, place, shown, style)
    return path


def _write(sheet: Any, place: tuple[int, int], shown: Any, style: Any) -> None:
    row, col = place[0] - 1, place[1] - 1
    if isinstance(shown, Formula):
        sheet.write_formula(row, col, shown.text, style, shown.cached)
    elif isinstance(shown, date):
        sheet.write_datetime(row, col, datetime(shown.year, shown.month, shown.day), style)
    else:
        sheet.write(row, col, shown, style)


def xls(book: Book, path: Path) -> Path:
    """Excel 97–2003."""
    workbook = xlwt.Workbook(encoding="utf-8")
    for page in book.pages:
        sheet = workbook.add_sheet(page.name)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in page.merges}
        for (row, col), shown in page.cells.items():
            bottom, right = merged.get((row, col), (row, col))
            style = xlwt.easyxf(num_format_str=page.formats.get((row, col), "General"))
            if (bottom, right) == (row, col):
                sheet.write(row - 1, col - 1, shown, style)
            else:
                sheet.write_merge(row - 1, bottom - 1, col - 1, right - 1, shown, style)
    workbook.save(str(path))
    return path


def text(book: Book, path: Path, encoding: str, end: str = "\r\n") -> Path:
    """One sheet as comma-separated text."""
    (page,) = book.pages
    rows, cols = (max(place[axis] for place in page.cells) for axis in (0, 1))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=end)
    for row in range(1, rows + 1):
        cells = (page.cells.get((row, col)) for col in range(1, cols + 1))
        writer.writerow(["" if cell is None else as_text(cell) for cell in cells])
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path
