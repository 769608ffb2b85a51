"""From rows of texts to tables: headings, rows that are none, merges, long layouts, forms, lists."""

from __future__ import annotations

from decimal import Decimal

from .books import CODE, OTHER, facts, part_of

HEAD = ["统一社会信用代码", "企业名称", "2021年营业收入（万元）"]
FIRM = [CODE, "青岛喆昇科技有限公司", "12.5"]


def test_a_plain_table() -> None:
    assert facts([HEAD, FIRM]) == [
        {"row": 2, "uscc": CODE, "name": "青岛喆昇科技有限公司", "revenue[2021]": Decimal("125000.00")}
    ]


def test_titles_above_and_blank_rows_count_as_rows() -> None:
    assert [line["row"] for line in facts([["某区汇总表"], [], HEAD, [], FIRM])] == [5]


def test_the_sheet_states_the_unit() -> None:
    (line,) = facts([["单位：亿元"], ["企业名称", "2021年营业收入"], ["璟碁公司", "1.5"]])
    assert line["revenue[2021]"] == Decimal("150000000.00")


def test_sums_notes_groups_and_repeated_headings_are_no_records() -> None:
    rows = [
        HEAD,
        ["一、香港路街道"],
        FIRM,
        ["", "小计", "12.5"],
        HEAD,
        [OTHER, "乙公司", "1"],
        ["合计", "", "13.5"],
        ["注：以审计报告为准"],
    ]
    assert [line["row"] for line in facts(rows)] == [3, 6]


def test_each_passed_row_has_its_reason() -> None:
    part = part_of([HEAD, FIRM, ["合计", "", "12.5"], ["填表人：张三"]])
    assert {i.reason for i in part.account.passed_over()} == {"表头", "合计行", "说明或签字行"}


def test_a_firm_that_stamped_its_row_is_a_record_and_a_signature_is_none() -> None:
    rows = [
        ["企业名称", "2021年全职员工数"],
        ["青岛德盛和电气股份有限公司（盖章）", "22"],
        ["填报单位：青岛德盛和电气股份有限公司（盖章）", "2022年10月"],
        ["青岛德盛和电气股份有限公司（盖章）"],
    ]
    assert [line["row"] for line in facts(rows)] == [2]


def test_a_row_without_name_and_code_is_a_problem() -> None:
    part = part_of([HEAD, FIRM, ["", "", "7"]])
    assert part.account.problems().select(["row", "column", "severity"]).to_pylist() == [
        {"row": 3, "column": "", "severity": "problem"}
    ]


def test_a_column_of_a_year_nobody_names_is_a_problem() -> None:
    part = part_of([["企业名称", "营业收入（万元）"], ["甲公司", "1"]], year=None)
    assert part.account.problems().select(["row", "column"]).to_pylist() == [{"row": 0, "column": "B"}]


def test_money_without_a_unit_is_a_problem_of_its_column() -> None:
    part = part_of([["企业名称", "2021年营业收入"], ["甲公司", "1"], ["乙公司", "2"]])
    assert part.account.problems().select(["row", "column"]).to_pylist() == [{"row": 0, "column": "B"}]


def test_values_may_carry_their_units() -> None:
    (line,) = facts([["企业名称", "2021年营业收入"], ["甲公司", "1.2亿元"]])
    assert line["revenue[2021]"] == Decimal("120000000.00")


def test_two_columns_of_one_slot_that_agree() -> None:
    part = part_of([[*HEAD, "2021年营业收入（审计数）（万元）"], [*FIRM, "12.5"]])
    assert part.account.counts() == {"cells": 8, "used": 3, "ignored": 5, "problems": 0}


def test_two_columns_of_one_slot_that_differ() -> None:
    part = part_of([[*HEAD, "2021年营业收入（审计数）（万元）"], [*FIRM, "99"]])
    assert part.account.problems()["column"].to_pylist() == ["C", "D"]
    assert part.tables[0].data["revenue[2021]"].to_pylist() == [None]


def test_merged_cells_are_filled_and_blank_ones_are_not() -> None:
    rows = [["所属区市", "企业名称"], ["崂山区", "甲公司"], ["", "乙公司"], ["", "丙公司"]]
    lines = facts(rows, merges=((1, 0, 2, 0),))
    assert [line["district"] for line in lines] == ["崂山区", "崂山区", None]


def test_headings_on_two_rows() -> None:
    rows = [["企业名称", "营业收入（万元）", ""], ["", "2020年", "2021年"], ["甲公司", "1", "2"]]
    (line,) = facts(rows, merges=((0, 0, 1, 0), (0, 1, 0, 2)))
    assert (line["revenue[2020]"], line["revenue[2021]"]) == (Decimal("10000.00"), Decimal("20000.00"))


def test_a_row_a_year() -> None:
    lines = facts(
        [["企业名称", "年度", "营业收入（万元）"], ["甲公司", "2020", "1"], ["甲公司", "2021年", "2"]], year=None
    )
    assert [(line["revenue[2020]"], line["revenue[2021]"]) for line in lines] == [
        (Decimal("10000.00"), None),
        (None, Decimal("20000.00")),
    ]


def test_a_row_an_indicator() -> None:
    rows = [
        ["企业名称", "指标", "年份", "数值", "单位"],
        ["甲公司", "营业收入", "2020", "1", "亿元"],
        ["甲公司", "职工人数", "2021", "9", "人"],
    ]
    lines = facts(rows)
    assert [(line["revenue[2020]"], line["staff[2021]"]) for line in lines] == [
        (Decimal("100000000.00"), None),
        (None, 9),
    ]


def test_a_form_of_one_firm() -> None:
    part = part_of(
        [
            ["企业名称", "甲公司", "统一社会信用代码", CODE],
            ["经营情况", "2020年", "2021年"],
            ["营业收入（万元）", "1", "2"],
        ]
    )
    values = part.tables[-1].data.to_pylist()
    assert values == [
        {
            "row": 3,
            "uscc": CODE,
            "name": "甲公司",
            "revenue[2020]": Decimal("10000.00"),
            "revenue[2021]": Decimal("20000.00"),
        }
    ]


def test_records_of_a_list_are_named_by_their_key() -> None:
    rows = [
        ["企业名称", "专利名称", "专利类型", "专利号"],
        ["甲公司", "一种装置", "发明专利", "ZL1"],
        ["甲公司", "二种装置", "外观设计", ""],
    ]
    (table,) = part_of(rows).tables
    assert (table.kind, table.list_id, table.data["item"].to_pylist()) == ("list", "ip", ["ZL1", "row 3"])


def test_a_code_with_a_wrong_check_character_is_used_with_a_warning() -> None:
    part = part_of([HEAD, [CODE[:-1] + "8", "甲公司", "1"]])
    assert part.account.problems()["severity"].to_pylist() == ["warning"]
    assert part.tables[0].data["uscc"].to_pylist() == [CODE[:-1] + "8"]


def test_two_tables_on_a_sheet() -> None:
    rows = [HEAD, FIRM, [], ["公司名称", "职工人数"], ["乙公司", "9"]]
    assert [table.data.column_names[3:] for table in part_of(rows).tables] == [["revenue[2021]"], ["staff[2021]"]]


def test_a_table_is_typed_by_the_catalogue() -> None:
    schema = part_of([HEAD, FIRM]).tables[0].data.schema
    assert [str(schema.field(name).type) for name in ("row", "uscc", "revenue[2021]")] == [
        "int32",
        "string",
        "decimal128(18, 2)",
    ]


def test_one_figure_of_several_years_is_no_years_in_a_row_of_an_indicator_nor_in_a_form() -> None:
    long = part_of([["企业名称", "指标", "数值", "单位"], ["甲机械有限公司", "近三年研发费用", "90", "万元"]])
    form = part_of([["企业名称", "甲机械有限公司"], ["近三年研发费用（万元）", "90"], ["2021年净利润（万元）", "3"]])
    slots = [
        [name for table in part.tables for name in table.data.column_names if "rd_expense" in name]
        for part in (long, form)
    ]
    asked = [
        "2019年研发费用、2020年研发费用、2021年研发费用" in str(part.account.problems().to_pylist())
        for part in (long, form)
    ]
    assert (slots, asked) == ([[], []], [True, True])


def test_what_happened_in_several_years_keeps_them_in_a_row_of_an_indicator() -> None:
    (line,) = facts([["企业名称", "指标", "数值"], ["甲机械有限公司", "近三年是否获国家级省级科技奖励", "是"]])
    assert line["awards.science.any[2019..2021]"] is True
