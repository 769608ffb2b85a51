"""Bounds of judging names, and what teaching is worth, as people read them."""

from __future__ import annotations

from collections.abc import Iterator

from rongtong.facts import Snapshot, judging
from rongtong.i18n import _
from rongtong.identity import curve
from rongtong.identity.curve import Point
from rongtong.identity.evaluation import Evaluation


def bound(likelihood: float) -> str:
    """A likelihood as a person reads it: 0.995 is 99.5%."""
    return f"{likelihood * 100:.4g}%"


def ladder(snapshot: Snapshot, also: tuple[float, float] | None = None) -> list[Point]:
    """What the bounds on offer, and those of the snapshot (or *also*), make of the pairs of a snapshot."""
    judge = judging.of_snapshot(snapshot)
    with snapshot.connect() as connection:
        likelihoods = connection.sql("FROM likelihoods").to_arrow_table()
    return curve.curve(likelihoods, also or (judge.ask, judge.same))


def agreed(found: Evaluation) -> Iterator[list[str]]:
    """A line for each set of cases and judge: cases, mean log loss, wrong answers, questions."""
    judges = (_("随程序"), _("校准后"))
    for name, both in ((_("已作的决定"), found.own), (_("自造例子"), found.made)):
        for judge, score in zip(judges, both, strict=True):
            yield [name, judge, f"{score.cases:,}", f"{score.loss:.4f}", f"{score.wrong:,}", f"{score.asked:,}"]
