"""One plain table of any size for measuring imports: CSV, or .xlsx written straight as sheet XML."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.sample.account import letters
from rongtong.sample.parameters import world
from rongtong.sample.population import populate
from rongtong.sample.source import plain

_SLOTS = (
    "name uscc district registered_on registered_capital industry main_product size_class segment_years[2021] "
    "revenue[2019] revenue[2020] revenue[2021] main_revenue[2019] main_revenue[2020] main_revenue[2021] "
    "net_profit[2021] total_assets[2021] total_liabilities[2021] rd_expense[2020] rd_expense[2021] staff[2021] "
    "rd_staff[2021] ip.class_1 ip.class_1_own ip.class_2 qms_certified own_brand standards_count digital_level "
    "rd_institution_level six_bases fills_gap serves_chain_leader strategic_emerging net_profit[2020] tax_paid[2021] "
    "total_profit[2021] staff[2020] rd_staff[2020] local_score"
).split()
_TYPES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FILES = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_CONTENT}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type='
    f'"{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
    '<sheet name="汇总表" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type='
    f'"{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


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
    shown = pa.table([_shown(slot, truth[slot]) for slot in truth.column_names], names=[_heading(s) for s in truth.column_names])
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(shown, path)
    else:
        _write_xlsx(path, shown)
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


def _write_xlsx(path: Path, table: pa.Table) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in _FILES.items():
            book.writestr(zipfile.ZipInfo(name), _TYPES + text)
        with book.open(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(f'{_TYPES}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            sheet.write(_xml(pa.table([[name] for name in table.column_names], names=table.column_names), 1))
            for start in range(0, table.num_rows, 50_000):
                sheet.write(_xml(table.slice(start, 50_000), start + 2))
            sheet.write(b"</sheetData></worksheet>")


def _xml(table: pa.Table, first: int) -> bytes:
    """Rows as sheet XML, built column by column; texts inline (made-up names need no escapes)."""
    numbers = pc.cast(pa.array(np.arange(first, first + table.num_rows)), pa.string())
    pieces: list[pa.Array | str] = ['<row r="', numbers, '">']
    for index, name in enumerate(table.column_names):
        column = table[name].combine_chunks()
        text = pa.types.is_string(column.type) or pa.types.is_date(column.type)
        opening, closing = (' t="inlineStr"><is><t>', "</t></is></c>") if text else ("><v>", "</v></c>")
        cell = pc.binary_join_element_wise(f'<c r="{letters(index)}', numbers, f'"{opening}', pc.cast(column, pa.string()), closing, "")
        pieces.append(pc.fill_null(cell, ""))
    rows = pc.binary_join_element_wise(*pieces, "</row>", "")
    return "".join(rows.to_pylist()).encode()
