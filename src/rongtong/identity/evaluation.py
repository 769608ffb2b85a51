"""Is what people's decisions teach better than what the program came with? Asked before it is switched on.

Twice: on the decisions themselves, each answered by a correction fitted without it and its fold; and on made-up cases
that come with the program and were never trained on, where teaching may cost little.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from rongtong.i18n import _
from rongtong.identity.cases import FEWEST, FEWEST_EACH, FOLDS, Case, Read
from rongtong.identity.compare import decide
from rongtong.identity.judge import Judge
from rongtong.identity.signals import Floats
from rongtong.identity.teaching import Correction, fit

COST = 0.05
"""By how much of itself the log loss on made-up cases may grow (``tools/teaching_limit.py``)."""
WRONG, MADE_WRONG = 10, 2
"""How many in a thousand more of the decisions, of the made-up cases, may be answered wrong where before people were
asked: a decision is a case that the judge was unsure of, so nearly every answer that saves a question is a risk."""
_NEVER = 5e-5


class Score(NamedTuple):
    """Answers to *cases*: mean log loss, how many were wrong (“same” or “different”), how many were asked about, and
    how many would be wrong if the likelier answer were taken of each and nobody asked."""

    cases: int
    loss: float
    wrong: int
    asked: int
    guessed: int

    @property
    def in_a_hundred(self) -> str:
        """How many of a hundred would be guessed wrong."""
        return f"{100 * self.guessed / max(self.cases, 1):.1f}"


class Evaluation(NamedTuple):
    """A correction fitted on all decisions, and how the judge answers without and with it (:class:`Score`).

    *kinds* are how many of the decisions say “the same”, and how many “not the same”.
    """

    correction: Correction
    own: tuple[Score, Score]
    made: tuple[Score, Score]
    kinds: tuple[int, int]

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against switching it on, in words; nothing when it is better."""
        (own, taught), (made, after) = self.own, self.made
        if own.cases < FEWEST:
            return (_("已作决定只有 {n} 例，至少要 {least} 例", n=own.cases, least=FEWEST),)
        most, allowed = own.wrong + own.cases * WRONG // 1000, made.wrong + made.cases * MADE_WRONG // 1000
        losses = _told(own, taught)
        made_losses = {**_told(made, after), "cost": f"{COST:.0%}"}
        wrong = {"before": own.wrong, "after": taught.wrong, "most": most}
        made_wrong = {"before": made.wrong, "after": after.wrong, "most": allowed}
        kinds = {"same": self.kinds[0], "apart": self.kinds[1], "least": FEWEST_EACH}
        told = {
            _("判为同一家的 {same} 例、判为不同的 {apart} 例，每种至少要 {least} 例", **kinds): (
                min(self.kinds) < FEWEST_EACH
            ),
            _(
                "在已作决定上没有更准：每 100 个猜错 {guessed} → {guesses} 个（对数损失 {before} → {after}）", **losses
            ): taught.loss >= own.loss,
            _("在已作决定上答错太多：{before} → {after}，至多 {most}", **wrong): taught.wrong > most,
            _(
                "在自造例子上变差：每 100 个猜错 {guessed} → {guesses} 个"
                "（对数损失 {before} → {after}，至多容许增加 {cost}）",
                **made_losses,
            ): (after.loss > made.loss * (1 + COST)),
            _("在自造例子上答错太多：{before} → {after}，至多 {most}", **made_wrong): after.wrong > allowed,
        }
        return tuple(text for text, holds in told.items() if holds)


def evaluate(cases: Sequence[Case], judge: Judge) -> Evaluation:
    """Fit a correction of *judge*'s trees on *cases* and tell what it is worth at its bounds."""
    plain, own, made = judge._replace(correction=None), Read.of(cases), _made()
    folds = np.array([case.fold for case in cases], np.int64)
    odds = plain.odds(own.rows)
    taught = []
    for fold in range(FOLDS):
        known, held = own.those(folds != fold), own.those(folds == fold)
        correction = fit(odds[folds != fold], known.rows, known.same)
        taught.append(_answers(held, plain._replace(correction=correction)))
    correction = fit(odds, own.rows, own.same)
    whole = plain._replace(correction=correction)
    scores = (_score(*_answers(own, plain)), _score(*map(np.concatenate, zip(*taught, strict=True))))
    kinds = (int(own.same.sum()), int((1 - own.same).sum()))
    return Evaluation(correction, scores, (_score(*_answers(made, plain)), _score(*_answers(made, whole))), kinds)


@cache
def made_cases() -> tuple[Case, ...]:
    """The made-up cases that come with the program (``tools/made_cases.py``)."""
    text = (resources.files("rongtong.identity") / "learned" / "cases.csv").read_text(encoding="utf-8")
    return tuple(Case(left, right, same == "1") for left, right, same in list(csv.reader(text.splitlines()))[1:])


def _told(before: Score, after: Score) -> dict[str, str]:
    """What two scores say of how sure the judge is, for a message."""
    return {
        "guessed": before.in_a_hundred, "guesses": after.in_a_hundred,
        "before": f"{before.loss:.4f}", "after": f"{after.loss:.4f}",
    }  # fmt: skip


@cache
def _made() -> Read:
    return Read.of(made_cases())


def scored(cases: Sequence[Case], judge: Judge) -> Score:
    """How *judge* answers *cases*."""
    return _score(*_answers(Read.of(cases), judge))


def _answers(read: Read, judge: Judge) -> tuple[Floats, Floats, Floats, Floats]:
    """Of each case: the loss, whether the answer is wrong, whether a person is asked, whether a guess is wrong."""
    likely, same = judge.likely(read.rows), read.same == 1
    answers = [decide(a, b, score, judge) for (a, b), score in zip(read.pairs, likely.tolist(), strict=True)]
    outcome = np.array([one.outcome for one in answers], object)
    wrong = (outcome == "same") & ~same | (outcome == "different") & same
    likely = np.clip(likely, _NEVER, 1 - _NEVER)
    loss = -np.log(np.where(same, likely, 1 - likely))
    told = (wrong, outcome == "ask", (likely >= 0.5) != same)
    return (loss, *(one.astype(np.float64) for one in told))


def _score(loss: Floats, wrong: Floats, asked: Floats, guessed: Floats) -> Score:
    mean = round(float(loss.mean()), 4) if len(loss) else 0.0
    return Score(len(loss), mean, int(wrong.sum()), int(asked.sum()), int(guessed.sum()))
