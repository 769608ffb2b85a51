"""Unified social credit codes for a whole column at once (GB 32100-2015, with GB 11714 inside)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rongtong.sample.parameters import Ints

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ASCII = np.frombuffer(ALPHABET.encode(), np.uint8)
_VALUE = np.zeros(128, np.int64)
_VALUE[_ASCII] = np.arange(31)
_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
_INNER_ASCII = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8)
_INNER_VALUE = np.zeros(128, np.int64)
_INNER_VALUE[_INNER_ASCII] = np.arange(36)
_INNER_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_INNER_CHECK = np.frombuffer(b"0123456789X", np.uint8)

Bytes = NDArray[np.uint8]


def make(regions: NDArray[np.str_], old: NDArray[np.bool_], rng: np.random.Generator) -> pa.Array:
    """Distinct valid codes of firms (department 9, kind 1) in *regions* (six digits each).

    An *old* firm, registered before October 2015, keeps its organisation code of eight digits; a newer one has ``MA3``.
    """
    n = len(regions)
    body = np.empty((n, 18), np.uint8)
    body[:, :2] = np.frombuffer(b"91", np.uint8)
    body[:, 2:8] = regions.astype("S6").view(np.uint8).reshape(n, 6)
    body[:, 8:16] = np.where(old[:, None], _digits(rng.choice(70_000_000, n, replace=False) + 10_000_000), _new(n, rng))
    inner = (11 - (_INNER_VALUE[body[:, 8:16]] @ _INNER_WEIGHTS) % 11) % 11
    body[:, 16] = _INNER_CHECK[inner]
    body[:, 17] = _ASCII[(31 - (_VALUE[body[:, :17]] @ _WEIGHTS) % 31) % 31]
    return pa.array(body.view("S18").ravel().astype("U18").astype(object), pa.string())


def _spread(numbers: Ints, base: int, places: int) -> Ints:
    return numbers[:, None] // base ** np.arange(places - 1, -1, -1) % base


def _digits(numbers: Ints) -> Bytes:
    return _ASCII[_spread(numbers, 10, 8)]


def _new(n: int, rng: np.random.Generator) -> Bytes:
    tail = _ASCII[_spread(rng.choice(31**5, n, replace=False), 31, 5)]
    return np.hstack([np.tile(np.frombuffer(b"MA3", np.uint8), (n, 1)), tail])
