"""An opened index: hits in order with their total, and the counts that a filter bar shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import tantivy
from tantivy import Order, Query

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.search.fields import FILTERS, HELD, RANK
from rongtong.search.queries import ANY, Filters, Queries, both, without
from rongtong.search.reasons import why
from rongtong.search.spelling import split
from rongtong.search.spells import Spell, kinds

VERSION = 4
"""Of what is written; an index of another version is built anew."""
TERMS, SHOWN, STATEMENT = "terms", "shown.arrow", "index.json"
_HIT = ("firm", "name", "uscc", "district")
_VALUES = 10_000
"""Values of one filter that are counted."""
_KEPT = 256
"""Pages and counts asked last that are kept: what is asked again, or leafed through, is not counted again."""


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
        self._page = lru_cache(_KEPT)(self._new_page)
        self._facets = lru_cache(_KEPT)(self._new_facets)

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

    def search(self, text: str = "", filters: Filters = ANY, *, limit: int = 20, offset: int = 0) -> Hits:
        """The firms that hold every word of *text* and pass *filters*, *limit* of them from *offset* on.

        A word is any characters side by side in a name, a former or English name or a product, the beginning or end of
        a code (four characters at least), pinyin from the beginning of a syllable on, or initials. Signs are nothing,
        and what stands in brackets may be left out or stand elsewhere. In order: the name itself, names that begin so,
        trade names that begin so, then the rest; within each by tier, then by pinyin.
        """
        total, ranks = self._page(text, filters, max(limit, 0), max(offset, 0))
        rows = self._shown.take(pa.array(ranks, pa.int64())).to_pylist()
        hits = [
            Hit(**{name: row[name] for name in _HIT}, why=reason)
            for row, reason in zip(rows, why(rows, split(text)), strict=True)
        ]
        return Hits(total, hits)

    def _new_page(self, text: str, filters: Filters, limit: int, offset: int) -> tuple[int, list[int]]:
        """How many firms are wanted, and the ranks of a page of them: by band, each without the ones before."""
        wanted, bands = self._wanted(text, filters), self._queries.bands(text)
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

    def facets(self, text: str = "", filters: Filters = ANY) -> Facets:
        """How many firms each choice of a filter would leave, under *text* and the other *filters*; most first."""
        return self._facets(text, filters)

    def _new_facets(self, text: str, filters: Filters) -> Facets:
        free = [name for name in FILTERS if not getattr(filters, name)]
        counts = self._values(text, filters, [*free, HELD])
        for name in set(FILTERS) - set(free):
            counts |= self._values(text, filters.without(name), [name])
        return Facets(title=self._titles(counts.pop(HELD), filters.on), **counts)

    def _wanted(self, text: str, filters: Filters) -> Query:
        typed = self._queries.text(text)
        return both([*([typed] if typed else []), *self._queries.filters(filters)])

    def _values(self, text: str, filters: Filters, names: Sequence[str]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": name, "size": _VALUES}} for name in names}
        found = self._searcher.aggregate(self._wanted(text, filters), asked)
        buckets = {name: found[name]["buckets"] for name in names}
        return {name: _ordered({one["key"]: one["doc_count"] for one in own}) for name, own in buckets.items()}

    def _titles(self, held: dict[str, int], on: date | None) -> dict[str, int]:
        """Firms by title, from firms by all they hold."""
        counts = dict.fromkeys(self._kinds, 0)
        for spells, firms in held.items():
            for kind in kinds(spells, on):
                counts[kind] += firms
        return _ordered(counts)


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
