"""The product side of the market: who makes what, and which products resemble one asked for."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import compress
from typing import Any, Self

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
        names = sorted({name for own in spelt for name in own})
        rows = encoder.encode(names)
        self.centre = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1], np.float32)
        stood = _counts(names)
        frequency = np.bincount(stood.indices, minlength=SLOTS)
        self._rarity = np.log1p(max(len(names), 1) / (1 + frequency)).astype(np.float32)
        self._take(names, unit(rows - self.centre), self._weigh(stood))
        self._list(np.array([self.place[name] for own in spelt for name in own], np.int64), [*map(len, spelt)])

    def updated(self, kept: Array, lists: Sequence[Sequence[str]], encoder: Encoder) -> Self:
        """The same with the offers of the mask *kept* alone and then those of *lists*.

        Centre and rarity stay as they were; what nobody lists any more is forgotten.
        """
        spelt = [sorted({spell(name) for name in own} - {""}) for own in lists]
        of, start = self.listed(np.flatnonzero(kept))
        used = np.bincount(of, minlength=len(self.names)) > 0
        used[[self.place[name] for own in spelt for name in own if name in self.place]] = True
        new = sorted({name for own in spelt for name in own} - self.place.keys())
        names = [*compress(self.names, used), *new]
        vectors = np.concatenate([self.vectors[used], unit(encoder.encode(new) - self.centre)])
        forms = sparse.vstack([self._forms[np.flatnonzero(used)], self._weigh(_counts(new))], format="csr")
        made = copy.copy(self)
        made._take(names, vectors, forms)
        added = np.array([made.place[name] for own in spelt for name in own], np.int64)
        made._list(np.concatenate([(np.cumsum(used) - 1)[of], added]), [*np.diff(start), *map(len, spelt)])
        return made

    def _take(self, names: list[str], vectors: Array, forms: Any) -> None:
        self.names, self.vectors, self._forms = names, vectors, forms
        self.place = {name: at for at, name in enumerate(names)}

    def _list(self, of: Array, sizes: Sequence[int]) -> None:
        self.of, self.start = of, np.cumsum([0, *sizes])
        ones = np.ones(len(of), np.float32)
        self._lists = sparse.csr_matrix((ones, of, self.start), shape=(len(sizes), len(self.names)))
        self._listed_by = self._lists.tocsc()

    def places(self, first: int = 0) -> Array:
        """Where the products of each offer lie, from the offer *first* on."""
        return unit(np.asarray(self._lists[first:] @ self.vectors))

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
        if not len(slots):
            return np.zeros(len(products), np.float32)
        at = np.minimum(np.searchsorted(slots, rows.indices), len(slots) - 1)
        hits = np.flatnonzero(slots.take(at) == rows.indices)
        row = np.searchsorted(rows.indptr, hits, side="right") - 1
        shared = weights[at[hits]] * rows.data[hits]
        return np.bincount(row, shared, minlength=len(products)).astype(np.float32)


def _counts(names: Sequence[str]) -> Any:
    """The n-grams of names, their endings among them."""
    return counts(names, _SIZES, ends=_ENDS) if names else sparse.csr_matrix((0, SLOTS), dtype=np.float32)
