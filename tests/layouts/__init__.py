"""Workbooks as districts, parks, agencies and firms send them, each with the truth beside it.

``build_all(folder)`` draws every layout; :class:`Layout` says what is true, what must be reported and what is no fact.
Firms, codes, people and figures are made up. ``score.score(reading, layout)`` measures a reader against them.
"""

from pathlib import Path

from . import amounts, answers, blocks, booklets, districts, files, forms, kinds, lists, longs, summaries, units
from .model import Cell, Layout, TrueCell

_MODULES = (summaries, units, amounts, kinds, answers, districts, blocks, forms, longs, lists, booklets, files)
BUILDERS = tuple(builder for module in _MODULES for builder in module.BUILDERS)


def build_all(folder: Path) -> list[Layout]:
    """Draw every layout into *folder*."""
    return [build(folder) for build in BUILDERS]


__all__ = ["BUILDERS", "Cell", "Layout", "TrueCell", "build_all"]
