"""Bounds of judging names, and what teaching is worth, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rongtong.facts import Snapshot, judging
from rongtong.i18n import _, mark
from rongtong.identity import curve
from rongtong.identity.curve import Point
from rongtong.identity.deciders import Sifted
from rongtong.identity.evaluation import Evaluation
from rongtong.identity.reasons import BEYOND_LIKENESS
from rongtong.report.duplicates import percent


def bound(likelihood: float) -> str:
    """A likelihood as a person reads it: 0.995 is 99.5%."""
    return f"{likelihood * 100:.4g}%"


def likely(question: Mapping[str, Any]) -> float | None:
    """How likely the two of a *question* are one firm; None where it is not the likeness of names that counts."""
    return None if BEYOND_LIKENESS.intersection(question["reasons"]) else float(question["score"])


def in_words(likelihood: float | None) -> str:
    """A likelihood as an officer speaks of it, with the number."""
    if likelihood is None:
        return _("名称相同或代码相关，请人看")
    words = next(text for least, text in LIKELY if likelihood >= least)
    return _("{words}（{percent}）", words=_(words), percent=percent(likelihood))


#: From how likely on two are said to be how likely one firm.
LIKELY = ((0.9, mark("很可能")), (0.5, mark("较可能")), (0.2, mark("有可能")), (0.0, mark("不大可能")))


def ladder(snapshot: Snapshot, also: tuple[float, float] | None = None) -> list[Point]:
    """What the bounds on offer, and those of the snapshot (or *also*), make of the pairs of a snapshot."""
    judge = judging.of_snapshot(snapshot)
    with snapshot.connect() as connection:
        likelihoods = connection.sql("FROM likelihoods").to_arrow_table()
    return curve.curve(likelihoods, also or (judge.ask, judge.same))


def agreed(found: Evaluation) -> Iterator[list[str]]:
    """A line for each set of cases and judge: cases, guessed wrong of a hundred, wrong answers, questions, log loss."""
    judges = (_("随程序"), _("校准后"))
    for name, both in ((_("已作的决定"), found.own), (_("自造例子"), found.made)):
        for judge, score in zip(judges, both, strict=True):
            counts = [f"{score.wrong:,}", f"{score.asked:,}", f"{score.loss:.4f}"]
            yield [name, judge, f"{score.cases:,}", score.in_a_hundred, *counts]


def far(found: Sifted) -> list[list[str]]:
    """Of everybody whose decisions are left out: who it is, how many, of how many “not the same” was said, and of how
    many it should have been."""
    return [[one.by or _("未署名"), f"{one.cases:,}", f"{one.apart:,}", f"{one.expected:.0f}"] for one in found.far]


def again(found: Sifted) -> list[list[str]]:
    """A line for each answer that somebody should look at again: both names, what was said, by whom, how likely."""
    said = {True: _("是同一家"), False: _("不是同一家")}
    return [
        [case.left, case.right, said[case.same], case.by or _("未署名"), f"{100 * likely:.1f}%"]
        for case, likely in found.unlikely
    ]
