"""The records of a block as tables: rows sorted, merges filled, columns read, slots settled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.facts.reading.account import Account
from rongtong.facts.reading.answers import plain_answers
from rongtong.facts.reading.headings import Interpreter, Meaning
from rongtong.facts.reading.layout import Block
from rongtong.facts.reading.model import Column, Table
from rongtong.facts.reading.names import read_codes, read_names
from rongtong.facts.reading.pieces import Piece, account_for, settle
from rongtong.facts.reading.roles import Roles
from rongtong.facts.reading.rows import Leading, sort_rows
from rongtong.facts.reading.specs import fitting_unit, spec_of
from rongtong.facts.reading.values import PROBLEMS, ColumnReading, read_column
from rongtong.facts.reading.vocabulary import Target
from rongtong.facts.reading.years import Calendar
from rongtong.i18n import _

Rows = npt.NDArray[np.intp]
_LONG, _THREADS = 20_000, 4


@dataclass(frozen=True)
class Context:
    """What reading a block needs to know of its file and sheet."""

    account: Account
    interpreter: Interpreter
    calendar: Calendar
    year: int | None
    unit: str | None


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
        name, uscc = self._names(), self._codes()
        name, uscc = self._carried(name, uscc)
        lost = pc.and_(pc.is_null(name.reading.values), pc.is_null(uscc.reading.values)).to_numpy(zero_copy_only=False)
        pieces = self._all_pieces()
        dead = np.flatnonzero(lost)
        settled = settle(self.account, self.rows, pieces, dead)
        for piece in (name, uscc):
            if piece.column >= 0:
                account_for(self.account, self.rows, piece)
        self._lost(dead)
        return self._tables(name, uscc, settled, ~lost)

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
        self.account.ignore_rows(range(self.block.top, self.block.bottom + 1), where, _("表头"))

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
        headings = tuple((c, self.block.paths[c][-1]) for c in (self.roles.name, self.roles.uscc) if c is not None)
        main = self.sheet.cells.slice(self.block.main, 1)
        headings = tuple((c, (main.column(c)[0].as_py() or "").strip()) for c, _h in headings)
        leading = Leading(self.roles.name, self.roles.uscc, tuple(h for h in headings if h[1]))
        found = sort_rows(self.account, self.block, leading, self._dead())
        for reason, rows in found.passed.items():
            where = _("第 {row} 行等 {count} 行", row=int(rows[0]) + 1, count=len(rows))
            self.account.ignore_rows(rows, where, reason)
        self.rows = found.records

    def _texts(self, column: int, at: Rows | None = None) -> pa.Array:
        """The texts of a column in the records, merged cells filled."""
        rows = self.rows if at is None else self.rows[at]
        source = self._source.get(column)
        places = source[rows - self.block.start] if source is not None else rows
        cells = self.sheet.cells.column(column)
        taken = (_slice(cells, places) if source is None else cells.take(pa.array(places))).combine_chunks()
        return taken.chunk(0) if isinstance(taken, pa.ChunkedArray) else taken

    def _blank(self) -> Piece:
        nothing = pa.nulls(len(self.rows), pa.string())
        empty = pa.array(np.zeros(len(self.rows), bool))
        return Piece("", -1, np.arange(len(self.rows)), ColumnReading(nothing, _none(), empty))

    def _names(self) -> Piece:
        column = self.roles.name
        if column is None:
            return self._blank()
        texts = pc.fill_null(self._texts(column), "")
        values = read_names(texts)
        empty = pc.and_(pc.is_null(values), pc.not_equal(pc.utf8_trim_whitespace(texts), ""))
        return Piece("name", column, np.arange(len(self.rows)), ColumnReading(values, _none(), empty))

    def _codes(self) -> Piece:
        column = self.roles.uscc
        if column is None:
            return self._blank()
        texts = pc.fill_null(self._texts(column), "")
        values, found = read_codes(texts)
        said = pc.not_equal(pc.utf8_trim_whitespace(texts), "")
        wrong = np.zeros(len(self.rows), bool)
        wrong[found.filter(pc.equal(found["severity"], "problem"))["at"].to_numpy()] = True
        empty = pc.and_(pc.and_(pc.is_null(values), said), pa.array(~wrong))
        return Piece("uscc", column, np.arange(len(self.rows)), ColumnReading(values, found, empty))

    def _carried(self, name: Piece, uscc: Piece) -> tuple[Piece, Piece]:
        """In a long layout a firm is often named on its first row only: its further years or indicators follow."""
        if (self.roles.year is None and self.roles.indicator is None) or not len(self.rows):
            return name, uscc
        named = pc.or_(pc.is_valid(name.reading.values), pc.is_valid(uscc.reading.values)).to_numpy(
            zero_copy_only=False
        )
        group = np.cumsum(named)
        first = np.maximum.accumulate(np.where(named, np.arange(len(named)), -1))
        keys = pa.table(
            {"g": group, **{str(c): self._texts(c) for c in (self.roles.year, self.roles.indicator) if c is not None}}
        )
        counted = keys.group_by(keys.column_names).aggregate([([], "count_all")])
        twice = counted.filter(pc.greater(counted["count_all"], 1))["g"].to_numpy()
        gap = np.diff(self.rows, prepend=self.rows[0]) > 1
        broken = np.isin(group, [*twice, *np.unique(group[gap & ~named])]) | (first < 0)
        take = np.where(broken, np.arange(len(named)), first)
        return _taken(name, take), _taken(uscc, take)

    def _pieces(self, column: int) -> list[Piece]:
        meaning = self.roles.meanings.get(column)
        if column in self.roles.values:
            return self._of_indicators(column)
        if meaning is None or column in {self.roles.name, self.roles.uscc}:
            self._noted(column, meaning)
            return []
        if column in {self.roles.year, self.roles.indicator, self.roles.unit}:
            self._noted(column, meaning)
            self.account.use(column, self.rows)
            return []
        if meaning.target is None:
            self._passed(column, meaning)
            return []
        return self._of_target(column, meaning, meaning.target)

    def _noted(self, column: int, meaning: Meaning | None, slot: str | None = None, note: str = "") -> None:
        if meaning:
            years = meaning.years
            year = None if years is None else "..".join(str(y) for y in dict.fromkeys(years))
            self.columns.append(
                Column(self.sheet.name, column, meaning.heading, slot or meaning.slot, meaning.unit, year, meaning.how, note or meaning.note)
            )  # fmt: skip

    def _passed(self, column: int, meaning: Meaning) -> None:
        self._noted(column, meaning)
        self.account.ignore(column, self.rows, get_column_letter(column + 1), meaning.note or _("未识别的栏目"))

    def _of_target(self, column: int, meaning: Meaning, target: Target) -> list[Piece]:
        if meaning.years and target.type != "boolean" and meaning.years[0] != meaning.years[1] and target.per_year:
            self._refused(column, meaning, _("跨多年的栏目，看不出是哪一年"), _("请每年一列"))
            return []
        unit = fitting_unit(target, meaning.unit, self.context.unit)
        dated = self._dated(target, meaning)
        if dated is None:
            self._refused(column, meaning, _("没有写明是哪一年"), _("请在表头写上年份，或导入时用 --year 2021 说明"))
            return []
        meaning = replace(meaning, years=dated.years, unit=unit or meaning.unit)
        reading = self._reading(column, target, unit, np.arange(len(self.rows)))
        if unit is None and target.type == "money" and _unclear(reading):
            self._refused(column, meaning, _("没有写明金额单位"), _("请在表头写上单位，例如（万元）"))
            return []
        self._noted(column, meaning)
        if self.roles.year is not None and target.per_year and dated.years is None:
            return self._by_year(column, target, reading)
        return [Piece(target.slot(dated.years), column, np.arange(len(self.rows)), reading)]

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

    def _reading(self, column: int, target: Target, unit: str | None, at: Rows) -> ColumnReading:
        spec = spec_of(self.context.interpreter.catalogue, target, unit, self.sheet, column)
        return read_column(plain_answers(self._texts(column, at), spec), spec)

    def _refused(self, column: int, meaning: Meaning, reason: str, mend: str) -> None:
        """A whole column that cannot be used."""
        self._noted(column, meaning, note=reason)
        self.account.fail(column, self.rows)
        self.account.report_heading(column, meaning.heading, reason, mend)

    def _by_year(self, column: int, target: Target, reading: ColumnReading) -> list[Piece]:
        """One piece for each year of the year column; rows without a year are problems."""
        said = _years(self._texts(self.roles.year or 0))
        self.account.report_cells(column, self.rows[said == 0], _("这一行没有写明年度"), _("请填写年度"))
        return [
            Piece(target.slot((year, year)), column, at, _part(reading, at))
            for year in np.unique(said[said > 0]).tolist()
            if len(at := np.flatnonzero(said == year))
        ]

    def _of_indicators(self, column: int) -> list[Piece]:
        """A column of values of many indicators: each indicator, unit and year by itself."""
        meaning = self.roles.meanings[column]
        self._noted(column, meaning, note=_("指标的数值"))
        roles = self.roles
        texts = {
            c: pc.fill_null(pc.utf8_trim_whitespace(self._texts(c)), "")
            for c in (roles.indicator, roles.unit)
            if c is not None
        }
        keys = pa.table({str(c): array for c, array in texts.items()})
        keys = keys.append_column("at", pa.array(np.arange(len(self.rows))))
        groups = keys.group_by([str(c) for c in texts]).aggregate([("at", "list")]).to_pylist()
        pieces: list[Piece] = []
        for group in groups:
            heading = group[str(roles.indicator)]
            unit = group.get(str(roles.unit)) or ""
            pieces += self._of_indicator(column, meaning, heading, unit, np.array(group["at_list"], np.intp))
        return pieces

    def _of_indicator(self, column: int, meaning: Meaning, heading: str, unit: str, at: Rows) -> list[Piece]:
        path = [heading, f"({unit})"] if unit else [heading]
        found = self.context.interpreter.read(path, self.context.calendar)
        where = _("指标“{heading}”", heading=heading)
        if found.target is None:
            self.account.ignore(column, self.rows[at], where, found.note or _("未识别的指标"))
            return []
        target = found.target
        stated = fitting_unit(target, found.unit or meaning.unit, self.context.unit)
        years = found.years or meaning.years
        if not target.per_year:
            return [Piece(target.slot(None), column, at, self._reading(column, target, stated, at))]
        said = np.full(len(at), years[0] if years else 0)
        if self.roles.year is not None and not years:
            said = _years(self._texts(self.roles.year, at))
        said[said == 0] = self.context.year or 0
        self.account.report_cells(column, self.rows[at[said == 0]], _("没有写明是哪一年"), _("请填写年份"))
        reading = self._reading(column, target, stated, at)
        return [
            Piece(target.slot((year, year)), column, at[said == year], _part(reading, np.flatnonzero(said == year)))
            for year in np.unique(said[said > 0]).tolist()
        ]

    def _lost(self, dead: Rows) -> None:
        rows = self.rows[dead]
        held = np.zeros(len(rows), bool)
        for column in range(self.account.width()):
            if not self._silent(column):
                held |= self.account.filled(column)[rows]
                self.account.fail(column, rows)
        if len(rows):
            self.account.report_rows(
                rows[held], _("这一行既没有代码也没有企业名称"), _("请补上统一社会信用代码或企业名称")
            )

    def _tables(
        self, name: Piece, uscc: Piece, settled: dict[str, tuple[int, pa.Array]], kept: npt.NDArray[np.bool_]
    ) -> list[Table]:
        base = {"row": pa.array(self.rows + 1, pa.int32()), "uscc": uscc.reading.values, "name": name.reading.values}
        cells = {piece.slot: piece.column for piece in (uscc, name) if piece.column >= 0}
        list_id = self.roles.list_id
        mine = {s: v for s, v in settled.items() if list_id and s.startswith(f"{list_id}.") and self._is_attribute(s)}
        facts = {s: v for s, v in settled.items() if s not in mine}
        tables: list[Table] = []
        if list_id and mine:
            some = kept & _any([v for _c, v in mine.values()])
            item = {"item": self._items(mine)}
            data = pa.table({**base, **item, **{s: v for s, (_c, v) in mine.items()}})
            data = data if some.all() else data.filter(pa.array(some))
            tables.append(Table(self.sheet.name, "list", list_id, data, cells | {s: c for s, (c, _v) in mine.items()}))
        if facts or not list_id:
            data = pa.table({**base, **{s: v for s, (_c, v) in facts.items()}})
            data = data if kept.all() else data.filter(pa.array(kept))
            tables.append(Table(self.sheet.name, "facts", None, data, cells | {s: c for s, (c, _v) in facts.items()}))
        return [table for table in tables if table.data.num_rows]

    def _is_attribute(self, slot: str) -> bool:
        field, part = slot.split(".", 1)
        return self.context.interpreter.catalogue[field].attribute(part) is not None

    def _items(self, mine: dict[str, tuple[int, pa.Array]]) -> pa.Array:
        field = self.context.interpreter.catalogue[str(self.roles.list_id)]
        keys = [mine[s][1].cast(pa.string()) for part in field.key if (s := f"{field.id}.{part}") in mine]
        rows = pc.binary_join_element_wise("row", pa.array(self.rows + 1).cast(pa.string()), " ")
        if not keys:
            return rows
        joined = pc.binary_join_element_wise(*keys, " ", null_handling="skip")
        return pc.if_else(pc.equal(joined, ""), rows, joined)


def _slice(cells: pa.ChunkedArray, rows: Rows) -> pa.ChunkedArray:
    """Some rows of a column; a run of rows without copying."""
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
        return cells.slice(int(rows[0]), len(rows))
    return cells.take(pa.array(rows))


def _none() -> pa.Table:
    return PROBLEMS.empty_table()


def _taken(piece: Piece, take: Rows) -> Piece:
    values = piece.reading.values.take(pa.array(take))
    return replace(piece, reading=replace(piece.reading, values=values))


def _part(reading: ColumnReading, at: Rows) -> ColumnReading:
    """Some cells of a column's reading."""
    where = np.full(len(reading.values), -1)
    where[at] = np.arange(len(at))
    places = where[reading.problems["at"].to_numpy()]
    mine = reading.problems.set_column(0, "at", pa.array(places, pa.int32())).filter(pa.array(places >= 0))
    return ColumnReading(reading.values.take(pa.array(at)), mine, reading.empty.take(pa.array(at)))


def _years(texts: pa.Array) -> npt.NDArray[np.int_]:
    found = pc.struct_field(
        pc.extract_regex(pc.fill_null(texts, ""), r"^\D*(?P<year>(?:19|20)\d\d)\s*(?:年.*|\.0)?$"), "year"
    )
    years: npt.NDArray[np.int_] = pc.fill_null(found, "0").cast(pa.int64()).to_numpy().copy()
    return years


def _any(arrays: list[pa.Array]) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = np.any([a.is_valid().to_numpy(zero_copy_only=False) for a in arrays], axis=0)
    return mask


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
