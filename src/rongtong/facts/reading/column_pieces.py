"""The columns of a block as pieces: values of a slot, each with the rows it speaks of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.facts.reading.block_rows import BlockRows
from rongtong.facts.reading.headings import Meaning, apart
from rongtong.facts.reading.longs import by_year, of_indicators
from rongtong.facts.reading.pieces import Piece
from rongtong.facts.reading.specs import fitting_unit
from rongtong.facts.reading.values import ColumnReading
from rongtong.facts.reading.values.words import CHECKED
from rongtong.facts.reading.values.writing import is_one_of
from rongtong.facts.reading.vocabulary import Target, several
from rongtong.i18n import _


def pieces_of(records: BlockRows, column: int) -> list[Piece]:
    """What *column* says; of one that says nothing of a slot it is told why."""
    meaning = records.roles.meanings.get(column)
    if column in records.roles.values:
        return of_indicators(records, column)
    if meaning is None or column in {records.roles.name, records.roles.uscc}:
        records.noted(column, meaning)
        return []
    if column in {records.roles.year, records.roles.indicator, records.roles.unit}:
        records.noted(column, meaning)
        records.account.use(column, records.rows)
        return []
    if meaning.target is None:
        _passed(records, column, meaning)
        return []
    return _of_target(records, column, meaning, meaning.target)


def _passed(records: BlockRows, column: int, meaning: Meaning) -> None:
    if records.context.whole and meaning.how == "unknown":
        _unrecognised(records, column, meaning)
        return
    records.noted(column, meaning)
    mend = _("属于某个字段的，请在列名对应里指明") if meaning.how == "unknown" else _("无需处理")
    reason = meaning.note or _("未识别的栏目")
    records.account.ignore(column, records.rows, get_column_letter(column + 1), reason, mend)


def _unrecognised(records: BlockRows, column: int, meaning: Meaning) -> None:
    """A column that may speak of a list said to be complete: only what says that there is nothing is let pass."""
    checked = is_one_of(pc.fill_null(records.texts(column), ""), CHECKED).to_numpy(zero_copy_only=False)
    records.account.use(column, records.rows[checked])
    open_ = records.rows[~checked]
    if records.account.filled(column)[open_].any():
        records.account.fail(column, open_)
        reason = meaning.note or _("未识别的栏目")
        records.account.report_heading(column, meaning.heading, reason, _told_whole())
    records.noted(column, meaning)


def _told_whole() -> str:
    """The mend of what is not recognised in a file that is said to hold every record."""
    return _("声明清单完整的文件，每一栏都要认得：请用 rongtong decide heading 指明含义，无关的定为 ignore，再重新导入")


def _of_target(records: BlockRows, column: int, meaning: Meaning, target: Target) -> list[Piece]:
    if several(target, meaning.years):
        records.refused(column, meaning, _("跨多年的栏目，看不出是哪一年"), apart(target, meaning.years))
        return []
    unit = fitting_unit(target, meaning.unit, records.context.unit)
    dated = _dated(records, target, meaning)
    if dated is None:
        records.refused(
            column, meaning, _("没有写明是哪一年"), _("请在表头写上年份，或说明算哪一年（命令行用 --year 2021）")
        )
        return []
    meaning = replace(meaning, years=dated.years, unit=unit or meaning.unit)
    reading = records.reading(column, target, unit, np.arange(len(records.rows)))
    if unit is None and target.type == "money" and _unclear(reading):
        records.refused(column, meaning, _("没有写明金额单位"), _("请在表头写上单位，例如（万元）"))
        return []
    records.noted(column, meaning)
    if records.roles.year is not None and target.per_year and dated.years is None:
        return by_year(records, column, target, reading)
    adds = records.catalogue[target.field].names
    return [Piece(target.slot(dated.years), column, np.arange(len(records.rows)), reading, adds)]


def _dated(records: BlockRows, target: Target, meaning: Meaning) -> Meaning | None:
    """The meaning with its years, None where a year is needed and nobody names one."""
    needs = target.per_year and (target.part is None or target.part.endswith(".amount"))
    if not target.per_year or meaning.years:
        return meaning
    if meaning.undated:
        return None
    if not needs or (records.roles.year is not None and records.roles.list_id is None):
        return meaning
    year = records.context.year
    return replace(meaning, years=(year, year)) if year else None


def _unclear(reading: ColumnReading) -> bool:
    """Whether numbers without a unit are all that a column of money holds."""
    read = pc.sum(pc.fill_null(pc.not_equal(reading.values, pa.scalar(0, reading.values.type)), False)).as_py() or 0
    return bool(reading.problems.num_rows) and read == 0
