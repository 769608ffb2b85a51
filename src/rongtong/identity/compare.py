"""One question, three answers: are two names the same firm, different firms, or is it for a person to say?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from rongtong.identity.curve import LEAST
from rongtong.identity.judge import Judge, shipped
from rongtong.identity.parts import Parts, split
from rongtong.identity.reasons import of_parts
from rongtong.identity.rules import GUARDS, PROOFS, QUESTIONS, VETOES, Test, any_holds
from rongtong.identity.signals import ordered

Outcome = Literal["same", "different", "ask"]
Rule = Literal["settled", "asked", "guarded", "none"]
_CERTAIN = 0.9999
"""The surest likelihood that is weighed against others."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer and how likely the two are one firm, 0 … 1.

    *rivals* are the odds of all other firms that one of the names may be (:meth:`beside`).
    """

    outcome: Outcome
    score: float
    left: Parts
    right: Parts
    rivals: float = 0.0

    @property
    def odds(self) -> float:
        """What speaks for one firm, as odds; nothing where it is hardly anything, or a rule makes them two."""
        if self.score < LEAST or (self.outcome == "different" and self.rule == "settled"):
            return 0.0
        likely = min(self.score, _CERTAIN)
        return likely / (1 - likely)

    @property
    def likely(self) -> float:
        """How likely the two are one firm beside the *rivals*: a name is one firm's at most."""
        odds = self.odds if self.rivals else 0.0
        return round(odds / (1 + odds + self.rivals), 4) if odds else self.score

    def beside(self, rivals: float, judge: Judge) -> Comparison:
        """The same beside *rivals*: what these leave less than sure of is asked, unless rules prove it."""
        if not rivals or self.left.text == self.right.text:
            return self
        one = replace(self, rivals=rivals)
        doubtful = one.outcome == "same" and one.likely < judge.same and one.rule != "settled"
        return replace(one, outcome="ask") if doubtful else one

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, as keys of :func:`rongtong.identity.describe`: the rules that decide, then part by part."""
        if not (self.left.text and self.right.text):
            return ("blank",)
        rules = (
            _holding(QUESTIONS, self) or _holding(VETOES, self) or _holding(PROOFS, self)[:1] or _holding(GUARDS, self)
        )
        return rules if "equal" in rules else (*rules, *of_parts(self.left, self.right))

    @property
    def rule(self) -> Rule:
        """What rules leave to the bounds: nothing (settled, or asked at any likelihood), all but “same”, or all."""
        if _holding(QUESTIONS, self):
            return "asked"
        if _holding((*VETOES, *PROOFS), self):
            return "settled"
        return "guarded" if _holding(GUARDS, self) else "none"


def compare(a: str, b: str, judge: Judge | None = None) -> Comparison:
    """Compare two firm names as written; symmetric.

    A wrong “same” does more harm than a question: a branch, a subsidiary, another city, another trade are “different”
    at any likeness; names that agree in all they say (or in all but a misspelt trade word) are “same”. For the rest
    the judge says how likely it is, and its bounds what follows; blank names are never the same as anything.
    """
    return compare_all([(a, b)], judge)[0]


def compare_all(pairs: Iterable[tuple[str, str]], judge: Judge | None = None) -> list[Comparison]:
    """:func:`compare` for many pairs at once."""
    judge = judge or shipped()
    parts = [ordered(split(a), split(b)) for a, b in pairs]
    likely = judge.probability(parts).tolist()
    return [decide(a, b, score, judge) for (a, b), score in zip(parts, likely, strict=True)]


def decide(a: Parts, b: Parts, likely: float, judge: Judge) -> Comparison:
    """What rules and the bounds of *judge* make of two names, in order, that are so *likely* one firm."""
    if not (a.text and b.text):
        return Comparison("different", 0.0, a, b)
    if any_holds(QUESTIONS, a, b):
        return Comparison("ask", max(likely, judge.ask), a, b)
    proven = any_holds(PROOFS, a, b)
    if (likely < judge.ask and not proven) or any_holds(VETOES, a, b):
        return Comparison("different", min(likely, judge.ask), a, b)
    if proven:
        return Comparison("same", 1.0 if a.text == b.text else max(likely, judge.same), a, b)
    sure = likely >= judge.same and not any_holds(GUARDS, a, b)
    return Comparison("same" if sure else "ask", likely, a, b)


def _holding(tests: tuple[Test, ...], pair: Comparison) -> tuple[str, ...]:
    return tuple(test.__name__ for test in tests if test(pair.left, pair.right))
