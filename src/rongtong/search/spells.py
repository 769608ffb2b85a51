"""Titles as terms: one for each spell, that is a kind and the days from which and until which it is held.

Titles come in batches, so there are few spells; which of them hold a given day is found out when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

BETWEEN = "\x1f"
"""Stands between the spells of one firm; no title is called so."""


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


_SPELL = "concat_ws('|', kind, coalesce(granted_on::VARCHAR, ''), coalesce(valid_until::VARCHAR, ''))"
TERMS = f"""
SELECT n, kind AS term FROM titles WHERE kind <> ''
UNION SELECT n, {_SPELL} FROM titles WHERE kind <> ''
"""
"""From ``titles`` (``n``, ``kind``, ``granted_on``, ``valid_until``), each firm's kinds and the terms of its spells."""
HELD = f"""
SELECT n, string_agg(DISTINCT {_SPELL}, '{BETWEEN}' ORDER BY {_SPELL}) AS held FROM titles WHERE kind <> '' GROUP BY n
"""
"""Each firm's spells as one value."""
SPELLS = """
SELECT DISTINCT kind, coalesce(granted_on::VARCHAR, ''), coalesce(valid_until::VARCHAR, '') FROM list_titles
WHERE kind <> '' ORDER BY ALL
"""
"""The spells that there are."""


def terms(spells: Iterable[Spell], kind: str, on: date | None) -> list[str]:
    """The terms of a title of *kind* held on a day, or of one ever held."""
    return [spell.term for spell in spells if spell.kind == kind and spell.holds(on)] if on else [kind]


def kinds(held: str, on: date | None) -> Iterator[str]:
    """The kinds of title that a firm with these spells, as :data:`HELD` writes them, holds on a day, or ever held."""
    spells = [Spell(*term.rsplit("|", 2)) for term in held.split(BETWEEN)] if held else []
    yield from {spell.kind for spell in spells if on is None or spell.holds(on)}
