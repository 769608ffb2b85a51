"""Long layouts: a row a year, or a row an indicator."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.block_rows import BlockRows
from rongtong.facts.reading.headings import Meaning, apart
from rongtong.facts.reading.model import Rows
from rongtong.facts.reading.pieces import Piece, part_of
from rongtong.facts.reading.specs import fitting_unit
from rongtong.facts.reading.values import ColumnReading
from rongtong.facts.reading.vocabulary import Target, several
from rongtong.facts.reading.years import years_of
from rongtong.i18n import _


def by_year(records: BlockRows, column: int, target: Target, reading: ColumnReading) -> list[Piece]:
    """One piece for each year of the year column; rows without a year are problems."""
    said = years_of(records.texts(records.roles.year or 0))
    records.account.report_cells(column, records.rows[said == 0], _("这一行没有写明年度"), _("请填写年度"))
    return [
        Piece(target.slot((year, year)), column, at, part_of(reading, at))
        for year in np.unique(said[said > 0]).tolist()
        if len(at := np.flatnonzero(said == year))
    ]


def of_indicators(records: BlockRows, column: int) -> list[Piece]:
    """A column of values of many indicators: each indicator, unit and year by itself."""
    meaning = records.roles.meanings[column]
    records.noted(column, meaning, note=_("指标的数值"))
    roles = records.roles
    texts = {
        c: pc.fill_null(pc.utf8_trim_whitespace(records.texts(c)), "")
        for c in (roles.indicator, roles.unit)
        if c is not None
    }
    keys = pa.table({str(c): array for c, array in texts.items()})
    keys = keys.append_column("at", pa.array(np.arange(len(records.rows))))
    groups = keys.group_by([str(c) for c in texts]).aggregate([("at", "list")]).to_pylist()
    pieces: list[Piece] = []
    for group in groups:
        heading = group[str(roles.indicator)]
        unit = group.get(str(roles.unit)) or ""
        pieces += _of_indicator(records, column, meaning, heading, unit, np.array(group["at_list"], np.intp))
    return pieces


def _of_indicator(  # noqa: PLR0917 -- an indicator has its column, heading, unit and rows
    records: BlockRows, column: int, meaning: Meaning, heading: str, unit: str, at: Rows
) -> list[Piece]:
    path = [heading, f"({unit})"] if unit else [heading]
    found = records.context.interpreter.read(path, records.context.calendar)
    where = _("指标“{heading}”", heading=heading)
    if found.target is None:
        told = _("属于某个字段的，请把指标写成字段的名称")
        records.account.ignore(column, records.rows[at], where, found.note or _("未识别的指标"), told)
        return []
    target = found.target
    stated = fitting_unit(target, found.unit or meaning.unit, records.context.unit)
    years = found.years or meaning.years
    if not target.per_year:
        return [Piece(target.slot(None), column, at, records.reading(column, target, stated, at))]
    if several(target, years):
        records.account.report_cells(column, records.rows[at], _("跨多年的栏目，看不出是哪一年"), apart(target, years))
        return []
    if years and years[0] != years[1]:
        return [Piece(target.slot(years), column, at, records.reading(column, target, stated, at))]
    said = np.full(len(at), years[0] if years else 0)
    if records.roles.year is not None and not years:
        said = years_of(records.texts(records.roles.year, at))
    said[said == 0] = records.context.year or 0
    records.account.report_cells(column, records.rows[at[said == 0]], _("没有写明是哪一年"), _("请填写年度"))
    reading = records.reading(column, target, stated, at)
    return [
        Piece(target.slot((year, year)), column, at[said == year], part_of(reading, np.flatnonzero(said == year)))
        for year in np.unique(said[said > 0]).tolist()
    ]
