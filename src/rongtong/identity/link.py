"""Who is who: mentions of firms in, groups of mentions out, and the pairs that a person must decide.

A pure function of the set of mentions and of people's decisions. Unions are made strongest first (decided, code,
exact name, likeness); one that would join what people called different, or two valid codes, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.candidates import nearest
from rongtong.identity.compare import compare
from rongtong.identity.components import Components
from rongtong.identity.link_tables import Loose, Tables, prepare

VERSION = "1"
"""The version of this function; what it links may change only with it."""

Pair = tuple[str, str]
_LEGACY_SCORE = 0.9
_PLACEHOLDER_NAMES = 20
_QUESTIONS_A_NAME = 5

_QUESTIONS = pa.schema(
    [("left", pa.string()), ("right", pa.string()), ("score", pa.float64()), ("reasons", pa.list_(pa.string()))]
)
_LINKS = pa.schema([("left", pa.string()), ("right", pa.string()), ("kind", pa.string()), ("score", pa.float64())])


@dataclass(frozen=True)
class Links:
    """What :func:`link` found.

    ``groups``: ``mention, root, why`` (``code name similar decided alone``), ordered by mention; the root is the
    least mention of its group. ``links``: ``left, right, kind, score``. ``questions``: ``left, right, score,
    reasons``, pairs of roots, the likeliest first.
    """

    groups: pa.Table
    links: pa.Table
    questions: pa.Table


@dataclass
class _Work:
    """What is known half way."""

    tables: Tables
    loose: list[Loose]
    components: Components
    links: list[tuple[str, str, str, float]] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    questions: list[tuple[str, str, float, tuple[str, ...]]] = field(default_factory=list)

    def join(self, a: str, b: str, kind: str, score: float) -> None:
        """Join two nodes, or ask when only their codes forbid it."""
        if self.components.find(a) == self.components.find(b):
            return
        if self.components.union(a, b, decided=kind == "decided"):
            self.links.append((min(a, b), max(a, b), kind, score))
            self.reasons.setdefault(a, kind)
            self.reasons.setdefault(b, kind)
        else:
            self.ask(a, b, score, ("other_code",))

    def ask(self, a: str, b: str, score: float, reasons: tuple[str, ...]) -> None:
        self.questions.append((a, b, score, reasons))

    def open(self) -> list[Loose]:
        """The loose mentions that no valid code has reached yet."""
        return [loose for loose in self.loose if not self.components.has_code(loose.mention)]


def link(mentions: pa.Table, same: Iterable[Pair] = (), different: Iterable[Pair] = ()) -> Links:
    """Link mentions to firms.

    *mentions*: columns ``mention`` (unique text; its order is the canonical one), ``uscc`` and ``name`` as written,
    optionally ``former_name``. *same* and *different*: pairs of mentions that people decided; a pair with a mention
    that is not there is ignored. Of two mentions with one code decided different, the second leaves that code's firm.
    Raises :class:`ValueError` when a mention is null or stands twice.
    """
    same, different = set(same), set(different)
    decided = {mention for pair in same | different for mention in pair}
    rows = prepare(mentions, pa.array(sorted(decided), pa.string()))
    work = _begin(Tables(rows), same, different)
    _legacy_codes(work)
    _intended_codes(work)
    _exact_names(work)
    _alike_names(work)
    _shared_names(work)
    return _finish(work)


def _begin(tables: Tables, same: set[Pair], different: set[Pair]) -> _Work:
    """Decided unions first, then codes; who leaves a code's firm bears no code."""
    loose = tables.loose()
    here = {one.mention: one for one in loose}
    different = {pair for pair in different if here.keys() >= set(pair)}
    leavers = _leavers(here, different)
    coded = {one.mention: one.code for one in loose if one.code and one.mention not in leavers}
    firms = tables.firms_by_code(set(coded.values()))
    root_of = dict(zip(firms["code"].to_pylist(), firms["root"].to_pylist(), strict=True))
    work = _Work(tables, loose, Components(coded | {root: code for code, root in root_of.items()}, different))
    for left, right in sorted(same):
        if left in here and right in here:
            work.join(left, right, "decided", 1.0)
    left_behind = {work.components.find(mention) for mention in leavers}
    for mention in sorted(coded, key=lambda mention: (work.components.find(mention) in left_behind, mention)):
        work.join(root_of.setdefault(coded[mention], mention), mention, "code", 1.0)
        work.reasons.setdefault(mention, "code")
    return work


def _leavers(here: dict[str, Loose], different: set[Pair]) -> set[str]:
    """Of each pair with one code that is called different, the second, unless one has left already."""
    leavers: set[str] = set()
    for left, right in sorted(different):
        if here[left].code and here[left].code == here[right].code and leavers.isdisjoint((left, right)):
            leavers.add(right)
    return leavers


def _compatible(names: list[str], others: list[str]) -> bool:
    """Whether some pair of names may be one firm."""
    return any(compare(name, other).outcome != "different" for name in names for other in others)


def _legacy_codes(work: _Work) -> None:
    """One failing code on both sides and names that may be one: a legacy code."""
    buckets: dict[str, list[Loose]] = {}
    for one in work.open():
        if one.failing:
            buckets.setdefault(one.failing, []).append(one)
    for bucket in buckets.values():
        if len({one.name for one in bucket}) <= _PLACEHOLDER_NAMES:
            for at, one in enumerate(bucket):
                _join_legacy(work, one, bucket[:at])


def _join_legacy(work: _Work, one: Loose, earlier: list[Loose]) -> None:
    for other in earlier:
        if one.names and other.names and _compatible(one.names, other.names):
            work.join(other.mention, one.mention, "code", _LEGACY_SCORE)
        elif not (one.names and other.names):
            work.ask(other.mention, one.mention, _LEGACY_SCORE, ("failing_code",))


def _intended_codes(work: _Work) -> None:
    """A failing code that probably was meant to be a known firm's, if the names may be one."""
    asked = [one for one in work.open() if one.intended]
    known = _coded_by_code(work, {one.intended for one in asked if one.intended})
    for one in asked:
        for node, names in known.get(one.intended or "", []):
            if _compatible(one.names, names):
                work.join(node, one.mention, "code", _LEGACY_SCORE)
            elif not (one.names and names):
                work.ask(node, one.mention, _LEGACY_SCORE, ("intended_code",))


def _coded_by_code(work: _Work, codes: set[str]) -> dict[str, list[tuple[str, list[str]]]]:
    """For each code the nodes that bear it, with their names: the firm, and loose mentions."""
    known: dict[str, list[tuple[str, list[str]]]] = {}
    for firm in work.tables.firms_by_code(codes).to_pylist():
        work.components.learn({firm["root"]: firm["code"]})
        known.setdefault(firm["code"], []).append((firm["root"], firm["names"] or []))
    for one in work.loose:
        if one.code in codes and work.components.has_code(one.mention):
            known.setdefault(one.code, []).append((one.mention, one.names))
    return known


def _coded_by_name(work: _Work, names: set[str]) -> dict[str, list[str]]:
    """For each name the nodes with a valid code that bear it: firms, and loose mentions that have reached one."""
    known: dict[str, list[str]] = {}
    for firm in work.tables.firms_by_name(names).to_pylist():
        work.components.learn({firm["root"]: firm["code"]})
        known.setdefault(firm["name"], []).append(firm["root"])
    for one in work.loose:
        for name in one.names:
            if name in names and work.components.has_code(one.mention):
                known.setdefault(name, []).append(one.mention)
    return known


def _targets(work: _Work, node: str, targets: Iterable[str]) -> list[str]:
    """The components of *targets* that *node* may join, each by one node."""
    by_root = {work.components.find(target): target for target in sorted(targets, reverse=True)}
    own = work.components.find(node)
    return [by_root[root] for root in sorted(by_root) if root != own and not work.components.are_enemies(node, root)]


def _exact_names(work: _Work) -> None:
    """An equal name of exactly one firm with a code; then equal names among those without."""
    asked = work.open()
    known = _coded_by_name(work, {name for one in asked for name in one.names})
    chosen = [(one, _targets(work, one.mention, (n for name in one.names for n in known.get(name, [])))) for one in asked]
    for one, targets in chosen:
        for target in targets:
            if len(targets) == 1:
                work.join(target, one.mention, "name", 1.0)
            else:
                work.ask(target, one.mention, 1.0, ("equal", "several"))
    _equal_names_without_codes(work)


def _equal_names_without_codes(work: _Work) -> None:
    first: dict[str, Loose] = {}
    for one in work.open():
        for name in one.names:
            other = first.setdefault(name, one)
            if other is not one and one.whole and other.whole:
                work.join(other.mention, one.mention, "name", 1.0)
            elif other is not one:
                work.ask(other.mention, one.mention, 0.95, ("equal", "short_name"))


def _alike_names(work: _Work) -> None:
    """The nearest names, compared: same joins when it is one firm, ask asks."""
    bearers: dict[str, list[str]] = {}
    for one in work.open():
        for name in one.names:
            bearers.setdefault(name, []).append(one.mention)
    if not bearers:
        return
    asked, names = pa.array(sorted(bearers), pa.string()), work.tables.names()
    found = nearest(asked, names)
    left = asked.take(found["asked"].combine_chunks()).to_pylist()
    right = names.take(found["name"].combine_chunks()).to_pylist()
    pairs = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    coded = _coded_by_name(work, {b for _, b in pairs})
    by_name: dict[str, list[str]] = {}
    for a, b in pairs:
        by_name.setdefault(a, []).append(b)
    _settle_alike(work, bearers, coded, by_name)


def _settle_alike(
    work: _Work, bearers: dict[str, list[str]], coded: dict[str, list[str]], by_name: dict[str, list[str]]
) -> None:
    joins: list[tuple[float, str, str]] = []
    for name, others in by_name.items():
        compared = [(other, compare(name, other)) for other in others]
        equal = [(other, result) for other, result in compared if result.outcome == "same"]
        firms = [target for other, _ in equal for target in coded.get(other, [])]
        asks = sorted(((r.score, other, r.reasons) for other, r in compared if r.outcome == "ask"), key=_likeliest)
        for node in bearers[name]:
            targets = _targets(work, node, firms)
            loose = [target for other, _ in equal for target in bearers.get(other, []) if target != node]
            if len(targets) > 1:
                for target in targets:
                    work.ask(target, node, 0.95, ("several",))
            else:
                joins += [(-0.95, target, node) for target in (*targets, *loose)]
            for score, other, reasons in asks[:_QUESTIONS_A_NAME]:
                for target in _targets(work, node, (*coded.get(other, []), *bearers.get(other, []))):
                    work.ask(target, node, score, reasons)
    for score, target, node in sorted(joins):
        work.join(target, node, "similar", -score)


def _likeliest(question: tuple[float, str, tuple[str, ...]]) -> tuple[float, str]:
    return -question[0], question[1]


def _shared_names(work: _Work) -> None:
    """Two firms with different codes and one name are for a person."""
    shared = work.tables.firms_sharing_names()
    for left, right in zip(shared["left"].to_pylist(), shared["right"].to_pylist(), strict=True):
        work.ask(left, right, 1.0, ("equal", "other_code"))


def _finish(work: _Work) -> Links:
    made = pa.Table.from_pylist([dict(zip(_LINKS.names, row, strict=True)) for row in work.links], _LINKS)
    links = pa.concat_tables([work.tables.bulk_links().cast(_LINKS), made])
    return Links(
        groups=work.tables.groups(work.components.moved(), work.reasons),
        links=links.sort_by([("left", "ascending"), ("right", "ascending")]),
        questions=_questions(work),
    )


def _questions(work: _Work) -> pa.Table:
    """Questions between components as they are in the end, each once, at its highest score."""
    best: dict[Pair, tuple[float, tuple[str, ...]]] = {}
    for a, b, score, reasons in work.questions:
        left, right = sorted((work.components.find(a), work.components.find(b)))
        if left == right or work.components.are_enemies(left, right):
            continue
        best[left, right] = max(best.get((left, right), (0.0, ())), (score, reasons))
    rows = sorted(((left, right, *value) for (left, right), value in best.items()), key=lambda row: (-row[2], row[:2]))
    return pa.Table.from_pylist([dict(zip(_QUESTIONS.names, row, strict=True)) for row in rows], _QUESTIONS)
