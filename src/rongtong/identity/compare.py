"""Are two firm names the same firm? Same, different, or ask a person: one function, made of named features.

A false “same” is far worse than a question, so only spellings of one name are the same; what a typing error, a change
of name or a shortened name could explain is asked; another city, trade, branch or group is different at any score.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from rongtong.identity.names import Name, cities, normalise, split

Outcome = Literal["same", "different", "ask"]

#: From this similarity on a person is asked; chosen so that few true pairs are missed (``benchmarks/identity.py``).
ASK = 78.0


class Comparison(NamedTuple):
    """What the comparison of two names came to: the outcome, a similarity from 0 to 100, and the features behind it."""

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]


def other_city(a: Name, b: Name) -> bool:
    """Both name a city, and not one in common."""
    return bool(cities(a.region) and cities(b.region) and not cities(a.region) & cities(b.region))


def branch_and_firm(a: Name, b: Name) -> bool:
    """One is a branch, or they are different branches."""
    return a.branch != b.branch


def group_and_member(a: Name, b: Name) -> bool:
    """One name is a group's or holding's and the other's is not."""
    return a.group != b.group


def other_trade(a: Name, b: Name) -> bool:
    """The same trade name in another business."""
    return bool(a.business and b.business and a.trade == b.trade and fuzz.ratio(a.business, b.business) < 50)


def other_trade_name(a: Name, b: Name) -> bool:
    """Trade names that differ by more than one character and are not one within the other."""
    if not a.trade or not b.trade or a.trade in b.trade or b.trade in a.trade:
        return False
    return Levenshtein.distance(a.trade, b.trade) > 1


VETOES: tuple[Callable[[Name, Name], bool], ...] = (
    other_city,
    branch_and_firm,
    group_and_member,
    other_trade,
    other_trade_name,
)


def shortened(short: str, full: str) -> bool:
    """Whether every character of *short* (at least three) stands in *full* in the same order."""
    rest = iter(full)
    return 3 <= len(short) < len(full) and all(character in rest for character in short)


def compare(a: str, b: str) -> Comparison:
    """Compare two firm names as written; symmetric."""
    left, right = sorted((normalise(a), normalise(b)), key=lambda text: (len(text), text))
    if left == right:
        return Comparison("same", 100.0, ("equal",))
    score = float(fuzz.WRatio(left, right))
    parts = split(left), split(right)
    if parts[0].form in ("", "集团") and not any(part.branch for part in parts) and shortened(left, right):
        return Comparison("ask", score, ("shortened",))
    vetoes = tuple(veto.__name__ for veto in VETOES if veto(*parts))
    if vetoes:
        return Comparison("different", score, vetoes)
    return Comparison("ask", score, ("similar",)) if score >= ASK else Comparison("different", score, ("dissimilar",))
