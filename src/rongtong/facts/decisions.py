"""What people decide: two are one firm, a heading means a field, a claim wins, a cell reads otherwise.

A decision names mentions and values, never a firm's number, and the entry it answers; when something newer has
touched its subject since, it is stale and refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa
from openpyxl.utils import column_index_from_string

from rongtong import identity
from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.slots import Slot
from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.entering import Act, Touched, as_of_now, enter
from rongtong.facts.mentions import Mention, claims_of, find, strongest
from rongtong.facts.parts import Part, PartTable
from rongtong.facts.reading import normalise_heading
from rongtong.facts.reading.specs import spec_of
from rongtong.facts.reading.values import read_column
from rongtong.facts.reading.vocabulary import target_of
from rongtong.facts.settling import pairs
from rongtong.facts.settling.inputs import mention_id
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _, joined

if TYPE_CHECKING:
    from rongtong.facts.alliance import Alliance


def pair(
    alliance: Alliance, kind: Literal["same", "different"], left: str, right: str, act: Act, *, sure: bool = False
) -> int:
    """Decide that two mentions are one firm or two; returns the entry's number.

    Raises InputError when two with different valid codes are called one firm and the caller is not *sure*.
    """
    act = as_of_now(alliance, act)
    snapshot = act.seen or alliance.settle()
    a, b = find(snapshot, left), find(snapshot, right)
    if a.mention == b.mention:
        raise InputError(_("两边是同一条记录"), place=f"{left} / {right}", mend=_("请给出两条不同记录的编号"))
    if kind == "same" and a.n == b.n:
        raise InputError(_("两条记录已经是同一家企业"), place=f"{left} / {right}", mend=_("无需决定"))
    if kind == "same" and not sure:
        _one_code(snapshot, (a, left), (b, right))
    first, second = sorted(strongest(snapshot, one) for one in (a, b)) if kind == "same" else (a, b)
    decision: dict[str, Any] = {"left": first.mention, "right": second.mention}
    called = pairs.called(snapshot, decision.values())
    decision["called"] = [called[mention] for mention in decision.values()]
    return enter(alliance, kind, decision, Touched.firms(snapshot, [first, second], []), act)


def _one_code(snapshot: Snapshot, *named: tuple[Mention, str]) -> None:
    """Refuse to take firms with different valid codes for one."""
    (left, right), (ours, theirs) = named, [_codes(snapshot, mention.n) for mention, _text in named]
    if ours and theirs and ours.isdisjoint(theirs):
        codes = {text: joined(sorted(own)) for (_m, text), own in zip(named, (ours, theirs), strict=True)}
        raise InputError(
            _("两家各有有效的统一社会信用代码：{left} 与 {right}", left=codes[left[1]], right=codes[right[1]]),
            place=f"{left[1]} / {right[1]}",
            mend=_("确认是同一家的，加 --yes 再决定；代码抄错的，请先更正读数"),
        )


def _codes(snapshot: Snapshot, n: int) -> set[str]:
    """The valid codes that any source gives a firm."""
    with snapshot.connect() as connection:
        found = connection.execute("SELECT DISTINCT uscc FROM mentions WHERE n = $n AND uscc IS NOT NULL", {"n": n})
        checked = identity.check_column(pa.array([row[0] for row in found.fetchall()], pa.string()))
    return set(checked["normalised"].filter(checked["valid"]).to_pylist())


def heading(alliance: Alliance, text: str, slot: str, act: Act) -> int:
    """Decide what a heading means from the next reading on; returns the entry's number."""
    if slot != "ignore":
        _known_slot(alliance, slot)
    return enter(
        alliance, "heading", {"heading": normalise_heading(text), "slot": slot}, Touched(), as_of_now(alliance, act)
    )


def judging(alliance: Alliance, decision: dict[str, Any], act: Act) -> int:
    """Decide by which bounds and correction names are judged from the next snapshot on; returns the entry's number."""
    return enter(alliance, "judging", decision, Touched(), as_of_now(alliance, act))


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
    if slot in alliance.catalogue.names:
        raise InputError(
            _("{slot} 各来源所说合在一起，不必取舍", slot=alliance.catalogue[slot].label),
            place=f"{firm} {slot}",
            mend=_("写错的请用 rongtong decide reading 更正那个单元格"),
        )
    act = as_of_now(alliance, act)
    snapshot = act.seen or alliance.settle()
    mention = find(snapshot, firm)
    claims = claims_of(snapshot, mention.n, slot)
    wanted = read_value(alliance.catalogue, slot, text)
    values = sorted({claim.value for claim in claims})
    if wanted not in values:
        raise InputError(
            _("没有来源报过 {text}", text=text),
            place=f"{firm} {slot}",
            mend=_("可选：{values}。数额只能由企业更正，或由更可靠的凭证导入", values=joined(values) or _("无")),
        )
    decision = {
        "mention": min(claim.mention for claim in claims),  # the same whoever names the firm, so a later one counts
        "slot": slot,
        "value": wanted,
        "saw": sorted(f"{claim.mention}={claim.value}" for claim in claims),
    }
    return enter(alliance, "value", decision, Touched.firms(snapshot, [mention], claims), act)


def reading(alliance: Alliance, source: Path | int, place: tuple[str, str], text: str, act: Act) -> int:
    """Decide how a cell is read; returns the entry's number."""
    act = as_of_now(alliance, act)
    imported = _imported(alliance, source)
    sheet, cell = place
    match = re.fullmatch(r"([A-Za-z]{1,3})([1-9]\d*)", cell)
    if not match:
        raise InputError(_("{cell} 不是单元格", cell=cell), mend=_("请写成 D17"))
    column, row = column_index_from_string(match.group(1)) - 1, int(match.group(2))
    part = Part.load(alliance.home / "claims" / imported["part"])
    slot = _slot_at(alliance, imported["part"], part, (sheet, column, row), cell)
    mention = mention_id(part.source, sheet, row)
    decision = {
        "mention": mention,
        "source": part.source,
        "sheet": sheet,
        "row": row,
        "slot": slot,
        "value": read_value(alliance.catalogue, slot, text),
    }
    touched = Touched(frozenset({part.source}), frozenset({part.source}), frozenset({mention}))
    return enter(alliance, "reading", decision, touched, act)


def _imported(alliance: Alliance, source: Path | int) -> dict[str, str]:
    """The import in force that is entry *source*, or that holds the file *source*."""
    imports = alliance.state().imports
    wanted = digest.of_file(source) if isinstance(source, Path) and source.is_file() else None
    found = [one for one in imports if wanted == one.source] or [
        one for one in imports if source in (one.entry, Path(one.file))
    ]
    if not found:
        raise InputError(_("这份文件没有导入，或已撤销"), place=str(source), mend=_("请先导入该文件"))
    if len(found) > 1:
        numbers = joined(str(one.entry) for one in found)
        raise InputError(
            _("有多份导入的文件叫 {file}", file=source), mend=_("请改用台账编号：{numbers}", numbers=numbers)
        )
    return {"part": found[0].part, "source": found[0].source}


def _slot_at(alliance: Alliance, name: str, part: Part, at: tuple[str, int, int], cell: str) -> str:
    """The slot that a cell holds: the only one of its column, or the one that the row fills."""
    sheet, column, row = at
    tables = [(i, t) for i, t in enumerate(part.tables) if t.sheet == sheet or (not t.sheet and sheet in ("", "CSV"))]
    found = {slot for i, t in tables for slot in _slots_in(alliance, name, (i, t), column, row)}
    if len(found) != 1:
        raise InputError(
            _("{cell} 不是读过数据的单元格", cell=cell),
            place=sheet,
            mend=_("工作表：{sheets}", sheets=joined(sorted({t.sheet for t in part.tables}))),
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


def read_value(catalogue: Catalogue, slot: str, text: str) -> str:
    """*text* as people write it → the value as claims hold it, as text. Raises InputError when there is none."""
    target = target_of(catalogue, Slot.parse(slot))
    spec = spec_of(catalogue, target, "元" if target.type == "money" else None)
    read = read_column(pa.array([text], pa.string()), spec)
    if not read.values[0].is_valid:
        told = read.problems.to_pylist()
        raise InputError(
            told[0]["reason"] if told else _("{text} 读不出值", text=text),
            place=f"{slot}={text}",
            mend=told[0]["mend"] if told else "",
        )
    found = read.values[0].as_py()
    return format(found, "f") if isinstance(found, Decimal) else str(read.values.cast(pa.string())[0].as_py())
