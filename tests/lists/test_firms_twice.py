"""Firms that stand twice in the registry are found by any name they go by, and not told again once people decided."""

from __future__ import annotations

import pytest

from making import code, home, put
from rongtong import lists
from rongtong.facts.settling.pairs import told_apart
from rongtong.identity import describe, fields

NAME, CHANGED = "青岛喆昇精密轴承有限公司", "青岛璟碁传动股份有限公司"
FORMER = "青岛丰甬尔调味品厂"
ADDRESS, FOUNDED = "海尔路 1 号", "2011-03-04"
ROWS = [
    {"name": NAME, "uscc": code(1000), "address": ADDRESS, "registered_on": FOUNDED},
    {"name": "青岛喆昇精密轴承股份有限公司", "address": ADDRESS, "registered_on": FOUNDED},
    {"name": f"青岛垚珩维调味品有限公司（曾用名：{FORMER}）", "uscc": code(2000)},
    {"name": FORMER, "uscc": code(3000)},
    {"name": "青岛铭途电子有限公司", "uscc": code(5000), "former_name": "1.青岛金泰来仪表厂；2.青岛佳益康仪表有限公司"},
    {"name": "青岛佳益康仪表股份有限公司"},
    {"name": CHANGED, "uscc": code(4000), "address": "松岭路 9 号", "registered_on": "2015-06-07"},
]


TWICE = frozenset((NAME, ROWS[1]["name"]))


@pytest.fixture
def alliance(tmp_path):
    made = home(tmp_path / "alliance")
    put(made, ROWS)
    return made


@pytest.fixture
def told(alliance):
    """The pairs of names found, each with its reasons."""

    def find(**asked: object) -> dict[frozenset[str], list[str]]:
        found = lists.duplicates(alliance.settle(), **asked).pairs.to_pylist()
        return {frozenset((one["left_name"], one["right_name"])): one["reasons"] for one in found}

    return find


def test_a_firm_that_stands_twice_is_found_with_what_names_and_fields_say(told):
    reasons = told()[TWICE]
    assert {"字号相同", "地区相同", "组织形式不同", "注册地址相同", "成立日期相同"} <= set(reasons)


def test_a_name_that_a_firm_bore_counts_as_its_own_and_is_named(told):
    reasons = told()[frozenset((ROWS[2]["name"], FORMER))]
    assert reasons[:2] == [f"另一名称“{FORMER}”", "名称规范化后相同"]
    assert "统一社会信用代码不同" in reasons


def test_a_stated_former_name_counts_and_is_named(told):
    reasons = told()[frozenset(("青岛铭途电子有限公司", "青岛佳益康仪表股份有限公司"))]
    assert reasons[0] == "另一名称“青岛佳益康仪表有限公司”"


def test_by_another_source_a_firm_is_known_by_another_name_too(alliance, told):
    put(alliance, [{"name": "青岛尔科普船舶配套有限公司", "uscc": code(4000)}], file="市北区.xlsx", date=None)
    put(alliance, [{"name": "青岛尔科普船舶配套股份有限公司", "address": "松岭路 9 号"}], file="崂山区.xlsx")
    [reasons] = [reasons for pair, reasons in told().items() if CHANGED in pair]
    assert reasons[0] == "另一名称“青岛尔科普船舶配套有限公司”"


def test_what_was_told_apart_stays_so_when_the_file_comes_again(alliance, told):
    alliance.decide_different(NAME, ROWS[1]["name"])
    alliance.undo(1)
    put(alliance, ROWS[:2], file="市南区（更正）.xlsx")
    apart = told_apart(alliance.state(), alliance.settle())
    assert (TWICE in told(), TWICE in told(apart=apart)) == (True, False)


def test_firms_that_people_told_apart_are_not_told_again_until_that_is_undone(alliance, told):
    snapshot = alliance.settle()
    entry = alliance.decide_different(NAME, ROWS[1]["name"])
    apart = told_apart(alliance.state(), alliance.settle())
    assert (TWICE in told(), TWICE in told(apart=apart)) == (True, False)
    assert lists.duplicates(snapshot, apart=apart).decided == 1
    alliance.undo(entry)
    assert TWICE in told(apart=told_apart(alliance.state(), alliance.settle()))


@pytest.mark.parametrize("field", fields.named())
def test_every_field_that_counts_has_words(field):
    assert len({describe(f"{field}_{grade}") for grade in ("same", "near", "other")}) == 3


def test_an_empty_registry_has_no_duplicates(tmp_path):
    made = home(tmp_path / "empty")
    put(made, ROWS[:1])
    found = lists.duplicates(made.settle())
    assert (found.pairs.num_rows, found.firms) == (0, 1)
