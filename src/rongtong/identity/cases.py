"""Training cases: two names, and what people say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from rongtong.identity.parts import Parts, split
from rongtong.identity.signals import Floats, ordered, signals

FOLDS = 5
FEWEST = 20
"""Cases without which nothing is switched on."""
FEWEST_EACH = 5
"""Cases of either answer without which nothing is: who saw firms merged alone cannot tell what a wrong merge costs."""


class Case(NamedTuple):
    """Two names as normalised, in order, whether they are one firm, and who says so."""

    left: str
    right: str
    same: bool
    by: str = ""

    @property
    def fold(self) -> int:
        """Which fold the pair falls in: by its names alone."""
        return int(hashlib.sha256(f"{self.left}|{self.right}".encode()).hexdigest(), 16) % FOLDS


class Read(NamedTuple):
    """Cases as the judge reads them: names taken apart, their signals, and 1 where they are one firm."""

    pairs: list[tuple[Parts, Parts]]
    rows: Floats
    same: Floats

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Self:
        """Read *cases*."""
        pairs = [ordered(split(case.left), split(case.right)) for case in cases]
        return cls(pairs, signals(pairs), np.array([case.same for case in cases], np.float64))

    def those(self, which: NDArray[np.bool_]) -> Self:
        """Some of them."""
        pairs = [pair for pair, one in zip(self.pairs, which, strict=True) if one]
        return type(self)(pairs, self.rows[which], self.same[which])
