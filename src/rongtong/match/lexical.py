"""BM25 over character n-grams, as one sparse product.

Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009); idf never
negative.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np
from scipy import sparse

from rongtong.match.grams import SLOTS, Array, counts

SIZES = (1, 2, 3)
_K1, _B = 1.2, 0.75


class _Segment(NamedTuple):
    """Some texts by their *grams*: *weights*, texts by grams, each gram's together; and which texts are *kept*."""

    grams: Array
    weights: Any
    kept: Array


class Lexical:
    """Texts that can be asked by what they share with a query, weighted by rarity."""

    def __init__(self, texts: Sequence[str], sizes: Sequence[int] = SIZES) -> None:
        self._sizes = sizes
        stood = counts(texts, sizes)
        frequency = np.bincount(stood.indices, minlength=SLOTS)
        self._rarity = np.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        self._usual = max(float(stood.sum()) / max(len(texts), 1), 1.0)
        self._segments = [self._segment(stood)]

    def updated(self, kept: Array, texts: Sequence[str]) -> Self:
        """The same with the texts of the mask *kept* and then *texts*; rarity and usual length stay as they were."""
        made, start, segments = copy.copy(self), 0, []
        for one in self._segments:
            own = kept[start : start + len(one.kept)]
            segments.append(one._replace(kept=one.kept[own]))
            start += len(own)
        made._segments = [*segments, *([self._segment(counts(texts, self._sizes))] if texts else [])]
        return made

    def _segment(self, stood: Any) -> _Segment:
        length = np.asarray(stood.sum(axis=1)).ravel()
        drag = _K1 * (1 - _B + _B * length / self._usual)
        text = np.repeat(np.arange(stood.shape[0], dtype=np.int32), np.diff(stood.indptr))
        weight = self._rarity[stood.indices] * stood.data * (_K1 + 1) / (stood.data + drag[text])
        weighed = sparse.csr_matrix((weight.astype(np.float32), stood.indices, stood.indptr), shape=stood.shape)
        by_gram = weighed.tocsc()
        grams = np.flatnonzero(np.diff(by_gram.indptr))
        start = np.append(by_gram.indptr[grams], by_gram.nnz).astype(by_gram.indptr.dtype)
        own = sparse.csc_matrix((by_gram.data, by_gram.indices, start), shape=(stood.shape[0], len(grams)))
        return _Segment(grams, own, np.arange(stood.shape[0]))

    def scores(self, queries: Sequence[str]) -> Array:
        """BM25 of every text for every query: an array of queries by texts."""
        asked = counts(queries, self._sizes)
        rows = (asked.indices[slice(*asked.indptr[at : at + 2])] for at in range(len(queries)))
        return np.stack([np.concatenate([_scores(one, grams) for one in self._segments]) for grams in rows])


def _scores(segment: _Segment, grams: Array) -> Array:
    """What each text that is kept shares with a query of *grams*."""
    at = np.searchsorted(segment.grams, grams)
    at = at[segment.grams[np.minimum(at, len(segment.grams) - 1)] == grams] if len(segment.grams) else at[:0]
    total = segment.weights[:, at] @ np.ones(len(at), np.float32)
    return np.asarray(total if len(segment.kept) == len(total) else total[segment.kept])
