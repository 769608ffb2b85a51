"""Numbers, amounts of money and quantities where they stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rongtong.definitions.units import MULTIPLE, MULTIPLES
from rongtong.facts.reading.values.numbers import read_number
from rongtong.facts.reading.values.numerals import CHARACTERS, read_numeral
from rongtong.facts.reading.values.spec import NotReadError
from rongtong.facts.reading.values.writing import fold
from rongtong.i18n import _
from rongtong.match.cues import cues
from rongtong.match.writing import half_width

#: What has more signs than this is no number that anybody counts with.
LONGEST = 18
_DIGITS = r"\d++(?:,\d{3})*(?:\.\d+)?"
_ONE = re.compile(rf"({_DIGITS})\s*({MULTIPLE})?|([{CHARACTERS}]+)")
_NUMBER = rf"(?:{_DIGITS}\s*(?:{MULTIPLE})?|[{CHARACTERS}]{{2,12}})"
_RANGE = rf"(?P<number>{_NUMBER}(?:\s*(?:-|~|—|–|至|到)+\s*{_NUMBER})?)\s*"
#: What is counted by the year, the quarter and the month can be compared; working days and weeks nobody counts alike.
_A_YEAR = {"年": 1, "季": 4, "月": 12}
_PERIODS = {"季度": "季", "天": "日"}


def _mend() -> str:
    return _("请只写一个数和单位，例如 年用量 12000 件；说不准的不填，写在说明里")


@dataclass(frozen=True)
class Span:
    """What stands from *start* to *end* of a text, with the words that belong to it; *value* is its number."""

    start: int
    end: int
    text: str
    value: Decimal


@dataclass(frozen=True)
class Quantity:
    """How many: between *low* and *high*, None where that end is not said; *unit* with its period, ``件/年``."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    about: bool = False


@dataclass(frozen=True)
class Price:
    """What something costs at least, in yuan; *each* is the unit that it is the price of, empty for all of it."""

    low: Decimal
    each: str = ""


def values(text: str) -> set[Decimal]:
    """Every number of a text, with its multiple: ``1.2万``, ``12,000`` and ``一万二千`` are 12000."""
    return {value for match in _ONE.finditer(half_width(text)) if (value := _value(match)) is not None}


def amounts(text: str) -> list[Span]:
    """The amounts of money, in yuan; of a range the upper end."""
    return _spans(text, _money())


def unit_price(amount: str) -> bool:
    """Whether *amount*, as it is written, is a price for each: 850到1200元/套."""
    return bool(_each().search(half_width(amount)))


def quantity(text: str) -> Quantity:
    """The one quantity that *text* says: ``年用量 12000 件``, ``每年1.2万套``, ``首批500台``, ``1000吨/年``.

    Raises NotReadError for anything that is not exactly one.
    """
    said = half_width(text).strip()
    if amounts(said):
        raise NotReadError(_("写的是金额，不是数量"), _mend())
    if match := _stated().fullmatch(said):
        low, high = _ends(match["number"])
        most, least = (any(word in said for word in one) for one in (cues().at_most, cues().at_least))
        about = any(word in said for word in cues().about)
        return Quantity(None if most else low, None if least else high, _unit(match), about)
    try:
        number = read_number(fold(text))
    except NotReadError as error:
        raise NotReadError(error.reason, _mend()) from error
    return Quantity(number.value, number.value, number.unit, number.about)


def price(text: str) -> Price | None:
    """What *text* asks at least, of a range the lower end; None where it leaves that open (面议).

    Raises NotReadError for anything that is not exactly one price.
    """
    if any(word in text for word in cues().open_price):
        return None
    found = amounts(text)
    if len(found) != 1 or any(word in found[0].text for word in cues().at_most):
        raise NotReadError(_("看不出是什么价"), _("请写一个价或一个区间，例如 850—1200元/套；还没有定的写“面议”"))
    each = _each().search(half_width(text))
    return Price(_ends(half_width(found[0].text))[0], each["each"] if each else "")


def a_year(value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """*value* and *unit* by the year where a year has so many of its period: 5000件/月 are 60000件/年."""
    thing, _slash, period = (unit or "").rpartition("/")
    return (value * _A_YEAR[period], f"{thing}/年") if period in _A_YEAR else (value, unit)


def thing_of(unit: str | None) -> str | None:
    """What is counted, without the period: 件/年 counts 件."""
    return unit and unit.split("/")[0]


def _unit(match: re.Match[str]) -> str:
    """The unit of a quantity as it is stated, with the period that stands before or behind it."""
    period = re.search(any_of(cues().each), match["behind"] or "") or re.search("[年季月周日天]", match["before"])
    each = _PERIODS.get(period[0], period[0]) if period else ""
    return (match["thing"] or "").strip() + (f"/{each}" if each else "")


def _ends(written: str) -> tuple[Decimal, Decimal]:
    """The ends of a range, or the one number twice; in 1-2万 the multiple is that of both."""
    told = [(one, value) for one in _ONE.finditer(written) if (value := _value(one)) is not None]
    (first, low), (last, high) = told[0], told[-1]
    if first[1] and last[2] and not first[2] and low < high.scaleb(-MULTIPLES[last[2]]):
        low = low.scaleb(MULTIPLES[last[2]])
    return min(low, high), max(low, high)


def quantities(text: str) -> list[Span]:
    """How many or how much; of a range the upper end. What is money is none."""
    money = amounts(text)
    return [one for one in _spans(text, _things()) if not any(_overlap(one, other) for other in money)]


def _spans(text: str, patterns: Iterable[re.Pattern[str]]) -> list[Span]:
    plain, found = half_width(text), list[Span]()
    for match in (match for pattern in patterns for match in pattern.finditer(plain)):
        told = [value for one in _ONE.finditer(match["number"]) if (value := _value(one)) is not None]
        if told:
            span = Span(match.start(), match.end(), text[match.start() : match.end()].strip(), told[-1])
            found += [] if any(_overlap(span, other) for other in found) else [span]
    return sorted(found, key=lambda one: one.start)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _value(match: re.Match[str]) -> Decimal | None:
    digits, multiple, written = match.groups()
    if digits and len(digits) > LONGEST:
        return None
    if digits:
        return Decimal(digits.replace(",", "")).scaleb(MULTIPLES.get(multiple, 0))
    numeral = read_numeral(written)
    return None if numeral is None else Decimal(numeral)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of *words*, longer ones first."""
    return "(?:" + "|".join(re.escape(one) for one in sorted(map(half_width, words), key=len, reverse=True)) + ")"


def _around() -> str:
    """What stands before a number, as 不超过 and 约为 do; each taken as it comes first, never tried another way: since
    约为 is 约 and 为 as well, a row of them would not end."""
    return rf"(?:{any_of(cues().around)}\s*)*+"


@cache
def _money() -> tuple[re.Pattern[str], ...]:
    data = cues()
    around, after = _around(), rf"\s*{any_of(data.after)}?"
    each = rf"(?:\s*[/每]\s*{any_of((*data.each, *data.counted))})?"
    named = any_of((*data.budget, *data.not_budget))
    with_unit = rf"(?:{named}\s*)?{around}{_RANGE}(?:元|块钱){each}{after}"
    without = rf"{any_of(data.budget)}\s*{around}(?P<number>{_DIGITS}\s*[万亿]){after}"
    return re.compile(with_unit), re.compile(without)


@cache
def _things() -> tuple[re.Pattern[str], ...]:
    data = cues()
    around, after = _around(), rf"\s*{any_of(data.after)}?"
    each = rf"(?:\s*[/每]\s*{any_of(data.each)})?"
    volume, counted = any_of(data.volume), any_of(data.counted)
    said = rf"{volume}\s*{around}{_RANGE}(?:{counted}|{any_of(data.measured)}|(?!\s*[A-Za-z%℃°月天年家日号人]))"
    bare = rf"(?:每{any_of(data.each)}\s*)?{around}{_RANGE}{counted}(?![月级性体子方面以])"
    return re.compile(said + each + after), re.compile(bare + each + after)


@cache
def _stated() -> re.Pattern[str]:
    """A quantity that stands alone, in any unit; what is behind a known unit is no part of it."""
    data = cues()
    around, after = _around(), any_of(data.after)
    known = any_of((*data.counted, *data.measured))
    other = rf"(?!{known}|{after})[^\d\s/每%℃°月天年季周日号元,，。;；、()]{{1,4}}"
    before = rf"(?P<before>(?:{any_of(data.volume)})?\s*(?:每{any_of(data.each)}\s*)?)"
    behind = rf"(?P<behind>\s*[/每]\s*{any_of(data.each)})?"
    remark = r"(?:\s*\([^\d()]*\))?"
    return re.compile(rf"{before}{around}{_RANGE}(?P<thing>{known}|{other})?{behind}\s*{after}?{remark}")


@cache
def _each() -> re.Pattern[str]:
    data = cues()
    return re.compile(rf"[/每]\s*(?P<each>{any_of((*data.counted, *data.measured))})")
