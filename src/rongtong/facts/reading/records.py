"""The records of a block as tables: rows sorted, merges filled, columns read, slots settled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.definitions.catalogue import IDENTITY, Catalogue
from rongtong.facts.reading.account import Account
from rongtong.facts.reading.headings import Interpreter, Meaning, apart
from rongtong.facts.reading.identity import blank, carried, codes_of, names_of
from rongtong.facts.reading.layout import Block
from rongtong.facts.reading.longs import by_year, of_indicators
from rongtong.facts.reading.model import Column, Rows, Table
from rongtong.facts.reading.pieces import Layer, Piece, account_for, merged, settle, taken
from rongtong.facts.reading.plausible import doubt
from rongtong.facts.reading.roles import Roles
from rongtong.facts.reading.rows import Leading, mends, sort_rows
from rongtong.facts.reading.specs import fitting_unit, spec_of
from rongtong.facts.reading.tables import Tables
from rongtong.facts.reading.values import ColumnReading, read_column
from rongtong.facts.reading.values.words import CHECKED
from rongtong.facts.reading.values.writing import is_one_of
from rongtong.facts.reading.vocabulary import Target, several
from rongtong.facts.reading.years import Calendar
from rongtong.i18n import _, joined

_LONG, _THREADS = 20_000, 4


@dataclass(frozen=True)
class Context:
    """What reading a block needs to know of its file and sheet."""

    account: Account
    interpreter: Interpreter
    calendar: Calendar
    year: int | None
    unit: str | None
    whole: bool = False


def told_whole() -> str:
    """The mend of what is not recognised in a file that is said to hold every record."""
    return _("声明清单完整的文件，每一栏都要认得：请用 rongtong decide heading 指明含义，无关的定为 ignore，再重新导入")


class Records:
    """Reads one block."""

    def __init__(self, context: Context, block: Block, roles: Roles) -> None:
        self.context, self.block, self.roles = context, block, roles
        self.account = context.account
        self.sheet = context.account.sheet
        self.columns: list[Column] = []
        self.rows: Rows = np.zeros(0, np.intp)
        self._source = _sources(self.sheet.merges, block)

    def read(self) -> list[Table]:
        """The tables of the block; every cell of it is accounted for, but for blocks below it."""
        self._headings()
        self._sort()
        name, uscc = self._identity()
        pieces = self._all_pieces()
        lost = self._silent_rows([name, uscc, *pieces])
        dead = np.flatnonzero(lost)
        layers = settle(self.account, self.rows, pieces, dead)
        for piece in (name, uscc):
            if piece.column >= 0:
                account_for(self.account, self.rows, piece)
        self._lost(dead)
        self._doubt(layers, name, uscc)
        making = Tables(self._catalogue, self.sheet.name, self.roles.list_id, self.rows, name, uscc)
        items = making.items(merged(layers))
        tables = making.of(layers[0], items, ~lost)
        for layer in layers[1:]:
            said = ~lost & np.any([self.account.filled(column)[self.rows] for column, _v in layer.values()], axis=0)
            tables += making.of(layer, items, said)
        return tables

    def _silent_rows(self, pieces: list[Piece]) -> npt.NDArray[np.bool_]:
        """The records that say none of what a row must say one of."""
        height = len(self.rows)
        told = [one.spread(height) for one in pieces if not one.slot or one.slot in self._anchors]
        said: npt.NDArray[np.bool_] = np.any([one.is_valid().to_numpy(zero_copy_only=False) for one in told], axis=0)
        return ~said

    @property
    def _catalogue(self) -> Catalogue:
        return self.context.interpreter.catalogue

    @property
    def _anchors(self) -> tuple[str, ...]:
        return self._catalogue.anchors

    def _doubt(self, layers: list[Layer], name: Piece, uscc: Piece) -> None:
        """Warn of figures that do not go together; in a long layout a firm's stand in several rows."""
        long = self.roles.year is not None or self.roles.indicator is not None
        firms = pc.coalesce(uscc.reading.values, name.reading.values) if long else None
        doubt(self.account, self._catalogue, self.rows, layers, firms)

    def _all_pieces(self) -> list[Piece]:
        """The pieces of all columns in their order; a long table's columns are read side by side."""
        columns = sorted(self.block.paths)
        if len(self.rows) < _LONG:
            return [piece for column in columns for piece in self._pieces(column)]
        with ThreadPoolExecutor(_THREADS) as pool:
            found = [piece for pieces in pool.map(self._pieces, columns) for piece in pieces]
        self.columns.sort(key=lambda column: column.index)
        return found

    def _headings(self) -> None:
        where = _("第 {first}–{last} 行", first=self.block.top + 1, last=self.block.bottom + 1)
        self.account.ignore_rows(range(self.block.top, self.block.bottom + 1), where, _("表头"), _("无需处理"))

    def _dead(self) -> list[int]:
        return [c for c in range(self.account.width()) if self._silent(c)]

    def _silent(self, column: int) -> bool:
        meaning = self.roles.meanings.get(column)
        return column not in self._special() and (meaning is None or meaning.target is None)

    def _special(self) -> set[int]:
        roles = self.roles
        some = {roles.name, roles.uscc, roles.year, roles.indicator, roles.unit, *roles.values}
        return {column for column in some if column is not None}

    def _sort(self) -> None:
        main = self.sheet.cells.slice(self.block.main, 1)
        columns = [column for column in (self.roles.name, self.roles.uscc) if column is not None]
        headings = tuple((c, (main.column(c)[0].as_py() or "").strip()) for c in columns)
        named = self.roles.name if self.roles.name is not None else self._first_anchor()
        groups = self.roles.name is not None or self.roles.uscc is not None
        leading = Leading(named, self.roles.uscc, tuple(h for h in headings if h[1]), groups)
        found = sort_rows(self.account, self.block, leading, self._dead())
        for reason, rows in found.passed.items():
            where = _("第 {row} 行等 {count} 行", row=int(rows[0]) + 1, count=len(rows))
            quoted = reason != _("说明或签字行")
            self.account.ignore_rows(rows, where, reason, mends()[reason], quoted=quoted)
        self.rows = found.records

    def _first_anchor(self) -> int | None:
        """The first column of what a row must say, where no column names the firm."""
        found = (c for c, m in self.roles.meanings.items() if m.target and m.target.field in self._anchors)
        return next((column for column in found if column != self.roles.uscc), None)

    def texts(self, column: int, at: Rows | None = None) -> pa.Array:
        """The texts of a column in the records, merged cells filled."""
        rows = self.rows if at is None else self.rows[at]
        source = self._source.get(column)
        places = source[rows - self.block.start] if source is not None else rows
        cells = self.sheet.cells.column(column)
        taken = (_some_rows(cells, places) if source is None else cells.take(pa.array(places))).combine_chunks()
        return taken.chunk(0) if isinstance(taken, pa.ChunkedArray) else taken

    def _identity(self) -> tuple[Piece, Piece]:
        """Names and codes; in a long layout those of the rows below the firm's first row too."""
        roles = self.roles
        name = blank(len(self.rows)) if roles.name is None else names_of(roles.name, self.texts(roles.name))
        uscc = blank(len(self.rows)) if roles.uscc is None else codes_of(roles.uscc, self.texts(roles.uscc))
        keys = [self.texts(column) for column in (roles.year, roles.indicator) if column is not None]
        if not keys or not len(self.rows):
            return name, uscc
        take = carried(self.rows, name, uscc, keys)
        if count := int((take != np.arange(len(take))).sum()):
            column = roles.name if roles.name is not None else roles.uscc
            heading = self.roles.meanings[column or 0].heading
            reason = _("有 {count} 行没有写企业，按上面一行的企业读取", count=count)
            self.account.report_heading(column or 0, heading, reason, _("请每行都写企业名称或代码"), "warning")
        return taken(name, take), taken(uscc, take)

    def _pieces(self, column: int) -> list[Piece]:
        meaning = self.roles.meanings.get(column)
        if column in self.roles.values:
            return of_indicators(self, column)
        if meaning is None or column in {self.roles.name, self.roles.uscc}:
            self.noted(column, meaning)
            return []
        if column in {self.roles.year, self.roles.indicator, self.roles.unit}:
            self.noted(column, meaning)
            self.account.use(column, self.rows)
            return []
        if meaning.target is None:
            self._passed(column, meaning)
            return []
        return self._of_target(column, meaning, meaning.target)

    def noted(self, column: int, meaning: Meaning | None, slot: str | None = None, note: str = "") -> None:
        """Say what a column was taken for."""
        if meaning:
            years = meaning.years
            year = None if years is None else "..".join(str(y) for y in dict.fromkeys(years))
            self.columns.append(
                Column(
                    self.sheet.name, column, meaning.heading, slot or meaning.slot, meaning.unit, year, meaning.how,
                    note or meaning.note,
                )
            )  # fmt: skip

    def _passed(self, column: int, meaning: Meaning) -> None:
        if self.context.whole and meaning.how == "unknown":
            self._unrecognised(column, meaning)
            return
        self.noted(column, meaning)
        mend = _("属于某个字段的，请在列名对应里指明") if meaning.how == "unknown" else _("无需处理")
        reason = meaning.note or _("未识别的栏目")
        self.account.ignore(column, self.rows, get_column_letter(column + 1), reason, mend)

    def _unrecognised(self, column: int, meaning: Meaning) -> None:
        """A column that may speak of a list said to be complete: only what says that there is nothing is let pass."""
        checked = is_one_of(pc.fill_null(self.texts(column), ""), CHECKED).to_numpy(zero_copy_only=False)
        self.account.use(column, self.rows[checked])
        open_ = self.rows[~checked]
        if self.account.filled(column)[open_].any():
            self.account.fail(column, open_)
            reason = meaning.note or _("未识别的栏目")
            self.account.report_heading(column, meaning.heading, reason, told_whole())
        self.noted(column, meaning)

    def _of_target(self, column: int, meaning: Meaning, target: Target) -> list[Piece]:
        if several(target, meaning.years):
            self._refused(column, meaning, _("跨多年的栏目，看不出是哪一年"), apart(target, meaning.years))
            return []
        unit = fitting_unit(target, meaning.unit, self.context.unit)
        dated = self._dated(target, meaning)
        if dated is None:
            self._refused(
                column, meaning, _("没有写明是哪一年"), _("请在表头写上年份，或说明算哪一年（命令行用 --year 2021）")
            )
            return []
        meaning = replace(meaning, years=dated.years, unit=unit or meaning.unit)
        reading = self.reading(column, target, unit, np.arange(len(self.rows)))
        if unit is None and target.type == "money" and _unclear(reading):
            self._refused(column, meaning, _("没有写明金额单位"), _("请在表头写上单位，例如（万元）"))
            return []
        self.noted(column, meaning)
        if self.roles.year is not None and target.per_year and dated.years is None:
            return by_year(self, column, target, reading)
        adds = self._catalogue[target.field].names
        return [Piece(target.slot(dated.years), column, np.arange(len(self.rows)), reading, adds)]

    def _dated(self, target: Target, meaning: Meaning) -> Meaning | None:
        """The meaning with its years, None where a year is needed and nobody names one."""
        needs = target.per_year and (target.part is None or target.part.endswith(".amount"))
        if not target.per_year or meaning.years:
            return meaning
        if meaning.undated:
            return None
        if not needs or (self.roles.year is not None and self.roles.list_id is None):
            return meaning
        year = self.context.year
        return replace(meaning, years=(year, year)) if year else None

    def reading(self, column: int, target: Target, unit: str | None, at: Rows) -> ColumnReading:
        """Read some records of a column as *target*."""
        spec = spec_of(self._catalogue, target, unit, self.sheet, column)
        return read_column(self.texts(column, at), spec)

    def _refused(self, column: int, meaning: Meaning, reason: str, mend: str) -> None:
        """A whole column that cannot be used."""
        self.noted(column, meaning, note=reason)
        self.account.fail(column, self.rows)
        self.account.report_heading(column, meaning.heading, reason, mend)

    def _lost(self, dead: Rows) -> None:
        rows = self.rows[dead]
        held = np.zeros(len(rows), bool)
        for column in range(self.account.width()):
            if not self._silent(column):
                held |= self.account.filled(column)[rows]
                self.account.fail(column, rows)
        if len(rows):
            self.account.report_rows(rows[held], *self._lack())

    def _lack(self) -> tuple[str, str]:
        """What a row lacks that says none of the anchors, and the mend."""
        if self._anchors == IDENTITY:
            return _("这一行既没有代码也没有企业名称"), _("请补上统一社会信用代码或企业名称")
        labels = joined(self._catalogue[one].label for one in self._anchors)
        return _("这一行没有可用的内容"), _("请至少写一项：{labels}", labels=labels)


def _some_rows(cells: pa.ChunkedArray, rows: Rows) -> pa.ChunkedArray:
    """Some rows of a column; a run of rows without copying."""
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
        return cells.slice(int(rows[0]), len(rows))
    return cells.take(pa.array(rows))


def _unclear(reading: ColumnReading) -> bool:
    """Whether numbers without a unit are all that a column of money holds."""
    read = pc.sum(pc.fill_null(pc.not_equal(reading.values, pa.scalar(0, reading.values.type)), False)).as_py() or 0
    return bool(reading.problems.num_rows) and read == 0


def _sources(merges: tuple[tuple[int, int, int, int], ...], block: Block) -> dict[int, Rows]:
    """For columns with cells merged downwards: the row that each row's text comes from."""
    found: dict[int, Rows] = {}
    for top, left, bottom, right in merges:
        if bottom > top and left == right and block.start <= top < block.end:
            source = found.setdefault(left, np.arange(block.start, block.end))
            source[top - block.start : bottom + 1 - block.start] = top
    return found
