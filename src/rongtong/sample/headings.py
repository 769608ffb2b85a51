"""Headings of one or more levels, merged as people merge them."""

from __future__ import annotations

from itertools import groupby

from rongtong.sample.layouts import Column
from rongtong.sample.sheets import Sheet


def put(sheet: Sheet, columns: list[Column], top: int) -> int:
    """The headings, merged across equal upper levels and down where a column has fewer; the row after them."""
    depth = max(len(column.headings) for column in columns)
    for index, column in enumerate(columns):
        for level, text in enumerate(column.headings):
            left = columns[index - 1].headings[: level + 1] if index else ()
            if level == len(column.headings) - 1 or left != column.headings[: level + 1]:
                sheet.put(top + level, index, text)
        if len(column.headings) < depth:
            sheet.merges.append((top + len(column.headings) - 1, index, top + depth - 1, index))
    for level in range(depth - 1):
        _across(sheet, columns, top, level)
    return top + depth


def _across(sheet: Sheet, columns: list[Column], top: int, level: int) -> None:
    keys = [column.headings[: level + 1] if len(column.headings) > level + 1 else None for column in columns]
    for key, group in groupby(range(len(columns)), key=keys.__getitem__):
        members = list(group)
        if key is not None and len(members) > 1:
            sheet.merges.append((top + level, members[0], top + level, members[-1]))
