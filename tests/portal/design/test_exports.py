"""A list as a file: no text of it is a formula, and no figure of it a text."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import django_tables2 as tables
import openpyxl
import pytest

from rongtong.portal.design.tables import Table, export

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1"]


class Things(Table):
    """One column."""

    thing = tables.Column(verbose_name="内容")

    class Meta(Table.Meta):
        pass


def as_csv(value: object) -> list[list[str]]:
    answer = export(Things([{"thing": value}]), "名单", "csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def as_xlsx(value: object) -> tuple[object, str]:
    answer = export(Things([{"thing": value}]), "名单", "xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(answer.content)).active["A2"]
    return cell.value, cell.data_type


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_begins_like_a_formula_is_quoted_in_csv(text):
    assert as_csv(text) == [["内容"], [f"'{text}"]]


@pytest.mark.parametrize("value", ["青岛甲机械有限公司", "a=b", -5])
def test_anything_else_stands_in_csv_as_it_is(value):
    assert as_csv(value) == [["内容"], [str(value)]]


@pytest.mark.parametrize("text", FORMULAS[:4])
def test_a_text_that_begins_like_a_formula_is_a_text_in_a_workbook(text):
    assert as_xlsx(text) == (text, "s")


def test_digits_of_a_text_stay_a_text_in_a_workbook():
    assert as_xlsx("0532") == ("0532", "s")


def test_a_number_is_a_number_in_a_workbook():
    assert as_xlsx(-5) == (-5, "n")


def test_a_moment_is_told_as_the_clock_here_shows_it():
    assert as_csv(datetime(2022, 10, 25, 17, 30, tzinfo=UTC)) == [["内容"], ["2022-10-26 01:30:00"]]


def test_what_a_cell_holds_can_be_read_and_printed():
    """Several lines stand below each other, a long name is not cut off, and a page holds the whole width."""
    answer = export(Things([{"thing": "改变：研发费用\n改变：研发机构级别 至少到省级"}]), "名单", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert (sheet["A2"].alignment.wrap_text, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        True, "landscape", 0,
    )  # fmt: skip  # read by rows
    assert sheet.column_dimensions["A"].width >= 2 * len("改变：研发机构级别至少到省级")
