"""Links and questions by likeness: the nearest names, compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product
from operator import itemgetter

import pyarrow as pa

from rongtong.identity.compare import Comparison, compare
from rongtong.identity.curve import LEAST
from rongtong.identity.judge import Judge
from rongtong.identity.link_work import Work
from rongtong.identity.lookup import around
from rongtong.identity.parts import split
from rongtong.identity.vocabulary import NOWHERE

_QUESTIONS_A_NAME = 5
_LIKELY = 0.8
"""How likely another firm must be for a “same” to be asked first."""

Groups = dict[str, list[str]]


@dataclass(frozen=True)
class _Near:
    """Names with their near names compared; who bears them, without a valid code (in English too) and with one."""

    compared: dict[str, list[tuple[str, Comparison]]]
    bearers: Groups
    english: Groups
    coded: Groups
    same: dict[str, dict[str, Comparison]]

    def nodes(self, names: Iterable[str]) -> list[str]:
        ways = (self.coded, self.bearers, self.english)
        return [node for name in names for way in ways for node in way.get(name, [])]


def alike_names(work: Work) -> None:
    """Join a name to the one firm it is the same as; ask where it may be, or is the same as several."""
    bearers: Groups = {}
    for one in work.open():
        for name in one.names if one.mention not in work.torn else []:
            bearers.setdefault(name, []).append(one.mention)
    if not bearers:
        return
    near = _look_around(work, bearers)
    _count(work, near)
    unsure = {name for name in near.same if _contradicts(work, near, name)}
    joins = {join for name in near.bearers for join in _joins(work, near, name, unsure)}
    for target, node, score in sorted(joins):
        work.join(target, node, "similar", score)
    for name in near.bearers:
        _ask(work, near, name)


def _look_around(work: Work, bearers: Groups) -> _Near:
    compared: dict[str, list[tuple[str, Comparison]]] = {}
    same: dict[str, dict[str, Comparison]] = {}
    found = set()
    for name, other, result in around(pa.array(sorted(bearers), pa.string()), work.tables.names(), work.judge):
        found.add(other)
        if name == other:
            continue
        compared.setdefault(name, []).append((other, result))
        if result.outcome == "same":
            same.setdefault(name, {})[other] = result
            same.setdefault(other, {})[name] = result
    return _Near(compared, bearers, work.english(), work.coded_by_name(found), same)


def _count(work: Work, near: _Near) -> None:
    """Count how likely the pairs of names are that the bounds may settle: a pair once, none that is decided."""
    seen: set[frozenset[str]] = set()
    for name, found in near.compared.items():
        for other, result in found:
            pair = frozenset((name, other))
            if result.score < LEAST or pair in seen or (rule := result.rule) == "settled":
                continue
            seen.add(pair)
            among = work.among(near.nodes([other]))
            if any(True for node in near.bearers[name] for _target in work.targets(node, among)):
                work.likelihoods[result.score, rule] += 1


def _contradicts(work: Work, near: _Near, name: str) -> bool:
    """Whether what *name* is the same as is not one firm: several with codes, names apart, likely others."""
    others = sorted(near.same[name])
    firms = {work.components.find(node) for other in (name, *others) for node in near.coded.get(other, [])}
    likely = [other for other, result in near.compared.get(name, ()) if result.score >= _LIKELY and other not in others]
    pairs = [*combinations(others, 2), *product(others, likely)]
    return len(firms) > 1 or any(_apart(a, b, work.judge) for a, b in pairs)


def _apart(a: str, b: str, judge: Judge) -> bool:
    """Whether two names cannot both be what a third is the same as: different firms, or firms of two places."""
    here, there = split(a).region, split(b).region
    outcome = compare(a, b, judge).outcome
    return outcome == "different" or (outcome == "ask" and NOWHERE not in (here, there) and here != there)


def _joins(work: Work, near: _Near, name: str, unsure: set[str]) -> list[tuple[str, str, float]]:
    """The joins that *name* is sure of; unsure ones become questions."""
    sure = []
    for other, result in sorted(near.same.get(name, {}).items(), key=itemgetter(0)):
        for target, node in work.crossed(near.bearers[name], work.among(near.nodes([other]))):
            if {name, other} & unsure:
                work.ask(target, node, result.score, ("several", *result.reasons))
            else:
                sure.append((target, node, result.score))
    return sure


def _ask(work: Work, near: _Near, name: str) -> None:
    """Questions about the likeliest of the names that are neither the same nor different."""
    asked = [(other, result) for other, result in near.compared.get(name, []) if result.outcome == "ask"]
    asked.sort(key=lambda pair: (-pair[1].score, pair[0]))
    for other, result in asked[:_QUESTIONS_A_NAME]:
        reasons = (*result.reasons, *_namesakes(near, name, other))
        for target, node in work.crossed(near.bearers[name], work.among(near.nodes([other]))):
            work.ask(target, node, result.score, reasons)


def _namesakes(near: _Near, name: str, other: str) -> list[str]:
    """How many more of the nearest names bear the trade name of *other*."""
    called = split(other).trade_name
    count = sum(split(near_by).trade_name == called for near_by, _result in near.compared[name]) - 1
    return [f"namesakes:{count}"] if count else []
