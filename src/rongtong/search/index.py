"""An opened index: hits in order with their total, and the counts that a filter bar shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import tantivy
from tantivy import Order, Query

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.search.fields import FILTERS, RANK
from rongtong.search.queries import Filters, Queries, both, without
from rongtong.search.reasons import why
from rongtong.search.spelling import words
from rongtong.search.spells import Spell

VERSION = 1
"""Of what is written; an index of another version is built anew."""
TERMS, SHOWN, STATEMENT = "terms", "shown.arrow", "index.json"
_HIT = ("firm", "name", "uscc", "district")
_VALUES = 1000
"""Values of one filter that are counted."""


@dataclass(frozen=True)
class Hit:
    """A firm found; *why* says what its name does not show (``曾用名 …``, ``产品 …``), else it is empty."""

    firm: str
    name: str
    uscc: str
    district: str
    why: str


@dataclass(frozen=True)
class Hits:
    """A page of firms, and how many there are in all."""

    total: int
    firms: list[Hit]


@dataclass(frozen=True)
class Facets:
    """How many firms would be left by each choice; a filter's own choice does not narrow its counts, titles add up."""

    district: dict[str, int]
    industry: dict[str, int]
    chain: dict[str, int]
    title: dict[str, int]


class Index:
    """The index of one snapshot; one object serves all threads."""

    def __init__(self, folder: Path, statement: dict[str, Any]) -> None:
        self._shown: pa.Table = pa.ipc.open_file(pa.memory_map(str(folder / SHOWN))).read_all()
        index = tantivy.Index.open(str(folder / TERMS))
        self._queries = Queries(index.schema, [Spell(*spell) for spell in statement["spells"]])
        self._kinds = sorted({kind for kind, _first, _last in statement["spells"]})
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Index:
        """Open what :func:`rongtong.search.build` made. Raises InputError when there is none, or it is outdated."""
        statement = _statement(folder)
        if statement.get("version") != VERSION:
            raise InputError(_("这里没有可用的检索索引"), place=str(folder), mend=_("请重新建立索引"))
        return cls(folder, statement)

    @staticmethod
    def is_of(folder: Path, snapshot: str) -> bool:
        """Whether *folder* holds an index of the snapshot with this id that opens."""
        statement = _statement(folder)
        return statement.get("version") == VERSION and statement.get("snapshot") == snapshot

    def __len__(self) -> int:
        return int(self._shown.num_rows)

    def search(
        self,
        text: str = "",
        *,
        titles: Sequence[str] = (),
        district: str = "",
        industry: str = "",
        chain: str = "",
        on: date | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Hits:
        """The firms that hold every word of *text* and pass every filter, *limit* of them from *offset* on.

        A word is any characters side by side in a name, a former name or a product, the beginning or end of a code
        (four characters at least), pinyin from the beginning of a syllable on, or initials. *titles* are kinds of the
        list ``titles``, each in force on the day *on*, or held at any time when no day is given. In order: the name
        itself, names that begin so, trade names that begin so, then the rest; within each by tier, then by pinyin.
        """
        wanted = self._wanted(text, Filters(titles, district, industry, chain, on))
        total, ranks = self._page(wanted, self._queries.bands(text), max(limit, 0), max(offset, 0))
        rows = self._shown.take(pa.array(ranks, pa.int64())).to_pylist()
        hits = [
            Hit(**{name: row[name] for name in _HIT}, why=reason)
            for row, reason in zip(rows, why(rows, words(text)), strict=True)
        ]
        return Hits(total, hits)

    def _page(self, wanted: Query, bands: list[Query], limit: int, offset: int) -> tuple[int, list[int]]:
        """How many firms are *wanted*, and the ranks of a page of them: by band, each without the ones before."""
        total, ranks = 0, list[int]()
        for at in range(len(bands) + 1):
            inside = without(both([wanted, *bands[at : at + 1]]), bands[:at])
            count, found = self._find(inside, limit - len(ranks), max(offset - total, 0))
            ranks += found
            total += count
        return total, ranks

    def _find(self, query: Query, limit: int = 0, offset: int = 0) -> tuple[int, list[int]]:
        """How many firms *query* finds, and the ranks of *limit* of them; the library wants to give one at least."""
        size = max(len(self), 1)
        found = self._searcher.search(
            query, limit=max(min(limit, size), 1), offset=min(offset, size), order_by_field=RANK, order=Order.Asc
        )
        count: int = getattr(found, "count", 0)
        return count, [rank for rank, _address in found.hits][:limit]

    def facets(
        self,
        text: str = "",
        *,
        titles: Sequence[str] = (),
        district: str = "",
        industry: str = "",
        chain: str = "",
        on: date | None = None,
    ) -> Facets:
        """How many firms each choice of a filter would leave, under *text* and the other filters; most first."""
        filters = Filters(titles, district, industry, chain, on)
        free = [name for name in FILTERS if not getattr(filters, name)]
        counts = self._values(text, filters, free)
        for name in set(FILTERS) - set(free):
            counts |= self._values(text, filters.without(name), [name])
        return Facets(**counts, title=self._titles(text, filters))

    def _wanted(self, text: str, filters: Filters) -> Query:
        typed = self._queries.text(text)
        return both([*([typed] if typed else []), *self._queries.filters(filters)])

    def _values(self, text: str, filters: Filters, names: Sequence[str]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": name, "size": _VALUES}} for name in names}
        found = self._searcher.aggregate(self._wanted(text, filters), asked) if names else {}
        buckets = {name: found[name]["buckets"] for name in names}
        return {name: _ordered({one["key"]: one["doc_count"] for one in own}) for name, own in buckets.items()}

    def _titles(self, text: str, filters: Filters) -> dict[str, int]:
        wanted = self._wanted(text, filters)
        kinds = {kind: both([wanted, self._queries.title(kind, filters.on)]) for kind in self._kinds}
        return _ordered({kind: self._find(query)[0] for kind, query in kinds.items()})


def _ordered(counts: dict[str, int]) -> dict[str, int]:
    """Counts of named values, most first, then by name."""
    named = [(name, int(count)) for name, count in counts.items() if name]
    return dict(sorted(named, key=lambda item: (-item[1], item[0])))


def _statement(folder: Path) -> dict[str, Any]:
    try:
        loaded = json.loads((folder / STATEMENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}
