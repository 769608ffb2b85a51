"""Files: kinds told by content, what is refused, what the look of a sheet says."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlwt

from rongtong.errors import InputError
from rongtong.facts.reading import mark

from .books import CODE, read, save

ROWS = [["统一社会信用代码", "企业名称", "2021年营业收入（万元）"], [CODE, "青岛喆昇科技有限公司", "12.5"]]
REVENUE = Decimal("125000.00")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "企业.csv"
    path.write_text("\n".join(delimiter.join(row) for row in ROWS), encoding)
    assert read(path).tables[0].data["revenue[2021]"].to_pylist() == [REVENUE]


def test_content_decides_the_kind(tmp_path: Path) -> None:
    assert read(save(tmp_path / "a.xlsx", ROWS).rename(tmp_path / "a.csv")).tables[0].data.num_rows == 1


def test_excel_97(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("一")
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            page.write(r + 2, c + 1, text)
    book.save(str(tmp_path / "a.xls"))
    (table,) = read(tmp_path / "a.xls").tables
    assert (table.data["row"].to_pylist(), table.cells["revenue[2021]"]) == ([4], 3)


def test_where_the_used_cells_start(tmp_path: Path) -> None:
    (table,) = read(save(tmp_path / "a.xlsx", [[], [], *[[None, *row] for row in ROWS]])).tables
    assert (table.data["row"].to_pylist(), table.cells["uscc"]) == ([4], 1)


def test_a_percent_format_decides(tmp_path: Path) -> None:
    rows = [["企业名称", "2021年资产负债率（%）"], ["甲公司", 0.5], ["乙公司", 1.5]]
    path = save(tmp_path / "a.xlsx", rows)
    book = openpyxl.load_workbook(path)
    for row in (2, 3):
        book.active.cell(row, 2).number_format = "0.0%"
    book.save(path)
    assert read(path).tables[0].data["debt_ratio[2021]"].to_pylist() == [Decimal("0.50000000"), Decimal("1.50000000")]


def test_all_digits_of_a_number(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [["企业名称", "2021年营业收入（亿元）"], ["甲公司", 1.2345678912]])
    assert read(path).tables[0].data["revenue[2021]"].to_pylist() == [Decimal("123456789.12")]


def test_a_formula_whose_value_was_not_saved_is_a_problem(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [["企业名称", "2021年营业收入（万元）"], ["甲公司", "=1+1"]])
    assert read(path).problems.select(["row", "column"]).to_pylist() == [{"row": 2, "column": "B"}]


def test_hidden_sheets_are_read_and_it_is_said(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ROWS)
    book = openpyxl.load_workbook(path)
    book.create_sheet("另").sheet_state = "visible"
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    reading = read(path)
    assert reading.tables[0].data.num_rows == 1
    assert "工作表是隐藏的，已照常读取" in {ignored.reason for ignored in reading.ignored}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 ...",
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"\x89PNG\r\n\x1a\n",
        b"\0\1\2\3" * 500,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900,
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_mend(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.mend


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (200 << 20))
    with pytest.raises(InputError, match="大得不正常"):
        read(path)


def test_the_marked_copy(tmp_path: Path) -> None:
    rows = [*ROWS, [CODE, "=HYPERLINK(1)", "详见附件"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    mark(path, read(path), tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]["C3"]
    assert (cell.value, cell.fill.fgColor.rgb, bool(cell.comment)) == ("详见附件", "FFF8CBAD", True)
    name = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]["B3"]
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")
