"""Whose answers lie far from everybody else's: what such people decided teaches nothing until somebody looked again.

Who says “the same” of everything is right most of the time, for most of what is asked is one firm. What tells is how
seldom “not the same” is said, beside how often it should be: by the likelihoods of the program, and by those that the
other people's decisions teach. Only who is far from both is far; where a whole alliance knows better, nobody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from rongtong.identity.cases import FEWEST, FEWEST_EACH, Case, Read
from rongtong.identity.judge import Judge
from rongtong.identity.signals import Floats
from rongtong.identity.teaching import fit

CHANCE = 0.002
"""How seldom somebody careful says “not the same” so much too seldom, or too often, as is called far."""
TIMES = 2
"""How many times too seldom or too often it must be as well, for likelihoods promise a little too much or little."""
UNLIKELY = 0.02
"""An answer as unlikely as this is told, for somebody to look again."""
MOST = 20


class Decider(NamedTuple):
    """One person: how many cases, of how many “not the same” was said, and of how many it should have been."""

    by: str
    cases: int
    apart: int
    expected: float

    @property
    def chance(self) -> float:
        """How often somebody careful would say it as seldom, or as often."""
        seldom, often = poisson.cdf(self.apart, self.expected), poisson.sf(self.apart - 1, self.expected)
        return float(min(seldom, often))

    @property
    def far(self) -> bool:
        """Whether that is far from what is expected."""
        near = self.expected / TIMES <= self.apart <= self.expected * TIMES
        return not near and self.chance < CHANCE


class Sifted(NamedTuple):
    """The cases to learn of, everybody who decided, and of what is kept the answers that are most unlikely."""

    kept: list[Case]
    deciders: list[Decider]
    unlikely: list[tuple[Case, float]]

    @property
    def far(self) -> list[Decider]:
        """Those whose cases are left out."""
        return [one for one in self.deciders if one.far]


def sifted(cases: Sequence[Case], judge: Judge) -> Sifted:
    """*cases* without those of people who are far from everybody else; *judge* by its trees alone."""
    plain, read = judge._replace(correction=None), Read.of(cases)
    people, odds = np.array([case.by for case in cases], object), plain.odds(read.rows)
    deciders = [_decider(by, people == by, read, odds, plain) for by in sorted(set(people))]
    far = {one.by for one in deciders if one.far}
    said = zip(cases, plain.likely(read.rows).tolist(), strict=True)
    told = [(case, likely if case.same else 1 - likely) for case, likely in said if case.by not in far]
    unlikely = sorted(((case, share) for case, share in told if share <= UNLIKELY), key=lambda one: (one[1], one[0]))
    return Sifted([case for case, _share in told], deciders, unlikely[:MOST])


def _decider(by: str, own: NDArray[np.bool_], read: Read, odds: Floats, plain: Judge) -> Decider:
    """What *by* said beside what the program and the others expect, as the nearer of both has it."""
    others, judges = read.same[~own], [plain]
    if len(others) >= FEWEST and min(others.sum(), (1 - others).sum()) >= FEWEST_EACH:
        judges.append(plain._replace(correction=fit(odds[~own], read.rows[~own], others)))
    apart = int((1 - read.same[own]).sum())
    expected = [float((1 - one.likely(read.rows[own])).sum()) for one in judges]
    return max((Decider(by, int(own.sum()), apart, round(one, 1)) for one in expected), key=lambda one: one.chance)
