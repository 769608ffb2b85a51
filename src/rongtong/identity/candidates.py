"""Candidates for a name: the names that share most of its rarer pairs of characters."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

#: At most so many candidates a name; the right one was among the first 20 in 99.9 % of cases tried.
MOST = 20
#: A pair of characters that stands in more names than this says nothing.
COMMON = 20_000
#: The least share of a name's weight that a candidate has to have.
SHARE = 0.4
#: So many names at once, which bounds the memory.
_BATCH = 500
_LINE_END = ord("\n")


def candidates(wanted: list[str], names: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs (index into *wanted*, index into *names*), best first a name; ties in the order of *names*."""
    if not wanted or not names:
        return
    pairs = _Pairs(wanted)
    left, right = pairs.matrix(wanted), pairs.matrix(names)
    frequency = np.bincount(right.indices, minlength=right.shape[1])
    telling = np.flatnonzero((frequency > 0) & (frequency <= COMMON))
    weighted = csr_array(left[:, telling].multiply(np.log1p(len(names) / frequency[telling])))
    transposed = right[:, telling].T.tocsr()
    for start in range(0, len(wanted), _BATCH):
        rows = weighted[start : start + _BATCH]
        yield from _best(rows @ transposed, np.asarray(rows.sum(axis=1)).ravel(), start)


class _Pairs:
    """The pairs of neighbouring characters of some texts, numbered in their order."""

    def __init__(self, texts: list[str]) -> None:
        points = _points(texts)
        self._letters = np.unique(points[points != _LINE_END])
        self._number = np.zeros(sys.maxunicode + 1, np.int32)
        self._number[self._letters] = np.arange(1, len(self._letters) + 1)
        codes = self._codes(points)
        self._known = np.unique(codes[codes >= 0])

    def _codes(self, points: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Every neighbouring two characters as one number; -1 where one of them is none of the texts'."""
        numbers = self._number[points]
        codes = numbers[:-1].astype(np.int64) * (len(self._letters) + 1) + numbers[1:]
        return np.where((numbers[:-1] > 0) & (numbers[1:] > 0), codes, -1)

    def matrix(self, texts: list[str]) -> csr_array:
        """Which texts hold which pairs: 1.0 where one does."""
        points = _points(texts)
        codes = self._codes(points)
        at = np.flatnonzero(codes >= 0)
        places = np.minimum(np.searchsorted(self._known, codes[at]), len(self._known) - 1)
        known = self._known[places] == codes[at]
        at, places = at[known], places[known]
        starts = np.concatenate([[0], np.flatnonzero(points == _LINE_END) + 1, [len(points)]])
        matrix = csr_array(
            (np.ones(len(at)), places, np.searchsorted(at, starts)), shape=(len(texts), len(self._known))
        )
        matrix.sum_duplicates()
        matrix.data[:] = 1.0
        return matrix


def _points(texts: list[str]) -> NDArray[np.uint32]:
    return np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32)


def _best(shared: csr_array, totals: NDArray[np.float64], start: int) -> Iterator[tuple[int, int]]:
    for row, total in enumerate(totals):
        span = slice(shared.indptr[row], shared.indptr[row + 1])
        weights, places = shared.data[span], shared.indices[span]
        enough = weights >= max(SHARE * total, 1e-9)
        weights, places = weights[enough], places[enough]
        for place in places[np.lexsort((places, -weights))[:MOST]]:
            yield start + row, int(place)
