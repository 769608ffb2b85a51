"""Draw a sheet from its layout and its rows, and keep the account of its cells."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from rongtong.sample import headings, totals
from rongtong.sample.account import Account
from rongtong.sample.damage import Damage
from rongtong.sample.fill import fill
from rongtong.sample.layouts import BookLayout, SheetLayout
from rongtong.sample.page import Page
from rongtong.sample.parameters import Ints, Rng
from rongtong.sample.sheets import Sheet
from rongtong.sample.source import Rows

Blocks = list[tuple[str, int]]
_ORDINALS = "一二三四五六七八九十"


def draw(book: BookLayout, layout: SheetLayout, rows: Rows, rng: Rng, account: Account) -> Sheet:
    """A sheet of *book* with *rows* (one a firm, or one a record), its cells put on the account."""
    sheet, columns = Sheet(layout.name), layout.parsed()
    for line, text in enumerate(layout.title):
        sheet.banner(line, text or None, len(columns))
    top = headings.put(sheet, columns, len(layout.title))
    rows, blocks = _order(layout, rows)
    places = _places(sheet, top, blocks, len(columns))
    page = Page(book.file, sheet, columns, rows, places, account)
    damage = Damage(book.missing, book.marks, book.broken)
    for index, column in enumerate(columns):
        page.enter(index, fill(page, index, damage, rng))
        if "隐藏" in column.options:
            sheet.hidden.append(index)
    below = int(places[-1]) + 1 if len(places) else top
    last = totals.put(page, [length for _, length in blocks]) if layout.streets else below
    for line, text in enumerate(layout.footer):
        sheet.banner(last + line, text, len(columns))
    return sheet


def _order(layout: SheetLayout, rows: Rows) -> tuple[Rows, Blocks]:
    """The rows in their order, and the blocks they form: (street, or no heading; number of rows)."""
    if layout.streets:
        rows = rows.take(np.argsort(np.array(rows.values("street")), kind="stable"))
        return rows, [(street, len(list(group))) for street, group in groupby(rows.values("street"))]
    if layout.per == "year":
        rows = rows.by_year()
    return rows, [("", len(rows))]


def _places(sheet: Sheet, top: int, blocks: Blocks, width: int) -> Ints:
    """The row of every row of data; a street takes a row for its heading and one for its subtotal."""
    found: list[Ints] = []
    for number, (street, count) in enumerate(blocks):
        if street:
            sheet.banner(top, f"（{_ORDINALS[number % 10]}）{street}", width)
            top += 1
        found.append(np.arange(top, top + count))
        top += count + bool(street)
    return np.concatenate(found)
