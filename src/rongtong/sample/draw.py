"""Draw a sheet from its layout and its rows, and keep the account of its cells."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np

from rongtong.sample import damage, people, typed
from rongtong.sample.account import Account
from rongtong.sample.damage import Damage
from rongtong.sample.layouts import BookLayout, Column, SheetLayout
from rongtong.sample.parameters import Ints, world
from rongtong.sample.sheets import Formula, Sheet
from rongtong.sample.source import Rows
from rongtong.sample.styles import MESSY, STYLES, Written

Rng = np.random.Generator
_ORDINALS = "一二三四五六七八九十"


def draw(book: BookLayout, layout: SheetLayout, rows: Rows, rng: Rng, account: Account) -> Sheet:
    """A sheet of *book* with *rows* (one a firm, or one a record), its cells put on the account."""
    sheet, columns = Sheet(layout.name), layout.parsed()
    for line, text in enumerate(layout.title):
        sheet.banner(line, text, len(columns))
    top = _head(sheet, columns, len(layout.title))
    if layout.streets:
        streets = np.array(rows.values("street"))
        rows = rows.take(np.argsort(streets, kind="stable"))
    blocks = _blocks(layout, rows)
    if layout.per == "year":
        rows = rows.by_year()
    places = _places(sheet, top, blocks, len(columns))
    hurt = Damage(book.missing, book.marks, book.broken)
    for index, column in enumerate(columns):
        written, kinds = _column(column, rows, places, hurt, rng)
        shown = _once(sheet, index, column, written.shown, places)
        _account(account, (book.file, layout.name, index), column, rows, places, Written(shown, written.said), kinds)
        for row, value in zip(places.tolist(), shown, strict=True):
            sheet.put(row, index, value)
        if "隐藏" in column.options:
            sheet.hidden.append(index)
    below = int(places[-1]) + 1 if len(places) else top
    last = _totals(sheet, columns, blocks, places, (account, book.file)) if layout.streets else below
    for line, text in enumerate(layout.footer):
        sheet.banner(last + line, text, len(columns))
    return sheet


def _head(sheet: Sheet, columns: list[Column], top: int) -> int:
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


def _blocks(layout: SheetLayout, rows: Rows) -> list[tuple[str, int]]:
    """Blocks of rows under a street's heading: (street, rows); one without heading otherwise."""
    if layout.streets:
        return [(street, len(list(group))) for street, group in groupby(rows.values("street"))]
    return [("", len(rows) * (len(world().years) if layout.per == "year" else 1))]


def _places(sheet: Sheet, top: int, blocks: list[tuple[str, int]], width: int) -> Ints:
    """The row of every row of data; a street takes a row for its heading and one for its subtotal."""
    found: list[Ints] = []
    for number, (street, count) in enumerate(blocks):
        if street:
            sheet.banner(top, f"（{_ORDINALS[number]}）{street}", width)
            top += 1
        found.append(np.arange(top, top + count))
        top += count + bool(street)
    return np.concatenate(found)


def _column(column: Column, rows: Rows, places: Ints, hurt: Damage, rng: Rng) -> tuple[Written, list[str]]:
    """What stands in a column, what it says, and the kind of every cell."""
    if column.style in people.CONTACTS:
        return Written(people.CONTACTS[column.style](rows.n, rng), [None] * len(rows)), ["contact"] * len(rows)
    if column.style == "序号":
        return _plain([*range(1, len(rows) + 1)])
    if column.style.startswith("="):
        return _formulas(column, rows, places)
    if not column.slot:
        return _plain([column.style or None] * len(rows))
    if column.slot == "year":
        return _plain([f"{year}年" if column.style == "年份" else year for year in (rows.years.tolist() if rows.years is not None else [])])
    written = STYLES[column.style](rows.values(column.slot), rng)
    if column.slot in {"uscc", "name"}:
        return damage.identity(written, 0.01 if column.slot == "uscc" else 0.0, rng)
    if "必填" in column.options:
        hurt = Damage(0.0, ("",), 0.0)
    return damage.hurt(written, rows.type_of(column.slot), "messy" if column.style in MESSY else "clean", hurt, rng)


def _plain(shown: list[Any]) -> tuple[Written, list[str]]:
    return Written(shown, [None] * len(shown)), ["ignore"] * len(shown)


def _formulas(column: Column, rows: Rows, places: Ints) -> tuple[Written, list[str]]:
    """Formulas with the value Excel keeps beside them: a ratio to four places, or the number of the row."""
    lines = (places + 1).tolist()
    texts = [column.style.format(row=line) for line in lines]
    if not column.slot:
        return _plain([Formula(text, line) for text, line in zip(texts, lines, strict=True)])
    values = [None if value is None else round(value, 4) for value in rows.values(column.slot)]
    shown = [None if value is None else Formula(text, value) for text, value in zip(texts, values, strict=True)]
    return Written(shown, values), ["messy"] * len(values)


def _once(sheet: Sheet, index: int, column: Column, shown: list[Any], places: Ints) -> list[Any]:
    """A value merged over the rows of a firm's years stands in the first of them."""
    if "合并" not in column.options:
        return shown
    down = len(world().years)
    sheet.merges += [(row, index, row + down - 1, index) for row in places[::down].tolist()]
    return [value if place % down == 0 else None for place, value in enumerate(shown)]


def _account(  # noqa: PLR0913, PLR0917 -- a column has that many sides
    account: Account, where: tuple[str, str, int], column: Column, rows: Rows, places: Ints, written: Written, kinds: list[str]
) -> None:
    stated = bool(column.slot) and column.slot != "year"
    kind = rows.type_of(column.slot) if stated else "text"
    account.add(where, places, {
        "n": rows.n.tolist(),
        "slot": rows.slots(column.slot) if stated else [None] * len(rows),
        "type": [kind] * len(rows),
        "value": typed.text(kind, written.said) if kind != "date" else typed.text("text", written.said),
        "shown": [_seen(value) for value in written.shown],
        "kind": kinds,
    })  # fmt: skip


def _seen(value: Any) -> str | None:
    return None if value is None else str(value.value if isinstance(value, Formula) else value)


def _totals(
    sheet: Sheet, columns: list[Column], blocks: list[tuple[str, int]], places: Ints, where: tuple[Account, str]
) -> int:
    """Subtotals below each street and a total below all; the row after them."""
    start, ends = 0, []
    for _, count in blocks:
        rows = places[start : start + count]
        _total(sheet, columns, rows, int(rows[-1]) + 1, "小计", where)
        ends.append(int(rows[-1]) + 1)
        start += count
    _total(sheet, columns, places, ends[-1] + 1, "合计", where)
    return ends[-1] + 2


def _total(  # noqa: PLR0913, PLR0917 -- a line of sums has that many sides
    sheet: Sheet, columns: list[Column], rows: Ints, line: int, label: str, where: tuple[Account, str]
) -> None:
    account, file = where
    for index, column in enumerate(columns):
        shown: Any = None
        if index == 0:
            shown = label
        elif column.style in {"万元", "元", "亿元", "数"}:
            given = [sheet.cells.get((row, index)) for row in rows.tolist()]
            shown = round(sum(value for value in given if isinstance(value, int | float)), 4)
        sheet.put(line, index, shown)
        text = [None if shown is None else str(shown)]
        blank: list[Any] = [None]
        account.add((file, sheet.name, index), np.array([line]), {"n": blank, "slot": blank, "type": blank, "value": blank, "shown": text, "kind": ["ignore"]})
