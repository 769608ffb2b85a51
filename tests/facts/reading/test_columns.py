"""Several columns for one fact, and figures that do not go together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .books import CODE, OTHER, facts, part_of

TWO = ["企业名称", "2021年营业收入（万元）", "2021年销售收入（万元）"]
LONG = ["企业名称", "信用代码", "指标名称", "年份", "数值", "计量单位"]


def told(rows: list[list[str]]) -> list[tuple[Any, ...]]:
    """Row, column and severity of what is reported."""
    found = part_of(rows).account.problems().to_pylist()
    return [(one["row"], one["column"], one["severity"]) for one in found]


def revenues(rows: list[list[str]]) -> dict[tuple[str, int], Decimal]:
    """Revenue by firm, with the column it stands in."""
    return {
        (line["name"], table.cells["revenue[2021]"]): line["revenue[2021]"]
        for table in part_of(rows).tables
        for line in table.data.to_pylist()
        if line["revenue[2021]"] is not None
    }


def test_a_second_column_fills_what_the_first_leaves_open() -> None:
    rows = [TWO, ["甲公司", "5000", ""], ["乙公司", "", "6000"]]
    assert revenues(rows) == {("甲公司", 1): Decimal("50000000.00"), ("乙公司", 2): Decimal("60000000.00")}
    assert told(rows) == []


def test_where_both_differ_neither_is_used() -> None:
    rows = [TWO, ["甲公司", "5000", "6000"], ["乙公司", "70", "70"]]
    assert revenues(rows) == {("乙公司", 1): Decimal("700000.00")}
    assert told(rows) == [(2, "B", "problem"), (2, "C", "problem")]


def test_a_third_column_does_not_settle_what_two_differ_on() -> None:
    rows = [[*TWO, "2021年营业额（万元）"], ["甲公司", "5000", "6000", "7000"]]
    assert (revenues(rows), told(rows)) == ({}, [(2, column, "problem") for column in "BCD"])


def test_the_mend_names_what_there_is() -> None:
    (mend,) = set(part_of([TWO, ["甲公司", "5000", "6000"]]).account.problems()["mend"].to_pylist())
    assert "rongtong decide heading" in mend


def test_rows_of_an_indicator_in_two_units_are_all_read() -> None:
    rows = [
        LONG,
        ["甲公司", CODE, "营业收入", "2021", "100", "万元"],
        ["乙公司", OTHER, "营业收入", "2021", "200", "元"],
    ]
    assert revenues(rows) == {("甲公司", 4): Decimal("1000000.00"), ("乙公司", 4): Decimal("200.00")}
    assert told(rows) == []


def test_a_records_key_may_stand_in_a_second_column() -> None:
    rows = [
        ["企业名称", "专利号", "授权号", "专利类型"],
        ["甲公司", "ZL1", "", "发明专利"],
        ["甲公司", "", "ZL2", "实用新型"],
    ]
    tables = [table.data.to_pylist() for table in part_of(rows).tables]
    assert [[(line["item"], line["ip.number"]) for line in table] for table in tables] == [
        [("ZL1", "ZL1"), ("ZL2", None)],
        [("ZL2", "ZL2")],
    ]


MAIN = ["企业名称", "2021年营业收入（万元）", "2021年主营业务收入（万元）"]
YEARS = ["企业名称", "2020年营业收入（万元）", "2021年营业收入（万元）"]


@pytest.mark.parametrize(("main", "found"), [("101", [(2, "C", "warning")]), ("100.4", []), ("90", [])])
def test_a_part_larger_than_its_whole(main: str, found: list[tuple[Any, ...]]) -> None:
    assert told([MAIN, ["甲公司", "100", main]]) == found


@pytest.mark.parametrize(
    ("now", "found"),
    [("10200元", [(2, "C", "warning")]), ("900000", [(2, "C", "warning")]), ("91", []), ("899999", []), ("0", [])],
)
def test_a_year_unlike_the_one_before(now: str, found: list[tuple[Any, ...]]) -> None:
    problems = [one for one in told([YEARS, ["甲公司", "9000", now], ["乙公司", "90", "91"]]) if one[1] == "C"]
    assert set(problems) == set(found)


def test_a_doubted_value_is_used() -> None:
    (line,) = facts([YEARS, ["甲公司", "9000", "1"]])
    assert line["revenue[2021]"] == Decimal("10000.00")


def test_years_of_a_firm_in_several_rows() -> None:
    rows = [
        LONG,
        ["甲公司", CODE, "营业收入", "2020", "9000", "万元"],
        ["甲公司", CODE, "营业收入", "2021", "9100", "元"],
        ["乙公司", OTHER, "营业收入", "2021", "1", "万元"],
    ]
    assert told(rows) == [(3, "E", "warning")]


def test_a_ratio_small_beside_the_others_is_not_used() -> None:
    rows = [["企业名称", "2021年主营业务收入占比"], ["甲", "98%"], ["乙", "0.93"], ["丙", "98.2"], ["丁", "100"]]
    assert [line["main_revenue_share[2021]"] for line in facts(rows)] == [
        Decimal("0.98"), None, Decimal("0.982"), Decimal(1),
    ]  # fmt: skip  # read by rows
    assert told(rows) == [(3, "B", "problem")]


@pytest.mark.parametrize(
    ("heading", "text", "slot", "value"),
    [
        ("有效发明专利数", "无", "ip.invention", 0),
        ("参与制修订标准数", "没有", "standards_count", 0),
        ("2021年全职员工数", "无", "staff[2021]", None),
        ("数字化水平", "L2", "digital_level", "二级"),
        ("数字化水平", "2级", "digital_level", "二级"),
        ("数字化水平", "2级（自评）", "digital_level", "二级"),
        ("数字化水平", "L7", "digital_level", None),
    ],
)
def test_how_officers_write_a_value(heading: str, text: str, slot: str, value: Any) -> None:
    (line,) = facts([["企业名称", heading], ["甲公司", text]])
    assert line[slot] == value


def test_how_officers_write_a_records_value() -> None:
    rows = [
        ["企业名称", "专利号", "专利类型", "是否自主研发", "专利清单"],
        ["甲公司", "SR1", "软著", "受让"],
        ["甲公司", "ZL2", "发明", "自主"],
    ]
    (table,) = part_of(rows).tables
    assert table.data.select(["ip.kind", "ip.own_development"]).to_pylist() == [
        {"ip.kind": "软件著作权", "ip.own_development": False},
        {"ip.kind": "发明专利", "ip.own_development": True},
    ]


def test_columns_of_names_add_up_and_lines_of_a_cell_are_names() -> None:
    head = ["企业名称", "曾用名", "原企业名称", "企业英文名"]
    part = part_of([head, ["青岛甲有限公司", "青岛乙厂\n青岛丙厂", "青岛丁厂", "Qingdao Jia\nCo., Ltd."]])
    told = [
        (slot, line[slot]) for table in part.tables for line in table.data.to_pylist() for slot in line if "_" in slot
    ]
    assert told == [
        ("former_name", "青岛乙厂；青岛丙厂"), ("english_name", "Qingdao Jia Co., Ltd."), ("former_name", "青岛丁厂"),
    ]  # fmt: skip  # read by rows
    assert part.account.problems().num_rows == 0
