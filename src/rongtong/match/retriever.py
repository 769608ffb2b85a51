"""What finds offers for needs: anything with this face, and the one that is usual."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from rongtong.match.encoders import Lsa, installed
from rongtong.match.graph import graph
from rongtong.match.index import TOP, Index
from rongtong.match.schema import SAID, words_of
from rongtong.match.vectors import Cached
from rongtong.match.words import items, words

#: What vectors are kept in, in an alliance's folder.
VECTORS = "vectors.sqlite"


class Retriever(Protocol):
    """Finds offers by what needs say. *model* names all that scores depend on besides: weights, settings, by digest."""

    @property
    def model(self) -> str:
        """The model and its settings, by name or digest."""

    def search(self, needs: pa.Table, *, top: int = TOP) -> pa.Table:
        """At most *top* offers for each need (``id``, ``text``), the best first.

        Columns ``need``, ``offer``, ``score`` and ``relevance``, the probability that the offer answers.
        """

    def grounds(self, needs: pa.Table, pairs: pa.Table) -> pa.Table:
        """What carried each of *pairs* (``need``, ``offer``), in order: :data:`~rongtong.match.grounds.GROUNDS`."""


#: Makes a retriever from offers (:data:`~rongtong.match.schema.OFFERS`).
Indexing = Callable[[pa.Table], Retriever]


def asked(needs: pa.Table) -> pa.Table:
    """Needs as an index reads them: ``id``, ``text``; whoever names a product or a title is asked for by that.

    How one would cooperate is not asked for: a product 联合研发 names nothing, and the rest of the need is read.
    """
    for name in ("product", "title", "text"):
        told = [words().what_of(one) if one else None for one in needs[name].to_pylist()]
        needs = needs.set_column(needs.column_names.index(name), name, pa.array(told, pa.string()))
    named = zip(*(needs[name].to_pylist() for name in ("product", "title")), strict=True)
    short = ["，".join(dict.fromkeys(one for one in row if one)) for row in named]
    texts = [
        one or words_of(row, "needs") for one, row in zip(short, needs.select(SAID["needs"]).to_pylist(), strict=True)
    ]
    return pa.table({"id": needs["need"], "text": pa.array(texts, pa.string())})


def offered(offers: pa.Table) -> pa.Table:
    """Offers as an index reads them: ``id``, ``name``, ``industry`` (a path), ``products``, ``text``."""
    texts = pa.list_(pa.string())
    paths = zip(*(offers[name].to_pylist() for name in ("chain", "segment", "industry")), strict=True)
    named = zip(offers["product"].to_pylist(), offers["title"].to_pylist(), strict=True)
    return pa.table({
        "id": offers["offer"],
        "name": offers["name"],
        "industry": pa.array([[one for one in path if one] for path in paths], texts),
        "products": pa.array([items(product or title or "") for product, title in named], texts),
        "text": pa.array([words_of(row, "offers") for row in offers.select(SAID["offers"]).to_pylist()], pa.string()),
    })  # fmt: skip  # read by rows


def usual(vectors: Path | None = None, before: Retriever | None = None) -> Indexing:
    """What finds offers for needs where nobody says otherwise: the learned index, which keeps its vectors in a file.

    Where no model of meaning is installed words alone serve, and the name of the model says so. With the index of what
    was offered *before* only the offers that changed are indexed.
    """

    def build(offers: pa.Table) -> Index:
        if isinstance(before, Index):
            return before.renewed(offered(offers))
        model = installed()
        encoder = Cached(model, vectors) if model and vectors else model
        return Index.build(offered(offers), encoder=encoder, graph=graph())

    return build


def by_words(model: str) -> bool:
    """Whether a model that a manifest names knows words alone."""
    return Lsa.name in model.split()
