"""Units as headings and cells state them: which unit of the one table a text writes."""

from __future__ import annotations

import re

from rongtong.definitions.units import UNITS

_BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_SEPARATORS = re.compile(r"[\s,;:、/|·。]+|单位|计量|金额")
_AFTER_WORD = re.compile(r"单位[:是为]?\s*([^\s,;:、()]+)")
_TELLING = (name for name, unit in UNITS.items() if len(name) > 1 or unit.kind == "share")
_AT_END = tuple(sorted(_TELLING, key=len, reverse=True))
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("﹪"): "%"}


def unit_name(text: str) -> str | None:
    """The name in ``UNITS`` that *text* writes (``人民币万元``, ``ＲＭＢ万元``), or None."""
    name = text.translate(_HALF_WIDTH).strip().upper()
    for candidate in (name, re.sub(r"^(人民币|RMB|CNY|[¥￥])", "", name)):
        if candidate in UNITS:
            return candidate
    return "元" if name in {"¥", "￥", "CNY"} else None


def parse_heading_unit(text: str) -> str | None:
    """The unit that a heading states, as a name in ``UNITS``, or None when it states none or several.

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
