"""Whether a name is short for another, as exchanges and people shorten: 恒实科技 is 北京恒泰实达科技股份有限公司."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from rongtong.identity.parts import Parts
from rongtong.identity.vocabulary import abbreviations, words

_LONGEST = 8


class Shortened(NamedTuple):
    """How the characters of a short name stand in a long one.

    ``missing``: characters that do not, in order; ``runs``: pieces that stand together; ``begins``: where the first
    stands, counted from the trade name (negative in the region); ``abbreviated``: whether the first character stands
    for the province that the long name tells.
    """

    missing: int
    runs: int
    begins: int
    abbreviated: bool


@cache
def _marks(side: str) -> tuple[str, ...]:
    """What stands on a side of short names, longest first."""
    return tuple(sorted(words()[side], key=len, reverse=True))


def bare(name: str) -> str:
    """A short name without what exchanges put around it (*ST, A, B股); nothing is cut that leaves less than two."""
    cut = next((name.removeprefix(mark) for mark in _marks("market_before") if name.startswith(mark)), name)
    cut = next((cut.removesuffix(mark) for mark in _marks("market_behind") if cut.endswith(mark)), cut)
    return cut if len(cut) >= 2 else name


def shortened(short: Parts, long: Parts) -> Shortened | None:
    """How *short* is short for *long*; None when it is no short name."""
    text = bare(short.text)
    if not 0 < len(text) <= _LONGEST or len(text) >= len(long.text):
        return None
    whole = long.flat
    trade = whole.find(long.trade_name)
    best = _within(text, whole, trade)
    province = abbreviations().get(text[0])
    if best.missing and province and province == long.region.province:
        rest = _within(text[1:], whole, trade)
        best = Shortened(rest.missing, rest.runs + 1, min(rest.begins, 0), abbreviated=True)
    return best


def _within(text: str, long: str, trade: int) -> Shortened:
    """Greedy from the left, once from the trade name and once from the beginning; the better of the two."""
    found = [_greedy(text, long, start, trade) for start in {max(trade, 0), 0}]
    return min(found, key=lambda one: (one.missing, one.runs, abs(one.begins)))


def _greedy(text: str, long: str, start: int, trade: int) -> Shortened:
    places, at = [], start
    for character in text:
        found = long.find(character, at)
        if found >= 0:
            places.append(found)
            at = found + 1
    runs = sum(b != a + 1 for a, b in pairwise(places)) + bool(places)
    return Shortened(len(text) - len(places), runs, places[0] - trade if places else 99, abbreviated=False)
