"""Reads of the shelf: which editions there are, which is in force, which clauses still wait for the original text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from rongtong.portal.days import today
from rongtong.portal.registry.pages import title_of
from rongtong.qualify.rulebook import Head, Rulebook
from rongtong.qualify.shelf import editions, known

PURPOSES = ("new", "review")
#: Heads that are sums of others, and stand in no document by themselves.
SUMS = ("group", "score")


@dataclass(frozen=True)
class Span:
    """From when until when something applies; None is open. Whether a source says so."""

    first: datetime.date
    last: datetime.date | None
    verified: bool = True

    def __str__(self) -> str:
        return self._days if self.verified else _("{days}（日期待核）").format(days=self._days)

    @property
    def _days(self) -> str:
        first = self.first.isoformat()
        if self.last is None:
            return _("{first} 起").format(first=first)
        return _("{first} 至 {last}").format(first=first, last=self.last.isoformat())


@dataclass(frozen=True)
class Edition:
    """One edition as the shelf shows it."""

    book: Rulebook

    @property
    def key(self) -> str:
        """What its page is called: ``cn/srdi-sme@2022``."""
        return f"{self.book.id}@{self.book.edition}"

    @property
    def cited(self) -> list[Head]:
        """Every clause and indicator."""
        return [head for head in self.book.heads if head.kind not in SUMS]

    @property
    def unverified(self) -> list[Head]:
        """Those whose text and figures were not compared with the document."""
        return [head for head in self.cited if not head.verified]

    @property
    def deciding(self) -> set[str]:
        """The clauses by which a verdict falls; others are shown and decide nothing."""
        return {one.head.id for one in self.book.requirements if one.decides}

    def spans(self, purpose: str) -> list[Span]:
        """When it applies to applications of *purpose*."""
        return [Span(one.from_, one.until, one.verified) for one in self.book.in_force if one.purpose == purpose]

    def applies(self, purpose: str) -> bool:
        """Whether it applies to applications of *purpose* today."""
        return any(one.covers(purpose, today()) for one in self.book.in_force)

    @property
    def in_force(self) -> bool:
        """Whether it applies to anything today."""
        return any(map(self.applies, PURPOSES))


def shelf() -> list[Edition]:
    """Every edition, those of one rulebook together, the latest first."""
    return [one for name in known() for one in reversed(of_rulebook(name))]


def of_rulebook(name: str) -> list[Edition]:
    """The editions of a rulebook, the oldest first."""
    return [Edition(book) for book in editions(name)]


def on_offer() -> list[str]:
    """The rulebooks by which one can apply today: those by which firms are judged here first."""
    first = list(settings.RULEBOOKS)
    every = first + [one for one in known() if one not in first]
    return [one for one in every if one in first or any(map(_for_new, of_rulebook(one)))]


def offered(among: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Those by which one can apply today, or those of *among*, each with its title."""
    found = on_offer()
    return [(one, title_of(one)) for one in (found if among is None else among) if one in found]


def edition(key: str) -> Edition:
    """The edition of that key, as :func:`named` knows it. Raises Http404."""
    found = named(key)
    if found is None:
        raise Http404
    return found


def named(key: str) -> Edition | None:
    """The edition ``cn/srdi-sme@2022``; of ``cn/srdi-sme`` the one in force today, else the latest. Else None."""
    name, _at, wanted = key.partition("@")
    found = of_rulebook(name) if name in known() else []
    chosen = [one for one in found if one.book.edition == wanted] if wanted else [*found, *filter(_for_new, found)]
    return chosen[-1] if chosen else None


def applying(name: str) -> Edition:
    """The edition of a rulebook by which one can apply today. Raises Http404 where there is none."""
    found = list(filter(_for_new, of_rulebook(name))) if name in known() else []
    if not found:
        raise Http404
    return found[-1]


def _for_new(one: Edition) -> bool:
    return one.applies("new")
