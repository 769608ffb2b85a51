"""What goes wrong in a column: values missing, and cells from which nobody can tell the value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from rongtong.definitions.catalogue import Type
from rongtong.sample.styles import Written

Rng = np.random.Generator
_BROKEN = ("见附件", "待审计", "1200-1500", "#REF!", "三百多")
_NUMERIC = {"money", "integer", "ratio", "number"}


class Damage(NamedTuple):
    """Shares of cells that are missing and broken, and the marks that stand for “none given”."""

    missing: float
    marks: tuple[str, ...]
    broken: float


def hurt(written: Written, kind: Type, usual: str, damage: Damage, rng: Rng) -> tuple[Written, list[str]]:
    """The column with its damage, and the kind of every cell; *usual* is the kind of an undamaged one."""
    luck = rng.random(len(written.shown)).tolist()
    marks = rng.integers(0, len(damage.marks), len(luck)).tolist()
    shown, said, kinds = list(written.shown), list(written.said), [usual] * len(luck)
    edge = damage.missing + (damage.broken if kind in _NUMERIC else 0.0)
    for place, chance in enumerate(luck):
        if shown[place] is None:
            shown[place], said[place], kinds[place] = damage.marks[marks[place]] or None, None, "ignore"
        elif chance < damage.missing:
            shown[place], said[place], kinds[place] = damage.marks[marks[place]] or None, None, "ignore"
        elif chance < edge:
            shown[place], said[place], kinds[place] = _BROKEN[place % len(_BROKEN)], None, "ambiguous"
    return Written(shown, said), kinds


def identity(written: Written, missing: float, rng: Rng) -> tuple[Written, list[str]]:
    """Codes and names: some codes are missing, nothing is broken; a code not written plainly is messy."""
    gone = rng.random(len(written.shown)) < missing
    shown: list[Any] = [None if lost else value for value, lost in zip(written.shown, gone.tolist(), strict=True)]
    return Written(shown, written.said), _kinds(shown, written.said)


def _kinds(shown: Sequence[Any], said: Sequence[Any]) -> list[str]:
    return ["clean" if one == other else "messy" for one, other in zip(shown, said, strict=True)]
