"""Workbooks (.xlsx .xlsm .xls .xlsb .ods) by calamine, every cell as text."""

from __future__ import annotations

import zipfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc
import python_calamine

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.workbooks.look import BIG, Look, looks
from rongtong.workbooks.sheets import Merge, Sheet, check_size, texts_table

_LOCKED = ("password", "encrypted")


def read_workbook_file(path: Path) -> list[Sheet]:
    """All sheets of a workbook. Raises InputError when it is locked or broken."""
    try:
        reader = fastexcel.read_excel(path)
        seen = looks(path) if zipfile.is_zipfile(path) else {}
        calm = None if seen and max(look.size for look in seen.values()) > BIG else _calamine(path)
        return [_sheet(reader, calm, name, seen.get(name)) for name in reader.sheet_names]
    except (fastexcel.FastExcelError, python_calamine.CalamineError) as error:
        raise _broken(str(error)) from None


def _broken(detail: str) -> InputError:
    if any(word in detail.lower() for word in _LOCKED):
        return InputError(_("文件加了密码"), mend=_("请在 Excel 中取消密码后再导入"))
    return InputError(_("工作簿已损坏，读不出来"), mend=_("请用 Excel 打开并另存为 .xlsx 后再导入"))


def _calamine(path: Path) -> python_calamine.CalamineWorkbook:
    return python_calamine.load_workbook(path)


def _sheet(
    reader: fastexcel.ExcelReader, calm: python_calamine.CalamineWorkbook | None, name: str, look: Look | None
) -> Sheet:
    try:
        raw = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    except fastexcel.FastExcelError as error:
        if "No data" in str(error) or "empty" in str(error).lower():
            return Sheet(name, texts_table([]))
        raise
    columns = _exact(reader, name, _columns(raw))
    first, merges = _place(calm, name, look)
    furthest = max((column for _row, column, _text in look.left_out), default=0) if look else 0
    check_size(len(columns[0]) if columns else 0, max(first + len(columns), furthest + 1))
    blank = pa.nulls(len(columns[0]) if columns else 0, pa.string())
    columns = [blank] * (first if columns else 0) + columns
    if look:
        columns = _with_percents(_patched(columns, look), look)
    return Sheet(name, texts_table(columns), raw.visible == "visible", merges, look.percents if look else frozenset())


def _columns(raw: fastexcel.ExcelSheet) -> list[pa.Array]:
    batch = pa.record_batch(raw)
    return [column.cast(pa.string()) for column in batch.columns]


def _exact(reader: fastexcel.ExcelReader, name: str, columns: list[pa.Array]) -> list[pa.Array]:
    """The columns with all digits of their numbers: as text the reader gives nine decimals at most."""
    cut = {index: mask for index, column in enumerate(columns) if (mask := _nine_decimals(column)) is not None}
    if not cut:
        return columns
    chosen = list(cut)
    floats = pa.record_batch(
        reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="float", use_columns=chosen)
    ).columns
    for index, values in zip(chosen, floats, strict=True):
        full = values.cast(pa.string())
        better = pc.and_(cut[index], pc.fill_null(pc.invert(pc.match_substring(full, "e")), False))
        columns[index] = pc.if_else(better, full, columns[index])
    return columns


def _nine_decimals(column: pa.Array) -> pa.Array | None:
    long = pc.indices_nonzero(pc.fill_null(pc.greater_equal(pc.binary_length(column), 11), False))
    if not len(long) or not pc.any(pc.match_substring_regex(column.take(long), r"^-?\d+\.\d{9}$")).as_py():
        return None
    return pc.fill_null(pc.match_substring_regex(column, r"^-?\d+\.\d{9}$"), False)


def _place(
    calm: python_calamine.CalamineWorkbook | None, name: str, look: Look | None
) -> tuple[int, tuple[Merge, ...]]:
    """The first column that holds anything (the reader starts there), and the merged ranges."""
    if calm is None:
        return (look.first_column, look.merges) if look else (0, ())
    sheet = calm.get_sheet_by_name(name)
    merges = look.merges if look else tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
    return (sheet.start[1] if sheet.start else 0), merges


def _patched(columns: list[pa.Array], look: Look) -> list[pa.Array]:
    """The columns with what the reader leaves out: errors, and formulas whose value nobody saved."""
    for row, column, _text in look.left_out:
        while column >= len(columns):
            columns.append(pa.nulls(len(columns[0]) if columns else row + 1, pa.string()))
        height = len(columns[column])
        if row >= height:
            columns = [pa.concat_arrays([c, pa.nulls(row + 1 - height, pa.string())]) for c in columns]
    by_column: dict[int, dict[int, str]] = {}
    for row, column, text in look.left_out:
        by_column.setdefault(column, {})[row] = text
    for column, cells in by_column.items():
        columns[column] = _with(columns[column], cells)
    return columns


def _with(column: pa.Array, cells: dict[int, str]) -> pa.Array:
    rows = sorted(row for row in cells if not column[row].is_valid)
    return pc.replace_with_mask(column, _mask(rows, len(column)), pa.array([cells[row] for row in rows], pa.string()))


def _mask(rows: list[int], length: int) -> pa.Array:
    """True at *rows*; without numpy, which takes longer to load than a small workbook to read."""
    marks = bytearray(length)
    for row in rows:
        marks[row] = 1
    return pa.Array.from_buffers(pa.uint8(), length, [None, pa.py_buffer(marks)]).cast(pa.bool_())


def _with_percents(columns: list[pa.Array], look: Look) -> list[pa.Array]:
    """The columns as people see them: ``0.0617`` shown as a percentage, among other numbers, becomes ``6.17%``."""
    by_column: dict[int, list[int]] = {}
    for row, column in sorted(look.percent_cells):
        by_column.setdefault(column, []).append(row)
    for column, rows in by_column.items():
        mask = _mask(rows, len(columns[column]))
        texts = [_percent(text) for text in columns[column].take(pa.array(rows)).to_pylist()]
        columns[column] = pc.replace_with_mask(columns[column], mask, pa.array(texts, pa.string()))
    return columns


def _percent(text: str | None) -> str | None:
    try:
        return f"{(Decimal(text or '') * 100).normalize():f}%"
    except InvalidOperation:
        return text
