"""Links by code and by equal name: what needs no likeness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from rongtong.identity.compare import compare_all
from rongtong.identity.link_tables import Loose
from rongtong.identity.link_work import Work

_LEGACY_SCORE = 0.9
_PLACEHOLDER_NAMES = 20
_UNHEARD_OF = 0.02
"""How likely names alone must say that two with one failing code are one firm."""


def compatible(work: Work, names: list[str], others: list[str]) -> bool:
    """Whether some pair of names may be one firm, a code saying so too: no rule parts them, nor are they unheard of."""
    pairs = [(name, other) for name in names for other in others]
    return any(
        one.outcome != "different" or (one.score >= _UNHEARD_OF and one.rule != "settled")
        for one in compare_all(pairs, work.judge)
    )


def legacy_codes(work: Work) -> None:
    """One failing code on both sides and names that may be one: a legacy code."""
    buckets: dict[str, list[Loose]] = {}
    for one in work.open():
        if one.failing:
            buckets.setdefault(one.failing, []).append(one)
    for bucket in buckets.values():
        if len({tuple(one.names) for one in bucket}) <= _PLACEHOLDER_NAMES:
            first: dict[tuple[str, ...], Loose] = {}
            for one in bucket:
                alike = first.get(tuple(one.names))
                _join_legacy(work, one, [alike] if alike else first.values())
                first.setdefault(tuple(one.names), one)


def _join_legacy(work: Work, one: Loose, earlier: Iterable[Loose]) -> None:
    """Join *one* to the firsts of other names, or to the first of its own."""
    for other in earlier:
        if one.names and other.names and (one.names == other.names or compatible(work, one.names, other.names)):
            work.join(other.mention, one.mention, "code", _LEGACY_SCORE)
        elif not (one.names and other.names):
            work.ask(other.mention, one.mention, _LEGACY_SCORE, ("failing_code",))


def intended_codes(work: Work) -> None:
    """A failing code that probably was meant to be a known firm's, if the names may be one."""
    asked = [one for one in work.open() if one.intended]
    known = work.coded_by_code({one.intended for one in asked if one.intended})
    for one in asked:
        for node, names in known.get(one.intended or "", []):
            if compatible(work, one.names, names):
                work.join(node, one.mention, "code", _LEGACY_SCORE)
            elif not (one.names and names):
                work.ask(node, one.mention, _LEGACY_SCORE, ("intended_code",))


def exact_names(work: Work) -> None:
    """An equal name of exactly one firm with a code; then equal names among those without; then English names.

    An English name leads whoever is called so to the one firm whose it is; two firms that share it may be two.
    """
    asked, english = work.open(), work.english()
    _same_named(work, [one for one in asked if english.keys().isdisjoint(one.names)], {})
    _equal_names_without_codes(work)
    _same_named(work, [one for one in work.open() if not english.keys().isdisjoint(one.names)], english)


def _same_named(work: Work, asked: list[Loose], english: dict[str, list[str]]) -> None:
    known = work.coded_by_name({name for one in asked for name in one.names})
    every = {name: [*known.get(name, []), *english.get(name, [])] for name in (*known, *english)}
    called: dict[tuple[str, ...], list[str]] = {}
    for one in asked:
        called.setdefault(tuple(one.names), []).append(one.mention)
    chosen = [pair for names, nodes in called.items() for pair in _targets(work, nodes, names, every)]
    for node, targets in sorted(chosen):
        if len(targets) == 1:
            work.join(targets[0], node, "name", 1.0)
            continue
        work.torn.add(node)
        for target in targets:
            work.ask(target, node, 1.0, ("equal", "several"))


def _targets(
    work: Work, nodes: list[str], names: tuple[str, ...], known: dict[str, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Each of the *nodes* called by some *names*, and the firms that are called so."""
    among = work.among(node for name in names for node in known.get(name, []))
    for node, pairs in groupby(work.crossed(nodes, among), key=itemgetter(1)):
        yield node, [target for target, _node in pairs]


def _equal_names_without_codes(work: Work) -> None:
    first: dict[str, Loose] = {}
    for one in work.open():
        for name in one.names:
            other = first.setdefault(name, one)
            if other is not one and one.whole and other.whole:
                work.join(other.mention, one.mention, "name", 1.0)
            elif other is not one:
                work.ask(other.mention, one.mention, 0.95, ("equal", "not_whole"))


def shared_names(work: Work) -> None:
    """Two firms with different codes and one name are for a person."""
    shared = work.tables.firms_sharing_names()
    for left, right in zip(shared["left"].to_pylist(), shared["right"].to_pylist(), strict=True):
        work.ask(left, right, 1.0, ("equal", "other_code"))
