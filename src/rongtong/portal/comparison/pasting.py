"""Pasted lines as a workbook: one firm a row, with a heading over each column."""

from __future__ import annotations

import io
from collections.abc import Mapping

from xlsxwriter import Workbook

from rongtong import lists

WIDTH = 32


def workbook(text: str, columns: Mapping[str, int]) -> bytes:
    """The lines of *text* as an .xlsx; tabs are what spreadsheets put between cells.

    Where no line is a heading one is made; *columns* says which is which when people told (``name``, ``code``, from 0).
    """
    read = lists.chatted(text, **columns)
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(held, options) as book:
        page = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, row in enumerate(read.cells.to_pylist()):
            for column, cell in enumerate(row.values()):
                if cell:
                    page.write_string(number, column, cell, None if number else bold)
        page.set_column(0, max(read.cells.num_columns - 1, 0), WIDTH)
    return held.getvalue()
