"""The words by which the parts of a need are known in running text, as data (``catalogue/match/structure.yaml``)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from rongtong.definitions.loader import Model, folder, read


class Cues(Model):
    """The file ``catalogue/match/structure.yaml``."""

    kind: Literal["match_structure"]
    title: str
    cues: dict[str, tuple[str, ...]]
    counted: tuple[str, ...]
    measured: tuple[str, ...]
    volume: tuple[str, ...]
    each: tuple[str, ...]
    budget: tuple[str, ...]
    not_budget: tuple[str, ...]
    around: tuple[str, ...]
    after: tuple[str, ...]
    about: tuple[str, ...]
    at_most: tuple[str, ...]
    at_least: tuple[str, ...]
    open_price: tuple[str, ...]
    size: tuple[str, ...]
    due: tuple[str, ...]
    lead: dict[Literal["own", "who", "when", "want", "some"], tuple[str, ...]]
    places: tuple[str, ...]
    places_before: tuple[str, ...]
    done_there: tuple[str, ...]


@cache
def cues() -> Cues:
    """The words that come with the package."""
    return read(folder() / "match" / "structure.yaml").parse(Cues)
