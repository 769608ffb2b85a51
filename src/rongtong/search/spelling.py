"""One spelling for each character, wherever it stands, so that a part of a name is spelt as in the whole.

:func:`rongtong.identity.normalise` makes whole names comparable and reads characters in their context; here each is
taken by itself, because what people type is any piece of a name. Signs are nothing: 海德（青岛） is 海德青岛, and what
stands in brackets may be left out or stand before the rest (:func:`ways`).
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.names import simplify, unify
from rongtong.identity.names_column import needs_spelling

_HAN = (*range(0x3400, 0xA000), *range(0x20000, 0x323B0))
_SIGNS = re.compile(r"[\W_]+")
_INSIDE = re.compile(r"\(([^()]*)\)")
#: Between words; a comma within what somebody typed is none of a name's.
_BETWEEN = re.compile(r"[\s,;、]+")


@cache
def _simple() -> dict[int, str]:
    """Traditional characters and their simplified forms."""
    own = [chr(point) for point in _HAN]
    return {ord(a): b for a, b in zip(own, simplify("\n".join(own)).split("\n"), strict=True) if a != b}


def fold(text: str) -> str:
    """*text* as it is indexed: half width, capitals, simplified characters, no spaces, no signs."""
    return _SIGNS.sub("", unify(text)).translate(_simple())


def ways(text: str) -> list[str]:
    """The ways to write a name, folded: as it stands; without what is in brackets; with that put before the rest."""
    inside, rest = apart(unify(text))
    every = (text, rest, "".join([*inside, rest])) if inside else (text,)
    return list(dict.fromkeys(filter(None, map(fold, every))))


def apart(written: str) -> tuple[list[str], str]:
    """What stands in brackets, and the rest."""
    return _INSIDE.findall(written), _INSIDE.sub("", written)


def ways_column(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """:func:`ways` of a column of texts without nulls, in one piece, and of each the row in *texts*.

    Only those that need it are treated one by one; what has no way at all (signs alone) is there as an empty text.
    """
    texts = texts.cast(pa.large_string())
    mask = pa.array(needs_spelling(texts))
    coded = texts.filter(mask).dictionary_encode()
    every = [ways(text) or [""] for text in coded.dictionary.to_pylist()]
    odd = pa.array(every, pa.list_(pa.large_string())).take(coded.indices)
    at, settled = pa.array(range(len(texts)), pa.int64()), pc.invert(mask)
    rows = [at.filter(settled), at.filter(mask).take(pc.list_parent_indices(odd))]
    return pa.concat_arrays([texts.filter(settled), pc.list_flatten(odd)]), pa.concat_arrays(rows)


def fold_column(texts: pa.Array) -> pa.Array:
    """:func:`fold` on a column of texts without nulls; only those that need it are treated one by one."""
    texts = texts.cast(pa.large_string())
    mask = pa.array(needs_spelling(texts))
    coded = texts.filter(mask).dictionary_encode()
    folded = pa.array([fold(text) for text in coded.dictionary.to_pylist()], pa.large_string())
    return pc.replace_with_mask(texts, mask, folded.take(coded.indices))


def split(text: str) -> list[str]:
    """The words of what somebody typed, as typed but for their width; text that no encoding holds is dropped."""
    clean = normalize("NFKC", text.encode("utf-8", "ignore").decode())
    return [word for word in _BETWEEN.split(clean) if fold(word)]


def words(text: str) -> list[str]:
    """The distinct words of what somebody typed, each folded."""
    return list(dict.fromkeys(map(fold, split(text))))


def possible(word: str) -> list[list[str]]:
    """How a word as typed may stand in a name: whole, or what is in brackets apart from the rest; folded pieces."""
    inside, rest = apart(unify(word))
    pieces = [piece for one in (rest, *inside) if (piece := fold(one))]
    return [[fold(word)], pieces] if len(pieces) > 1 else [[fold(word)]]
