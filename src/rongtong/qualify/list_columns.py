"""What a snapshot's columns say about a subset of a list: stated counts, sums, yes or no, and completeness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rongtong.definitions.catalogue import Field
from rongtong.definitions.slots import Slot

Measure = Literal["count", "any", "amount"]
Window = tuple[int, int]
_MEASURES: dict[str, Measure] = {"": "count", "any": "any", "amount": "amount"}


@dataclass(frozen=True)
class ListColumn:
    """One column: a subset's count, sum or yes/no, for a run of years or (None) for all of them.

    *settled* is the column that tells whether who says "none" may say so: empty where anybody may, None where nobody
    has said it who may.
    """

    column: str
    subset: str
    measure: Measure
    years: Window | None
    settled: str | None = ""

    def inside(self, window: Window | None) -> bool:
        """Whether all it speaks of falls into the window (None: all years)."""
        return window is None or (self.years is not None and window[0] <= self.years[0] and self.years[1] <= window[1])

    def covers(self, window: Window | None) -> bool:
        """Whether it speaks of the whole window."""
        if self.years is None:
            return True
        return window is not None and self.years[0] <= window[0] and window[1] <= self.years[1]

    def overlaps(self, window: Window | None) -> bool:
        """Whether something it speaks of may fall into the window."""
        return window is None or self.years is None or (self.years[0] <= window[1] and window[0] <= self.years[1])


def list_columns(field: Field, columns: Iterable[str]) -> list[ListColumn]:
    """The stated columns of a list, in a fixed order."""
    found = []
    columns = frozenset(columns)
    for column in sorted(columns):
        if not column.startswith(field.id + ".") or "!" in column:
            continue
        slot = Slot.parse(column)
        subset, _dot, measure = (slot.part or "").partition(".")
        kind = _MEASURES.get(measure)
        if field.subset(subset) and kind:
            found.append(ListColumn(column, subset, kind, slot.years, _settled(field, column, columns)))
    return found


def _settled(field: Field, column: str, columns: frozenset[str]) -> str | None:
    if not field.none_from:
        return ""
    return name if (name := f"{column}!settled") in columns else None


def completeness(field: Field, subset: str, columns: frozenset[str]) -> list[str]:
    """The names (list or subset) under which the list is said to be complete for *subset* or more."""
    names = [field.id] + [f"{field.id}.{one}" for one in (subset, *containing(field, subset))]
    return [name for name in names if f"{name}!from" in columns and f"{name}!to" in columns]


def containing(field: Field, subset: str) -> tuple[str, ...]:
    """The subsets that contain *subset*, through all steps."""
    found: list[str] = []
    open_ = [subset]
    while open_:
        one = field.subset(open_.pop())
        new = [name for name in (one.within if one else ()) if name not in found]
        found += new
        open_ += new
    return tuple(found)


def contained(field: Field, subset: str) -> tuple[str, ...]:
    """The subsets that *subset* contains, through all steps."""
    return tuple(one.id for one in field.subsets if subset in containing(field, one.id))
