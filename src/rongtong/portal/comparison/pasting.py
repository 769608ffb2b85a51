"""Pasted lines as a workbook: one firm a row, with a heading over each column."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import zip_longest

import pyarrow as pa
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from rongtong import lists
from rongtong.errors import InputError
from rongtong.portal.comparison import chatted
from rongtong.workbooks import Sheet, texts_table

WIDTH = 32


def workbook(text: str, columns: Mapping[str, int]) -> bytes:
    """The lines of *text* as an .xlsx; tabs are what spreadsheets put between cells.

    Where no line is a heading one is made; *columns* says which is which when people told (``name``, ``code``, from 0).
    """
    rows = chatted.rows(text)
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(held, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        heading = _heading(rows, columns)
        for number, row in enumerate([*heading, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, bold if heading and not number else None)
        sheet.set_column(0, max(map(len, rows), default=1) - 1, WIDTH)
    return held.getvalue()


def _heading(rows: list[list[str]], columns: Mapping[str, int]) -> list[list[str]]:
    """The heading that *rows* want; none when they have one, or are no list."""
    texts = [pa.array(column, pa.string()) for column in zip_longest(*rows, fillvalue="")]
    try:
        found = lists.find(Sheet("", texts_table(texts)), **columns)
    except InputError:
        return []
    if found.heading:
        return []
    known = {found.name: _("企业名称"), found.code: _("统一社会信用代码")}
    return [[known.get(index) or _("第 {n} 列").format(n=index + 1) for index in range(len(texts))]]
