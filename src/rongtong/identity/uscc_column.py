"""Codes by the million: the checks of GB 32100-2015 on Arrow columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity import uscc
from rongtong.identity.uscc_intended import intended

Bytes = np.ndarray[Any, np.dtype[np.uint8]]

_VALUE = np.full(256, 255, np.uint8)
_VALUE[list(uscc.ALPHABET.encode())] = range(31)
_BASE36 = np.zeros(256, np.uint8)
_BASE36[list(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = range(36)
_ALPHABET = np.frombuffer(uscc.ALPHABET.encode(), np.uint8)
_ORGANISATION = np.frombuffer(b"0123456789X", np.uint8)

_GUESSED = 50_000
"""With more distinct faulty texts than this the column hardly holds codes, and nothing is guessed."""

RESULT = pa.schema(
    [("normalised", pa.string()), ("valid", pa.bool_())]
    + [(name, pa.string()) for name in ("reason", "intended", "kind")]
)
"""Columns of :func:`check_column`."""


def _matrix(codes: pa.Array) -> Bytes:
    """The bytes of an array of 18-byte strings without nulls, shape (n, 18)."""
    fixed = codes.cast(pa.large_binary()).cast(pa.binary(18))
    return np.frombuffer(fixed.buffers()[1], np.uint8, fixed.offset * 18 + len(fixed) * 18)[
        fixed.offset * 18 :
    ].reshape(-1, 18)


def _dot(values: Bytes, weights: tuple[int, ...], modulus: int) -> Bytes:
    """The negative weighted sum of each row, modulo *modulus*."""
    total = np.zeros(len(values), np.int32)
    for column, weight in enumerate(weights):
        total += values[:, column].astype(np.int32) * weight
    return (-total % modulus).astype(np.uint8)


def _clean(matrix: Bytes) -> tuple[Any, Any]:
    """For each row of 18 bytes: whether the code is valid, and whether its organisation code is too."""
    values = _VALUE[matrix]
    legal = (values < 31).all(axis=1) & (values[:, 2:8] < 10).all(axis=1)
    valid = legal & (_dot(values, uscc.WEIGHTS, 31) == values[:, 17])
    inner = _ORGANISATION[_dot(_BASE36[matrix[:, 8:16]], uscc.ORGANISATION_WEIGHTS, 11)] == matrix[:, 16]
    return valid, inner


_Row = tuple[str | None, bool | None, str | None, str | None, str | None]


def _one(text: str | None, guess: bool) -> _Row:
    """The result row of one code as written; blank is unknown, not wrong."""
    code = uscc.normalise(text or "")
    if not code:
        return None, None, None, None, None
    correction = intended(code) if guess else None
    reason = uscc.fault(code)
    return code, reason in (None, "organisation"), reason, *(correction or (None, None))


def _each_distinct(texts: pa.Array) -> pa.Table:
    """The slow way, once for each distinct text."""
    coded = texts.dictionary_encode()
    guess = len(coded.dictionary) <= _GUESSED
    rows = [_one(text, guess) for text in coded.dictionary.to_pylist()] or [_one(None, guess)]
    columns = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), RESULT, strict=True)]
    return pa.table(columns, schema=RESULT).take(coded.indices)


def check_column(codes: pa.Array | pa.ChunkedArray) -> pa.Table:
    """Check a column of codes as written.

    Returns a table of the same length: ``normalised`` (text; null when blank), ``valid`` (null when blank),
    ``reason`` (a key of :func:`rongtong.identity.uscc.describe`; may be ``organisation`` beside a valid code),
    ``intended`` (the likely intended code of a failing one) and ``kind`` (of error, as in
    :class:`rongtong.identity.Correction`). Codes that are clean and valid never leave Arrow.
    """
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    codes = pc.ascii_upper(pc.utf8_trim_whitespace(codes.cast(pa.string())))
    full = pc.fill_null(pc.equal(pc.binary_length(codes), 18), False).to_numpy(zero_copy_only=False)
    valid, inner = np.zeros(len(codes), bool), np.zeros(len(codes), bool)
    valid[full], inner[full] = _clean(_matrix(codes.filter(pa.array(full))))
    good = valid & inner
    slow = np.flatnonzero(~good)
    rest = _each_distinct(codes.take(pa.array(slow)))
    fast = pa.table([codes, pa.array(good), *[pa.nulls(len(codes), pa.string())] * 3], schema=RESULT)
    return _overlay(fast, rest, pa.array(~good)) if len(slow) else fast


def valid_codes(codes: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    """The codes of a column as written that are valid, normalised; null where there is none."""
    checked = check_column(codes)
    return pc.if_else(checked["valid"], checked["normalised"], None)


def _overlay(table: pa.Table, rows: pa.Table, mask: pa.Array) -> pa.Table:
    """*table* with its masked rows replaced, in order, by *rows*."""
    columns = [
        pc.replace_with_mask(table[name].combine_chunks(), mask, rows[name].combine_chunks()) for name in RESULT.names
    ]
    return pa.table(columns, schema=RESULT)


def make_column(regions: list[str], serials: Any) -> pa.Array:
    """Valid codes of made-up firms: :func:`rongtong.identity.uscc.make` for each region and serial number."""
    serials = np.asarray(serials, np.int64)
    matrix = np.empty((len(serials), 18), np.uint8)
    matrix[:, :2] = np.frombuffer(b"91", np.uint8)
    matrix[:, 2:8] = np.frombuffer("".join(regions).encode(), np.uint8).reshape(-1, 6)
    matrix[:, 8:10] = np.frombuffer(b"MA", np.uint8)
    for at in range(6):
        matrix[:, 10 + at] = _ALPHABET[serials // 31 ** (5 - at) % 31]
    matrix[:, 16] = _ORGANISATION[_dot(_BASE36[matrix[:, 8:16]], uscc.ORGANISATION_WEIGHTS, 11)]
    matrix[:, 17] = _ALPHABET[_dot(_VALUE[matrix], uscc.WEIGHTS, 31)]
    return (
        pa.FixedSizeBinaryArray.from_buffers(pa.binary(18), len(serials), [None, pa.py_buffer(matrix)])
        .cast(pa.binary())
        .cast(pa.string())
    )
