"""Where the names and codes of a list stand: told by what the cells look like, whatever the heading says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.errors import InputError
from rongtong.facts.reading.rows import SUM
from rongtong.i18n import _
from rongtong.workbooks import Sheet

_CODE = r"^[0-9A-Za-zＡ-Ｚ０-９]{15,18}$"
_NAME = r"(公司|厂|合作社|研究院|研究所|事务所|中心|集团|商行|经营部|合伙|股份)"
#: Text that is a firm's short name at best: a few Chinese characters without the marks of a sentence.
_SHORT = r"^[\p{Han}A-Za-z0-9（）()·\-]{2,30}$"
_HEADING = (
    r"(名称|单位|企业|公司名|代码|序号|姓名)$|(?i:^((firm|company|enterprise) )?name$|^(unified social credit )?code$)"
)


@dataclass(frozen=True)
class Found:
    """The columns (from 0; None: none) of names and codes, and the row (from 1) of the heading (0: none)."""

    name: int | None
    code: int | None
    heading: int

    def rows(self, sheet: Sheet) -> pa.Table:
        """The list: ``row`` (from 1), ``name``, ``uscc``; rows without either, and sums, are left out."""
        height = sheet.cells.num_rows
        columns = {
            "row": pa.array(range(1, height + 1), pa.int32()),
            "name": _column(sheet, self.name),
            "uscc": _column(sheet, self.code),
        }
        table = pa.table(columns).slice(self.heading)
        given = pc.or_(pc.is_valid(table["name"]), pc.is_valid(table["uscc"]))
        sums = pc.fill_null(pc.match_substring_regex(table["name"], SUM), False)
        return table.filter(pc.and_(given, pc.or_(pc.is_valid(table["uscc"]), pc.invert(sums))))


def find(sheet: Sheet, *, name: int | None = None, code: int | None = None) -> Found:
    """Find the list in *sheet*, or take the columns chosen. Raises InputError when nothing looks like one."""
    if name is None and code is None:
        names, codes, shorts = (_best(sheet, pattern) for pattern in (_NAME, _CODE, _SHORT))
        name = names if names is not None else (shorts if codes is None else None)
        code = codes
    if name is None and code is None:
        raise InputError(_("没有找到企业名称或代码"), place=sheet.name, mend=_("请指定名称或代码在哪一列"))
    width = sheet.cells.num_columns
    for chosen in (name, code):
        if chosen is not None and chosen >= width:
            letter = get_column_letter(chosen + 1)
            raise InputError(_("表里没有 {column} 列", column=letter), place=sheet.name, mend=_("请改指有内容的列"))
    return Found(name, code, _heading(sheet, name if name is not None else code))


def sheet_of(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet that holds the list: the one with the most names and codes, the first of equals."""
    return max(sheets, key=lambda sheet: max(_most(sheet, _NAME), _most(sheet, _CODE)))


def _most(sheet: Sheet, pattern: str) -> int:
    return max((_matches(sheet, index, pattern) for index in range(sheet.cells.num_columns)), default=0)


def _column(sheet: Sheet, index: int | None) -> pa.ChunkedArray | pa.Array:
    if index is None:
        return pa.nulls(sheet.cells.num_rows, pa.string())
    texts = pc.utf8_trim_whitespace(sheet.cells.column(index).cast(pa.string()))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _best(sheet: Sheet, pattern: str) -> int | None:
    """The column in which the most cells match, the first of equals."""
    counts = [_matches(sheet, index, pattern) for index in range(sheet.cells.num_columns)]
    most = max(counts, default=0)
    return counts.index(most) if most else None


def _matches(sheet: Sheet, index: int, pattern: str) -> int:
    found = pc.match_substring_regex(_column(sheet, index), pattern)
    return int(pc.sum(pc.cast(found, pa.int32())).as_py() or 0)


def _heading(sheet: Sheet, column: int | None) -> int:
    """The row of the heading: among the first rows the last whose cell is called like one."""
    assert column is not None  # noqa: S101 -- `find` has made sure
    first = _column(sheet, column).slice(0, 20)
    named = pc.match_substring_regex(first, _HEADING).to_pylist()
    return max((number for number, is_heading in enumerate(named, 1) if is_heading), default=0)
