"""What people type, what it finds, in which order."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from rongtong.search import Filters, Index

from .conftest import load

ALL = 8
GIANT = "专精特新小巨人"


def names(index: Index, text: str = "", *, limit: int = 20, offset: int = 0, **filters: Any) -> list[str]:
    return [hit.name for hit in index.search(text, Filters(**filters), limit=limit, offset=offset).firms]


@pytest.mark.parametrize("case", load("queries.yaml"), ids=lambda case: str(case["typed"]))
def test_what_is_typed_finds(index: Index, case: dict[str, Any]) -> None:
    hits = index.search(case["typed"])
    assert ([hit.name for hit in hits.firms], hits.total) == (case["found"], len(case["found"]))
    assert [hit.why for hit in hits.firms[:1]] == ([case.get("why", "")] if case["found"] else [])


def test_a_hit_says_who_it_is(index: Index) -> None:
    hit = index.search("喆昇").firms[0]
    assert asdict(hit) == {
        "firm": hit.firm,
        "name": "青岛喆昇精密轴承有限公司",
        "uscc": "91370200264574251E",
        "district": "崂山区",
        "why": "",
    }


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_nothing_typed_finds_all_by_tier_then_pinyin(index: Index, text: str) -> None:
    assert names(index, text) == [
        "青岛喆昇精密轴承有限公司",
        "青岛璟碁软件有限公司",
        "海德（青岛）ABB长乐银行有限责任公司",
        "青岛海德电子有限公司",
        "重庆𬭎泰电子有限公司",
        "海德",
        "山东青岛海德泵业有限公司",
        "上海德绿机械有限公司",
    ]


def test_a_name_that_only_adds_a_stamp_is_no_other_name(index: Index) -> None:
    assert names(index, "盖章") == []


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2018, 12, 31), []),
        (date(2019, 1, 1), ["山东青岛海德泵业有限公司"]),
        (date(2021, 12, 31), ["青岛喆昇精密轴承有限公司", "山东青岛海德泵业有限公司"]),
        (date(2022, 1, 1), ["青岛喆昇精密轴承有限公司"]),
        (date(2024, 7, 18), ["青岛喆昇精密轴承有限公司"]),
        (date(2024, 7, 19), []),
        (None, ["青岛喆昇精密轴承有限公司", "山东青岛海德泵业有限公司"]),
    ],
)
def test_a_title_counts_on_the_days_it_is_held(index: Index, on: date | None, found: list[str]) -> None:
    assert names(index, titles=(GIANT,), on=on) == found


def test_a_title_without_an_end_is_held(index: Index) -> None:
    assert names(index, titles=("省级专精特新",), on=date(2090, 1, 1)) == ["青岛璟碁软件有限公司"]


def test_every_title_asked_for_is_held(index: Index) -> None:
    assert names(index, titles=(GIANT, "省级专精特新")) == ["青岛喆昇精密轴承有限公司"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"district": "崂山区"}, ["青岛喆昇精密轴承有限公司", "青岛璟碁软件有限公司"]),
        ({"district": "市南区", "industry": "软件和信息技术服务业"}, ["重庆𬭎泰电子有限公司"]),
        ({"chain": "智能制造装备"}, ["青岛喆昇精密轴承有限公司"]),
        ({"district": "崂山"}, []),
        ({"district": "\ud800"}, []),
        ({"titles": ("没有这个称号",)}, []),
    ],
)
def test_filters_narrow(index: Index, filters: dict[str, Any], found: list[str]) -> None:
    assert names(index, "", **filters) == found


def test_filters_narrow_what_is_typed(index: Index) -> None:
    assert names(index, "有限公司", district="崂山区", titles=(GIANT,)) == ["青岛喆昇精密轴承有限公司"]


@pytest.mark.parametrize("text", ["", "海德", "公司", "haide"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_side_by_side_are_the_whole(index: Index, text: str, size: int) -> None:
    whole = names(index, text)
    pages = [names(index, text, limit=size, offset=at) for at in range(0, len(whole) + size, size)]
    assert [name for page in pages for name in page] == whole


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (20, 10**15), (-5, 3), (10**15, 99)])
def test_a_page_where_nothing_is_left_still_has_the_total(index: Index, limit: int, offset: int) -> None:
    hits = index.search("", limit=limit, offset=offset)
    assert (hits.total, hits.firms) == (ALL, [])


def test_an_offset_below_zero_is_the_beginning(index: Index) -> None:
    assert names(index, limit=10**15, offset=-3) == names(index, limit=ALL)


def test_facets_count_each_choice(index: Index) -> None:
    assert asdict(index.facets()) == {
        "district": {"崂山区": 2, "市南区": 2, "城阳区": 1},
        "industry": {"软件和信息技术服务业": 2, "通用设备制造业": 1},
        "chain": {"智能制造装备": 1},
        "title": {GIANT: 2, "省级专精特新": 2, "创新型中小企业": 1, "市级专精特新": 1},
    }


def test_a_filter_does_not_narrow_its_own_counts(index: Index) -> None:
    assert index.facets("青岛", Filters(district="崂山区")).district == {"崂山区": 2, "城阳区": 1, "市南区": 1}


def test_a_filter_narrows_the_other_counts(index: Index) -> None:
    facets = index.facets("青岛", Filters(district="崂山区", on=date(2022, 10, 31)))
    assert (facets.industry, facets.title) == (
        {"软件和信息技术服务业": 1, "通用设备制造业": 1},
        {GIANT: 1, "省级专精特新": 1, "创新型中小企业": 0, "市级专精特新": 0},
    )
