"""The directory: hits of the index, counted and cut like a queryset."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rongtong.errors import InputError
from rongtong.portal.days import today
from rongtong.portal.registry import current
from rongtong.search import Facets, Filters, Hit, Hits


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words, titles in force, district, industry, chain ("" is any)."""

    text: str = ""
    titles: tuple[str, ...] = ()
    district: str = ""
    industry: str = ""
    chain: str = ""

    @property
    def filters(self) -> Filters:
        """As the index takes them; a title counts when it is in force today."""
        return Filters(self.titles, self.district, self.industry, self.chain, on=today())


@dataclass
class Found:
    """The firms that answer to *asked*; the *piece* of them that will be shown is found together with their number."""

    asked: Asked
    piece: range = range(0)

    def count(self) -> int:
        """How many there are."""
        return self._first.total

    __len__ = count

    def __getitem__(self, key: slice) -> list[Hit]:
        if (key.start, key.stop) == (self.piece.start, min(self.piece.stop, self.count())):
            return self._first.firms
        return self._search(key).firms

    def facets(self) -> Facets | None:
        """How many firms each further choice would leave; None before anything was imported."""
        try:
            return current.index().facets(self.asked.text, self.asked.filters)
        except InputError:
            return None

    @cached_property
    def _first(self) -> Hits:
        return self._search(self.piece)

    def _search(self, key: slice | range) -> Hits:
        start = key.start or 0
        try:
            index = current.index()
        except InputError:
            return Hits(0, [])
        return index.search(self.asked.text, self.asked.filters, limit=(key.stop or start) - start, offset=start)
