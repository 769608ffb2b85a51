"""Who is who: mentions of firms in, groups of mentions out, and the pairs that a person must decide.

A pure function of the set of mentions and of people's decisions. Unions are made strongest first (decided, code,
exact name, likeness); one that would join what people called different, or two valid codes, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from rongtong.identity import curve, link_exact
from rongtong.identity.components import Components
from rongtong.identity.judge import Judge, shipped
from rongtong.identity.link_alike import alike_names
from rongtong.identity.link_tables import Loose, Tables, prepare
from rongtong.identity.link_work import Pair, Step, Work, unheard

VERSION = "9"
"""The version of this function; what it links may change only with it."""

_QUESTIONS = pa.schema(
    [
        ("left", pa.string()), ("right", pa.string()), ("score", pa.float64()), ("reasons", pa.list_(pa.string())),
        ("alone", pa.float64()),
    ]
)  # fmt: skip
_LINKS = pa.schema([("left", pa.string()), ("right", pa.string()), ("kind", pa.string()), ("score", pa.float64())])


@dataclass(frozen=True)
class Links:
    """What :func:`link` found.

    ``groups``: ``mention, root, why`` (``code name similar decided alone``), ordered by mention; the root is the
    least mention of its group. ``links``: ``left, right, kind, score``. ``questions``: ``left, right, score,
    reasons, alone``, pairs of roots, the likeliest first; ``score`` knows of the other firms that one of the two may
    be, ``alone`` does not. ``likelihoods``: see :mod:`rongtong.identity.curve`.
    """

    groups: pa.Table
    links: pa.Table
    questions: pa.Table
    likelihoods: pa.Table


def link(
    mentions: pa.Table,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    judge: Judge | None = None,
    *,
    asked: pa.Array | None = None,
    step: Step = unheard,
) -> Links:
    """Link mentions to firms.

    *mentions*: columns ``mention`` (unique text; its order is the canonical one), ``uscc`` and ``name`` as written,
    optionally ``former_name`` and ``english_name`` (which may tell several), and what
    :func:`rongtong.identity.check_column` says where that is known already.
    *same* and *different*: pairs of mentions that people decided; a pair with a mention that is not there is ignored.
    *judge* says how likely two names are one firm; by default the one that comes with the program. Where *asked* names
    some of the mentions, these alone are looked up by likeness, among the others and not among one another.
    *step* hears how much of that is done, 0 … 1.
    Of two mentions with one code decided different, the second leaves that code's firm.
    Raises :class:`ValueError` when a mention is null or stands twice.
    """
    same, different = set(same), set(different)
    decided = {mention for pair in same | different for mention in pair}
    rows = prepare(mentions, pa.array(sorted(decided), pa.string()), asked)
    work = _begin(Tables(rows), same, different, judge or shipped())
    work.all_ask, work.step = asked is None, step
    link_exact.legacy_codes(work)
    link_exact.intended_codes(work)
    link_exact.exact_names(work)
    alike_names(work)
    link_exact.shared_names(work)
    return _finish(work)


def _begin(tables: Tables, same: set[Pair], different: set[Pair], judge: Judge) -> Work:
    """Decided unions first, then codes; who leaves a code's firm bears no code."""
    loose = tables.loose()
    here = {one.mention: one for one in loose}
    different = {pair for pair in different if here.keys() >= set(pair)}
    leavers = _leavers(here, different)
    coded = {one.mention: one.code for one in loose if one.code and one.mention not in leavers}
    firms = tables.firms_by_code(set(coded.values()))
    root_of = dict(zip(firms["code"].to_pylist(), firms["root"].to_pylist(), strict=True))
    work = Work(tables, judge, loose, Components(coded | {root: code for code, root in root_of.items()}, different))
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


def _finish(work: Work) -> Links:
    made = pa.Table.from_pylist([dict(zip(_LINKS.names, row, strict=True)) for row in work.links], _LINKS)
    links = pa.concat_tables([work.tables.bulk_links().cast(_LINKS), made])
    return Links(
        groups=work.tables.groups(work.components.moved(), work.reasons),
        links=links.sort_by([("left", "ascending"), ("right", "ascending")]),
        questions=_questions(work),
        likelihoods=curve.table(work.likelihoods),
    )


def _questions(work: Work) -> pa.Table:
    """Questions between components as they are in the end, each once, at its highest score."""
    best: dict[Pair, tuple[float, tuple[str, ...], float]] = {}
    for a, b, score, reasons, alone in work.questions:
        left, right = sorted((work.components.find(a), work.components.find(b)))
        if left == right or work.components.are_enemies(left, right):
            continue
        best[left, right] = max(best.get((left, right), (0.0, (), 0.0)), (score, reasons, alone))
    rows = sorted(((left, right, *value) for (left, right), value in best.items()), key=lambda row: (-row[2], row[:2]))
    return pa.Table.from_pylist([dict(zip(_QUESTIONS.names, row, strict=True)) for row in rows], _QUESTIONS)
