"""Names by the million: :func:`rongtong.identity.names.normalise` on Arrow columns."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.names import MISWRITTEN, normalise, simplify, with_former

Array = np.ndarray[Any, Any]
_ROWS = 200_000


@cache
def _settled() -> Array:
    """For each character of the basic plane, whether spelling leaves it alone wherever it stands."""
    table = np.zeros(0x10000, bool)
    own = [chr(point) for point in (*range(0x30, 0x3A), *range(0x3400, 0xA000))]
    simple = simplify("\n".join(own)).split("\n")
    table[[ord(a) for a, b in zip(own, simple, strict=True) if a == b == normalize("NFKC", a)]] = True
    return table


def points(text: pa.LargeStringArray) -> tuple[Array, Array]:
    """The characters of a column without nulls, as code points, and where each row's begin (length n + 1).

    Characters beyond the basic plane come as the last 16 bits of their code point plus 0x10000.
    """
    offsets = np.frombuffer(text.buffers()[1], np.int64)[text.offset : text.offset + len(text) + 1]
    data = text.buffers()[2]
    raw = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]] if data else np.zeros(0, np.uint8)
    byte = np.concatenate([raw, np.zeros(3, np.uint8)])
    lead = np.flatnonzero((raw & 0xC0) != 0x80)
    first = raw[lead]
    code = (first.astype(np.uint32) & 0xF) << 12
    code |= (byte[lead + 1].astype(np.uint32) & 0x3F) << 6
    code |= byte[lead + 2] & np.uint32(0x3F)
    short = np.flatnonzero(first < 0xE0)
    code[short] = np.where(
        first[short] < 0x80, first[short], (first[short] & np.uint32(0x1F)) << 6 | code[short] >> 6 & 0x3F
    )
    long = np.flatnonzero(first >= 0xF0)
    code[long] = (code[long] << 6 | byte[lead[long] + 3] & np.uint32(0x3F)) & 0xFFFF | 0x10000
    return code, np.searchsorted(lead, offsets - offsets[0]).astype(np.int64)


def needs_spelling(text: pa.LargeStringArray) -> Array:
    """For each row, whether any of its characters is not settled."""
    code, starts = points(text)
    odd = np.flatnonzero(~_settled()[np.minimum(code, 0xFFFF)])
    return np.searchsorted(odd, starts[1:]) > np.searchsorted(odd, starts[:-1])


def _chunk(names: pa.LargeStringArray) -> pa.Array:
    mask = pa.array(needs_spelling(pc.fill_null(names, "")))
    coded = names.filter(mask).dictionary_encode()
    names = pc.replace_substring(names, "有限责任公司", "有限公司")
    names = pc.replace_substring(names, "股份公司", "股份有限公司")
    names = pc.replace_substring_regex(names, MISWRITTEN, r"\1股份有限公司")
    spelt = pa.array([normalise(text) for text in coded.dictionary.to_pylist()], pa.large_string())
    return pc.replace_with_mask(names, mask, spelt.take(coded.indices))


def normalise_column(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Normalise a column of names; blank and null names become null.

    Same result as :func:`rongtong.identity.names.normalise` row by row; only distinct names with brackets, spaces,
    Latin letters or traditional characters are treated one by one.
    """
    names = (names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names).cast(pa.large_string())
    chunks = [_chunk(pa.concat_arrays([names.slice(at, _ROWS)])) for at in range(0, len(names), _ROWS)]
    done = pa.concat_arrays(chunks) if chunks else names
    return pc.if_else(pc.equal(done, ""), None, done).cast(pa.string())


def split_former(names: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Normalised names, and the former names that stand in brackets behind them."""
    told = pc.fill_null(pc.match_substring_regex(names, r"\((?:更名前|原|曾用名).*\)$"), False)
    if not pc.any(told).as_py():
        return names, pa.nulls(len(names), pa.string())
    parts = [with_former(name) for name in names.filter(told).to_pylist()]
    own, former = ([part[at] for part in parts] for at in (0, 1))
    nothing = pa.nulls(len(names), pa.string())
    return (
        pc.replace_with_mask(names, told, pa.array(own, pa.string())),
        pc.replace_with_mask(nothing, told, pa.array(former, pa.string())),
    )
