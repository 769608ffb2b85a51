"""Links and questions by likeness: the nearest names, compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, product
from operator import itemgetter

import pyarrow as pa

from rongtong.identity.compare import Comparison, compare_all
from rongtong.identity.curve import LEAST
from rongtong.identity.link_work import Work
from rongtong.identity.lookup import around
from rongtong.identity.namesakes import Namesakes
from rongtong.identity.parts import split
from rongtong.identity.vocabulary import NOWHERE

_QUESTIONS_A_NAME = 5
_STEP = 500
"""After how many names somebody hears how far it is."""
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
    same: dict[str, dict[str, Comparison]] = field(default_factory=dict)

    def nodes(self, names: Iterable[str]) -> list[str]:
        ways = (self.coded, self.bearers, self.english)
        return [node for name in names for way in ways for node in way.get(name, [])]


def alike_names(work: Work) -> None:
    """Join a name to the one firm it is the same as; ask where it may be, or is the same as several."""
    bearers: Groups = {}
    asked: set[str] = set()
    for one in work.open():
        for name in one.names if one.mention not in work.torn else []:
            bearers.setdefault(name, []).append(one.mention)
            asked.update([name] if work.all_ask or one.asked else [])
    if not asked:
        return
    near = _look_around(work, bearers, sorted(asked))
    _weigh(work, near)
    _count(work, near)
    unsure = _contradicting(work, near)
    joins = {join for name in near.compared for join in _joins(work, near, name, unsure)}
    for target, node, score in sorted(joins):
        work.join(target, node, "similar", score)
    _ask(work, near)


def _look_around(work: Work, bearers: Groups, asked: list[str]) -> _Near:
    """Of what is compared, what nobody needs is left out: names that are surely other firms'."""
    compared: dict[str, list[tuple[str, Comparison]]] = {}
    found = set()
    position = {name: at for at, name in enumerate(asked)}
    for name, other, result in around(pa.array(asked, pa.string()), work.tables.names(), work.judge):
        if not position[name] % _STEP and name not in compared:
            work.step(position[name] / len(asked))
        if result.score < LEAST and result.outcome == "different":
            continue
        found.add(other)
        if name == other:
            continue
        compared.setdefault(name, []).append((other, result))
    return _Near(compared, bearers, work.english(), work.coded_by_name(found))


def _weigh(work: Work, near: _Near) -> None:
    """Weigh each likeness against the firms with codes that the name may be instead, for it is one of them at most."""
    for name, found in near.compared.items():
        firms = {other: _firms(work, near, name, other) for other, _result in found}
        odds: dict[str, float] = {}
        for other, result in found:
            odds |= {firm: max(odds.get(firm, 0.0), result.odds) for firm in firms[other]}
        for at, (other, result) in enumerate(found):
            rivals = sum(odds.values()) - max(odds[firm] for firm in firms[other]) if firms[other] else 0.0
            found[at] = (other, one := result.beside(rivals, work.judge))
            if one.outcome == "same":
                near.same.setdefault(name, {})[other] = one
                near.same.setdefault(other, {})[name] = one


def _firms(work: Work, near: _Near, name: str, other: str) -> set[str]:
    """The firms with codes that are called *other* and that somebody called *name* may be."""
    among = work.among(near.coded.get(other, []))
    found = (target for node in near.bearers[name] for target in work.targets(node, among))
    return {work.components.find(target) for target in found}


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
                work.likelihoods[result.score, result.likely, rule] += 1


def _contradicting(work: Work, near: _Near) -> set[str]:
    """The names of which what they are the same as is not one firm: several with codes, names apart, likely others."""
    pairs = {name: _beside(near, name) for name in near.same}
    asked = sorted({pair for beside in pairs.values() for pair in beside})
    compared = compare_all(asked, work.judge)
    apart = {pair for pair, result in zip(asked, compared, strict=True) if _apart(result)}
    return {name for name, beside in pairs.items() if _several(work, near, name) or not apart.isdisjoint(beside)}


def _beside(near: _Near, name: str) -> list[tuple[str, str]]:
    """Of the names that *name* is the same as each two, and each with another that *name* likely is."""
    others = sorted(near.same[name])
    likely = [other for other, result in near.compared.get(name, ()) if result.score >= _LIKELY and other not in others]
    return [*combinations(others, 2), *product(others, likely)]


def _several(work: Work, near: _Near, name: str) -> bool:
    """Whether *name* is the same as several firms with codes."""
    firms = {work.components.find(node) for other in (name, *near.same[name]) for node in near.coded.get(other, [])}
    return len(firms) > 1


def _apart(two: Comparison) -> bool:
    """Whether two names cannot both be what a third is the same as: different firms, or firms of two places."""
    here, there = two.left.region, two.right.region
    return two.outcome == "different" or (two.outcome == "ask" and NOWHERE not in (here, there) and here != there)


def _joins(work: Work, near: _Near, name: str, unsure: set[str]) -> list[tuple[str, str, float]]:
    """The joins that *name* is sure of; unsure ones become questions."""
    sure = []
    for other, result in sorted(near.same.get(name, {}).items(), key=itemgetter(0)):
        for target, node in work.crossed(near.bearers[name], work.among(near.nodes([other]))):
            if {name, other} & unsure:
                work.ask(target, node, result.likely, ("several", *result.reasons), alone=result.score)
            else:
                sure.append((target, node, result.score))
    return sure


def _ask(work: Work, near: _Near) -> None:
    """Questions about the likeliest of the names that are neither the same nor different."""
    asked = {name: _unsure(found) for name, found in near.compared.items()}
    called = Namesakes(work, {split(other).trade_name for found in asked.values() for other, _result in found})
    for name, found in asked.items():
        for other, result in found:
            for target, node in work.crossed(near.bearers[name], work.among(near.nodes([other]))):
                reasons = (*result.reasons, *called.beside(other, target, node))
                work.ask(target, node, result.likely, reasons, alone=result.score)


def _unsure(found: list[tuple[str, Comparison]]) -> list[tuple[str, Comparison]]:
    asked = [(other, result) for other, result in found if result.outcome == "ask"]
    return sorted(asked, key=lambda pair: (-pair[1].likely, pair[0]))[:_QUESTIONS_A_NAME]
