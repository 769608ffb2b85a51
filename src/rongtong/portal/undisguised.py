"""A text as it reads, whatever it is written with: what hides a number or a name from whoever looks for it is undone.

Every form keeps where each of its characters stands in what was written, so that a place can be told and cut out.
Texts that hide nothing are made comparable by ``match.writing``, which an index can afford.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

#: Signs that are seen by nobody, besides those that only join, part or adorn others.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_ADORNS = frozenset({"Cf", "Mn", "Me"})
_UNITS = str.maketrans("萬億圓", "万亿元")
_WRITTEN = ("零〇○", "一幺壹弌", "二两贰貳弍", "三叁參弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_DIGITS = str.maketrans({one: str(n) for n, every in enumerate(_WRITTEN) for one in every})
_DIGIT = rf"[\d{''.join(_WRITTEN)}]"
#: Letters that stand among digits for a nought and a one.
_LIKE = re.compile(r"(?<=\d)[Oo]+(?![A-Za-z])|(?<=\d)[Il]+(?=\d)|(?<![A-Za-z\d])[Il](?=\d{2})")
#: A word of so many signs is known however it is broken up.
LONG = 4
#: Digits in words that follow each other are no numeral from so many on.
RUN = 3


@dataclass(frozen=True)
class Undisguised:
    """*text* as it reads, and the *places* of its characters in what was *written*."""

    text: str
    places: tuple[int, ...]
    written: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From where to where what stands from *start* to *end* was written."""
        return self.places[start], self.places[end - 1] + 1

    def at(self, start: int, end: int) -> str:
        """What was written for what stands from *start* to *end*."""
        begin, stop = self.span(start, end)
        return self.written[begin:stop]

    def find(self, word: str) -> str:
        """What was written where *word* stands; empty where it does not, or is empty itself."""
        start = self.text.find(word) if word else -1
        return self.at(start, start + len(word)) if start >= 0 else ""

    def digits(self, run: int = RUN) -> Undisguised:
        """The same with digits that were written in words, as many as *run* in a row or more, in figures."""
        told = re.sub(rf"{_DIGIT}{{{run},}}", lambda found: found[0].translate(_DIGITS), self.text)
        return self.as_read(_LIKE.sub(lambda found: ("0" if found[0][0] in "Oo" else "1") * len(found[0]), told))

    def upper(self) -> Undisguised:
        """The same in capitals."""
        return self.as_read("".join(one.upper() if len(one.upper()) == 1 else one for one in self.text))

    def without(self, left_out: str) -> Undisguised:
        """The same without what the pattern *left_out* finds."""
        gone = {at for found in re.finditer(left_out, self.text) for at in range(*found.span())}
        kept = [at for at in range(len(self.text)) if at not in gone]
        return Undisguised("".join(self.text[at] for at in kept), tuple(self.places[at] for at in kept), self.written)

    def as_read(self, text: str) -> Undisguised:
        """The same read as *text*, sign by sign."""
        return Undisguised(text, self.places, self.written)


def plain(text: str) -> Undisguised:
    """*text* in plain characters: of one width, none of them unseen, circled or adorned."""
    told = [(one, at) for at, written in enumerate(text) for one in _sign(written)]
    return Undisguised("".join(one for one, _at in told), tuple(at for _one, at in told), text)


def closed(text: str) -> Undisguised:
    """*text* without what may be sprinkled into it: of its marks those alone are left that end a clause."""
    return plain(text).without(r"[^\w，,。；;、！？!?\n]+|_+")


def skeleton(text: str) -> Undisguised:
    """What two writings of a text have in common: its letters and figures alone, in capitals."""
    return plain(text).upper().without(r"[\W_]+")


def where(text: str, word: str) -> str:
    """Where *text* says *word*, as it is written there, whatever is sprinkled into it; empty where it does not.

    A short word is not found across the end of a clause, and in Latin letters alone as it is written.
    """
    own = skeleton(word).text
    if len(own) >= LONG:
        return skeleton(text).find(own)
    return closed(text).upper().find(own) if not own.isascii() else plain(text).find(word)


@lru_cache(maxsize=4096)
def _sign(one: str) -> str:
    """*one* sign in plain characters; nothing where it is seen by nobody."""
    category = unicodedata.category(one)
    if category in _ADORNS or one in _UNSEEN or (category == "Cc" and not one.isspace()):
        return ""
    digit = unicodedata.digit(one, None)
    told = unicodedata.normalize("NFKC", one) if digit is None else str(digit)
    return "".join(_parts(told)).translate(_UNITS)


def _parts(told: str) -> Iterator[str]:
    yield from (one for one in told if unicodedata.category(one) not in _ADORNS)
