from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rongtong.report import figures, labels


@pytest.mark.parametrize(
    ("slot", "label"),
    [
        ("name", "企业名称"),
        ("revenue[2021]", "2021年营业收入"),
        ("ip.class_1", "与主导产品相关的Ⅰ类知识产权"),
        ("awards.science.any[2019..2022]", "2019–2022年国家级、省级科技奖励（有无）"),
        ("financing.qualified.amount[2021]", "2021年合格机构投资者的股权融资实缴额（金额）"),
        ("titles.valid_until", "称号·有效期至"),
        ("something else", "something else"),
        ("nobody_knows[2021]", "nobody_knows[2021]"),
    ],
)
def test_a_slot_has_the_label_officers_use(slot, label):
    assert labels.of_slot(slot) == label


@pytest.mark.parametrize(
    ("slot", "value", "said"),
    [
        ("revenue[2021]", Decimal("44488000.00"), "4,448.8 万元"),
        ("revenue[2021]", 1, "0.0001 万元"),
        ("rd_intensity[2021]", 0.041, "4.1%"),
        ("rd_intensity[2021]", Decimal("0.03000000"), "3%"),
        ("qms_certified", True, "是"),
        ("qms_certified", None, "未知"),
        ("ip.class_1", 3, "3"),
        ("financing.qualified.amount[2021]", 20_000_000, "2,000 万元"),
        ("awards.science.any[2019..2022]", False, "否"),
        ("registered_on", date(2016, 3, 1), "2016-03-01"),
        ("financing.amount", 20_000_000, "2,000 万元"),
        ("uscc", "91370212MA3C000039", "91370212MA3C000039"),
    ],
)
def test_a_value_is_written_as_officers_write_it(slot, value, said):
    assert labels.of_value(slot, value) == said


@pytest.mark.parametrize(
    ("slot", "who"),
    [("negative_records.environment[2019..2022]", "市生态环境局"), ("revenue[2021]", "审计报告"), ("nobody_knows", "")],
)
def test_who_can_supply_a_fact(slot, who):
    assert labels.settled_by(slot) == who


@pytest.mark.parametrize(
    ("slot", "bounds", "text"),
    [
        ("ip.class_1", [1, None], "至少 1，上限未知"),
        ("ip.class_1", [1, 3], "1 至 3"),
        ("financing.qualified.amount[2021]", [20_000_000, None], "至少 2,000 万元，上限未知"),
    ],
)
def test_bounds_of_a_list_are_said_in_words(slot, bounds, text):
    assert labels.of_value(slot, bounds) == text


@pytest.mark.parametrize(
    ("code", "row"), [("7020", "物业管理"), ("K7020", "物业管理"), ("3489", ""), (None, ""), ("", "")]
)
def test_a_size_by_a_row_from_memory_names_it(code, row):
    assert labels.row_from_memory({"size_class": "小型", "industry_code": code}) == row


def test_of_at_least_none_nothing_is_known():
    assert [figures.value(ends, "integer") for ends in ([0, None], [1, None], [0, 2])] == [
        "未知",
        "至少 1，上限未知",
        "0 至 2",
    ]


@pytest.mark.parametrize(
    ("slot", "who"),
    [("well_known", "审核人员判断"), ("platform_score[2025]", "审核人员查平台或报告"), ("revenue[2021]", "审计报告")],
)
def test_a_fact_comes_from_whoever_judges_it_or_its_best_source(slot, who):
    assert labels.settled_by(slot) == who
