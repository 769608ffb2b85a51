"""Firms, members and titles in force are three counts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import duckdb
import pytest

from rongtong.portal.days import today
from rongtong.portal.desk.figures import _TITLES, Figures, Held, figures
from rongtong.portal.desk.figures import _held as held_of
from rongtong.portal.membership.models import Member
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm

pytestmark = pytest.mark.django_db


def held(found: Figures) -> dict[str, int]:
    return {one.kind: one.now for one in found.titles}


def test_firms_members_and_titles_are_three_counts(own_firm, far_firm):
    Member.objects.create(firm=own_firm.id)
    Member.objects.create(firm=far_firm.id, left=date(2022, 1, 1))
    found = figures()
    assert (found.firms, found.members, held(found)["市级专精特新"]) == (Firm.objects.count(), 1, 107)


def test_the_page_shows_each_under_its_own_name(client, own_firm):
    Member.objects.create(firm=own_firm.id)
    shown = re.findall(
        r'rt-figure"><span>(?:<a [^>]*>)?([^<]+)(?:</a>)?</span><b>([^<]+)</b>', client.get("/").content.decode()
    )
    assert shown == [
        ("专精特新小巨人", "2"), ("省级专精特新", "4"), ("市级专精特新", "107"),
        ("在册企业", str(Firm.objects.count())), ("联盟会员", "1"), ("对接签约", "0"),
    ]  # fmt: skip  # read by rows


def test_a_title_counts_on_its_last_day_and_not_on_the_next(settings):
    counts = []
    for settings.BUSINESS_DAY in (date(2025, 8, 8), date(2025, 8, 9)):
        counts.append(held(figures())["专精特新小巨人"])
    assert counts == [2, 0]


def test_the_line_of_a_title_ends_in_its_figure_and_the_change_is_that_of_a_year(settings):
    settings.BUSINESS_DAY = date(2022, 10, 25)
    found = {one.kind: one for one in figures().titles}["市级专精特新"]
    settings.BUSINESS_DAY = date(2021, 10, 25)
    earlier = held(figures())["市级专精特新"]
    assert found.line[-2:] == (("2021-10-25", earlier), ("2022-10-25", found.now))
    assert found.change == f"{found.now - earlier:+}"


def test_where_the_beginning_of_a_title_is_unknown_nothing_is_said_of_before():
    days = [date(2021, 10, 25), date(2022, 10, 25)]
    dated = [(days[0], 3, True), (days[1], 5, True)]
    assert held_of("省级专精特新", days, dated) == Held("省级专精特新", 5, (("2021-10-25", 3), ("2022-10-25", 5)))
    assert held_of("省级专精特新", days, [dated[0], (days[1], 5, False)]) == Held("省级专精特新", 5)


def test_an_unknown_beginning_of_a_title_that_is_over_counts_too():
    kind, days = "省级专精特新", [date(2021, 10, 25), date(2022, 10, 25)]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE list_titles (kind VARCHAR, granted_on DATE, valid_until DATE)")
        connection.execute("INSERT INTO list_titles VALUES ($1, DATE '2020-01-01', NULL)", [kind])
        found = [connection.execute(_TITLES, [[kind], days, days[-1]]).fetchall()]
        connection.execute("INSERT INTO list_titles VALUES ($1, NULL, DATE '2022-06-30')", [kind])
        found.append(connection.execute(_TITLES, [[kind], days, days[-1]]).fetchall())
    lines = [held_of(kind, days, [row[1:] for row in sorted(rows)]) for rows in found]
    assert lines == [Held(kind, 1, (("2021-10-25", 1), ("2022-10-25", 1))), Held(kind, 1)]


def test_the_newest_needs_stand_on_the_front_page_for_those_who_may_read_them(client_of, made):
    Posting.objects.update(state="reviewing")
    need = Posting.objects.filter(pk=made["postings", "own"])
    need.update(side="need", state="open", visibility="alliance", expires_on=today() + timedelta(days=9))
    assert list(client_of(Role.FIRM).get("/").context["needs"]) == [need.get()]
    assert client_of(None).get("/").context["needs"] == []
