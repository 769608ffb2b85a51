"""Numbers, amounts of money and quantities where they stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rongtong.facts.reading.values.numerals import CHARACTERS, read_numeral
from rongtong.match.cues import cues
from rongtong.match.writing import half_width

#: What has more signs than this is no number that anybody counts with.
LONGEST = 18
_POWER = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_MULTIPLE = "十万|百万|千万|万|亿|千|百|十"
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_ONE = re.compile(rf"({_DIGITS})\s*({_MULTIPLE})?|([{CHARACTERS}]+)")
_NUMBER = rf"(?:{_DIGITS}\s*(?:{_MULTIPLE})?|[{CHARACTERS}]{{2,12}})"
_RANGE = rf"(?P<number>{_NUMBER}(?:\s*(?:-|~|—|–|至|到)+\s*{_NUMBER})?)\s*"


@dataclass(frozen=True)
class Span:
    """What stands from *start* to *end* of a text, with the words that belong to it; *value* is its number."""

    start: int
    end: int
    text: str
    value: Decimal


def values(text: str) -> set[Decimal]:
    """Every number of a text, with its multiple: ``1.2万``, ``12,000`` and ``一万二千`` are 12000."""
    return {value for match in _ONE.finditer(half_width(text)) if (value := _value(match)) is not None}


def amounts(text: str) -> list[Span]:
    """The amounts of money, in yuan; of a range the upper end."""
    return _spans(text, _money())


def unit_price(amount: str) -> bool:
    """Whether *amount*, as it is written, is a price for each: 850到1200元/套."""
    data = cues()
    return bool(re.search(rf"[/每]\s*{any_of((*data.counted, *data.measured))}", half_width(amount)))


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
        return Decimal(digits.replace(",", "")).scaleb(_POWER.get(multiple, 0))
    numeral = read_numeral(written)
    return None if numeral is None else Decimal(numeral)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of *words*, longer ones first."""
    return "(?:" + "|".join(re.escape(one) for one in sorted(map(half_width, words), key=len, reverse=True)) + ")"


@cache
def _money() -> tuple[re.Pattern[str], ...]:
    data = cues()
    around, after = rf"(?:{any_of(data.around)}\s*)*", rf"\s*{any_of(data.after)}?"
    each = rf"(?:\s*[/每]\s*{any_of((*data.each, *data.counted))})?"
    named = any_of((*data.budget, *data.not_budget))
    with_unit = rf"(?:{named}\s*)?{around}{_RANGE}(?:元|块钱){each}{after}"
    without = rf"{any_of(data.budget)}\s*{around}(?P<number>{_DIGITS}\s*[万亿]){after}"
    return re.compile(with_unit), re.compile(without)


@cache
def _things() -> tuple[re.Pattern[str], ...]:
    data = cues()
    around, after = rf"(?:{any_of(data.around)}\s*)*", rf"\s*{any_of(data.after)}?"
    each = rf"(?:\s*[/每]\s*{any_of(data.each)})?"
    volume, counted = any_of(data.volume), any_of(data.counted)
    said = rf"{volume}\s*{around}{_RANGE}(?:{counted}|{any_of(data.measured)}|(?!\s*[A-Za-z%℃°月天年家日号人]))"
    bare = rf"(?:每{any_of(data.each)}\s*)?{around}{_RANGE}{counted}(?![月级性体子方面以])"
    return re.compile(said + each + after), re.compile(bare + each + after)
