"""The offers of a market, made ready to be asked: words, topics, products, and where each offer lies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
from scipy import sparse

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.match.encoders import Encoder, Lsa, unit
from rongtong.match.grams import Array
from rongtong.match.lexical import Lexical
from rongtong.match.products import Products
from rongtong.match.writing import spell

_FEW, _SAMPLE = 96, 10_000
COLUMNS = ("id", "name", "industry", "products", "text")


class Market:
    """Everything about the offers that no need changes.

    *places* are offers by two blocks of dimensions: where the products lie, and where the names of the industries lie.
    """

    def __init__(self, offers: pa.Table, encoder: Encoder, topics: Lsa | None = None) -> None:
        _check(offers)
        self.offers, self.encoder = offers, encoder
        self.ids: list[str] = offers["id"].to_pylist()
        paths: list[list[str]] = [own or [] for own in offers["industry"].to_pylist()]
        lists: list[list[str]] = [own or [] for own in offers["products"].to_pylist()]
        self.names = [spell(name or "") for name in offers["name"].to_pylist()]
        texts = [spell(text or "") for text in offers["text"].to_pylist()]
        self.texts = list(map(_document, self.names, paths, lists, texts))
        self.words = Lexical(self.texts)
        self.lsa = topics or Lsa(self.texts)
        self.topics = self.lsa.encode(self.texts)
        self.products = Products(lists, encoder)
        self.industries = sorted({name for path in paths for name in path})
        self.trades = _incidence(paths, self.industries)
        self.trade_vectors = unit(encoder.encode(self.industries) - self.products.centre)
        self.places = np.hstack([self.products.places, unit(np.asarray(self.trades @ self.trade_vectors))])

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _rough(self) -> tuple[Array, Array, Array]:
        """Topics, axes and places in so few dimensions that all offers of a large market are looked through quickly."""
        some = self.places[:: max(len(self) // _SAMPLE, 1)]
        axes = np.linalg.eigh(some.T @ some)[1][:, -_FEW:]
        return np.ascontiguousarray(self.topics[:, :_FEW]), axes, self.places @ axes

    def rough(self, topic: Array, direction: Array) -> tuple[Array, Array]:
        """About *topics* @ *topic* and *places* @ *direction*."""
        topics, axes, places = self._rough
        return topics @ topic[:_FEW], places @ (direction @ axes)


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
        raise InputError(_("供给表缺少列：{columns}").format(columns="、".join(missing)), mend=_("请补上这些列"))
    if not offers.num_rows:
        raise InputError(_("供给表中没有一行"), mend=_("请先登记企业或发布供给"))


def spread(values: Array) -> Array:
    """*values* less their mean, by their spread."""
    return np.asarray((values - values.mean()) / (values.std() + 1e-6), np.float32)
