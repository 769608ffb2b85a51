"""What is asked for and what is only wished: 须有 ISO 9001 rules firms out, 青岛市内优先 rules out nobody.

The words by which a wish is known are data (``catalogue/match/words.yaml``); cells and running text are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from rongtong.match.numbers import any_of
from rongtong.match.words import words
from rongtong.match.writing import half_width

_CLAUSE = re.compile(r"[^，,；;。！？!?\n]+")
_ITEM = re.compile(r"[、和及与且并]")
_BRACKET = re.compile(r"[（(]([^（）()]*)[)）]")


class Parted(NamedTuple):
    """What of a text is required, and what is wished for; each its clauses, without the words that say which."""

    required: str
    wished: str


def parted(text: str) -> Parted:
    """*text* by clauses into what it requires and what it wishes for."""
    found = [_parted(match[0].strip()) for match in _CLAUSE.finditer(half_width(text))]
    return Parted(_joined("，", (one.required for one in found)), _joined("，", (one.wished for one in found)))


def named(piece: str) -> str:
    """*piece* without what says that a firm is or has it: 具有ISO9001 is ISO9001."""
    return _holding().sub("", piece.strip())


def _parted(clause: str) -> Parted:
    """A clause that ends as wishes do is one, but for what it says must be; one with 最好 is one from there on."""
    plain = _BRACKET.sub(lambda match: match[1] if _wish(match[1]) else match[0], clause)
    if end := _behind().search(plain):
        said, rest = plain[: end.start()], _parted(plain[end.end() :]) if plain[end.end() :] else Parted("", "")
        must, last = _must().search(said), max((one.start() for one in _ITEM.finditer(said)), default=0)
        at = last if must and last >= must.end() else 0
        return Parted(_joined("、", (said[:at], rest.required)), _joined("、", (_wished(said[at:]), rest.wished)))
    if start := _before().search(plain):
        return Parted(plain[: start.start()].strip(), _wished(plain[start.end() :]))
    return Parted(plain, "")


def _joined(between: str, parts: Iterable[str]) -> str:
    return between.join(bare for part in parts if (bare := part.strip("、和及与且并 ")))


def _wished(said: str) -> str:
    """What is wished for without the words of wishing."""
    return _before().sub("", said)


def _wish(text: str) -> bool:
    return bool(_behind().search(text) or _before().search(text))


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(any_of(words().wishes["behind"]))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(any_of(words().wishes["before"]))


@cache
def _must() -> re.Pattern[str]:
    return re.compile(any_of(words().wishes["must"]))


@cache
def _holding() -> re.Pattern[str]:
    return re.compile(rf"^{any_of(words().wishes['holding'])}+")
