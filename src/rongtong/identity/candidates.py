"""Which names are worth comparing: the nearest by character 1- and 2-grams, weighted by rarity.

Only n-grams of the asked names are counted, rarest first within a budget of postings a name, so a million names
cost one pass over their characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from rongtong.identity.names_column import points

Array = np.ndarray[Any, Any]
TOP = 20
_POSTINGS = 20_000
_ROWS = 500
_CHUNK = 200_000
_BITS = 22
_FORMS = r"(股份)?有限公司|[()]"


def _grams(names: pa.Array) -> Iterator[tuple[Array, Array]]:
    """The 1-grams, then the 2-grams of the names without legal form: where each falls among the slots, and its row."""
    code, starts = points(pc.replace_substring_regex(names.cast(pa.large_string()), _FORMS, ""))
    row = np.repeat(np.arange(len(names), dtype=np.int32), np.diff(starts))
    yield _slot(code), row
    inside = row[1:] == row[:-1]
    yield _slot(code[:-1] * np.uint32(0x85EBCA6B) + code[1:] + np.uint32(1))[inside], row[1:][inside]


def _slot(key: Array) -> Array:
    return (key * np.uint32(0x9E3779B1)) >> np.uint32(32 - _BITS)


def _matrix(gram: Array, row: Array, shape: tuple[int, int]) -> Any:
    """A matrix of rows by grams that tells where a gram stands, each counted once."""
    matrix = sparse.csr_matrix((np.ones(len(gram), np.int32), (row, gram)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


class _Stock:
    """All names, by those grams that some asked name has."""

    def __init__(self, names: pa.Array, vocabulary: Array) -> None:
        place = np.full(1 << _BITS, -1, np.int32)
        place[vocabulary] = np.arange(len(vocabulary))
        parts, sizes = [], []
        for at in range(0, len(names), _CHUNK):
            chunk = names.slice(at, _CHUNK)
            found, size = [], np.zeros(len(chunk), np.int64)
            for slot, row in _grams(chunk):
                size += np.bincount(row, minlength=len(chunk))
                known = np.flatnonzero(place[slot] >= 0)
                found.append((place[slot[known]], row[known]))
            gram, row = (np.concatenate(column) for column in zip(*found, strict=True))
            sizes.append(size)
            parts.append(_matrix(gram, row, (len(chunk), len(vocabulary))))
        self.size = np.concatenate(sizes)
        matrix = sparse.vstack(parts, format="csc")
        self.frequency = np.diff(matrix.indptr)
        self.by_gram = matrix.T
        # Whole hundredths: sums of them are exact, so every machine finds the same candidates.
        self.rarity = np.round(100 * np.log1p(len(names) / np.maximum(self.frequency, 1))).astype(np.int32)


def _affordable(asked: Any, frequency: Array) -> Any:
    """*asked* without the commonest grams of each row, beyond the budget of postings."""
    row = np.repeat(np.arange(asked.shape[0]), np.diff(asked.indptr))
    order = np.lexsort((asked.indices, frequency[asked.indices], row))
    cost = np.cumsum(frequency[asked.indices[order]], dtype=np.int64)
    before = np.concatenate([[0], cost])[asked.indptr[:-1]]
    keep = order[cost - before[row[order]] <= _POSTINGS]
    return sparse.csr_matrix((asked.data[keep], (row[keep], asked.indices[keep])), shape=asked.shape)


def nearest(asked: pa.Array, names: pa.Array, *, top: int = TOP, floor: float = 0.3) -> pa.Table:
    """For each asked name the *top* most alike of *names*: columns ``asked``, ``name`` (positions) and ``score``.

    Both are normalised, not empty, without nulls; *names* must be sorted, for their order settles ties. The score,
    0 … 1, is the mean of how much of the asked name's rarity is shared and of what both names share (Dice).
    """
    gram, row = (np.concatenate(column) for column in zip(*_grams(asked), strict=True))
    vocabulary, gram = np.unique(gram, return_inverse=True)
    stock = _Stock(names, vocabulary)
    wanted = _matrix(gram, row, (len(asked), len(vocabulary)))
    total = wanted @ stock.rarity
    mean = total / np.maximum(np.diff(wanted.indptr), 1)
    wanted = _affordable(wanted, stock.frequency).multiply(stock.rarity[None, :]).tocsr()
    blocks = []
    for at in range(0, len(asked), _ROWS):
        part = slice(at, at + _ROWS)
        row, name, shared = _entries(wanted[part] @ stock.by_gram)
        dice = 2 * shared / (total[part][row] + mean[part][row] * stock.size[name])
        score = np.round((shared / np.maximum(total[part][row], 1) + dice) / 2, 4)
        blocks.append(_best(row + at, name, score, top, floor))
    return pa.concat_tables(blocks)


def _entries(matrix: Any) -> tuple[Array, Array, Array]:
    """Row, column and value of every entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)), matrix.indices, matrix.data


def _best(row: Array, name: Array, score: Array, top: int, floor: float) -> pa.Table:
    """The best of each row, by score and then by place."""
    found = np.flatnonzero(score >= floor)
    order = found[np.lexsort((name[found], -score[found], row[found]))]
    rank = np.arange(len(order)) - np.searchsorted(row[order], row[order])
    order = order[rank < top]
    return pa.table({"asked": row[order], "name": name[order].astype(np.int64), "score": score[order]})
