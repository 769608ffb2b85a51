"""Which rows below the headings are records, and why the others are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.account import Account
from rongtong.facts.reading.layout import Block
from rongtong.facts.reading.model import Rows
from rongtong.i18n import _

Mask = npt.NDArray[np.bool_]
#: A text that heads a row of sums.
SUM = (
    r"^[\s(（]*(?:本页|本区|本街道|全区|全市|全县|分)?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|平均(?:值|数)?|均值|中位数|最大值|最小值)"
    r"\s*(?:[:：（(\d].*|数|户数|家数)?$"
)
_NOTE = (
    r"^\s*(?:注|备注|说明|填表说明|填报说明|附注|※|\*)\s*\d*\s*[:：、.．]|^\s*单位\s*[:：]|^\s*(?:填表说明|填报说明)|填\s*表\s*人|填\s*报\s*人"
    r"|审\s*核\s*人?\s*[:：]|负\s*责\s*人.{0,6}[:：]|签字|盖章|联系电话\s*[:：]|^\s*共\s*\d+\s*[家户条页]|第\s*\d+\s*页|制\s*表"
    r"|以上(?:信息|数据)|填报日期\s*[:：]|\d、.*\d、"
)
_GROUP = r"(?:街道|镇|乡|区|市|县|园|办事处|功能区)(?:[（(].*[）)])?$|^\s*[（(]?[一二三四五六七八九十\d]+\s*[)）、.．]"
_FIRM = r"公司|厂|合作社|中心|集团|院|所|店|社$|站|场|企业|部$"


#: A firm that stamped its own row, which has more than its name: a record, whatever a signature looks like.
_STAMPED = r"^[^:：_]{3,}(?:公司|厂|合作社|中心|集团|院|所)\s*[（(][^（）()]*章[）)]\s*$"


@dataclass(frozen=True)
class Leading:
    """The columns that tell what a row is: names, codes (texts of the block's rows, merges filled) and their places.

    *groups* says that a cell alone in its row heads a group of rows; else it is a record of its own.
    """

    name: int | None
    uscc: int | None
    headings: tuple[tuple[int, str], ...]
    groups: bool = True


@dataclass(frozen=True)
class Sorted:
    """Rows of the sheet (from 0): records, and those passed over for each reason."""

    records: Rows
    passed: dict[str, Rows]


def texts_of(account: Account, column: int, rows: Rows) -> pa.Array:
    """Texts of some cells of a column."""
    return pc.fill_null(account.sheet.cells.column(column).take(pa.array(rows)).combine_chunks(), "")


def sort_rows(account: Account, block: Block, leading: Leading, dead: Sequence[int]) -> Sorted:
    """Sort the rows of a block. *dead* are the columns that carry no fact (serial numbers, contacts)."""
    rows = np.arange(block.start, block.end)
    if not len(rows):
        return Sorted(rows, {})
    filled = np.stack([account.filled(c)[block.start : block.end] for c in range(account.width())])
    count = filled.sum(axis=0)
    free = count > 0
    passed: dict[str, Rows] = {}

    def take(reason: str, mask: Mask) -> None:
        nonlocal free
        passed[reason] = rows[mask & free]
        free &= ~mask

    take(_("重复的表头"), _repeated(account, rows, leading) & free)
    take(_("合计行"), _sums(account, rows, leading, count) & free)
    sparse = free & (count <= 3)
    first, at = _first(account, rows, filled, sparse)
    in_name = at == (-1 if leading.name is None else leading.name)
    stamped = in_name & (count > 1) & _matches(first, _STAMPED)
    take(_("说明或签字行"), sparse & _matches(first, _NOTE) & ~stamped & _no_code(account, rows, leading))
    group, names = _matches(first, _GROUP), _matches(first, _FIRM)
    wide = _wide(account, block, leading)
    lone = leading.groups & sparse & (count == 1) & ~_matches(first, r"^[-+\d.,%\s]+$")
    others = np.isin(at, [c for c in range(account.width()) if c not in {leading.name, leading.uscc}])
    take(_("分组行"), lone & (wide | (in_name & group & ~names) | (others & ~in_name & (at <= _last(leading)))))
    mapped = [c for c in range(account.width()) if c not in dead]
    take(_("只有序号等的行"), free & (filled[mapped].sum(axis=0) == 0))
    return Sorted(rows[free], {reason: found for reason, found in passed.items() if len(found)})


def mends() -> dict[str, str]:
    """What to do about rows that were passed over, by the reason."""
    firm = _("若其实是一家企业，请写企业全称，并把数据填在各列")
    return {
        _("重复的表头"): _("无需处理"),
        _("合计行"): firm,
        _("说明或签字行"): firm,
        _("分组行"): firm,
        _("只有序号等的行"): _("请补上企业名称或代码和数据；空行可以删去"),
    }


def _last(leading: Leading) -> int:
    return max(c for c in (leading.name, leading.uscc, 0) if c is not None)


def _repeated(account: Account, rows: Rows, leading: Leading) -> Mask:
    """Rows that repeat the headings (at least two, or the only one)."""
    hits = np.zeros(len(rows), int)
    for column, heading in leading.headings:
        hits += pc.equal(pc.utf8_trim_whitespace(texts_of(account, column, rows)), heading).to_numpy(
            zero_copy_only=False
        )
    repeated: Mask = hits >= min(2, max(1, len(leading.headings)))
    return repeated


def _sums(account: Account, rows: Rows, leading: Leading, count: npt.NDArray[np.int_]) -> Mask:
    mask = np.zeros(len(rows), bool)
    for column in range(_last(leading) + 1):
        mask |= _matches(texts_of(account, column, rows), SUM)
    if leading.uscc is not None:
        mask &= ~_matches(texts_of(account, leading.uscc, rows), r"^[0-9A-Za-z]{15,18}$")
    return mask & (count > 0)


def _first(account: Account, rows: Rows, filled: Mask, chosen: Mask) -> tuple[pa.Array, Rows]:
    """The first text of each chosen row ("" for the others), and its column (-1)."""
    at = np.where(chosen, filled.argmax(axis=0), -1)
    texts = np.full(len(rows), "", dtype=object)
    for column in np.unique(at[at >= 0]):
        places = np.flatnonzero(at == column)
        texts[places] = texts_of(account, int(column), rows[places]).to_pylist()
    return pa.array(texts, pa.string()), at


def _no_code(account: Account, rows: Rows, leading: Leading) -> Mask:
    """Rows without a code; a remark may stand in its column."""
    if leading.uscc is None:
        return np.ones(len(rows), bool)
    return ~_matches(texts_of(account, leading.uscc, rows), r"^\s*[0-9A-Za-z]{8,20}\s*$")


def _wide(account: Account, block: Block, leading: Leading) -> Mask:
    """Rows whose cell is merged across the columns of names or codes."""
    mask = np.zeros(block.end - block.start, bool)
    for top, left, _bottom, right in account.sheet.merges:
        if block.start <= top < block.end and right - left >= 1 and left <= _last(leading) <= right:
            mask[top - block.start] = True
    return mask


def _matches(texts: pa.Array, pattern: str) -> Mask:
    mask: Mask = pc.fill_null(pc.match_substring_regex(texts, pattern), False).to_numpy(zero_copy_only=False)
    return mask
