"""What a path is: what to change, what to hand in, and what blocks, for each of the days asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rongtong.qualify.prior import Prior


@dataclass(frozen=True)
class Step:
    """A change: what, from what to what, from when on, how much effort, how long, what to hand in, what it brings.

    *brings* are the clauses that would not hold without it, and the points that would be missing.
    """

    slot: str
    before: Any
    after: Any
    effort: str
    months: int
    day: date
    papers: tuple[str, ...]
    clauses: tuple[str, ...]
    points: Mapping[str, float]

    @property
    def adds(self) -> bool:
        """Whether *after* is how many records more a list has."""
        return "[" not in self.slot and "." in self.slot

    @property
    def gains(self) -> dict[str, float]:
        """The points of the indicators, without the sums that they are part of."""
        return {head: gain for head, gain in self.points.items() if head.split(".")[0] != "score"}


@dataclass(frozen=True)
class Supply:
    """A fact to hand in, the clauses that must come out for the firm, and of stated points how many there must be."""

    fact: str
    clauses: tuple[str, ...]
    at_least: float | None = None


@dataclass(frozen=True)
class Path:
    """What leads a firm to qualify on the day *at*; no steps and no supplies: waiting alone does.

    *verdict* is what the firm is on that day without it. *possible* is false where no lever or fact leads there;
    *blocking* are then the clauses that none can turn, none where each could be met but not all of them together.
    *priors* are the titles among these that have to be obtained first; where they alone block, *steps* and *supplies*
    are what is to be done beside them.
    """

    at: date
    edition: str
    definition: str
    verdict: str
    possible: bool
    effort: int = 0
    steps: tuple[Step, ...] = ()
    supplies: tuple[Supply, ...] = ()
    assumptions: tuple[Mapping[str, Any], ...] = ()
    fixed: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    priors: tuple[Prior, ...] = ()

    @property
    def tasks(self) -> int:
        """How many things there are to do."""
        return len(self.steps) + len(self.supplies)

    @property
    def waiting(self) -> bool:
        """Whether nothing has to be done but to apply on the day."""
        return self.possible and not self.steps and not self.supplies


@dataclass(frozen=True)
class Paths:
    """The paths of one firm on each of the days asked for, and what they were made of."""

    manifest: Mapping[str, Any]
    firm: Mapping[str, Any]
    paths: tuple[Path, ...]

    @property
    def first(self) -> Path | None:
        """The path of the earliest day on which there is one."""
        return next((one for one in self.paths if one.possible), None)

    @property
    def waiting(self) -> date | None:
        """The first of the days on which waiting alone is a path."""
        return next((one.at for one in self.paths if one.waiting), None)
