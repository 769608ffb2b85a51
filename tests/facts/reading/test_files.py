"""Files: kinds told by content, what is refused, what the look of a sheet says."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment

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


@pytest.mark.parametrize(("length", "place"), [(32_767, ""), (32_768, "AB2")])
def test_a_cell_longer_than_any_of_excel_is_refused(tmp_path: Path, length: int, place: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"企业名称{',' * 27}主导产品\n青岛甲有限公司{',' * 27}{'泵' * length}\n", encoding="utf-8")
    try:
        read(path)
        told = ""
    except InputError as error:
        told = str(error.place)
    assert told.removeprefix("x.csv").strip() == place


def test_the_marked_copy(tmp_path: Path) -> None:
    rows = [*ROWS, [CODE, "=HYPERLINK(1)", "详见附件"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    mark(path, read(path), tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]["C3"]
    assert (cell.value, cell.fill.fgColor.rgb, bool(cell.comment)) == ("详见附件", "FFF8CBAD", True)
    name = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]["B3"]
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")


@pytest.fixture
def dressed(tmp_path: Path) -> Path:
    """A workbook as officers send it: a merged title, a wide column, codes as texts, a formula, a link, a comment."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "崂山区"
    page.append(["企业基本情况表"])
    page.merge_cells("A1:D1")
    page.append(["统一社会信用代码", "企业名称", "2021年营业收入（万元）", "编号"])
    page.append([CODE, "青岛喆昇科技有限公司", "详见附件", "007"])
    page["E3"] = "=WEBSERVICE(A3)"
    page["B3"].hyperlink = "https://example.com/"
    page["D3"].comment = Comment("旧批注", "某人")
    page.column_dimensions["B"].width = 41.5
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_the_marked_copy_keeps_its_look(dressed: Path) -> None:
    mark(dressed, read(dressed), dressed.with_name("out.xlsx"))
    page = openpyxl.load_workbook(dressed.with_name("out.xlsx"))["崂山区"]
    assert (str(page.merged_cells), page.column_dimensions["B"].width, page["D3"].value) == ("A1:D1", 41.5, "007")
    assert (page["C3"].value, page["C3"].fill.fgColor.rgb[-6:], bool(page["C3"].comment)) == (
        "详见附件",
        "F8CBAD",
        True,
    )


def test_nothing_that_runs_or_leads_away_is_in_the_marked_copy(dressed: Path) -> None:
    mark(dressed, read(dressed), dressed.with_name("out.xlsx"))
    page = openpyxl.load_workbook(dressed.with_name("out.xlsx"))["崂山区"]
    assert (page["E3"].value, page["B3"].hyperlink, page["D3"].comment) == (None, None, None)
    with zipfile.ZipFile(dressed.with_name("out.xlsx")) as parts:
        text = b"".join(parts.read(name) for name in parts.namelist())
    assert (b"WEBSERVICE" in text, b"example.com" in text, "旧批注".encode() in text) == (False, False, False)


def test_problems_of_a_workbook_are_listed_on_a_sheet_of_their_own(dressed: Path) -> None:
    reading = read(dressed)
    mark(dressed, reading, dressed.with_name("out.xlsx"))
    page = openpyxl.load_workbook(dressed.with_name("out.xlsx"))["问题清单"]
    assert page.max_row == reading.problems.num_rows + 1
    assert [cell.value for cell in page[2]][:4] == ["崂山区", "3", "C", "详见附件"]


def test_a_workbook_that_cannot_be_opened_with_its_look_is_copied_as_values(dressed: Path, monkeypatch) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise KeyError("xl/styles.xml")

    monkeypatch.setattr("rongtong.facts.reading.mark_dressed.openpyxl.load_workbook", broken)
    mark(dressed, read(dressed), dressed.with_name("out.xlsx"))
    monkeypatch.undo()
    page = openpyxl.load_workbook(dressed.with_name("out.xlsx"))["崂山区"]
    assert (page["C3"].value, page["C3"].fill.fgColor.rgb[-6:]) == ("详见附件", "F8CBAD")
