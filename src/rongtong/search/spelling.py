"""One spelling for each character, wherever it stands, so that a part of a name is spelt as in the whole.

:func:`rongtong.identity.normalise` makes whole names comparable and reads characters in their context; here each is
taken by itself, because what people type is any piece of a name.
"""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.names import simplify, unify
from rongtong.identity.names_column import needs_spelling

_HAN = (*range(0x3400, 0xA000), *range(0x20000, 0x323B0))


@cache
def _simple() -> dict[int, str]:
    """Traditional characters and their simplified forms."""
    own = [chr(point) for point in _HAN]
    return {ord(a): b for a, b in zip(own, simplify("\n".join(own)).split("\n"), strict=True) if a != b}


def fold(text: str) -> str:
    """*text* as it is indexed: half width, capitals, simplified characters, no spaces."""
    return unify(text).translate(_simple())


def fold_column(texts: pa.Array) -> pa.Array:
    """:func:`fold` on a column of texts without nulls; only those that need it are treated one by one."""
    texts = texts.cast(pa.large_string())
    mask = pa.array(needs_spelling(texts))
    coded = texts.filter(mask).dictionary_encode()
    folded = pa.array([fold(text) for text in coded.dictionary.to_pylist()], pa.large_string())
    return pc.replace_with_mask(texts, mask, folded.take(coded.indices))


def words(text: str) -> list[str]:
    """The distinct words of what somebody typed, each folded; text that no encoding holds is dropped."""
    clean = text.encode("utf-8", "ignore").decode()
    return list(dict.fromkeys(filter(None, map(fold, clean.split()))))
