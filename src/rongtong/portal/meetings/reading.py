"""A sign-in sheet read: each row's firm compared with the registry, its need found among the meeting's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from rapidfuzz import fuzz, process

from rongtong import lists
from rongtong.definitions.catalogue import Catalogue, catalogue
from rongtong.definitions.loader import folder, read
from rongtong.errors import InputError
from rongtong.facts import Snapshot
from rongtong.facts.answers import Answer
from rongtong.facts.reading import Reading, read_workbook
from rongtong.i18n import _
from rongtong.portal.contacting import without_contacts
from rongtong.portal.meetings.follows import UNREAD, meaning
from rongtong.portal.postings.models import Posting

#: As alike as two titles of one need must be, of 100.
ALIKE = 75
_BARE = re.compile(r"[约近]?[\d.,，]+(?:[-—~至到][\d.,，]+)?")
_SEVERAL = re.compile(r"[、；;，,/\n]+")
#: A need told by its number: 12, 12号, 需求12.
_NUMBER = re.compile(r"(?:需求|编号|第|#|No\.?)*\s*(\d+)\s*[号条]?", re.IGNORECASE)


@cache
def fields() -> Catalogue:
    """What the columns of a sign-in sheet and of any list are called, and which hold people's contacts."""
    own = Catalogue([read(folder() / "lists" / "sign_in.yaml"), read(folder() / "fields" / "sources.yaml")])
    return own.with_fields(catalogue()[name] for name in lists.FIELDS)


class Sheet(NamedTuple):
    """A sheet as read: *lines* as :class:`Line` takes them, one a row and need, and the columns that nobody knew."""

    lines: list[dict[str, Any]]
    unread: list[dict[str, str]]


def sheet(
    path: Path,
    needs: Sequence[Posting],
    snapshot: Snapshot,
    headings: Mapping[str, str],
    answers: Sequence[Answer] = (),
) -> Sheet:
    """Read a sign-in sheet; *headings* are people's answers to what a column is (a field of :func:`fields`), *answers*
    those to which firm a row of a list is.

    Raises InputError when the file holds no list of firms.
    """
    reading = read_workbook(path, catalogue=fields(), headings=headings)
    listed = list(_rows(reading))
    if not listed:
        mend = _("表头请写“企业名称”“对接需求”“对接结果”")
        raise InputError(_("没有找到企业名称或代码"), place=reading.file, mend=mend)
    told = ("name", "uscc", *(name for name in lists.FIELDS if any(name in one for one in listed)))
    given = {name: pa.array([one.get(name) for one in listed], pa.string()) for name in told}
    numbered = pa.table({"row": pa.array(range(len(listed)), pa.int32()), **given})
    compared = lists.answered(lists.compare(numbered, snapshot), snapshot, answers).to_pylist()
    lines = [line for one in compared for line in _lines(listed[one["row"]], one, needs)]
    unread = [one for one in reading.columns if one.how == "unknown"]
    return Sheet(lines, [{"sheet": one.sheet, "heading": one.heading, "why": one.note} for one in unread])


def _rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Each row of the sheet once, what several columns say of the same together, an amount with its heading's unit."""
    units = {one.sheet: one.unit or "" for one in reading.columns if one.slot == "amount"}
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for table in reading.tables:
        for said in table.data.to_pylist():
            row = found.setdefault((table.sheet, said["row"]), {"sheet": table.sheet, "row": said["row"]})
            for name, text in said.items():
                if name != "row" and (text := _kept(name, text or "")):
                    row[name] = text if row.get(name, text) == text else f"{row[name]}；{text}"
    for (place, _row), row in found.items():
        if _BARE.fullmatch(row.get("amount", "")):
            row["amount"] += units.get(place, "")
        yield row


def _kept(name: str, text: str) -> str:
    """What is kept of a cell: no contact, wherever it was written; in a name nothing stands for it."""
    return without_contacts(text, "").strip() if name == "name" else text if name == "uscc" else without_contacts(text)


def _lines(said: Mapping[str, Any], one: Mapping[str, Any], needs: Sequence[Posting]) -> Iterator[dict[str, Any]]:
    words = [said[name] for name in ("follows", "amount", "remark") if said.get(name)]
    base = {
        "sheet": said["sheet"][:60],
        "row": said["row"],
        "name": (one["given_name"] or "")[:200],
        "uscc": (one["given_uscc"] or "")[:40],
        "firm": one["firm"] if one["outcome"] == "same" else "",
        "outcome": one["outcome"],
        "candidates": one["candidates"],
        "near": one["near"],
        "why": one["why"],
        "follows": _follows(said),
        "note": " ".join(words)[:200],
    }
    told: dict[Posting | str, dict[str, Any]] = {}
    for text in [one.strip() for one in _SEVERAL.split(said.get("need") or "") if one.strip()] or [""]:
        need = which(text, needs)
        told.setdefault(need or text, {"need_text": text[:200], "need": need})
    yield from (base | one for one in told.values())


def _follows(said: Mapping[str, Any]) -> str:
    """What follows by its own column, else by the remarks, where other words mean nothing."""
    if told := meaning(said.get("follows") or ""):
        return told
    remarked = meaning(said.get("remark") or "")
    return "" if remarked == UNREAD else remarked


def which(text: str, needs: Sequence[Posting]) -> Posting | None:
    """The need that *text* means: its number, its title, or the only one there is; None where it may be several."""
    if told := _NUMBER.fullmatch(text):
        return next((one for one in needs if one.pk == int(told[1])), None)
    if text:
        titles = {at: one.title for at, one in enumerate(needs)}
        alike = process.extract(text, titles, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=2)
        best = [at for _title, score, at in alike if score == alike[0][1]]
        return needs[best[0]] if len(best) == 1 else None
    return needs[0] if len(needs) == 1 else None
