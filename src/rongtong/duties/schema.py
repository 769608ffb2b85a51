"""Duties as data, checked at load."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Literal

from pydantic import model_validator

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.loader import Model, Source, folder, read
from rongtong.definitions.wording import worded

_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class Duty(Model):
    """One duty of the holders of some titles: every year by a day, before validity ends, or after a change.

    *before_expiry* and *after_change* are months, *yearly* is ``MM-DD``; *since* and *until* are when it is in force.
    *rulebooks* says by which rulebook a title is granted, and its holders are re-examined.
    """

    id: str
    label: str
    titles: tuple[str, ...]
    text: str
    source: Source
    yearly: str = ""
    before_expiry: int = 0
    after_change: int = 0
    rulebooks: dict[str, str] = {}
    since: datetime.date | None = None
    until: datetime.date | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Duty:
        if sum(map(bool, (self.yearly, self.before_expiry, self.after_change))) != 1:
            raise ValueError("exactly one of yearly, before_expiry, after_change")
        if self.yearly and not _DAY.fullmatch(self.yearly):
            raise ValueError("yearly is MM-DD")
        known = catalogue()["titles"].attribute("kind")
        if unknown := sorted(set(self.titles) - set(known.values if known else ())):
            raise ValueError(f"no such title: {', '.join(unknown)}")
        if strange := sorted(set(self.rulebooks) - set(self.titles)):
            raise ValueError(f"no title of this duty: {', '.join(strange)}")
        return self

    @property
    def called(self) -> str:
        """Its label in the language in use."""
        return worded(self.label)

    @property
    def told(self) -> str:
        """What it asks for, in the language in use; the official text is Chinese."""
        return worded(self.text)

    def in_force(self, day: datetime.date) -> bool:
        """Whether the duty holds on *day*."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def days(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """The days from *first* to *last* on which a yearly duty, in force then, is due; none for other duties."""
        if not self.yearly:
            return []
        month, day = map(int, self.yearly.split("-"))
        every = (datetime.date(year, month, day) for year in range(first.year, last.year + 1))
        return [one for one in every if first <= one <= last and self.in_force(one)]


class DutyFile(Model):
    """One file of duties."""

    kind: Literal["duties"]
    title: str
    duties: tuple[Duty, ...]


@cache
def duties() -> tuple[Duty, ...]:
    """Every duty that comes with the package. Raises :class:`DefinitionError` with file and line."""
    files = (read(path).parse(DutyFile) for path in sorted((folder() / "duties").rglob("*.yaml")))
    return tuple(duty for file in files for duty in file.duties)


def rulebooks() -> dict[str, str]:
    """By which rulebook each title is granted and its holders are re-examined, as far as there is one here."""
    return {kind: rulebook for duty in duties() for kind, rulebook in duty.rulebooks.items()}
