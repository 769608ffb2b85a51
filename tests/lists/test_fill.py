"""A list comes back as it was, with columns beside it that no spreadsheet takes for formulas."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rongtong import lists
from rongtong.workbooks import open_sheets

NAMES = ["青岛丙机械有限公司", "青岛甲机械有限公司", "青岛乙机械有限公司"]
FORMULA = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A list under a merged title, with a wide column, a coloured cell and a second sheet."""
    made = openpyxl.Workbook()
    page, other = made.active, made.create_sheet("说明")
    page.title = "名单"
    for line in (["参会名单", None], ["序号", "企业名称"], *([n, name] for n, name in enumerate(NAMES, 1))):
        page.append(line)
    page.merge_cells("A1:B1")
    page.column_dimensions["B"].width = 42
    page["B3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFAABBCC")
    other["C5"] = "请于周五前反馈"
    path = tmp_path / "名单.xlsx"
    made.save(path)
    return path


@pytest.fixture
def filled(tmp_path: Path):
    """The workbook after a column was added to a list."""

    def fill(path: Path, values: dict[int, object], **outcomes: str) -> openpyxl.Workbook:
        sheet = open_sheets(path, tmp_path)[0]
        out, told = tmp_path / "out.xlsx", {int(row[1:]): one for row, one in outcomes.items()}
        lists.fill(path, sheet, lists.find(sheet), [lists.Addition("结果", values)], out, outcomes=told)
        return openpyxl.load_workbook(out)

    return fill


def column(book: openpyxl.Workbook, letter: str) -> list[object]:
    return [cell.value for cell in book.worksheets[0][letter]]


def test_rows_keep_their_order_with_what_is_added_beside_them(book, filled):
    found = filled(book, {3: "丙", 4: "甲", 5: "乙"})
    assert (column(found, "B"), column(found, "C")) == ([None, "企业名称", *NAMES], [None, "结果", "丙", "甲", "乙"])


def test_merged_cells_stay(book, filled):
    assert [str(one) for one in filled(book, {}).worksheets[0].merged_cells.ranges] == ["A1:B1"]


def test_widths_stay(book, filled):
    assert filled(book, {}).worksheets[0].column_dimensions["B"].width == 42


def test_colours_stay(book, filled):
    assert filled(book, {}).worksheets[0]["B3"].fill.fgColor.rgb == "FFAABBCC"


def test_other_sheets_stay(book, filled):
    found = filled(book, {})
    assert (found.sheetnames, found["说明"]["C5"].value) == (["名单", "说明"], "请于周五前反馈")


def test_what_is_asked_and_what_is_missing_have_colours_of_their_own(book, filled):
    page = filled(book, {3: "一致", 4: "待核", 5: "没有"}, r3="same", r4="ask", r5="none").worksheets[0]
    assert [page[cell].fill.fgColor.rgb for cell in ("C3", "C4", "C5")] == ["00000000", "00FDF4DD", "00FBECE8"]


@pytest.mark.parametrize("text", [FORMULA, "=1+1"])
def test_an_added_text_is_no_formula(book, filled, text):
    cell = filled(book, {3: text}).worksheets[0]["C3"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_an_added_text_is_no_formula_beside_a_list_that_came_as_lines(tmp_path, filled):
    path = tmp_path / "名单.csv"
    path.write_text("企业名称\n" + "\n".join(NAMES), encoding="utf-8")
    cell = filled(path, {2: FORMULA}).worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == (FORMULA, "s")


def test_a_name_that_came_as_lines_is_no_formula(tmp_path, filled):
    path = tmp_path / "名单.csv"
    path.write_text("企业名称,备注\n青岛甲机械有限公司,=1+1\n", encoding="utf-8")
    cell = filled(path, {}).worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
