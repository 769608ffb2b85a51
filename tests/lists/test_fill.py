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


@pytest.fixture
def lines(tmp_path: Path):
    """The lines of a list that came as a .csv and is given back."""

    def fill(text: str, values: dict[int, object]) -> list[str]:
        path, out = tmp_path / "名单.csv", tmp_path / "out.csv"
        path.write_text(text, encoding="gb18030")
        sheet = open_sheets(path, tmp_path)[0]
        lists.fill(path, sheet, lists.find(sheet), [lists.Addition("结果", values)], out, outcomes={})
        return out.read_text(encoding="utf-8-sig").splitlines()

    return fill


def test_a_list_that_came_as_lines_comes_back_as_lines(lines):
    given = "\n".join(["企业名称,备注", *(f'{name},"甲,乙"' for name in NAMES)])
    assert lines(given, {2: "丙", 4: "乙"}) == [
        "企业名称,备注,结果", f'{NAMES[0]},"甲,乙",丙', f'{NAMES[1]},"甲,乙",', f'{NAMES[2]},"甲,乙",乙'
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1+1", "-A1"])
def test_no_text_of_lines_is_a_formula_given_or_added(lines, text):
    assert lines(f"企业名称,备注\n{NAMES[0]},{text}\n", {2: text})[1] == f"{NAMES[0]},'{text},'{text}"


@pytest.mark.parametrize("text", ["-5", "+0.5%", "1=1"])
def test_a_figure_of_lines_stays_as_it_was(lines, text):
    assert lines(f"企业名称,备注\n{NAMES[0]},{text}\n", {})[1] == f"{NAMES[0]},{text},"


@pytest.mark.parametrize(
    ("name", "kind"), [("名单.csv", ".csv"), ("名单.CSV", ".csv"), ("名单.xls", ".xlsx"), ("名单.xlsx", ".xlsx")]
)
def test_a_list_comes_back_as_its_own_kind_where_that_can_be(name, kind):
    assert lists.kind_of(name) == kind


@pytest.mark.parametrize(("texts", "wide"), [(["一致"] * 3, 12), (["青岛喆昇机械有限公司"] * 3, 22), (["字" * 90], 48)])
def test_a_column_is_as_wide_as_its_texts_within_reason(tmp_path, texts, wide):
    book = openpyxl.Workbook()
    for name in ("企业名称", *("青岛甲机械有限公司" for _ in texts)):
        book.active.append([name])
    book.save(tmp_path / "名单.xlsx")
    [sheet] = open_sheets(tmp_path / "名单.xlsx", tmp_path)
    column = lists.Addition("结果", dict(enumerate(texts, 2)))
    lists.fill(tmp_path / "名单.xlsx", sheet, lists.find(sheet), [column], tmp_path / "out.xlsx", outcomes={})
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active.column_dimensions["B"].width == wide
