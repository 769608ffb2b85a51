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
from rongtong.identity.parts import LONGEST, bare

Array = np.ndarray[Any, Any]
TOP = 20
_POSTINGS, _POSTINGS_OF_ALL = 20_000, 2_000
_LOOKED_AT = 3
"""How many times as many names are looked at as are told."""
_SHARE = 0.4
"""How much of the most that a name shares with a row another must share to be looked at."""
_ROWS = 500
_CHUNK = 200_000
_BITS = 22
_NONE = pa.schema([("asked", pa.int64()), ("name", pa.int64()), ("score", pa.float64())]).empty_table()
_FORMS = r"(股份)?有限公司|[()]"


def _unmarked(names: pa.LargeStringArray) -> pa.LargeStringArray:
    """The names, short ones without the marks of exchanges."""
    short = pc.less_equal(pc.utf8_length(names), LONGEST)
    told = pc.and_(short, pc.match_substring_regex(names, "[A-Z退转]"))
    bared = pa.array([bare(name) for name in names.filter(told).to_pylist()], pa.large_string())
    return pc.replace_with_mask(names, told, bared)


def _grams(names: pa.Array) -> Iterator[tuple[Array, Array]]:
    """The 1-grams, then the 2-grams of the names without legal form: where each falls among the slots, and its row."""
    code, starts = points(pc.replace_substring_regex(_unmarked(names.cast(pa.large_string())), _FORMS, ""))
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
    """All names by their grams; where a *vocabulary* is given, by those of its grams alone."""

    def __init__(self, names: pa.Array, vocabulary: Array | None = None) -> None:
        place = np.full(1 << _BITS, -1, np.int32)
        known = np.arange(1 << _BITS) if vocabulary is None else vocabulary
        place[known] = np.arange(len(known))
        parts, sizes = [], []
        for at in range(0, len(names), _CHUNK):
            chunk = names.slice(at, _CHUNK)
            found, size = [], np.zeros(len(chunk), np.int64)
            for slot, row in _grams(chunk):
                size += np.bincount(row, minlength=len(chunk))
                here = np.flatnonzero(place[slot] >= 0)
                found.append((place[slot[here]], row[here]))
            gram, row = (np.concatenate(column) for column in zip(*found, strict=True))
            sizes.append(size)
            parts.append(_matrix(gram, row, (len(chunk), len(known))))
        self.size = np.concatenate(sizes)
        self.by_name = sparse.vstack(parts, format="csr")
        matrix = self.by_name.tocsc()
        self.frequency = np.diff(matrix.indptr)
        self.by_gram = matrix.T
        # Whole hundredths: sums of them are exact, so every machine finds the same candidates.
        self.rarity = np.round(100 * np.log1p(len(names) / np.maximum(self.frequency, 1))).astype(np.int32)

    def near(self, wanted: Any, postings: int, top: int, floor: float) -> pa.Table:
        """The names nearest to each row of *wanted* (rows by the same grams), as :func:`nearest` tells them."""
        total, count = wanted @ self.rarity, np.diff(wanted.indptr)
        weighed = wanted.multiply(self.rarity[None, :]).tocsr()
        rare = _affordable(wanted, self.frequency, postings).multiply(self.rarity[None, :]).tocsr()
        blocks = []
        for at in range(0, wanted.shape[0], _ROWS):
            part = slice(at, at + _ROWS)
            row, name = _looked_at(rare[part] @ self.by_gram, _LOOKED_AT * top)
            shared = _sum_of_shared(weighed[part], row, self.by_name, name)
            whole = np.maximum(total[part], 1)[row]
            dice = 2 * shared / (whole + whole / np.maximum(count[part], 1)[row] * self.size[name])
            blocks.append(_best(row + at, name, np.round((shared / whole + dice) / 2, 4), top, floor))
        return pa.concat_tables(blocks)


def _affordable(asked: Any, frequency: Array, postings: int) -> Any:
    """*asked* without the commonest grams of each row, beyond the budget of postings."""
    row = np.repeat(np.arange(asked.shape[0]), np.diff(asked.indptr))
    order = np.lexsort((asked.indices, frequency[asked.indices], row))
    cost = np.cumsum(frequency[asked.indices[order]], dtype=np.int64)
    before = np.concatenate([[0], cost])[asked.indptr[:-1]]
    keep = order[cost - before[row[order]] <= postings]
    return sparse.csr_matrix((asked.data[keep], (row[keep], asked.indices[keep])), shape=asked.shape)


def nearest(asked: pa.Array, names: pa.Array, *, top: int = TOP, floor: float = 0.3) -> pa.Table:
    """For each asked name the *top* most alike of *names*: columns ``asked``, ``name`` (positions) and ``score``.

    Both are normalised, not empty, without nulls; *names* must be sorted, for their order settles ties. The score,
    0 … 1, is the mean of how much of the asked name's rarity is shared and of what both names share (Dice). Rare
    n-grams say which names are looked at, all n-grams how alike they are.
    """
    if not (len(asked) and len(names)):
        return _NONE
    gram, row = (np.concatenate(column) for column in zip(*_grams(asked), strict=True))
    vocabulary, gram = np.unique(gram, return_inverse=True)
    wanted = _matrix(gram, row, (len(asked), len(vocabulary)))
    return _Stock(names, vocabulary).near(wanted, _POSTINGS, top, floor)


def near_each_other(names: pa.Array, *, top: int, floor: float) -> Iterator[pa.Table]:
    """For each of *names* its nearest others, as :func:`nearest` tells them, a chunk of names at a time.

    Of a pair ``asked`` is the lesser; one that both find is told twice. The budget of postings is smaller than for
    :func:`nearest`: a million names ask a million times.
    """
    if not len(names):
        return
    stock = _Stock(names)
    for at in range(0, len(names), _CHUNK):
        found = stock.near(stock.by_name[at : at + _CHUNK], _POSTINGS_OF_ALL, top + 1, floor)
        asked, name = found["asked"].to_numpy() + at, found["name"].to_numpy()
        pair = {"asked": np.minimum(asked, name), "name": np.maximum(asked, name), "score": found["score"]}
        yield pa.table(pair).filter(pa.array(asked != name))


def _looked_at(shared: Any, most: int) -> tuple[Array, Array]:
    """Of each row the *most* names that share the greatest rarity: rows and names."""
    count = np.diff(shared.indptr)
    best, some = np.zeros(len(count), shared.data.dtype), np.flatnonzero(count)
    if len(some):
        best[some] = np.maximum.reduceat(shared.data, shared.indptr[some])
    near = np.flatnonzero(shared.data >= np.repeat(_SHARE * best, count))
    row, name, rarity = np.repeat(np.arange(len(count)), count)[near], shared.indices[near], shared.data[near]
    order = np.lexsort((name, -rarity, row))
    row, name = row[order], name[order]
    kept = np.arange(len(row)) - np.searchsorted(row, row) < most
    return row[kept], name[kept]


def _sum_of_shared(weighed: Any, row: Array, by_name: Any, name: Array) -> Array:
    """The rarity that each asked *row* and *name* share, over all n-grams."""
    return np.asarray(weighed[row].multiply(by_name[name]).sum(axis=1)).ravel()


def _best(row: Array, name: Array, score: Array, top: int, floor: float) -> pa.Table:
    """The best of each row, by score and then by place."""
    found = np.flatnonzero(score >= floor)
    order = found[np.lexsort((name[found], -score[found], row[found]))]
    rank = np.arange(len(order)) - np.searchsorted(row[order], row[order])
    order = order[rank < top]
    return pa.table({"asked": row[order], "name": name[order].astype(np.int64), "score": score[order]})
