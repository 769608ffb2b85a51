"""The cheapest path of one firm as its page tells it: what to hand in apart from what to change.

It is worked out for whoever asks and kept: neither a snapshot nor a rulebook changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from rongtong.definitions.catalogue import NUMERIC, catalogue
from rongtong.definitions.days import months_after
from rongtong.definitions.editions import Purpose
from rongtong.facts import Snapshot
from rongtong.portal.days import today
from rongtong.portal.filings.queries import slots
from rongtong.portal.people.models import User
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.portal.rulebooks.queries import Edition, offered
from rongtong.qualify.path_answer import Path, Step, Supply
from rongtong.qualify.paths import YEARS, path
from rongtong.qualify.prior import TITLES, granting
from rongtong.qualify.rulebook import Head, Rulebook
from rongtong.qualify.shelf import editions
from rongtong.report import labels


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
        return door.field_of(self.supply.fact) == TITLES

    @property
    def granting(self) -> list[tuple[str, str]]:
        """The rulebooks by which it is granted, if it is a title, each with its own title."""
        return offered(granting(self.supply.fact, catalogue()))


@dataclass(frozen=True)
class First:
    """A title to obtain first, and the rulebooks by which it is granted."""

    title: str
    head: Head
    granting: list[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """A step, what a figure must reach (``least``, ``most``; nothing of what is none), and the clauses it turns."""

    step: Step
    bound: str
    clauses: tuple[Head, ...]


@dataclass(frozen=True)
class Answer:
    """The path on the day *shown*."""

    shown: Path
    book: Rulebook
    wanted: tuple[Wanted, ...]

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """What each clause is called, by its id."""
        return {head.id: head for head in self.book.heads}

    @property
    def changes(self) -> list[Change]:
        """The steps; of a clause that is turned with its parts the parts are told."""
        return [Change(one, _bound(one), tuple(self._turned(one))) for one in self.shown.steps]

    def _turned(self, step: Step) -> Iterator[Head]:
        wholes = {self.heads[one].parent for one in step.clauses}
        return (self.heads[one] for one in step.clauses if one not in wholes)

    @property
    def blocking(self) -> list[Head]:
        """The clauses that nothing turns by the day shown, without the titles to obtain first."""
        firsts = {one.clause for one in self.shown.priors}
        return [self.heads[one] for one in self.shown.blocking if one not in firsts]

    @property
    def firsts(self) -> list[First]:
        """The titles to obtain first."""
        return [First(one.title, self.heads[one.clause], offered(one.rulebooks)) for one in self.shown.priors]

    @property
    def unverified(self) -> bool:
        """Whether a clause it rests on was not compared with the document."""
        return bool(Edition(self.book).unverified)

    @property
    def carried(self) -> list[Mapping[str, Any]]:
        """The figures that are taken to stay as they are."""
        return [one for one in self.shown.assumptions if one["from"] not in (None, one["slot"])]

    @property
    def as_stated(self) -> list[Mapping[str, Any]]:
        """The classes that are taken as they were stated."""
        return [one for one in self.shown.assumptions if one["from"] == one["slot"]]

    @property
    def nothing_new(self) -> list[str]:
        """The lists to which nothing new is taken to come."""
        return [one["slot"] for one in self.shown.assumptions if not one["from"]]


def _bound(step: Step) -> str:
    if step.adds or labels.type_of(step.slot) not in NUMERIC:
        return ""
    return "least" if step.after > step.before else "most"


def answer(user: User, firm: Firm, asked: Question) -> Answer:
    """The path of *firm*: on the day asked for, else on the first on which there is one. Raises InputError."""
    tried = list(_up_to_the_first(firm, asked))
    shown = tried[-1]
    book = next(one for one in editions(asked.rulebook) if one.sha256 == shown.definition)
    known_here = {fact.slot for fact in door.facts(user, firm).shown}
    own = [one for one in slots() if one not in known_here]
    return Answer(shown, book, tuple(Wanted(one, tuple(_stating(one.fact, own))) for one in shown.supplies))


def _up_to_the_first(firm: Firm, asked: Question) -> Iterator[Path]:
    for day in [asked.at] if asked.at else days():
        yield (found := _on(firm, asked, day))
        if found.possible:
            return


def days() -> list[datetime.date]:
    """Today, and the same day of the next years."""
    return [months_after(today(), 12 * n) for n in range(YEARS + 1)]


def on_each_day(firm: Firm, asked: Question) -> list[Path]:
    """The path on each of these days, up to the first on which waiting alone is one. Raises InputError."""
    found: list[Path] = []
    for day in days():
        found.append(_on(firm, asked, day))
        if found[-1].waiting:
            break
    return found


def _on(firm: Firm, asked: Question, day: datetime.date) -> Path:
    return _path(current.snapshot(), firm.id, replace(asked, at=day), today())


def _stating(fact: str, own: list[str]) -> Iterator[str]:
    """The slots, of those that firms state and this one has not, that say *fact*."""
    return (slot for slot in own if slot.partition("[")[0] == fact)


@lru_cache(maxsize=2048)
def _path(snapshot: Snapshot, firm: str, asked: Question, since: datetime.date) -> Path:
    """The same is worked out once for all who look."""
    return path(snapshot, asked.rulebook, firm, purpose=asked.purpose, as_of=since, at=asked.at).paths[0]
