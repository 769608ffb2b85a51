"""Links and questions by likeness: the nearest names, compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import pyarrow as pa

from rongtong.identity.candidates import nearest
from rongtong.identity.compare import Comparison, compare
from rongtong.identity.link_work import Work
from rongtong.identity.parts import split
from rongtong.identity.vocabulary import NOWHERE

_QUESTIONS_A_NAME = 5
_SAME_SCORE = 0.95

Groups = dict[str, list[str]]


@dataclass(frozen=True)
class _Near:
    """Names with their near names compared; who bears them, without and with a valid code."""

    compared: dict[str, list[tuple[str, Comparison]]]
    bearers: Groups
    coded: Groups
    same: dict[str, set[str]]

    def nodes(self, names: Iterable[str]) -> list[str]:
        return [node for name in names for node in (*self.coded.get(name, []), *self.bearers.get(name, []))]


def alike_names(work: Work) -> None:
    """Join a name to the one firm it is the same as; ask where it may be, or is the same as several."""
    bearers: Groups = {}
    for one in work.open():
        for name in one.names if one.mention not in work.torn else []:
            bearers.setdefault(name, []).append(one.mention)
    if not bearers:
        return
    near = _look_around(work, bearers)
    unsure = {name for name in near.same if _contradicts(work, near, name)}
    joins = {pair for name in near.bearers for pair in _joins(work, near, name, unsure)}
    for target, node in sorted(joins):
        work.join(target, node, "similar", _SAME_SCORE)
    for name in near.bearers:
        _ask(work, near, name)


def _look_around(work: Work, bearers: Groups) -> _Near:
    asked, names = pa.array(sorted(bearers), pa.string()), work.tables.names()
    found = nearest(asked, names)
    left = asked.take(found["asked"].combine_chunks()).to_pylist()
    right = names.take(found["name"].combine_chunks()).to_pylist()
    compared: dict[str, list[tuple[str, Comparison]]] = {}
    same: dict[str, set[str]] = {}
    for name, other in zip(left, right, strict=True):
        if name != other:
            result = compare(name, other)
            compared.setdefault(name, []).append((other, result))
            if result.outcome == "same":
                same.setdefault(name, set()).add(other)
                same.setdefault(other, set()).add(name)
    return _Near(compared, bearers, work.coded_by_name(set(right)), same)


def _contradicts(work: Work, near: _Near, name: str) -> bool:
    """Whether what *name* is the same as is not one firm: several firms with codes, or names apart."""
    others = sorted(near.same[name])
    firms = {work.components.find(node) for other in (name, *others) for node in near.coded.get(other, [])}
    return len(firms) > 1 or any(_apart(a, b) for a, b in combinations(others, 2))


def _apart(a: str, b: str) -> bool:
    """Whether two names cannot both be what a third is the same as: different firms, or firms of two places."""
    here, there = split(a).region, split(b).region
    outcome = compare(a, b).outcome
    return outcome == "different" or (outcome == "ask" and NOWHERE not in (here, there) and here != there)


def _joins(work: Work, near: _Near, name: str, unsure: set[str]) -> list[tuple[str, str]]:
    """The joins that *name* is sure of; unsure ones become questions."""
    sure = []
    for other in sorted(near.same.get(name, ())):
        for node in near.bearers[name]:
            for target in work.targets(node, near.nodes([other])):
                if {name, other} & unsure:
                    work.ask(target, node, _SAME_SCORE, ("several",))
                else:
                    sure.append((target, node))
    return sure


def _ask(work: Work, near: _Near, name: str) -> None:
    """Questions about the likeliest of the names that are neither the same nor different."""
    asked = [(other, result) for other, result in near.compared.get(name, []) if result.outcome == "ask"]
    asked.sort(key=lambda pair: (-pair[1].score, pair[0]))
    for other, result in asked[:_QUESTIONS_A_NAME]:
        for node in near.bearers[name]:
            for target in work.targets(node, near.nodes([other])):
                work.ask(target, node, result.score, result.reasons)
