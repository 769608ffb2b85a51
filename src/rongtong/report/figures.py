"""How a figure is written with its unit: money in 万元 (in English in millions), shares in per cent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rongtong.definitions.catalogue import Type
from rongtong.definitions.units import UNITS, counted
from rongtong.definitions.wording import worded
from rongtong.i18n import SOURCE, _, language

#: The unit in which readers of a language count money; a language that is not named here counts as the source's, whose
#: words it shows.
MONEY = {"zh": "万元", "en": "百万元"}


def value(content: object, kind: Type) -> str:
    """A value as an officer writes it; unknown is “未知”."""
    if content is None:
        return _("未知")
    if isinstance(content, list):
        return interval(content, kind)
    if isinstance(content, bool):
        return _("是") if content else _("否")
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, int | float | Decimal) and kind not in ("year", "code", "text"):
        return number(Decimal(str(content)), kind)
    return worded(str(content)) if kind == "level" else str(content)


def interval(ends: list[object], kind: Type) -> str:
    """The bounds of a count or sum of a list that is not complete; an open end is said in words.

    Of at least none, and nobody knows how many, nothing is known.
    """
    low, high = ends
    if high is None and not low:
        return _("未知")
    if high is None:
        return _("至少 {low}，上限未知", low=value(low, kind))
    return _("{low} 至 {high}", low=value(low, kind), high=value(high, kind))


def granted(low: object, high: object) -> str:
    """An amount of money, or the bounds of it while something is unknown."""
    return value(low if low == high else [low, high], "money")


def score(ends: Iterable[float] | None) -> str:
    """Points: “64”, or “52–72” while something is unknown."""
    if ends is None:
        return ""
    low, high = (f"{end:g}" for end in ends)
    return low if low == high else f"{low}–{high}"


def number(content: Decimal, kind: Type) -> str:
    """A number with its unit: money as the reader's language counts it, a ratio in per cent."""
    if kind == "money":
        unit = MONEY.get(language(), MONEY[SOURCE])
        return _("{amount} 万元", amount=trimmed(counted(content, unit), UNITS[unit].power))
    if kind == "ratio":
        return f"{trimmed(counted(content, '%'))}%"
    return trimmed(content)


def quantity(content: Decimal, unit: str, *, share: bool = False) -> str:
    """A number of a rulebook with its unit; what is a *share* in per cent."""
    if unit == "元":
        return number(content, "money")
    return number(content, "ratio") if share else behind(trimmed(content), unit)


def behind(text: str, unit: str) -> str:
    """*text* with what stands behind a number of *unit*."""
    return " ".join(filter(None, (text, word(unit))))


def word(unit: str) -> str:
    """What stands behind a number of that unit; nothing for a number that is none of anything."""
    words = {"%": "%", "万元": _("万元"), "人": _("人"), "年": _("年"), "分": _("分"), "项": _("项")}
    return words.get(unit, "")


def difference(content: float | Decimal, kind: Type) -> str:
    """How far a value is from a bound: with its sign, that of a ratio in points of per cent."""
    text = points(Decimal(str(content))) if kind == "ratio" else value(content, kind)
    return text if content < 0 else f"+{text}"


def points(share: Decimal) -> str:
    """A difference of shares, in percentage points."""
    return _("{n} 个百分点", n=trimmed(counted(share, "%")))


def trimmed(content: Decimal, decimals: int = 4) -> str:
    """At most so many decimals, none that say nothing, thousands separated."""
    text = f"{content:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
