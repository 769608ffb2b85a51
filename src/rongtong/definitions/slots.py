"""A slot is the address of one fact of a firm: a field, a part of a list, a year or a run of years.

Written ``revenue[2021]``, ``ip.class_1``, ``awards.national_top5[2019..2022]``,
``financing.qualified.amount[2021]``; a slot's text is also the name of its column in a part or a snapshot.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Self

_SLOT = re.compile(r"^([a-z][a-z0-9_]*)(?:\.([a-z0-9_.]+))?(?:\[(\d{4})(?:\.\.(\d{4}))?\])?$")


class Slot(NamedTuple):
    """Field id, part of a list (an attribute, a subset, or ``subset.measure``), first and last year."""

    field: str
    part: str | None = None
    years: tuple[int, int] | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a slot from its text. Raises ValueError when it is not one."""
        match = _SLOT.match(text)
        if not match:
            raise ValueError(text)
        field, part, first, last = match.groups()
        return cls(field, part, (int(first), int(last or first)) if first else None)

    def __str__(self) -> str:
        name = f"{self.field}.{self.part}" if self.part else self.field
        if self.years is None:
            return name
        first, last = self.years
        return f"{name}[{first}]" if first == last else f"{name}[{first}..{last}]"
