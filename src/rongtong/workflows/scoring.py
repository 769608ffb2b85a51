"""Scoring sheets as data: criteria, each given whole points, and what follows from their sum."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import Field

from rongtong.definitions.loader import Model, Source, folder, read


class Criterion(Model):
    """One thing that is scored."""

    id: str
    label: str
    text: str


class Sheet(Model):
    """A scoring sheet: 0 to *highest* for each criterion, *passes* in all; a 0 blocks where *zero_blocks*."""

    kind: Literal["scoring_sheet"]
    id: str
    title: str
    source: Source
    highest: int = Field(gt=0)
    passes: int = Field(ge=0)
    zero_blocks: bool = False
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    def passed(self, points: Mapping[str, int]) -> bool:
        """Whether *points*, one a criterion, are enough. Raises ValueError when one is missing or out of range."""
        given = [points.get(one.id, -1) for one in self.criteria]
        if any(not 0 <= one <= self.highest for one in given):
            raise ValueError(f"every criterion has 0 to {self.highest} points")
        return sum(given) >= self.passes and not (self.zero_blocks and 0 in given)


@cache
def sheet(name: str) -> Sheet:
    """The scoring sheet of that id. Raises :class:`DefinitionError` with file and line."""
    return read(folder() / "scoring" / f"{name}.yaml").parse(Sheet)
