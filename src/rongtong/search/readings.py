"""Pinyin of names by the million: each character's first reading, and its reading within a word of two characters.

Both are kept where they differ: 重庆 is found as ``chongqing`` and, by whoever reads character by character, as
``zhongqing``. Tones are left out; ü is written v, as keyboards do.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple
from unicodedata import normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

Ints = np.ndarray[Any, Any]
REACH = 8
"""Letters of a start: as far as a term leads from the beginning of a syllable."""
_POINTS = 0x110000


class _Tables(NamedTuple):
    """Syllables; for each code point the place of its syllable (0: none); pairs that are read otherwise."""

    syllables: pa.Array
    of_point: Ints
    pairs: Ints
    of_pair: Ints


def _plain(reading: str) -> str:
    """A syllable without its tone."""
    letters = normalize("NFC", "".join(c for c in normalize("NFD", reading) if c not in "\u0304\u0301\u030c\u0300"))
    return letters.replace("ü", "v").replace("ê", "e")


def _pairs(single: dict[str, str]) -> dict[tuple[str, str], tuple[str, str]]:
    """Words of two characters of which one is not read as it is alone."""
    words = {word: tuple(_plain(one[0]) for one in read) for word, read in PHRASES_DICT.items() if len(word) == 2}
    alone = {word: (single.get(word[0], ""), single.get(word[1], "")) for word in words}
    return {(word[0], word[1]): (read[0], read[1]) for word, read in words.items() if read != alone[word]}


@cache
def _tables() -> _Tables:
    single = {chr(point): _plain(read.split(",")[0]) for point, read in PINYIN_DICT.items()}
    single |= {c: c.lower() for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    pairs = dict(sorted(_pairs(single).items()))
    syllables = sorted({"", *single.values(), *(read for pair in pairs.values() for read in pair)})
    place = {syllable: at for at, syllable in enumerate(syllables)}
    of_point = np.zeros(_POINTS, np.int32)
    of_point[[ord(c) for c in single]] = [place[read] for read in single.values()]
    codes = np.array([ord(a) * _POINTS + ord(b) for a, b in pairs], np.int64)
    of_pair = np.array([(place[a], place[b]) for a, b in pairs.values()], np.int32)
    return _Tables(pa.array(syllables), of_point, codes, of_pair)


def _in_words(points: Ints, row: Ints, alone: Ints) -> Ints:
    """The readings of characters *alone*, corrected where two make a word; of overlapping words the first wins."""
    tables, read = _tables(), alone.copy()
    code = points[:-1].astype(np.int64) * _POINTS + points[1:]
    found = np.minimum(np.searchsorted(tables.pairs, code), len(tables.pairs) - 1)
    hit = (tables.pairs[found] == code) & (row[:-1] == row[1:])
    hit[1:] &= ~hit[:-1]
    at = np.flatnonzero(hit)
    read[at], read[at + 1] = tables.of_pair[found[at]].T
    return read


def _characters(texts: pa.Array) -> tuple[Ints, Ints, Ints]:
    """Of every character that is spoken: its row, its reading within words, its reading alone."""
    points = np.frombuffer("".join(texts.to_pylist()).encode("utf-32-le"), np.uint32)
    row = np.repeat(np.arange(len(texts)), pc.utf8_length(texts).to_numpy())
    alone = _tables().of_point[points]
    words = _in_words(points, row, alone) if len(points) else alone
    spoken = alone > 0
    return row[spoken], words[spoken], alone[spoken]


def letters(texts: pa.Array) -> pa.Array:
    """The pinyin of folded *texts* in one piece."""
    row, words, _alone = _characters(texts)
    offsets = pa.array(np.searchsorted(row, np.arange(len(texts) + 1)), pa.int32())
    return pc.binary_join(pa.ListArray.from_arrays(offsets, _tables().syllables.take(pa.array(words))), "")


def readings(texts: pa.Array) -> pa.Table:
    """How folded *texts* are read: columns ``at`` (row in *texts*), ``letters``, ``initials``, ``starts``.

    One row a reading, so a text has one or two. ``starts`` lists, for every syllable, the :data:`REACH` letters from
    its beginning on. Latin letters and digits are syllables of their own; other signs are left out.
    """
    row, words, alone = _characters(texts)
    again = np.isin(row, row[words != alone])
    return pa.concat_tables([_table(row, words), _table(row[again], alone[again])])


def _table(row: Ints, read: Ints) -> pa.Table:
    """The readings *read* of the rows that they belong to."""
    rows = np.unique(row)
    offsets = pa.array(np.append(np.searchsorted(row, rows), len(row)), pa.int32())
    syllables = _tables().syllables.take(pa.array(read))
    firsts = pc.utf8_slice_codeunits(syllables, 0, 1)
    lists = [pa.ListArray.from_arrays(offsets, one) for one in (syllables, firsts, _starts(row, read))]
    columns = (pa.array(rows), pc.binary_join(lists[0], ""), pc.binary_join(lists[1], ""), lists[2])
    return pa.table(dict(zip(("at", "letters", "initials", "starts"), columns, strict=True)))


def _starts(row: Ints, read: Ints) -> pa.Array:
    """For every syllable, the letters from its beginning on, at most :data:`REACH`, within its row."""
    pieces = []
    for ahead in range(min(REACH, len(read))):
        later = np.zeros_like(read)
        later[: len(read) - ahead] = np.where(row[ahead:] == row[: len(row) - ahead], read[ahead:], 0)
        pieces.append(_tables().syllables.take(pa.array(later)))
    whole = pc.binary_join_element_wise(*pieces, "") if pieces else pa.array([], pa.string())
    return pc.utf8_slice_codeunits(whole, 0, REACH)
