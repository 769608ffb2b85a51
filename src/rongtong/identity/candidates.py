"""Candidates for a name: the names that share most of its rarer pairs of characters."""

from __future__ import annotations

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


def candidates(wanted: list[str], names: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs (index into *wanted*, index into *names*), best first a name; ties in the order of *names*."""
    if not wanted or not names:
        return
    owner, grams = _grams(wanted)
    vocabulary = np.unique(grams)
    left = _matrix(owner, np.searchsorted(vocabulary, grams), (len(wanted), len(vocabulary)))
    right = _known(names, vocabulary)
    frequency = np.asarray(right.sum(axis=0)).ravel()
    telling = np.flatnonzero((frequency > 0) & (frequency <= COMMON))
    weighted = csr_array(left[:, telling].multiply(np.log1p(len(names) / frequency[telling])))
    transposed = right[:, telling].T.tocsr()
    for start in range(0, len(wanted), _BATCH):
        rows = weighted[start : start + _BATCH]
        yield from _best(rows @ transposed, np.asarray(rows.sum(axis=1)).ravel(), start)


def _grams(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Every pair of neighbouring characters: whose it is, and the pair as one number."""
    points = np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    line_end = points == ord("\n")
    pairs = (points[:-1] << np.uint64(32)) | points[1:]
    inside = ~(line_end[:-1] | line_end[1:])
    return np.cumsum(line_end)[:-1][inside], pairs[inside]


def _known(names: list[str], vocabulary: NDArray[np.uint64]) -> csr_array:
    owner, grams = _grams(names)
    place = np.minimum(np.searchsorted(vocabulary, grams), len(vocabulary) - 1)
    known = vocabulary[place] == grams
    return _matrix(owner[known], place[known], (len(names), len(vocabulary)))


def _matrix(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> csr_array:
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _best(shared: csr_array, totals: NDArray[np.float64], start: int) -> Iterator[tuple[int, int]]:
    for row, total in enumerate(totals):
        span = slice(shared.indptr[row], shared.indptr[row + 1])
        weights, places = shared.data[span], shared.indices[span]
        enough = weights >= max(SHARE * total, 1e-9)
        weights, places = weights[enough], places[enough]
        for place in places[np.lexsort((places, -weights))[:MOST]]:
            yield start + row, int(place)
