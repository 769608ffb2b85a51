"""The product side of the market: who makes what, and which products resemble one asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from rongtong.match.encoders import Encoder, unit
from rongtong.match.grams import SLOTS, Array, counts
from rongtong.match.writing import spell

_SIZES, _ENDS = (1, 2, 3), (1, 2, 3, 4)


class Products:
    """The distinct products of a market's offers, comparable by meaning and by form."""

    def __init__(self, lists: Sequence[Sequence[str]], encoder: Encoder) -> None:
        spelt = [sorted({spell(name) for name in own} - {""}) for own in lists]
        self.names = sorted({name for own in spelt for name in own})
        self.place = {name: at for at, name in enumerate(self.names)}
        self.start = np.cumsum([0, *map(len, spelt)])
        self.of = np.array([self.place[name] for own in spelt for name in own], np.int64)
        rows = encoder.encode(self.names)
        self.centre = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1], np.float32)
        self.vectors = unit(rows - self.centre)
        stood = (
            counts(self.names, _SIZES, ends=_ENDS) if self.names else sparse.csr_matrix((0, SLOTS), dtype=np.float32)
        )
        frequency = np.bincount(stood.indices, minlength=SLOTS)
        self._rarity = np.log1p(max(len(self.names), 1) / (1 + frequency)).astype(np.float32)
        self._forms = self._weigh(stood)
        ones = np.ones(len(self.of), np.float32)
        listed = sparse.csr_matrix((ones, self.of, self.start), shape=(len(lists), len(self.names)))
        self.places, self._listed_by = unit(np.asarray(listed @ self.vectors)), listed.tocsc()

    def _weigh(self, stood: Any) -> Any:
        """Rows of unit length, each n-gram by its rarity."""
        weight = (1 + np.log(stood.data)) * self._rarity[stood.indices]
        row = np.repeat(np.arange(stood.shape[0]), np.diff(stood.indptr))
        size = np.sqrt(np.bincount(row, weight**2, minlength=stood.shape[0]))
        scaled = (weight / np.maximum(size[row], 1e-9)).astype(np.float32)
        return sparse.csr_matrix((scaled, stood.indices, stood.indptr), shape=stood.shape)

    def ask(self, terms: Sequence[str]) -> tuple[Array, Array]:
        """The n-grams of *terms*: their slots in order, and what each weighs in the mean of the terms."""
        asked = self._weigh(counts(terms, _SIZES, ends=_ENDS))
        slots, place = np.unique(asked.indices, return_inverse=True)
        return slots, np.bincount(place, asked.data / max(len(terms), 1), minlength=len(slots)).astype(np.float32)

    def listed(self, offers: Array) -> tuple[Array, Array]:
        """The products of *offers* one after the other, and where each offer's begin (length n + 1)."""
        size = self.start[offers + 1] - self.start[offers]
        start = np.concatenate([[0], np.cumsum(size)])
        at = np.arange(start[-1]) - np.repeat(start[:-1] - self.start[offers], size)
        return self.of[at], start

    def makers(self, product: int) -> Array:
        """The offers that list a product."""
        return np.asarray(self._listed_by.indices[slice(*self._listed_by.indptr[product : product + 2])], np.int64)

    def form(self, products: Array, asked: tuple[Array, Array]) -> Array:
        """How much of the asked n-grams each of *products* shares, 0 … 1."""
        (slots, weights), rows = asked, self._forms[products]
        at = np.minimum(np.searchsorted(slots, rows.indices), max(len(slots) - 1, 0))
        shared = np.where(slots[at] == rows.indices, weights[at], 0) * rows.data if len(slots) else np.zeros(rows.nnz)
        row = np.repeat(np.arange(len(products)), np.diff(rows.indptr))
        return np.bincount(row, shared, minlength=len(products)).astype(np.float32)
