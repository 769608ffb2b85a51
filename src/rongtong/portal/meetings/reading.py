"""A sign-in sheet read: each row's firm compared with the registry, its need found among the meeting's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from rapidfuzz import fuzz, process

from rongtong import lists
from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.loader import folder, read
from rongtong.errors import InputError
from rongtong.facts import Snapshot
from rongtong.facts.reading import read_workbook
from rongtong.i18n import _
from rongtong.portal.postings.models import Posting

#: As alike as two titles of one need must be, of 100.
ALIKE = 75
#: What people write of what follows, the most telling first; the first that a cell holds counts.
FOLLOWS = {
    "nothing": ("无意向", "不合适", "不匹配", "未达成", "暂无", "放弃"),
    "order": ("签约", "下单", "订单"),
    "visit": ("验厂", "考察", "参观", "现场"),
    "sample": ("送样", "寄样", "打样", "样品"),
    "interested": ("意向", "待跟进", "继续沟通", "洽谈", "加微信", "留联系方式", "采购"),
}
_SEVERAL = re.compile(r"[、；;，,/\n]+")
#: A need told by its number: 12, 12号, 需求12.
_NUMBER = re.compile(r"(?:需求|编号|第|#|No\.?)*\s*(\d+)\s*[号条]?", re.IGNORECASE)


@cache
def fields() -> Catalogue:
    """What the columns of a sign-in sheet are called, and which hold people's contacts."""
    return Catalogue([read(folder() / "lists" / "sign_in.yaml"), read(folder() / "fields" / "sources.yaml")])


def rows(path: Path, needs: Sequence[Posting], snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """One dict a row and need, as :class:`Line` takes it. Raises InputError when the file holds no list of firms."""
    reading = read_workbook(path, catalogue=fields())
    listed = [{"sheet": one.sheet, **row} for one in reading.tables for row in one.data.to_pylist()]
    if not listed:
        mend = _("表头请写“企业名称”“对接需求”“对接结果”")
        raise InputError(_("没有找到企业名称或代码"), place=reading.file, mend=mend)
    given = {name: pa.array([one.get(name) for one in listed], pa.string()) for name in ("name", "uscc")}
    numbered = pa.table({"row": pa.array(range(len(listed)), pa.int32()), **given})
    for one in lists.compare(numbered, snapshot).to_pylist():
        yield from _lines(listed[one["row"]], one, needs)


def _lines(said: Mapping[str, Any], one: Mapping[str, Any], needs: Sequence[Posting]) -> Iterator[dict[str, Any]]:
    follows = said.get("follows") or ""
    base = {
        "sheet": said["sheet"][:60],
        "row": said["row"],
        "name": (one["given_name"] or "")[:200],
        "uscc": (one["given_uscc"] or "")[:40],
        "firm": one["firm"] if one["outcome"] == "same" else "",
        "outcome": one["outcome"],
        "candidates": one["candidates"],
        "why": (one["why"] or "")[:300],
        "follows": meaning(follows),
        "note": " ".join(text for text in (follows, said.get("amount")) if text)[:200],
    }
    for text in _SEVERAL.split(said.get("need") or ""):
        yield base | {"need_text": text.strip()[:200], "need": which(text.strip(), needs)}


def meaning(text: str) -> str:
    """What *text* says of what follows; empty when it does not."""
    return next((name for name, words in FOLLOWS.items() if any(one in text for one in words)), "")


def which(text: str, needs: Sequence[Posting]) -> Posting | None:
    """The need that *text* means: its number, its title, or the only one there is."""
    if told := _NUMBER.fullmatch(text):
        return next((one for one in needs if one.pk == int(told[1])), None)
    if text:
        titles = {at: one.title for at, one in enumerate(needs)}
        best = process.extractOne(text, titles, scorer=fuzz.WRatio, score_cutoff=ALIKE)
        return needs[best[2]] if best else None
    return needs[0] if len(needs) == 1 else None
