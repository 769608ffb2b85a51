"""What headings mean, and which are not guessed at."""

from __future__ import annotations

import pytest

from rongtong.definitions.catalogue import catalogue
from rongtong.facts.reading import normalise_heading
from rongtong.facts.reading.headings import Interpreter
from rongtong.facts.reading.years import Calendar, calendar

INTERPRETER = Interpreter(catalogue(), {})


@pytest.mark.parametrize(
    ("path", "slot", "unit"),
    [
        (["2021年营业收入(万元)"], "revenue[2021]", "万元"),
        (["１、２０２１年度\n营业收入（万元）*"], "revenue[2021]", "万元"),
        (["21年净利润（万元）"], "net_profit[2021]", "万元"),
        (["截至2021年12月31日企业在职职工人数"], "staff[2021]", None),
        (["上上年度营业收入"], "revenue[2020]", None),
        (["主要经济指标", "2019年", "营业收入（万元）"], "revenue[2019]", "万元"),
        (["营业收入（万元）", "2019"], "revenue[2019]", "万元"),
        (["从业人员（人）", "其中：研发人员"], "rd_staff", "人"),
        (["从业人员（人）", "总数"], "staff", "人"),
        (["Ⅰ类知识产权"], "ip.class_1", None),
        (["一类知识产权数量（件）"], "ip.class_1", "件"),
        (["2021年新增股权融资额（万元）"], "financing.qualified.amount[2021]", "万元"),
        (["近三年是否获国家级省级科技奖励"], "awards.science.any[2019..2021]", None),
        (["2021年营业收入（万元）\nOperating Revenue 2021 (RMB 10,000)"], "revenue[2021]", "万元"),
        (["是否高新技术企业 High-tech Enterprise (Y/N)"], "titles.high_tech.any", None),
        (["2021年利润总额，亿元"], "total_profit[2021]", "亿元"),
    ],
)
def test_a_heading_means_its_slot(path: list[str], slot: str, unit: str | None) -> None:
    meaning = INTERPRETER.read(path, Calendar(2021))
    assert (meaning.slot, meaning.unit) == (slot, unit)


@pytest.mark.parametrize(
    "heading",
    [
        "2022年1-6月营业收入",
        "2022年上半年净利润",
        "2022年预计营业收入",
        "人均营业收入",
        "研发费用加计扣除额",
        "专利申请数",
        "研发设备原值",
        "近2年主营业务收入平均增长率",
        "出口额",
        "大专以上学历人数",
        "企业信用等级",
        "是否拟上市",
    ],
)
def test_a_heading_that_means_something_else_is_unknown(heading: str) -> None:
    assert INTERPRETER.read([heading], Calendar(2021)).how == "unknown"


@pytest.mark.parametrize("heading", ["联系人", "法定代表人", "7、联系人及电话", "法人身份证号", "物业联系人", "E-mail"])
def test_contacts_never_become_facts(heading: str) -> None:
    assert INTERPRETER.read([heading], Calendar(2021)).how == "contact"


def test_a_slip_of_the_pen_is_recognised_and_said() -> None:
    assert INTERPRETER.read(["参与制修订标准数目"], Calendar(2021)).how == "fuzzy"


def test_an_unknown_heading_gets_a_suggestion() -> None:
    assert "营业收入" in INTERPRETER.read(["营业总额收入"], Calendar(2021)).note


def test_a_decision_comes_before_all_guessing() -> None:
    decided = Interpreter(catalogue(), {normalise_heading("营收（万元）"): "main_revenue[2021]"})
    assert decided.read(["营收（万元）"], Calendar(2021)).slot == "main_revenue[2021]"


def test_a_decision_to_ignore() -> None:
    decided = Interpreter(catalogue(), {normalise_heading("营业收入"): "ignore"})
    assert decided.read(["营业收入"], Calendar(2021)).how == "declined"


def test_writings_of_one_heading_have_one_form() -> None:
    writings = ["Ⅰ类知识产权（件）", "I类 知识产权(件)*", "3、一类知识产权（件）"]
    assert len({normalise_heading(text) for text in writings}) == 1


def test_the_sheet_may_say_what_this_year_is() -> None:
    assert calendar(["推荐表（本年度指2020年）", "上年度营业收入"], 2021).relative(-1) == 2019


def test_without_this_year_last_year_is_the_reporting_year() -> None:
    assert calendar(["上年度营业收入"], 2021).relative(-1) == 2021


def test_whatever_the_catalogue_calls_a_figure_is_read_as_that_figure() -> None:
    named = [(field.id, name) for field in catalogue().scalars for name in (field.label, *field.synonyms)]
    read = [(name, INTERPRETER.read([name], Calendar(2021, True)).target) for _field, name in named]
    assert [
        (field, name)
        for (field, name), (_name, target) in zip(named, read, strict=True)
        if not target or target.field != field
    ] == []


@pytest.mark.parametrize(
    ("source", "slot"), [("firm_form", None), ("firm_promise", None), ("bureau_reply", "share_leading")]
)
def test_a_firm_does_not_judge_itself(source: str, slot: str | None) -> None:
    meaning = Interpreter(catalogue(), {}, source).read(["市场占有率是否较为靠前"], Calendar(2021))
    assert (meaning.slot, "区市汇总表" in meaning.note) == (slot, slot is None)
    decided = Interpreter(catalogue(), {normalise_heading("靠前"): "share_leading"}, source)
    assert decided.read(["靠前"], Calendar(2021)).slot == slot


@pytest.mark.parametrize(
    ("heading", "slot"),
    [
        ("近三年是否获国家级省级科技奖励", "awards.science.any[2019..2022]"),  # what happened, until the file's day
        ("近三年新增股权融资（万元）", "financing.qualified.amount[2019..2021]"),  # what was booked, of closed years
        ("近三年累计新增股权融资（万元）", "financing.qualified.amount[2019..2021]"),  # a sum of amounts is one
        ("2019—2021年累计新增股权融资（万元）", "financing.qualified.amount[2019..2021]"),
        ("近一年研发费用（万元）", "rd_expense[2021]"),
    ],
)
def test_the_last_years_are_those_of_the_files_day(heading: str, slot: str) -> None:
    assert INTERPRETER.read([heading], Calendar(2021, until=2022)).slot == slot


@pytest.mark.parametrize("until", [None, 2021, 2024])
def test_a_file_of_no_day_in_the_year_after_says_nothing_of_that_year(until: int | None) -> None:
    meaning = INTERPRETER.read(["近三年是否获国家级省级科技奖励"], Calendar(2021, until=until))
    assert meaning.slot == "awards.science.any[2019..2021]"


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("近三年累计研发费用（万元）", "研发费用"),
        ("2019—2021年营业收入年均增长率", "营业收入增长率"),
        ("近三年平均主营业务收入", "主营业务收入"),
    ],
)
def test_one_figure_of_several_years_is_none_of_any_and_each_is_asked_for(heading: str, label: str) -> None:
    meaning = INTERPRETER.read([heading], Calendar(2021))
    assert (meaning.slot, meaning.note.partition("：")[2]) == (
        None,
        "、".join(f"{y}年{label}" for y in (2019, 2020, 2021)),
    )


def test_one_figure_of_several_years_that_names_none_asks_for_them() -> None:
    assert "写明年份" in INTERPRETER.read(["三年累计研发费用"], Calendar(2021)).note
