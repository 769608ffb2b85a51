"""Columns of a list found by their headings, and what short notes in them mean; both as data in ``catalogue/lists``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from rongtong.definitions.loader import Model, folder, read
from rongtong.workbooks import Sheet

_BESIDE = re.compile(r"[（(].*?[)）]|[\s:：*]")


class Columns(Model):
    """The columns of one kind of list, each with its headings, and the words people write, by what they mean."""

    kind: Literal["list_columns"]
    id: str
    title: str
    columns: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]] = {}

    def find(self, sheet: Sheet, heading: int) -> dict[str, int]:
        """Which column (from 0) of *sheet*, whose headings stand in row *heading* (from 1), each of ours is.

        A heading that is one of the names comes before one that only holds it; no column is two of ours.
        """
        if not heading:
            return {}
        texts = [plain(str(sheet.cells.column(at)[heading - 1].as_py() or "")) for at in range(sheet.cells.num_columns)]
        found: dict[str, int] = {}
        for exact in (True, False):
            for name, called in self.columns.items():
                if name not in found:
                    free = (at for at in range(len(texts)) if at not in found.values())
                    at = next((at for at in free if _is(texts[at], called, exact=exact)), None)
                    found |= {} if at is None else {name: at}
        return found

    def meaning(self, text: str) -> str:
        """Which of our words *text* holds, the first in the order of the file; empty when none."""
        return next((name for name, words in self.words.items() if any(one in text for one in words)), "")


def _is(text: str, called: tuple[str, ...], *, exact: bool) -> bool:
    return text in called if exact else any(one in text for one in called)


def plain(heading: str) -> str:
    """A heading without spaces, brackets and what they hold."""
    return _BESIDE.sub("", unicodedata.normalize("NFKC", heading))


@cache
def columns(name: str) -> Columns:
    """The columns of that kind of list. Raises :class:`DefinitionError` with file and line."""
    return read(folder() / "lists" / f"{name}.yaml").parse(Columns)
