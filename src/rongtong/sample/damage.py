"""What goes wrong in a column: values missing, and cells from which nobody can tell the value."""

from __future__ import annotations

from typing import NamedTuple

from rongtong.definitions.catalogue import NUMERIC, Type
from rongtong.sample.page import Filled
from rongtong.sample.parameters import Rng
from rongtong.sample.styles import Written

_BROKEN = ("见附件", "待审计", "1200-1500", "#REF!", "三百多")
_ANSWERED = {"boolean", "level", "integer"}  # where 无 may be an answer, not a blank
_CODES_MISSING = 0.01


class Damage(NamedTuple):
    """Shares of cells that are missing and broken, and the marks that stand for “none given” (empty: a blank)."""

    missing: float
    marks: tuple[str, ...]
    broken: float

    def of_facts(self, written: Written, kind: Type, usual: str, rng: Rng) -> Filled:
        """A column of facts with its damage; *usual* is the kind of an undamaged cell."""
        luck = rng.random(len(written.shown)).tolist()
        words = [mark for mark in self.marks if mark != "无" or kind not in _ANSWERED]
        marks = [words[place] or None for place in rng.integers(0, len(words), len(luck)).tolist()]
        filled = Filled(list(written.shown), list(written.said), [usual] * len(luck))
        edge = self.missing + (self.broken if kind in NUMERIC else 0.0)
        for place, chance in enumerate(luck):
            if filled.shown[place] is None or chance < self.missing:
                _replace(filled, place, marks[place], "ignore")
            elif chance < edge:
                _replace(filled, place, _BROKEN[place % len(_BROKEN)], "ambiguous")
        return filled

    def of_identity(self, written: Written, is_code: bool, rng: Rng) -> Filled:
        """Names and codes: some codes are missing in damaged books; what is not written plainly is messy."""
        gone = rng.random(len(written.shown)) < (_CODES_MISSING if is_code and self.missing else 0.0)
        shown = [None if lost else value for value, lost in zip(written.shown, gone.tolist(), strict=True)]
        kinds = ["clean" if one == other else "messy" for one, other in zip(shown, written.said, strict=True)]
        return Filled(shown, written.said, kinds)


def _replace(filled: Filled, place: int, shown: str | None, kind: str) -> None:
    filled.shown[place], filled.said[place], filled.kinds[place] = shown, None, kind
