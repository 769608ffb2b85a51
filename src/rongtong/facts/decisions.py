"""What people decide: two are one firm, a heading means a field, a claim wins, a cell reads otherwise.

A decision names mentions and values, never a firm's number, and the entry it answers; when something newer has
touched its subject since, it is stale and refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pyarrow as pa

from rongtong.definitions.slots import Slot
from rongtong.errors import InputError, StaleDecisionError
from rongtong.facts import digest
from rongtong.facts.journal import Entry
from rongtong.facts.mentions import Mention, claims_of, find
from rongtong.facts.parts import Part, PartTable
from rongtong.facts.reading import normalise_heading
from rongtong.facts.reading.values import ValueSpec, read_column
from rongtong.facts.settling.inputs import mention_id
from rongtong.facts.state import fold
from rongtong.i18n import _

if TYPE_CHECKING:
    from rongtong.facts.alliance import Alliance


class Act(NamedTuple):
    """Who decides, and the number of the entry whose state was looked at (None: the state as it is now)."""

    by: str
    answers: int | None


def pair(alliance: Alliance, kind: Literal["same", "different"], left: str, right: str, act: Act) -> int:
    """Decide that two mentions are one firm or two; returns the entry's number."""
    snapshot = alliance.settle()
    a, b = find(snapshot, left), find(snapshot, right)
    if a.mention == b.mention:
        raise InputError(_("两边是同一条记录"), place=f"{left} / {right}", mend=_("请给出两条不同记录的编号"))
    if kind == "same" and a.n == b.n:
        raise InputError(_("两条记录已经是同一家企业"), place=f"{left} / {right}", mend=_("无需决定"))
    decision = {"left": a.mention, "right": b.mention}
    return _enter(alliance, kind, decision, [a, b], act)


def heading(alliance: Alliance, text: str, slot: str, act: Act) -> int:
    """Decide what a heading means from the next reading on; returns the entry's number."""
    if slot != "ignore":
        _known_slot(alliance, slot)
    return _enter(alliance, "heading", {"heading": normalise_heading(text), "slot": slot}, [], act)


def _known_slot(alliance: Alliance, text: str) -> Slot:
    try:
        slot = Slot.parse(text)
        alliance.catalogue.type_of(slot)
    except (ValueError, KeyError) as error:
        raise InputError(
            _("没有字段 {text}", text=text), mend=_("用 rongtong fields 查看全部字段；逐年的写成 revenue[2021]")
        ) from error
    return slot


def value(alliance: Alliance, firm: str, slot: str, text: str, act: Act) -> int:
    """Decide which claim on a fact wins; amounts that nobody claims cannot be put in. Returns the entry's number."""
    _known_slot(alliance, slot)
    snapshot = alliance.settle()
    mention = find(snapshot, firm)
    claims = claims_of(snapshot, mention.n, slot)
    wanted = _read(alliance, slot, text)
    values = sorted({claim.value for claim in claims})
    if wanted not in values:
        raise InputError(
            _("没有来源报过 {text}", text=text),
            place=f"{firm} {slot}",
            mend=_("可选：{values}。数额只能由企业更正，或由更可靠的凭证导入", values="、".join(values) or _("无")),
        )
    decision = {
        "mention": mention.mention,
        "slot": slot,
        "value": wanted,
        "saw": sorted(f"{claim.mention}={claim.value}" for claim in claims),
    }
    return _enter(alliance, "value", decision, [mention, *claims], act)


def reading(alliance: Alliance, source: Path | int, place: tuple[str, str], text: str, act: Act) -> int:
    """Decide how a cell is read; returns the entry's number."""
    imported = _imported(alliance, source)
    sheet, cell = place
    match = re.fullmatch(r"([A-Za-z]{1,3})([1-9]\d*)", cell)
    if not match:
        raise InputError(_("{cell} 不是单元格", cell=cell), mend=_("请写成 D17"))
    column, row = column_index(match.group(1)), int(match.group(2))
    part = Part.load(alliance.home / "claims" / imported["part"])
    slot = _slot_at(alliance, imported["part"], part, (sheet, column, row), cell)
    mention = Mention(mention_id(part.source, sheet, row), -1, part.source)
    decision = {
        "mention": mention.mention,
        "source": part.source,
        "sheet": sheet,
        "row": row,
        "slot": slot,
        "value": _read(alliance, slot, text),
    }
    return _enter(alliance, "reading", decision, [mention], act)


def _imported(alliance: Alliance, source: Path | int) -> dict[str, str]:
    """The import in force that is entry *source*, or that holds the file *source*."""
    wanted = digest.of_file(source) if isinstance(source, Path) and source.is_file() else None
    for one in alliance.state().imports:
        if source in (one.entry, Path(one.file)) or wanted == one.source:
            return {"part": one.part, "source": one.source}
    raise InputError(_("这份文件没有导入，或已撤销"), place=str(source), mend=_("请先导入该文件"))


def _slot_at(alliance: Alliance, name: str, part: Part, at: tuple[str, int, int], cell: str) -> str:
    """The slot that a cell holds: the only one of its column, or the one that the row fills."""
    sheet, column, row = at
    tables = [(i, t) for i, t in enumerate(part.tables) if t.sheet == sheet or (not t.sheet and sheet in ("", "CSV"))]
    found = {slot for i, t in tables for slot in _slots_in(alliance, name, (i, t), column, row)}
    if len(found) != 1:
        raise InputError(
            _("{cell} 不是读过数据的单元格", cell=cell),
            place=sheet,
            mend=_("工作表：{sheets}", sheets="、".join(sorted({t.sheet for t in part.tables}))),
        )
    return found.pop()


def _slots_in(alliance: Alliance, name: str, numbered: tuple[int, PartTable], column: int, row: int) -> list[str]:
    import pyarrow.parquet as pq  # noqa: PLC0415 -- read only when a cell is corrected

    index, table = numbered
    slots = [slot for slot, place in table.cells.items() if place == column and slot not in ("row", "item")]
    file = alliance.home / "claims" / name / f"{index}.parquet"
    rows = pq.read_table(file, columns=slots, filters=[("row", "=", row)]) if slots else pa.table({})
    if rows.num_rows == 0:
        return []
    return slots if len(slots) == 1 else [slot for slot in slots if rows.column(slot).null_count == 0]


def column_index(letters: str) -> int:
    """The 0-based number of a column from its letters: A → 0, AA → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read(alliance: Alliance, slot: str, text: str) -> str:
    """*text* as people write it → the value as claims hold it, as text. Raises InputError when there is none."""
    parsed = Slot.parse(slot)
    kind = alliance.catalogue.type_of(parsed)
    field = alliance.catalogue[parsed.field]
    attribute = field.attribute(parsed.part) if parsed.part else None
    spec = ValueSpec(
        type=kind,
        unit="元" if kind == "money" else None,
        own_unit=field.stored_unit,
        levels=attribute.values if attribute else field.values,
        minimum=field.minimum,
        maximum=field.maximum,
        label=attribute.label if attribute else field.label,
    )
    read = read_column(pa.array([text], pa.string()), spec)
    if not read.values[0].is_valid:
        told = read.problems.to_pylist()
        raise InputError(
            told[0]["reason"] if told else _("{text} 读不出值", text=text),
            place=f"{slot}={text}",
            mend=told[0]["mend"] if told else "",
        )
    return str(read.values.cast(pa.string())[0].as_py())


def _enter(alliance: Alliance, kind: Any, decision: dict[str, Any], touched: list[Any], act: Act) -> int:
    """Write a decision unless something newer has touched what it is about."""
    sources = sorted({one.source for one in touched})
    mentions = {one.mention for one in touched}
    looked_at = act.answers if act.answers is not None else alliance.state().head

    def check(entries: list[Entry]) -> None:
        for entry in entries[looked_at:]:
            if _touches(entry, entries, set(sources), mentions, decision):
                raise StaleDecisionError(
                    _("日志第 {n} 条已经改变了这件事，决定没有记入", n=entry.number),
                    mend=_("请看过现在的情况再决定"),
                )
        known = {one.source for one in fold(entries).imports}
        if not set(sources) <= known:
            raise StaleDecisionError(_("所依据的导入已被撤销，决定没有记入"), mend=_("请看过现在的情况再决定"))

    body = {"decision": decision, "sources": sources, "answers": looked_at}
    return alliance.log.append(kind, body, by=act.by, check=check).number


def _touches(
    entry: Entry, entries: list[Entry], sources: set[str], mentions: set[str], decision: dict[str, Any]
) -> bool:
    """Whether *entry* concerns the sources or mentions of a decision, or is one on the same heading."""
    if entry.kind == "undo":
        return _touches(entries[int(entry.body["entry"]) - 1], entries, sources, mentions, decision)
    if entry.kind == "import":
        return bool(sources)
    other = entry.body.get("decision", {})
    named = {other.get("left"), other.get("right"), other.get("mention")} - {None}
    return bool(named & mentions) or ("heading" in decision and other.get("heading") == decision["heading"])
