"""A table of any size as an .xlsx of one sheet, its XML built column by column."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

_TYPES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FILES = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_CONTENT}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type='
    f'"{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
    '<sheet name="汇总表" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type='
    f'"{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def write(path: Path, table: pa.Table) -> None:
    """Write *table* under one row of headings to *path*. Numbers stay numbers; texts and dates are inline texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in _FILES.items():
            book.writestr(name, _TYPES + text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
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
        cell = pc.binary_join_element_wise(
            f'<c r="{get_column_letter(index + 1)}', numbers, f'"{opening}', pc.cast(column, pa.string()), closing, ""
        )
        pieces.append(pc.fill_null(cell, ""))
    rows = pc.binary_join_element_wise(*pieces, "</row>", "")
    return "".join(rows.to_pylist()).encode()
