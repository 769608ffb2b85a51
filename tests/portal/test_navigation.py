"""The entry that a page belongs to is the one that is marked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rongtong.portal.navigation import entries, tabs
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
