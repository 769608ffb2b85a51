"""What fields other than the name say of two entries being one firm.

Fellegi and Sunter, *A Theory for Record Linkage*, 1969: agreement adds ln(m/u), disagreement ln((1 − m)/(1 − u)), where
m is how often entries of one firm agree and u how often strangers do; u is that of the very value (Winkler 1989).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.signals import Floats
from rongtong.identity.uscc_column import valid_codes
from rongtong.identity.vocabulary import stated

Places = np.ndarray[Any, Any]


@cache
def _stated() -> dict[str, Any]:
    weights: dict[str, Any] = stated("fields.yaml")
    return weights


def named() -> tuple[str, ...]:
    """The fields that count."""
    return tuple(_stated()["fields"])


def odds(firms: pa.Table, left: Places, right: Places) -> Floats:
    """The log odds that the fields of *firms* add for the rows *left* and *right*; what is not said adds nothing.

    *firms* may have ``uscc`` and the fields of ``catalogue/names/fields.yaml``.
    """
    total = np.zeros(len(left))
    for field, same in _stated()["fields"].items():
        if field in firms.column_names:
            total += _agreement(firms[field], same, left, right)
    return total + _codes(firms["uscc"], left, right)


def told(firms: pa.Table, left: Places, right: Places) -> list[tuple[str, ...]]:
    """What the fields of *firms* say of each pair of rows, as keys of :func:`rongtong.identity.describe`."""
    one, other = pa.array(left), pa.array(right)
    said = [_words(firms[field], field, one, other) for field in named() if field in firms.column_names]
    codes = valid_codes(firms["uscc"])
    said.append(pc.if_else(pc.not_equal(codes.take(one), codes.take(other)), "other_code", None).to_pylist())
    return [tuple(word for word in words if word) for words in zip(*said, strict=True)]


def _words(column: pa.ChunkedArray, field: str, left: pa.Array, right: pa.Array) -> list[str | None]:
    same = pc.equal(column.take(left), column.take(right))
    words: list[str | None] = pc.if_else(same, f"{field}_same", f"{field}_other").to_pylist()
    return words


def _agreement(column: pa.ChunkedArray, same: float, left: Places, right: Places) -> Floats:
    coded = pc.dictionary_encode(column).combine_chunks()
    value = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    said = value[value >= 0]
    if not len(said):
        return np.zeros(len(left))
    share = np.bincount(said) / len(said)
    own, other = value[left], value[right]
    agree = np.log(same / np.maximum(share[own], 1 / len(said)))
    differ = np.log((1 - same) / max(1 - (share**2).sum(), 1 / len(said)))
    return np.select([(own < 0) | (other < 0), own == other], [0.0, np.maximum(agree, 0)], differ)


def _codes(column: pa.ChunkedArray, left: Places, right: Places) -> Floats:
    code = (
        pc.dictionary_encode(valid_codes(column)).combine_chunks().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    )
    apart = (code[left] >= 0) & (code[right] >= 0) & (code[left] != code[right])
    return np.where(apart, np.log(_stated()["other_code"]), 0.0)
