"""Texts as rows of hashed character n-grams: no words, no dictionary, a hundred thousand texts in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse

from rongtong.identity.names_column import points
from rongtong.match.writing import bare

Array = np.ndarray[Any, Any]
SLOTS = 1 << 22
"""Columns of every matrix of n-grams; with a few hundred thousand n-grams in use, few share one."""
_ENDS = 0x51ED270B


def pairs(text: str) -> frozenset[str]:
    """The pairs of characters that stand side by side in *text*."""
    plain = bare(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Of two texts as :func:`pairs`: 0 (nothing shared) to 1 (all of the shorter one stands in the longer one)."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def counts(texts: Sequence[str], sizes: Sequence[int], *, ends: Sequence[int] = ()) -> Any:
    """How often each n-gram stands in each text: a sparse matrix of texts by :data:`SLOTS`.

    *sizes* are the lengths of the n-grams. *ends* are lengths of endings that count as n-grams of their own: in Chinese
    the last characters of a product name say what it is (箱板纸 is 纸).
    """
    code, starts = points(pa.array(texts, pa.large_string()))
    found = [*_inside(code, starts, sizes), *_endings(code, starts, ends)]
    slot, row = (np.concatenate(column) for column in zip(*found, strict=True))
    made = sparse.csr_matrix((np.ones(len(slot), np.float32), (row, slot)), shape=(len(texts), SLOTS))
    made.sum_duplicates()
    return made


def _inside(code: Array, starts: Array, sizes: Sequence[int]) -> Iterator[tuple[Array, Array]]:
    row = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    for size in sizes:
        last = max(len(code) - size + 1, 0)
        whole = row[:last] == row[size - 1 :]
        yield _slot(code, np.flatnonzero(whole), size), row[:last][whole]


def _endings(code: Array, starts: Array, ends: Sequence[int]) -> Iterator[tuple[Array, Array]]:
    for size in ends:
        long = np.flatnonzero(np.diff(starts) >= size)
        yield _slot(code, starts[1:][long] - size, size, _ENDS), long.astype(np.int32)


def _slot(code: Array, at: Array, size: int, seed: int = 0) -> Array:
    """Where the n-grams that begin at *at* are counted."""
    key = np.full(len(at), seed + size, np.uint32)
    for step in range(size):
        key = (key ^ code[at + step].astype(np.uint32)) * np.uint32(0x9E3779B1)
        key ^= key >> np.uint32(15)
    return key & np.uint32(SLOTS - 1)
