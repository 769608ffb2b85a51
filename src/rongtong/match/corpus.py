"""The offers of a corpus, made ready to be asked: words, topics, products, and where each offer lies."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple, Self

import numpy as np
import pyarrow as pa
from scipy import sparse

from rongtong.errors import InputError
from rongtong.i18n import _, joined
from rongtong.match.encoders import Encoder, Lsa, unit
from rongtong.match.grams import Array
from rongtong.match.lexical import Lexical
from rongtong.match.products import Products
from rongtong.match.writing import spell

_FEW, _SAMPLE = 96, 10_000
COLUMNS = ("id", "name", "industry", "products", "text")


class Corpus:
    """Everything about the offers that no need changes.

    *places* are offers by two blocks of dimensions: where the products lie, and where the names of the industries lie.
    """

    def __init__(self, offers: pa.Table, encoder: Encoder) -> None:
        _check(offers)
        self.offers, self.encoder = offers, encoder
        told = _Told.of(offers)
        self.ids, self.names, self.texts = told.ids, told.names, told.texts
        self.words = Lexical(self.texts)
        self.lsa = Lsa(self.texts)
        self.topics = self.lsa.encode(self.texts)
        self.products = Products(told.lists, encoder)
        self.industries = sorted({name for path in told.paths for name in path})
        self.trades = _incidence(told.paths, self.industries)
        self.trade_vectors = unit(encoder.encode(self.industries) - self.products.centre)
        self.places = self._placed(0)
        self.changed = 0

    def updated(self, kept: Array, offers: pa.Table) -> Self:
        """The corpus of the offers of the mask *kept* and then of *offers*, at the cost of the latter.

        What was fitted to all offers stays as it was: topics, rarity of n-grams, usual length, centre, rough axes.
        *changed* counts the offers that came or went since.
        """
        told, made = _Told.of(offers), copy.copy(self)
        made.offers = pa.concat_tables([self.offers.filter(pa.array(kept)), offers]).combine_chunks()
        made.ids, made.names, made.texts = (
            [*compress(own, kept), *new]
            for own, new in ((self.ids, told.ids), (self.names, told.names), (self.texts, told.texts))
        )
        made.words = self.words.updated(kept, told.texts)
        made.topics = np.concatenate([self.topics[kept], self.lsa.encode(told.texts)])
        made.products = self.products.updated(kept, told.lists, self.encoder)
        new = sorted({name for path in told.paths for name in path}.difference(self.industries))
        made.industries = [*self.industries, *new]
        vectors = unit(self.encoder.encode(new) - self.products.centre)
        made.trade_vectors = np.concatenate([self.trade_vectors, vectors])
        made.trades = _widened(self.trades[np.flatnonzero(kept)], _incidence(told.paths, made.industries))
        first = int(kept.sum())
        made.places = np.concatenate([self.places[kept], made._placed(first)])
        if "_rough" in self.__dict__:
            made._rough = self._roughly(kept, made, first)
        made.changed = self.changed + len(kept) - first + len(told.ids)
        return made

    def _placed(self, first: int) -> Array:
        """Where the offers from *first* on lie."""
        return np.hstack([
            self.products.places(first),
            unit(np.asarray(self.trades[first:] @ self.trade_vectors)),
        ])  # fmt: skip

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _rough(self) -> tuple[Array, Array, Array]:
        """Topics, axes and places in so few dimensions that all offers of a large corpus are looked through quickly."""
        some = self.places[:: max(len(self) // _SAMPLE, 1)]
        axes = np.linalg.eigh(some.T @ some)[1][:, -_FEW:]
        return np.asfortranarray(self.topics[:, :_FEW]), axes, np.asfortranarray(self.places @ axes)

    def _roughly(self, kept: Array, made: Corpus, first: int) -> tuple[Array, Array, Array]:
        """The same of the corpus *made* from this one, whose offers from *first* on are new."""
        topics, axes, places = self._rough
        return (
            np.concatenate([topics[kept], made.topics[first:, :_FEW]]),
            axes,
            np.concatenate([places[kept], made.places[first:] @ axes]),
        )

    def rough(self, topic: Array, direction: Array) -> tuple[Array, Array]:
        """About *topics* @ *topic* and *places* @ *direction*."""
        topics, axes, places = self._rough
        return topics @ topic[:_FEW], places @ (direction @ axes)


class _Told(NamedTuple):
    """What offers say, spelt."""

    ids: list[str]
    names: list[str]
    paths: list[list[str]]
    lists: list[list[str]]
    texts: list[str]

    @classmethod
    def of(cls, offers: pa.Table) -> Self:
        """Columns of a table, each row's parts in one document."""
        paths, lists = ([own or [] for own in offers[name].to_pylist()] for name in ("industry", "products"))
        names, texts = ([spell(one or "") for one in offers[name].to_pylist()] for name in ("name", "text"))
        return cls(offers["id"].to_pylist(), names, paths, lists, [*map(_document, names, paths, lists, texts)])


def _widened(above: Any, below: Any) -> sparse.csr_matrix:
    """Rows of fewer columns over rows of more."""
    wide = sparse.csr_matrix((above.data, above.indices, above.indptr), shape=(above.shape[0], below.shape[1]))
    return sparse.vstack([wide, below], format="csr")


def _document(name: str, path: list[str], products: list[str], text: str) -> str:
    """All that an offer says, each thing once."""
    said = [name, spell("/".join(path)), *(spell(one) for one in products)]
    return "。".join([*said, *([text] if text and any(one not in text for one in said) else [])])


def _incidence(paths: Sequence[Sequence[str]], industries: list[str]) -> sparse.csr_matrix:
    place = {name: at for at, name in enumerate(industries)}
    column = [place[name] for path in paths for name in path]
    start = np.cumsum([0, *map(len, paths)])
    return sparse.csr_matrix((np.ones(len(column), np.float32), column, start), shape=(len(paths), len(industries)))


def _check(offers: pa.Table) -> None:
    missing = [name for name in COLUMNS if name not in offers.column_names]
    if missing:
        raise InputError(_("供给表缺少列：{columns}").format(columns=joined(missing)), mend=_("请补上这些列"))
    if not offers.num_rows:
        raise InputError(_("供给表中没有一行"), mend=_("请先登记企业或发布供给"))


def spread(values: Array) -> Array:
    """*values* less their mean, by their spread."""
    return np.asarray((values - values.mean()) / (values.std() + 1e-6), np.float32)
