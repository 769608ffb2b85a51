"""BM25 over character n-grams, as one sparse product.

Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009); idf never
negative.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from rongtong.match.grams import SLOTS, Array, counts

SIZES = (1, 2, 3)
_K1, _B = 1.2, 0.75


class Lexical:
    """Texts that can be asked by what they share with a query, weighted by rarity."""

    def __init__(self, texts: Sequence[str], sizes: Sequence[int] = SIZES) -> None:
        self._sizes = sizes
        stood = counts(texts, sizes)
        length = np.asarray(stood.sum(axis=1)).ravel()
        frequency = np.bincount(stood.indices, minlength=SLOTS)
        rarity = np.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        drag = _K1 * (1 - _B + _B * length / max(length.mean(), 1.0))
        row = np.repeat(np.arange(len(texts)), np.diff(stood.indptr))
        weight = rarity[stood.indices] * stood.data * (_K1 + 1) / (stood.data + drag[row])
        weighted = sparse.csr_matrix((weight.astype(np.float32), stood.indices, stood.indptr), shape=stood.shape)
        self._by_gram = weighted.T.tocsr()

    def scores(self, queries: Sequence[str]) -> Array:
        """BM25 of every text for every query: an array of queries by texts."""
        asked = counts(queries, self._sizes)
        asked.data[:] = 1
        return np.asarray((asked @ self._by_gram).toarray())
