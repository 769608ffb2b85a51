"""One plain table of any size for measuring imports: CSV, or .xlsx written straight as sheet XML."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.sample import sheet_xml
from rongtong.sample.population import populate
from rongtong.sample.source import plain

_SLOTS = [
    "name", "uscc", "district", "registered_on", "registered_capital", "industry", "main_product", "size_class",
    "segment_years[2021]", "revenue[2019]", "revenue[2020]", "revenue[2021]", "main_revenue[2019]",
    "main_revenue[2020]", "main_revenue[2021]", "net_profit[2021]", "total_assets[2021]", "total_liabilities[2021]",
    "rd_expense[2020]", "rd_expense[2021]", "staff[2021]", "rd_staff[2021]", "ip.class_1", "ip.class_1_own",
    "ip.class_2", "qms_certified", "own_brand", "standards_count", "digital_level", "rd_institution_level",
    "six_bases", "fills_gap", "serves_chain_leader", "strategic_emerging", "net_profit[2020]", "tax_paid[2021]",
    "total_profit[2021]", "staff[2020]", "rd_staff[2020]", "local_score",
]  # fmt: skip  # read by rows


def write_table(path: Path, rows: int, columns: int = 30, *, seed: int = 2022) -> pa.Table:
    """Write *rows* firms × *columns* facts to *path* (.csv or .xlsx); one row in a thousand is without a code.

    Amounts are in 万元, as the headings say. Returns the true values: typed columns named by slot. Raises
    :class:`InputError` for more columns than there are facts, or more rows than a sheet holds.
    """
    if not 2 <= columns <= len(_SLOTS):
        raise InputError(_("列数应在 2 至 {most} 之间，收到 {columns}", most=len(_SLOTS), columns=columns))
    if path.suffix == ".xlsx" and rows > 1_048_575:
        raise InputError(_("一张工作表最多 1048575 行数据，收到 {rows}", rows=rows), mend=_("请改写 .csv"))
    truth = populate(rows, seed).firms.select(_SLOTS[:columns])
    lost = pa.array(np.random.default_rng([seed, 2]).random(rows) < 0.001)
    truth = truth.set_column(1, "uscc", pc.if_else(lost, None, truth["uscc"]))
    shown = pa.table(
        [_shown(slot, truth[slot]) for slot in truth.column_names], names=[_heading(s) for s in truth.column_names]
    )
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(shown, path)
    else:
        sheet_xml.write(path, shown)
    return truth


def _heading(text: str) -> str:
    """The heading of a slot: year, label, unit."""
    slot, fields = Slot.parse(text), catalogue()
    field = fields[slot.field]
    subset = field.subset(slot.part) if slot.part else None
    label = subset.labels["count"][0] if subset else field.label
    unit = "（万元）" if fields.type_of(slot) == "money" else ""
    year = f"{slot.years[0]}年" if slot.years else ""
    return f"{year}{label}{unit}"


def _shown(slot: str, column: pa.ChunkedArray) -> pa.Array:
    """A column as it stands in the file: amounts in 万元, yes and no in Chinese."""
    values = plain(column)
    if catalogue().type_of(Slot.parse(slot)) == "money":
        return pc.divide(values, 10_000.0)
    return pc.if_else(values, "是", "否") if pa.types.is_boolean(values.type) else values
