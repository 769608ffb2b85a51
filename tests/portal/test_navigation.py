"""The entry that a page belongs to is the one that is marked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rongtong.portal.navigation import FEW, Shown, entries, menu, tabs
from rongtong.portal.people.models import Role

pytestmark = pytest.mark.either


@pytest.mark.parametrize(
    ("page", "tab", "entry"),
    [
        ("filings:mine", ["filings:home"], []),
        ("filings:new", ["filings:home"], []),
        ("filings:consent", ["filings:home"], []),
        ("titles:firm", ["titles:home"], []),
        ("registry:firm", [], ["registry:directory"]),
    ],
)
def test_a_page_of_ones_own_data_belongs_to_its_tab_and_not_to_the_directory(page, tab, entry, person, own_firm):
    owner, path = person(Role.FIRM), reverse(page, args=[own_firm.id])
    marked = [[one.url for one in shown(owner, path) if one.current] for shown in (tabs, entries)]
    assert marked == [[*map(reverse, tab)], [*map(reverse, entry)]]


def test_an_officer_finds_the_duties_of_a_firm_under_the_duties(person, own_firm):
    shown = entries(person(Role.DISTRICT_OFFICER), reverse("titles:firm", args=[own_firm.id]))
    assert [one.url for one in shown if one.current] == [reverse("titles:due")]


MOST = 7  # words that stand in one line at 1280 px, in either language


@pytest.mark.parametrize("role", [None, *Role.values])
def test_what_a_role_may_open_stands_in_a_few_words_and_nothing_is_lost(role, person):
    user = person(role) if role else None
    shown: list[Shown] = [one for group in menu(user, "/") for one in group.entries]
    assert (shown, len(menu(user, "/")) <= MOST) == (entries(user, "/"), True)


def test_few_entries_need_no_groups(person):
    assert [one.label for one in menu(None, "/")] == [""] * 6
    assert len(entries(person(Role.DISTRICT_OFFICER), "/")) > FEW


def test_an_entry_that_is_alone_in_its_group_stands_by_itself(person):
    found = {
        str(one.label): [str(entry.label) for entry in one.entries] for one in menu(person(Role.DISTRICT_OFFICER), "/")
    }
    checks = ["预审", "核查判断", "到期催办", "只差一步", "调一调界限", "新旧版比较", "规则库", "政策试拟"]
    assert found["审核催办"] == checks
    assert found[""] == ["会员"]


@pytest.mark.parametrize("page", ["queues:conflicts", "queues:duplicates", "queues:undivided"])
def test_the_group_of_the_page_is_marked(page, person):
    marked = [str(one.label) for one in menu(person(Role.CITY_OFFICER), reverse(page)) if one.current]
    assert marked == ["数据整理"]
