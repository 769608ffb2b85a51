"""Quantities and prices as people state them, read in one place, and compared by the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rongtong.facts.reading.values.spec import NotReadError
from rongtong.match import cells
from rongtong.match.holds import CONSTRAINTS, Day
from rongtong.match.numbers import Price, price, quantities, quantity
from rongtong.match.schema import NEEDS, OFFERS

STATED = [
    ("年用量 12000 件", 12_000, 12_000, "件/年"),
    ("每年1.2万套", 12_000, 12_000, "套/年"),
    ("首批500台", 500, 500, "台"),
    ("１０００吨/年", 1000, 1000, "吨/年"),
    ("月产 5000 件", 5000, 5000, "件/月"),
    ("每季度300套", 300, 300, "套/季"),
    ("五台", 5, 5, "台"),
    ("1万2千件", 12_000, 12_000, "件"),
    ("5000—8000件", 5000, 8000, "件"),
    ("1-2万件", 10_000, 20_000, "件"),
    ("至少500台", 500, None, "台"),
    ("500台以内", None, 500, "台"),
    ("年用量12000", 12_000, 12_000, "/年"),
    ("600瓶/日", 600, 600, "瓶/日"),
    ("500台（首批）", 500, 500, "台"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), STATED)
def test_a_quantity_with_its_unit_and_period(text: str, low: int | None, high: int | None, unit: str) -> None:
    told = quantity(text)
    assert (told.low, told.high, told.unit, told.about) == (low, high, unit, False)


@pytest.mark.parametrize("text", ["若干", "500元", "2026-10-01", "阀座12000件", "年用量500台，首批50台", "按需", ""])
def test_what_is_not_one_quantity_says_how_to_write_it(text: str) -> None:
    with pytest.raises(NotReadError) as told:
        quantity(text)
    assert told.value.mend == "请只写一个数和单位，例如 年用量 12000 件；说不准的不填，写在说明里"


@pytest.mark.parametrize(
    "text",
    [
        "采购阀座，年用量 12000 件，10月底前",
        "每年要1.2万套线束",
        "首批500台，急",
        "钢板 8 吨/月左右",
        "需求量为一万二千套",
    ],
)
def test_what_is_found_in_running_text_is_read_when_it_stands_alone(text: str) -> None:
    found = quantities(text)[0]
    assert quantity(found.text).high == found.value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("850—1200 元/套", Price(Decimal(850), "套")),
        ("每套850元", Price(Decimal(850), "套")),
        ("起订 5-8万元", Price(Decimal(50_000))),
        ("面议", None),
    ],
)
def test_a_price_is_what_it_costs_at_least(text: str, told: Price | None) -> None:
    assert price(text) == told


@pytest.mark.parametrize("text", ["实惠", "不超过5万元", "大件 800元，小件 500元"])
def test_what_is_no_price_says_how_to_write_one(text: str) -> None:
    with pytest.raises(NotReadError, match="看不出是什么价"):
        price(text)


def test_of_a_range_that_end_counts_by_which_nobody_is_ruled_out_who_would_do() -> None:
    assert cells.quantity("5000—8000件").values["quantity"] == 5000
    assert cells.supply("5000—8000件").values["quantity"] == 8000
    assert (cells.quantity("500台以内").values, cells.supply("至少500台").values) == ({}, {})
    assert cells.quantity("500台以内").reason == "只写了最多要多少，不按数量比对"
    assert cells.quantity("500台").reason == ""


def _answer(name: str, need: dict[str, Any], offer: dict[str, Any]) -> Any:
    whole = dict.fromkeys(NEEDS.names) | need, dict.fromkeys(OFFERS.names) | offer
    return CONSTRAINTS[name].holds(*whole, Day(date(2026, 11, 1)))


@pytest.mark.parametrize(
    ("needed", "supplied", "answer"),
    [
        ("年用量 12000 件", "月产 5000 件", True),
        ("年用量 12000 件", "月产 900 件", False),
        ("年用量 12000 件", "12000件", None),
        ("首批500台", "月产500台", None),
        ("12000件/年", "12000套/年", None),
    ],
)
def test_what_is_by_the_month_is_compared_with_what_is_by_the_year(needed: str, supplied: str, answer: Any) -> None:
    assert _answer("quantity", cells.quantity(needed).values, cells.supply(supplied).values) is answer


def test_a_price_each_is_counted_for_as_many_as_are_needed() -> None:
    need, offer = cells.quantity("年用量 100 套").values, cells.asking("850—1200 元/套").values
    assert [_answer("budget", need | {"budget": Decimal(b)}, offer) for b in (85_000, 84_999)] == [True, False]
