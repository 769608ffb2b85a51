"""Why a firm was found, when its name does not show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from rongtong.i18n import _
from rongtong.identity import uscc
from rongtong.search.fields import CODE
from rongtong.search.queries import spoken
from rongtong.search.readings import readings
from rongtong.search.spelling import fold


def why(row: Mapping[str, Any], words: Sequence[str]) -> str:
    """What of the shown *row* holds those *words* that do not stand in its name; empty when all do."""
    unseen = [word for word in words if word not in fold(row["name"])]
    return _("；").join(dict.fromkeys(filter(None, (_reason(row, word) for word in unseen))))


def _reason(row: Mapping[str, Any], word: str) -> str:
    code = uscc.normalise(row["uscc"])
    if len(word) >= CODE[0] and (code.startswith(word) or code.endswith(word)):
        return _("统一社会信用代码")
    if _sounds(row["name"], word):
        return _("拼音")
    if named := next((name for name in row["former"] if _bears(name, word)), ""):
        return _("曾用名 {name}", name=named)
    if named := next((name for name in row["other"] if _bears(name, word)), ""):
        return _("又名 {name}", name=named)
    made = next((name for name in row["product"] if word in fold(name)), "")
    return _("产品 {name}", name=made) if made else ""


def _bears(name: str, word: str) -> bool:
    return word in fold(name) or _sounds(name, word)


def _sounds(name: str, word: str) -> bool:
    """Whether *word* is pinyin of *name* from the beginning of a syllable, or its initials side by side."""
    said = spoken(word)
    if not said:
        return False
    for read in readings(pa.array([fold(name)])).to_pylist():
        if said in read["initials"] or _within(read["letters"], read["starts"], said):
            return True
    return False


def _within(letters: str, starts: Sequence[str], said: str) -> bool:
    """Whether *said* stands in *letters* where one of *starts* does."""
    return said in letters and any(start.startswith(said) or said.startswith(start) for start in starts)
