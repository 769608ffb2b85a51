"""Titles as terms: one for each spell, that is a kind and the days from which and until which it is held.

Titles come in batches, so there are few spells; which of them hold a given day is found out when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Spell(NamedTuple):
    """A kind of title and when it is held; an end that is not stated is open, as ISO text it is empty."""

    kind: str
    first: str
    last: str

    @property
    def term(self) -> str:
        """What is indexed; :data:`TERMS` writes the same."""
        return "|".join(self)

    def holds(self, day: date) -> bool:
        """Whether the title is held on *day*: until something says otherwise it is."""
        return self.first <= day.isoformat() and (not self.last or day.isoformat() <= self.last)


TERMS = """
SELECT n, kind AS term FROM titles WHERE kind <> ''
UNION SELECT n, concat_ws('|', kind, coalesce(granted_on::VARCHAR, ''), coalesce(valid_until::VARCHAR, ''))
FROM titles WHERE kind <> ''
"""
"""From ``titles`` (``n``, ``kind``, ``granted_on``, ``valid_until``), each firm's kinds and the terms of its spells."""
SPELLS = """
SELECT DISTINCT kind, coalesce(granted_on::VARCHAR, ''), coalesce(valid_until::VARCHAR, '') FROM list_titles
WHERE kind <> '' ORDER BY ALL
"""
"""The spells that there are."""


def terms(spells: Iterable[Spell], kind: str, on: date | None) -> list[str]:
    """The terms of a title of *kind* held on a day, or of one ever held."""
    return [spell.term for spell in spells if spell.kind == kind and spell.holds(on)] if on else [kind]
