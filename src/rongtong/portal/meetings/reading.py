"""A sign-in sheet read: each row's firm compared with the registry, its need found among the meeting's."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from rongtong import lists
from rongtong.facts import Snapshot
from rongtong.lists.headed import columns
from rongtong.portal.postings.models import Posting
from rongtong.workbooks import open_sheets

#: As alike as two titles of one need must be, of 100.
ALIKE = 75
_SEVERAL = re.compile(r"[、；;，,/\n]+")


def rows(path: Path, needs: Sequence[Posting], snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """One dict a row and need, as :class:`Line` takes it. Raises InputError when the sheet holds no list of firms."""
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        sheet = lists.sheet_of(open_sheets(path, Path(folder)))
        found = lists.find(sheet)
        beside = columns("sign_in").find(sheet, found.heading)
        texts = {name: sheet.cells.column(at).to_pylist() for name, at in beside.items()}
        matched = lists.compare(found.rows(sheet), snapshot).to_pylist()
        yield from (line for one in matched for line in _lines(one, _beside(texts, one["row"]), needs))


def _beside(texts: dict[str, list[Any]], row: int) -> dict[str, str]:
    return {name: str(column[row - 1] or "").strip() for name, column in texts.items()}


def _lines(one: dict[str, Any], beside: dict[str, str], needs: Sequence[Posting]) -> Iterator[dict[str, Any]]:
    told = " ".join(text for text in (beside.get("follows", ""), beside.get("amount", "")) if text)
    base = {
        "row": one["row"],
        "name": (one["given_name"] or "")[:200],
        "uscc": (one["given_uscc"] or "")[:40],
        "firm": one["firm"] or "",
        "outcome": one["outcome"],
        "candidates": one["candidates"],
        "why": (one["why"] or "")[:300],
        "follows": columns("sign_in").meaning(beside.get("follows", "")),
        "note": told[:200],
    }
    for text in _SEVERAL.split(beside.get("need", "")):
        yield base | {"need_text": text.strip()[:200], "need": which(text.strip(), needs)}


def which(text: str, needs: Sequence[Posting]) -> Posting | None:
    """The need that *text* means: its number on the meeting's list, its title, or the only one there is."""
    if text.isdigit():
        return needs[int(text) - 1] if 0 < int(text) <= len(needs) else None
    if text:
        titles = {at: one.title for at, one in enumerate(needs)}
        best = process.extractOne(text, titles, scorer=fuzz.WRatio, score_cutoff=ALIKE)
        return needs[best[2]] if best else None
    return needs[0] if len(needs) == 1 else None
