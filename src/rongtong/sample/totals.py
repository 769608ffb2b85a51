"""Subtotals below each street, and a total below all: figures that are nobody's."""

from __future__ import annotations

from typing import Any

from rongtong.sample.page import Page
from rongtong.sample.parameters import Ints

_SUMMED = {"万元", "元", "千元", "亿元", "数"}


def put(page: Page, lengths: list[int]) -> int:
    """Subtotals below blocks of rows of these *lengths*, and a total; the row after them."""
    start, below = 0, 0
    for length in lengths:
        rows = page.places[start : start + length]
        below = int(rows[-1]) + 1
        _line(page, rows, below, "小计")
        start += length
    _line(page, page.places, below + 1, "合计")
    return below + 2


def _line(page: Page, rows: Ints, line: int, label: str) -> None:
    page.aside(line, 0, label)
    for index, column in enumerate(page.columns):
        if index and column.style in _SUMMED:
            page.aside(line, index, _sum([page.sheet.cells.get((row, index)) for row in rows.tolist()]))


def _sum(values: list[Any]) -> float:
    return round(sum(value for value in values if isinstance(value, int | float)), 4)
