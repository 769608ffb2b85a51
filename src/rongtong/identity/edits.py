"""Where two almost equal texts differ: which characters were mistaken for which, and what was added."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from rongtong.identity.vocabulary import business_words, look_alike, words


class Edits(NamedTuple):
    """How many characters stand for one of the same sound, of a like shape, or for a stranger; how many are too many.

    ``middle`` are the two differing middles, between what both begin and both end with.
    """

    sound: int = 0
    shape: int = 0
    stranger: int = 0
    added: int = 0
    middle: tuple[str, str] = ("", "")

    @property
    def daughter(self) -> bool:
        """Whether only a word was added that commonly makes a subsidiary."""
        return any(part in words()["subsidiary_words"] for part in self.middle)

    @property
    def words(self) -> int:
        """How many of the two middles are whole trade words."""
        return sum(part in business_words() for part in self.middle)


@lru_cache(maxsize=1 << 14)
def _sound(character: str) -> str:
    return "".join(lazy_pinyin(character))


def _kind(a: str, b: str) -> str:
    if _sound(a) == _sound(b):
        return "sound"
    return "shape" if look_alike(a, b) else "stranger"


def between(a: str, b: str) -> Edits:
    """What turns *a* into *b*."""
    seen = {"sound": 0, "shape": 0, "stranger": 0, "added": 0}
    for edit in Levenshtein.editops(a, b):
        seen[_kind(a[edit.src_pos], b[edit.dest_pos]) if edit.tag == "replace" else "added"] += 1
    return Edits(**seen, middle=_middles(a, b))


def _middles(a: str, b: str) -> tuple[str, str]:
    begins = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    left = min(len(a), len(b)) - begins
    ends = next((at for at in range(left) if a[-1 - at] != b[-1 - at]), left)
    return a[begins : len(a) - ends], b[begins : len(b) - ends]
