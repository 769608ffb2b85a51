"""What finds offers for needs: anything with this face; and a plain one that needs neither model nor index on disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
from scipy.sparse import csc_array

from rongtong.match.arcs import Floats
from rongtong.match.schema import SAID, What
from rongtong.match.words import folded, pieces

#: One row a need and offer; further columns are signals, kept with the candidates.
FOUND = pa.schema([("need", pa.string()), ("offer", pa.string()), ("score", pa.float64())])


class Retriever(Protocol):
    """Finds offers by what needs say. *model* names all that scores depend on besides: weights, settings, by digest."""

    @property
    def model(self) -> str:
        """The model and its settings, by name or digest."""

    def search(self, needs: pa.Table, *, top: int = 300) -> pa.Table:
        """At most *top* offers for each need (``id``, ``text``), as :data:`FOUND`, the best first."""


#: Makes a retriever from offers (:data:`~rongtong.match.schema.OFFERS`).
Indexing = Callable[[pa.Table], Retriever]


class Searching(Protocol):
    """An index built on :func:`offered`."""

    def search(self, needs: pa.Table, *, top: int = 300) -> pa.Table:
        """As :meth:`Retriever.search`."""


@dataclass(frozen=True)
class Named:
    """An index with the name of its model: ``Named(Index.build(offered(offers)), "…")``."""

    index: Searching
    model: str

    def search(self, needs: pa.Table, *, top: int = 300) -> pa.Table:
        """What the index finds."""
        return self.index.search(needs, top=top)


def asked(needs: pa.Table) -> pa.Table:
    """Needs as an index reads them: ``id``, ``text``."""
    return pa.table({"id": needs["need"], "text": pa.array(said(needs, "needs"), pa.string())})


def offered(offers: pa.Table) -> pa.Table:
    """Offers as an index reads them: ``id``, ``name``, ``industry`` (a path), ``products``, ``text``."""
    texts = pa.list_(pa.string())
    paths = zip(*(offers[name].to_pylist() for name in ("chain", "segment", "industry")), strict=True)
    named = zip(offers["product"].to_pylist(), offers["title"].to_pylist(), strict=True)
    return pa.table({
        "id": offers["offer"],
        "name": offers["name"],
        "industry": pa.array([[one for one in path if one] for path in paths], texts),
        "products": pa.array([pieces(product or title or "") for product, title in named], texts),
        "text": pa.array(said(offers, "offers"), pa.string()),
    })  # fmt: skip


def said(table: pa.Table, what: What) -> list[str]:
    """What each row says in words, the most telling first."""
    columns = [table[name].to_pylist() for name in SAID[what]]
    return [" ".join(dict.fromkeys(text for text in row if text)) for row in zip(*columns, strict=True)]


class Plain:
    """BM25 over pairs of characters and over words of letters and digits; everything is in memory."""

    model = "bm25-bigrams/1"

    def __init__(self, offers: pa.Table, k1: float = 1.2, b: float = 0.6) -> None:
        self._offers = offers["offer"].combine_chunks()
        documents = [Counter(terms(text)) for text in said(offers, "offers")]
        self._terms: dict[str, int] = {}
        rows, columns, counts = [], [], []
        for row, document in enumerate(documents):
            for term, count in document.items():
                rows.append(row)
                columns.append(self._terms.setdefault(term, len(self._terms)))
                counts.append(count)
        lengths = np.array([sum(document.values()) for document in documents] or [1], np.float64)
        at = np.array(columns, np.int64)
        held = np.bincount(at, minlength=len(self._terms))
        rarity = np.log1p((len(documents) - held + 0.5) / (held + 0.5))
        often = np.array(counts, np.float64)
        norm = k1 * (1 - b + b * lengths[rows] / max(lengths.mean(), 1))
        weights = rarity[at] * often * (k1 + 1) / (often + norm)
        self._weights = csc_array((weights, (rows, at)), shape=(len(documents), max(len(self._terms), 1)))

    def search(self, needs: pa.Table, *, top: int = 300) -> pa.Table:
        """The offers that share the most telling terms with each need (``id``, ``text``)."""
        parts = [FOUND.empty_table()]
        for need, text in zip(needs["id"].to_pylist(), needs["text"].to_pylist(), strict=True):
            scores = self._scores(text)
            best = np.argsort(-scores, kind="stable")[:top]
            best = best[scores[best] > 0]
            columns = [pa.repeat(need, len(best)), self._offers.take(pa.array(best)), pa.array(scores[best])]
            parts.append(pa.Table.from_arrays(columns, schema=FOUND))
        return pa.concat_tables(parts)

    def _scores(self, text: str) -> Floats:
        known = sorted({self._terms[term] for term in terms(text) if term in self._terms})
        scores: Floats = np.asarray(self._weights[:, known].sum(axis=1), np.float64)
        return scores


#: Makes what finds offers for needs, where nobody gives it: the one place in which it is chosen.
usual: Indexing = Plain


def terms(text: str) -> Iterator[str]:
    """Pairs of Chinese characters, and words of letters and digits."""
    for run in re.findall(r"[\u4e00-\u9fff]+|[a-z0-9.]+", folded(text)):
        if run[0] < "\u4e00" or len(run) == 1:
            yield run
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
