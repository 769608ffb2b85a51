"""How a text is written: widths, spaces and marks that mean the same are made the same."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

import pyarrow as pa
import pyarrow.compute as pc

#: Full-width forms become half-width and look-alike minus signs a minus. Not NFKC: that would read 10² as 102.
_SAME: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f\t\n\r"), " ")
_SAME |= dict.fromkeys(map(ord, "−﹣‐‑"), "-") | dict.fromkeys(map(ord, "～∼〜"), "~")
_SAME |= dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")) | {ord("﹪"): "%", ord("￥"): "¥"}

_LOOSE_SPACE = re.compile(r"(?<![\d.,]) +| +(?![\d.,])")
#: Longer than any word of a list, however it is spaced and punctuated.
_LONGEST = 12
_ESCAPED = re.compile(r"_x000[dDaA9]_")


def fold(text: str) -> str:
    """*text* in half-width forms, trimmed, without Excel's text apostrophe; the words themselves unchanged."""
    plain = _ESCAPED.sub(" ", text).translate(_SAME).strip()
    return plain[1:].lstrip() if plain[:1] == "'" and len(plain) > 1 else plain


def close_up(text: str) -> str:
    """*text* without spaces, except between digits: ``120 人`` is ``120人``, ``120 130`` stays two numbers."""
    return _LOOSE_SPACE.sub("", text)


def bare_word(text: str) -> str:
    """*text* without spaces and closing punctuation, in capitals: for comparing with lists of words."""
    return re.sub(r"\s+", "", text).rstrip("。.;,!").upper() or text.strip()


def is_one_of(texts: pa.Array, words: AbstractSet[str]) -> pa.Array:
    """Where a text is one of the *words*, however it is spaced and punctuated; false for NULL."""
    short = pc.fill_null(pc.less_equal(pc.utf8_length(texts), _LONGEST), False)
    coded = texts.filter(short).dictionary_encode()
    folded = map(fold, coded.dictionary.to_pylist())
    hits = pa.array([bare_word(text) in words or text.upper() in words for text in folded], pa.bool_())
    return pc.replace_with_mask(pa.repeat(False, len(texts)), short, hits.take(coded.indices))
