"""Whether a name is short for another, as exchanges and people shorten: 恒实科技 is 北京恒泰实达科技股份有限公司."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from rongtong.identity.parts import LONGEST, Parts
from rongtong.identity.vocabulary import abbreviations


class Shortened(NamedTuple):
    """How the characters of a short name stand in a long one.

    ``missing``: characters that do not, in order; ``runs``: pieces that stand together; ``begins``: where the first
    stands, counted from the trade name (negative in the region); ``within``: characters that stand in the trade
    name; ``abbreviated``: whether the first character stands for the province that the long name tells.
    """

    missing: int
    runs: int
    begins: int
    within: int
    abbreviated: bool


def shortened(short: Parts, long: Parts) -> Shortened | None:
    """How *short* is short for *long*; None when it is no short name."""
    text = short.flat
    if not 0 < len(text) <= LONGEST or len(text) >= len(long.text):
        return None
    whole = long.flat
    trade = whole.find(long.trade_name)
    within = range(trade, trade + len(long.trade_name))
    best = _best(text, whole, within)
    province = abbreviations().get(text[0])
    if best.missing and province and province == long.region.province:
        rest = _best(text[1:], whole, within)
        best = Shortened(rest.missing, rest.runs + 1, min(rest.begins, 0), rest.within, abbreviated=True)
    return best


def _best(text: str, long: str, trade: range) -> Shortened:
    """Greedy from the left, once from the trade name and once from the beginning; the better of the two."""
    found = [_greedy(text, long, start, trade) for start in {max(trade.start, 0), 0}]
    return min(found, key=lambda one: (one.missing, one.runs, abs(one.begins)))


def _greedy(text: str, long: str, start: int, trade: range) -> Shortened:
    places, at = [], start
    for character in text:
        found = long.find(character, at)
        if found >= 0:
            places.append(found)
            at = found + 1
    runs = sum(b != a + 1 for a, b in pairwise(places)) + bool(places)
    begins = places[0] - trade.start if places else 99
    return Shortened(len(text) - len(places), runs, begins, sum(at in trade for at in places), abbreviated=False)
