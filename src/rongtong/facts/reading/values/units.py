"""Units as they are written in headings and cells: one table, and how to find a unit in a heading."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["money", "foreign", "share", "people", "things", "years", "months", "score"]


class Unit(NamedTuple):
    """A unit: its kind, and the power of ten that leads to the stored unit (yuan, fraction, one)."""

    kind: Kind
    power: int


_MULTIPLES = {"": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
# fmt: off
_FOREIGN = ("美元", "美金", "USD", "欧元", "EUR", "港元", "港币", "HKD", "日元", "JPY", "英镑", "GBP", "韩元",
            "KRW", "澳元", "加元", "新台币", "台币", "卢布")
_PEOPLE = ("人", "名", "位")
_THINGS = ("个", "件", "项", "家", "条", "篇", "款", "种", "份", "次", "台", "套", "张")
# fmt: on


def _table() -> dict[str, Unit]:
    table = {name: Unit("share", power) for name, power in (("%", -2), ("‰", -3), ("百分比", -2), ("百分数", -2))}
    for multiple, power in _MULTIPLES.items():
        table[f"{multiple}元"] = Unit("money", power)
        table |= {multiple + name: Unit("foreign", power) for name in _FOREIGN}
        if multiple in {"", "百", "千", "万"}:
            table |= {multiple + name: Unit("people", power) for name in _PEOPLE}
            table |= {multiple + name: Unit("things", power) for name in _THINGS}
    table |= {"万": Unit("money", 4), "亿": Unit("money", 8), "RMB": Unit("money", 0), "人民币": Unit("money", 0)}
    table |= {"年": Unit("years", 0), "周年": Unit("years", 0), "月": Unit("months", 0), "个月": Unit("months", 0)}
    return table | {"分": Unit("score", 0)}


#: Every unit by its name, half-width and simplified.
UNITS: dict[str, Unit] = _table()

_BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_SEPARATORS = re.compile(r"[\s,;:、/|·。]+|单位|计量|金额")
_AFTER_WORD = re.compile(r"单位[:是为]?\s*([^\s,;:、()]+)")
_TELLING = (name for name, unit in UNITS.items() if len(name) > 1 or unit.kind == "share")
_AT_END = tuple(sorted(_TELLING, key=len, reverse=True))
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("﹪"): "%"}


def unit_name(text: str) -> str | None:
    """The name in :data:`UNITS` that *text* writes (``人民币万元``, ``ＲＭＢ万元``), or None."""
    name = text.translate(_HALF_WIDTH).strip().upper()
    for candidate in (name, re.sub(r"^(人民币|RMB|CNY|[¥￥])", "", name)):
        if candidate in UNITS:
            return candidate
    return "元" if name in {"¥", "￥", "CNY"} else None


def parse_heading_unit(text: str) -> str | None:
    """The unit that a heading states, as a name in :data:`UNITS`, or None when it states none or several.

    Brackets come first (``营业收入（万元）``, ``人数（2021年末，单位：人）``), then ``单位：万元``, then the end of the
    heading (``营业收入万元``, ``增长率%``).
    """
    heading = text.translate(_HALF_WIDTH).strip()
    bracketed = [part for inner in _BRACKETS.findall(heading) for part in _SEPARATORS.split(inner)]
    for parts in (bracketed, _AFTER_WORD.findall(heading)):
        names = {name for part in parts if (name := unit_name(part))}
        if names:
            return _one(names)
    capitals = heading.upper()
    if not capitals.endswith(_AT_END):
        return None
    return next(name for name in _AT_END if capitals.endswith(name))


def _one(names: set[str]) -> str | None:
    meanings = {UNITS[name] for name in names}
    return min(names) if len(meanings) == 1 else None
