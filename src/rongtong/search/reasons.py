"""Why a firm was found, when its name does not show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from rongtong.i18n import _, joined
from rongtong.identity import uscc
from rongtong.search.fields import CODE
from rongtong.search.queries import spoken
from rongtong.search.readings import readings
from rongtong.search.spelling import fold, possible, ways

Row = Mapping[str, Any]
Pieces = Sequence[Sequence[str]]
Sounds = Mapping[str, Sequence[Mapping[str, Any]]]


def why(rows: Sequence[Row], words: Sequence[str]) -> list[str]:
    """For each of the *rows* shown, what holds those *words* (as typed) that do not stand in its name; else empty."""
    asked = [possible(word) for word in words]
    names = (name for row in rows for name in (row["name"], *row["former"], *row["other"], *row["english"]))
    sounds = _sounds(dict.fromkeys(names)) if any(map(spoken, map(fold, words))) else {}
    return [_all(row, asked, sounds) for row in rows]


def _all(row: Row, words: Sequence[Pieces], sounds: Sounds) -> str:
    unseen = [piece for word in words for piece in _unseen(row["name"], word)]
    return joined(dict.fromkeys(filter(None, (_reason(row, word, sounds) for word in unseen))), "；")


def _unseen(name: str, word: Pieces) -> list[str]:
    """The pieces of a word that do not stand in *name*; none when it stands there in one of its ways."""
    return min(([one for one in pieces if not _stands(one, name)] for pieces in word), key=len)


def _stands(word: str, name: str) -> bool:
    return word in name or any(word in way for way in ways(name))


def _reason(row: Row, word: str, sounds: Sounds) -> str:
    code = uscc.normalise(row["uscc"])
    if len(word) >= CODE[0] and (code.startswith(word) or code.endswith(word)):
        return _("统一社会信用代码")
    if _heard(row["name"], word, sounds):
        return _("拼音")
    if named := next((name for name in row["former"] if _bears(name, word, sounds)), ""):
        return _("曾用名 {name}", name=named)
    if named := next((name for name in row["english"] if _bears(name, word, sounds)), ""):
        return _("英文名称 {name}", name=named)
    if named := next((name for name in row["other"] if _bears(name, word, sounds)), ""):
        return _("又名 {name}", name=named)
    made = next((name for name in row["product"] if _stands(word, name)), "")
    return _("产品 {name}", name=made) if made else ""


def _bears(name: str, word: str, sounds: Sounds) -> bool:
    return _stands(word, name) or _heard(name, word, sounds)


def _heard(name: str, word: str, sounds: Sounds) -> bool:
    """Whether *word* is pinyin of *name* from the beginning of a syllable, or its initials side by side."""
    said = spoken(word)
    return bool(said) and any(said in read["initials"] or _within(read, said) for read in sounds.get(name, ()))


def _within(read: Mapping[str, Any], said: str) -> bool:
    """Whether *said* stands in the letters where a syllable begins."""
    return said in read["letters"] and any(one.startswith(said) or said.startswith(one) for one in read["starts"])


def _sounds(names: Iterable[str]) -> Sounds:
    """The readings of each name."""
    every = list(names)
    found: dict[str, list[Mapping[str, Any]]] = {}
    written = [(name, way) for name in every for way in ways(name)]
    for read in readings(pa.array([way for _name, way in written], pa.string())).to_pylist():
        found.setdefault(written[read["at"]][0], []).append(read)
    return found
