"""Headings as people write them, brought to one form."""

from __future__ import annotations

import re
import unicodedata

_NUMBERING = re.compile(r"^(?:\(?[0-9]{1,2}[.、)](?![0-9])|\(?[一二三四五六七八九十]{1,3}[、)]|[A-Z][0-9]{0,2}[.、])+")
_LEADING = re.compile(r"^(?:其中|注)[:]")
_DROPPED = re.compile(r"[\s\u200b\ufeff*★☆※“”\"'‘’《》<>、,，。.;；:：·_\-—–/\\|!！?？]+")
_BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_ROMAN = ((re.compile(r"(?<![A-Za-z])(?:III)类"), "三类"), (re.compile(r"(?<![A-Za-z])II类"), "二类"),
          (re.compile(r"(?<![A-Za-z])[I1l]类"), "一类"))  # fmt: skip  # read by rows


def plain(text: str) -> str:
    """Compatibility forms folded (full width, Ⅰ), line breaks and spaces between characters closed."""
    text = unicodedata.normalize("NFKC", text).replace("㎡", "m2")
    text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text.strip())
    return re.sub(r"\s+", " ", text)


def without_numbering(text: str) -> str:
    """A heading without ``3.``, ``（一）``, ``其中：`` and stars."""
    text = text.strip("*★☆※ ")
    return _LEADING.sub("", _NUMBERING.sub("", text)).strip("*★☆※ ")


def key(text: str) -> str:
    """What two writings of one heading have in common: no punctuation, one case, 一类 for Ⅰ类."""
    text = plain(text)
    for pattern, word in _ROMAN:
        text = pattern.sub(word, text)
    text = _DROPPED.sub("", text).replace("(", "").replace(")", "").replace("[", "").replace("]", "")
    return text.casefold()


def brackets(text: str) -> tuple[str, list[str]]:
    """A plain heading without its bracketed parts, and these."""
    return _BRACKETS.sub("", text), _BRACKETS.findall(text)


def normalise_heading(text: str) -> str:
    """The form under which a person's decision about a heading is kept."""
    return key(without_numbering(plain(text)))
