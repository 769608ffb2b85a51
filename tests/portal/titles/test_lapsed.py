"""A title that has lapsed is due still, and is in force nowhere."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from making import rows
from rongtong import lists
from rongtong.portal.comparison import filling
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.titles import queries

pytestmark = pytest.mark.django_db
#: The sample's 科技型中小企业 all run until 30 June 2023.
SHORT, LONG, LAST = "科技型中小企业", "市级专精特新", date(2023, 6, 30)
_BOTH = f"""
    SELECT firm, max(valid_until) FROM list_titles JOIN firms USING (n)
    GROUP BY firm HAVING list(kind ORDER BY kind DESC) = ['{SHORT}', '{LONG}'] AND max(valid_until) > DATE '2023-07-01'
    ORDER BY firm LIMIT 1"""


@pytest.fixture
def held(settings) -> tuple[str, date]:
    """A firm of whose two titles one lapsed yesterday, and how long the other runs."""
    settings.BUSINESS_DAY = date(2023, 7, 1)
    return rows(current.snapshot(), _BOTH)[0]


def test_lapsed_titles_stay_on_the_list_of_what_is_due(held, person):
    found = queries.due(person(Role.CITY_OFFICER), queries.Question(kind=SHORT))
    all_of_them = rows(current.snapshot(), f"SELECT count(*) FROM list_titles WHERE kind = '{SHORT}'")
    assert [(found.count(),)] == all_of_them


def test_a_lapsed_title_is_among_what_its_firm_owes(held):
    firm = Firm.objects.get(id=held[0])
    assert [(one["kind"], one["due"]) for one in queries.of_firm(firm) if one["kind"] == SHORT] == [(SHORT, LAST)]


def test_what_is_overdue_has_fewer_than_no_working_days_left(held, settings):
    settings.BUSINESS_DAY = date(2023, 7, 4)  # a Tuesday
    assert [one["left"] for one in queries.of_firm(Firm.objects.get(id=held[0])) if one["kind"] == SHORT] == [-2]


def test_the_page_of_a_firm_marks_what_has_lapsed(held, client):
    shown = client.get(f"/firms/{held[0]}/").context["titles"]
    assert [(one.kind, one.in_force) for one in shown] == [(LONG, True), (SHORT, False)]


@pytest.mark.parametrize(("day", "in_force"), [(LAST, True), (date(2023, 7, 1), False)])
def test_a_title_is_in_force_on_its_last_day(held, client, settings, day, in_force):
    settings.BUSINESS_DAY = day
    shown = client.get(f"/firms/{held[0]}/").context["titles"]
    assert [one.in_force for one in shown if one.kind == SHORT] == [in_force]


def test_a_list_is_filled_with_titles_in_force_only(held, person):
    match = {"row": 2, "outcome": "same", "firm": held[0], "candidates": []}
    matches = pa.Table.from_pylist([match], schema=lists.MATCHES)
    *_head, added = filling.additions(matches, [filling.TITLES], person(Role.CITY_OFFICER))
    assert (added.heading, added.values) == ("有效称号", {2: f"{LONG}（至{held[1]}）"})
