from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from rongtong import report
from rongtong.report import workbook as module


@pytest.fixture
def book(made, tmp_path):
    report.verdicts(made, tmp_path / "out" / "verdicts.xlsx")
    return openpyxl.load_workbook(tmp_path / "out" / "verdicts.xlsx")


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_three_sheets(book):
    assert book.sheetnames == ["说明", "企业结论", "条款明细"]


def test_one_row_a_firm(book):
    header, *rows = values(book["企业结论"])
    assert header == [
        "企业名称", "统一社会信用代码", "结论", "得分", "最低分", "最高分", "不满足的条款", "还缺什么",
        "由谁提供", "企业编号",
    ]  # fmt: skip  # read by rows
    assert rows[0] == [
        "青岛喆昇精密轴承有限公司", "91370200MA3C00000X", "✓ 符合", "64", 64, 64,
        None, None, None, "f-青岛喆昇精密轴承有限公司",
    ]  # fmt: skip  # read by rows
    assert rows[1][2:7] == ["✗ 不符合", "31–46", 31, 46, "上年度研发费用总额不低于 100 万元（差额 -12.35 万元）"]
    assert rows[2][2:6] == ["? 暂不能判定", "52–72", 52, 72]


def test_what_is_missing_is_said_in_labels_and_by_whom(book):
    row = values(book["企业结论"])[3]
    assert row[7].splitlines()[:2] == ["2021年研发费用", "地方特色指标得分"]
    assert row[7].splitlines()[2].startswith("2019–2022年")
    assert row[8].split("、")[:2] == ["审计报告", "部门函询复函"]


def test_one_row_a_firm_and_clause(book):
    header, *rows = values(book["条款明细"])
    assert header == ["企业名称", "统一社会信用代码", "条款", "条款内容", "满足", "得分", "依据的数据", "出处", "差额"]
    assert rows[0][2:] == [
        "2a", "上年度研发费用总额不低于 100 万元", "✓ 满足", None,
        "2021年研发费用：182.4 万元", "市南区汇总表.xlsx Sheet1!D17", "+82.4 万元",
    ]  # fmt: skip  # read by rows
    assert rows[2][4:] == ["? 未知", None, "2021年研发费用：未知", None, None]
    assert len(rows) == 4


def test_a_verdict_has_its_colour(book):
    sheet = book["企业结论"]
    colours = [(sheet.cell(row, 3).font.color.rgb, sheet.cell(row, 3).fill.fgColor.rgb) for row in (2, 3, 4)]
    assert colours == [("FF2B7356", "FFE8F3EE"), ("FFB0412B", "FFFBEAE6"), ("FF7D5A00", "FFFDF4DD")]


def test_the_summary_says_by_which_document_on_which_facts_and_how_many(book):
    said = {row[0]: row[1] for row in values(book["说明"]) if row[0]}
    assert said["文号"] == "工信部企业〔2022〕63号"
    assert said["快照编号"] == "s" * 64
    assert [said[word] for word in ("企业", "✓ 符合", "✗ 不符合", "? 暂不能判定")] == [3, 1, 1, 1]


def test_lists_can_be_filtered_and_keep_their_header(book):
    sheet = book["企业结论"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:J4", "B2")


def test_no_text_is_ever_a_formula(made, tmp_path):
    report.verdicts(made, tmp_path / "verdicts.xlsx")
    with ZipFile(tmp_path / "verdicts.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert "=cmd|" in "".join(sheets)
    assert not any("<f>" in sheet for sheet in sheets)


def test_clauses_beyond_the_limit_are_left_out_and_the_summary_says_so(made, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "DETAILS", 2)
    report.verdicts(made, tmp_path / "verdicts.xlsx")
    book = openpyxl.load_workbook(tmp_path / "verdicts.xlsx")
    said = {row[0]: row[1] for row in values(book["说明"]) if row[0]}
    assert book["条款明细"].max_row == 3
    assert said["条款明细"] == "只列出前 2 户的条款；全部条款请用 --out verdicts.parquet 导出。"


def test_a_failure_leaves_nothing_behind(made, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "write_summary", full)
    with pytest.raises(OSError, match="No space"):
        report.verdicts(made, tmp_path / "verdicts.xlsx")
    assert list(Path(tmp_path).iterdir()) == []


def test_a_full_disk_is_told_of_the_file_and_nothing_else_is(tmp_path):
    out = tmp_path / "v.xlsx"
    program = f"""
import resource
from pathlib import Path
from rongtong.report.whole import written
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    with written(Path({str(out)!r})) as book:
        for n in range(90):  # the rows fit, the list of sheets does not
            book.add_worksheet() if n < 30 else book.worksheets()[n % 30].write(n, 0, str(n))
except OSError as error:
    kept = error  # until the end, as whoever tells of it does
    print(error.filename)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr, list(tmp_path.iterdir())) == (f"{out}\n", "", [])
