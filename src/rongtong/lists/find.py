"""Where the names and codes of a list stand: told by what the cells look like, whatever the heading says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, reduce

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.definitions.catalogue import catalogue
from rongtong.errors import InputError
from rongtong.facts.reading.headings import Interpreter
from rongtong.facts.reading.rows import SUM
from rongtong.facts.reading.vocabulary import Target
from rongtong.i18n import _
from rongtong.identity import fields
from rongtong.identity.several import NAMES
from rongtong.identity.vocabulary import endings
from rongtong.workbooks import Sheet

_CODE = r"^[0-9A-Za-zＡ-Ｚ０-９]{15,18}$"
_NAME = f"({'|'.join(endings())})"
#: Text that is a firm's short name at best: a few Chinese characters without the marks of a sentence.
_SHORT = r"^[\p{Han}A-Za-z0-9（）()·\-]{2,30}$"
#: Digits and the names of places are no firm's short name.
_HAN = r"\p{Han}"
_NUMBER = r"^\d[\d.,%\-/年月日]*$"
_HEADING = (
    r"^.{0,12}(?:名称|单位|企业|公司名|全称|简称|主体|代码|序号|编号|姓名)(?:[（(].{0,12}[）)])?[*＊:：]*$"
    r"|(?i:^((firm|company|enterprise) )?name$|^(unified social credit )?code$)"
)
#: What heads a column of names, among the headings; not of those who sent, recommend or look after them.
_OF_NAMES = r"^[^荐报管口属]*(?:名称|单位|企业|公司名|全称|简称|主体)(?:[（(].{0,12}[）)])?[*＊:：]*$|(?i:name$)"
#: Where a heading is looked for.
_FIRST = 20
#: What a list may say of a firm beside its name and code.
FIELDS = tuple(dict.fromkeys((*NAMES, *fields.listed())))


@dataclass(frozen=True)
class Found:
    """The columns (from 0; None: none) of names and codes, the row (from 1) of the heading (0: none), and of which
    columns it says that they hold what of :data:`FIELDS`."""

    name: int | None
    code: int | None
    heading: int
    fields: Mapping[str, int] = field(default_factory=dict)

    def rows(self, sheet: Sheet) -> pa.Table:
        """The list: ``row`` (from 1), ``name``, ``uscc``, and its :attr:`fields`; sums, and rows that have neither name
        nor code, are left out."""
        height = sheet.cells.num_rows
        columns = {
            "row": pa.array(range(1, height + 1), pa.int32()),
            "name": _column(sheet, self.name),
            "uscc": _column(sheet, self.code),
            **{name: _column(sheet, index) for name, index in self.fields.items()},
        }
        table = pa.table(columns).slice(self.heading)
        given = pc.or_(pc.is_valid(table["name"]), pc.is_valid(table["uscc"]))
        sums = self._sums(sheet).slice(self.heading)
        return table.filter(pc.and_(given, pc.or_(pc.is_valid(table["uscc"]), pc.invert(sums))))

    def _sums(self, sheet: Sheet) -> pa.ChunkedArray:
        """Of each row whether its name, or a cell before that, says that it is a sum."""
        every = [_column(sheet, index) for index in range((self.name or 0) + 1)]
        told = [pc.fill_null(pc.match_substring_regex(one, SUM), False) for one in every]
        return reduce(pc.or_, told)


def find(sheet: Sheet, *, name: int | None = None, code: int | None = None) -> Found:
    """Find the list in *sheet*, or take the columns chosen. Raises InputError when nothing looks like one."""
    page, width = _Page(sheet), sheet.cells.num_columns
    if name is None and code is None:
        code = page.best(_CODE, range(width))
        name = page.names(code)
    chosen = [column for column in (name, code) if column is not None]
    if not chosen:
        raise InputError(_("没有找到企业名称或代码"), place=sheet.name, mend=_("请指定名称或代码在哪一列"))
    if max(chosen) >= width:
        letter = get_column_letter(max(chosen) + 1)
        raise InputError(_("表里没有 {column} 列", column=letter), place=sheet.name, mend=_("请改指有内容的列"))
    heading = page.heading(chosen[0])
    return Found(name, code, heading, page.fields(heading, chosen))


def sheet_of(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet that holds the list: the one with the most names and codes, the first of equals."""
    return max(sheets, key=lambda sheet: max(map(_Page(sheet).most, (_NAME, _CODE))))


def is_headed(sheet: Sheet) -> bool:
    """Whether *sheet* is a table under headings, several columns wide."""
    page = _Page(sheet)
    headings = [page.heading(index) for index in range(sheet.cells.num_columns)]
    return any(heading and sum(bool(one[heading - 1].as_py()) for one in page.first) > 1 for heading in headings)


def _column(sheet: Sheet, index: int | None) -> pa.ChunkedArray | pa.Array:
    if index is None:
        return pa.nulls(sheet.cells.num_rows, pa.string())
    texts = pc.utf8_trim_whitespace(sheet.cells.column(index).cast(pa.string()))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


@cache
def _words() -> Interpreter:
    return Interpreter(catalogue(), {})


def _field(heading: str) -> str | None:
    """Which of :data:`FIELDS` a heading means, as imports read headings."""
    told = _words().known(heading)
    return told.field if isinstance(told, Target) and told.field in FIELDS else None


class _Page:
    """A sheet looked at: what its columns begin with and what looks like names or codes in them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.every = sheet, range(sheet.cells.num_columns)

    @cached_property
    def first(self) -> list[pa.Array]:
        """The first cells of each column without blanks between Chinese characters: 单 位 is 单位."""
        texts = (pc.fill_null(_column(self.sheet, index).slice(0, _FIRST), "") for index in self.every)
        return [pc.replace_substring_regex(one, r"(\p{Han})\s+", r"\1") for one in texts]

    def fields(self, heading: int, taken: Collection[int]) -> dict[str, int]:
        """The first column that the heading, or what stands above a blank of it, says to hold each of
        :data:`FIELDS`."""
        found = dict[str, int]()
        for index in self.every if heading else ():
            above = [one for one in _column(self.sheet, index).slice(0, heading).to_pylist() if one]
            told = _field(above[-1] if above else "")
            if told and index not in taken:
                found.setdefault(told, index)
        return found

    def names(self, code: int | None) -> int | None:
        """The column of names; one that is headed as former names, addresses and the like only where there is no
        other."""
        own = [index for index in self.every if not any(map(_field, self.first[index].to_pylist()))]
        found = self.best(_NAME, own)
        if found is None and len(own) < len(self.every):
            found = self.best(_SHORT, [index for index in own if self._is_headed(index)])
        found = self.best(_NAME, self.every) if found is None else found
        return self.best(_SHORT, self.every) if found is None and code is None else found

    def best(self, pattern: str, among: Sequence[int]) -> int | None:
        """The column *among* some in which the most texts match, each counted once, the first of equals.

        Whatever is short may be a short name: there a column that is headed as names are comes before others.
        """
        counts = {index: len(self._matching(index, pattern).unique()) for index in among}
        ranks = {
            index: (pattern == _SHORT and count > 0 and self._is_headed(index), count)
            for index, count in counts.items()
        }
        return max(ranks, key=lambda index: ranks[index]) if any(counts.values()) else None

    def most(self, pattern: str) -> int:
        """How many texts match in the column in which the most do."""
        return max((len(self._matching(index, pattern)) for index in self.every), default=0)

    def _matching(self, index: int, pattern: str) -> pa.Array:
        """The texts of a column that match; of short names those alone that say anything in Chinese."""
        texts = pc.drop_null(_column(self.sheet, index))
        found = texts.filter(pc.match_substring_regex(texts, pattern))
        return found.filter(pc.match_substring_regex(found, _HAN)) if pattern == _SHORT else found

    def _is_headed(self, index: int) -> bool:
        """Whether one of the first cells of a column is called as a column of names is."""
        return bool(pc.any(pc.match_substring_regex(self.first[index], _OF_NAMES)).as_py())

    def heading(self, column: int) -> int:
        """The row of the heading: of the first rows the last whose cell is called like one, else that where another is.

        A row with a number in it is none, whatever a firm is called.
        """
        own = [row for row in self._heads if self._named[column][row]]
        beside = [row for row in self._heads if self.first[column][row].as_py() and row in self._headed]
        return max(own or beside, default=-1) + 1

    @cached_property
    def _named(self) -> list[list[bool]]:
        """Of each column which of its first cells are called like a heading."""
        return [pc.match_substring_regex(one, _HEADING).to_pylist() for one in self.first]

    @cached_property
    def _headed(self) -> set[int]:
        """The first rows in which some cell is called like a heading."""
        return {row for one in self._named for row, named in enumerate(one) if named}

    @cached_property
    def _heads(self) -> list[int]:
        """The first rows without a number."""
        numbers = [pc.match_substring_regex(one, _NUMBER).to_pylist() for one in self.first]
        return [row for row in range(len(self.first[0])) if not any(column[row] for column in numbers)]
