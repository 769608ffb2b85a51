"""Fill one column of a page: what stands in its cells, what they say, and of which kind they are."""

from __future__ import annotations

from typing import Any

from rongtong.sample import people
from rongtong.sample.damage import Damage
from rongtong.sample.layouts import Column
from rongtong.sample.page import Filled, Page
from rongtong.sample.parameters import Rng, world
from rongtong.sample.sheets import Formula
from rongtong.sample.styles import MESSY, STYLES


def fill(page: Page, index: int, damage: Damage, rng: Rng) -> Filled:
    """The column *index* of *page*, with its *damage*."""
    column = page.columns[index]
    filled = _stated(page, column, damage, rng) if column.states else _others(page, column, rng)
    if "合并" in column.options:
        return filled._replace(shown=_once(page, index, filled.shown))
    return filled


def _stated(page: Page, column: Column, damage: Damage, rng: Rng) -> Filled:
    """A column that states facts."""
    values = page.rows.values(column.slot)
    if column.style.startswith("="):
        return _formulas(page, column, values)
    written = STYLES[column.style](values, rng)
    if column.slot in {"uscc", "name"}:
        return damage.of_identity(written, column.slot == "uscc", rng)
    if "必填" in column.options:
        damage = Damage(0.0, ("",), 0.0)
    usual = "messy" if column.style in MESSY else "clean"
    return damage.of_facts(written, page.rows.type_of(column.slot), usual, rng)


def _others(page: Page, column: Column, rng: Rng) -> Filled:
    """A column that states no fact: people, numbers of rows, years of rows, a text that is always the same."""
    rows = page.rows
    if column.style in people.CONTACTS:
        return Filled(people.CONTACTS[column.style](rows.n, rng), [None] * len(rows), ["contact"] * len(rows))
    if column.style == "序号":
        return _nothing([*range(1, len(rows) + 1)])
    if column.style.startswith("="):
        return _nothing([Formula(column.style.format(row=row), row) for row in (page.places + 1).tolist()])
    if rows.years is not None and column.style == "年份":
        return _nothing([f"{year}年" for year in rows.years.tolist()])
    return _nothing([column.style or None] * len(rows))


def _nothing(shown: list[Any]) -> Filled:
    return Filled(shown, [None] * len(shown), ["ignore"] * len(shown))


def _formulas(page: Page, column: Column, values: list[Any]) -> Filled:
    """Formulas with the value Excel keeps beside them, a ratio to four places."""
    said = [None if value is None else round(value, 4) for value in values]
    texts = [column.style.format(row=row) for row in (page.places + 1).tolist()]
    shown = [None if value is None else Formula(text, value) for text, value in zip(texts, said, strict=True)]
    return Filled(shown, said, ["messy"] * len(said))


def _once(page: Page, index: int, shown: list[Any]) -> list[Any]:
    """A value merged over the rows of a firm's years stands in the first of them."""
    down = len(world().years)
    page.sheet.merges += [(row, index, row + down - 1, index) for row in page.places[::down].tolist()]
    return [value if place % down == 0 else None for place, value in enumerate(shown)]
