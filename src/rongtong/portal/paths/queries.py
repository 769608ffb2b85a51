"""The cheapest path of one firm as its page tells it: what to hand in apart from what to change.

It is worked out for whoever asks and kept: neither a snapshot nor a rulebook changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from rongtong.definitions.editions import Purpose
from rongtong.facts import Snapshot
from rongtong.portal.days import today
from rongtong.portal.filings.queries import slots
from rongtong.portal.people.models import User
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.qualify.paths import Path, Paths, Supply, path
from rongtong.qualify.rulebook import Head, Rulebook, editions, known


@dataclass(frozen=True)
class Question:
    """To which rulebook, as what, and on which day (None: today and the same day of the next years)."""

    rulebook: str
    purpose: Purpose = "new"
    at: datetime.date | None = None


@dataclass(frozen=True)
class Wanted:
    """A fact to hand in: who has it, and the slots in which the firm itself can state it."""

    supply: Supply
    slots: tuple[str, ...]

    @property
    def is_title(self) -> bool:
        """Whether it is a title, which has a form of its own."""
        return door.field_of(self.supply.fact) == "titles"


@dataclass(frozen=True)
class Answer:
    """The paths on the days asked for, and the one that is *shown*."""

    found: Paths
    shown: Path
    book: Rulebook
    wanted: tuple[Wanted, ...]

    @property
    def heads(self) -> Mapping[str, Head]:
        """What each clause is called, by its id."""
        return {head.id: head for head in self.book.heads}

    @property
    def blocking(self) -> list[Head]:
        """The clauses that nothing turns by the day shown."""
        return [self.heads[one] for one in self.shown.blocking]

    @property
    def carried(self) -> list[Mapping[str, Any]]:
        """The figures that are taken to stay as they are."""
        return [one for one in self.shown.assumptions if one["from"]]

    @property
    def nothing_new(self) -> list[str]:
        """The lists to which nothing new is taken to come."""
        return [one["slot"] for one in self.shown.assumptions if not one["from"]]


def on_offer(purpose: str = "new") -> list[str]:
    """The rulebooks by which one can apply today: those by which firms are judged here first."""
    day, first = today(), list(settings.RULEBOOKS)
    every = first + [one for one in known() if one not in first]
    return [one for one in every if one in first or any(_covers(book, purpose, day) for book in editions(one))]


def _covers(book: Rulebook, purpose: str, day: datetime.date) -> bool:
    return any(one.covers(purpose, day) for one in book.in_force)


def answer(user: User, firm: Firm, asked: Question) -> Answer:
    """The path of *firm*: on the day asked for, else on the first on which there is one. Raises InputError."""
    found = _paths(current.snapshot(), firm.id, asked, today())
    shown = found.first or found.paths[-1]
    book = next(one for one in editions(asked.rulebook) if one.sha256 == shown.definition)
    known_here = {fact.slot for fact in door.facts(user, firm).shown}
    own = [one for one in slots() if one not in known_here]
    wanted = tuple(Wanted(one, tuple(_stating(one.fact, own))) for one in shown.supplies)
    return Answer(found, shown, book, wanted)


def _stating(fact: str, own: list[str]) -> Iterator[str]:
    """The slots, of those that firms state and this one has not, that say *fact*."""
    return (slot for slot in own if slot.partition("[")[0] == fact)


@lru_cache(maxsize=512)
def _paths(snapshot: Snapshot, firm: str, asked: Question, day: datetime.date) -> Paths:
    """The same is worked out once for all who look."""
    return path(snapshot, asked.rulebook, firm, purpose=asked.purpose, as_of=day, at=asked.at)
