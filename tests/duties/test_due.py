"""What the holders of titles owe and by when, by the editions that the catalogue keeps as data."""

from __future__ import annotations

import datetime

import pytest

from making import code, home, put, rows, table
from rongtong import duties
from rongtong.i18n import using

LONG = "2029-12-31"


@pytest.fixture
def owed(tmp_path):
    """``(duty, due, done)`` of one firm that holds a provincial title until each of some days."""

    def ask(
        *valid_until: str, on: str, until: str, revenue: str = "", granted: str = ""
    ) -> list[tuple[str, str, bool]]:
        firm = {"name": "青岛甲机械有限公司", "uscc": code(1)}
        held = [
            firm
            | {"titles.kind": "省级专精特新", "titles.number": day, "titles.valid_until": day}
            | ({"titles.granted_on": granted} if granted else {})
            for day in valid_until
        ]
        alliance = home(tmp_path / "home")
        put(alliance, table(held, list_id="titles"), [firm | ({revenue: "1.00"} if revenue else {})])
        days = (datetime.date.fromisoformat(day) for day in (on, until))
        snapshot = alliance.settle()
        sql = duties.due_sql(snapshot, on=next(days), until=next(days))
        return rows(snapshot, f"SELECT duty, CAST(due AS VARCHAR), done FROM ({sql}) ORDER BY due, duty")

    return ask


def test_the_year_is_updated_by_30_april_under_the_edition_of_2022(owed):
    assert owed(LONG, on="2022-10-25", until="2023-12-31") == [("yearly_update_2022", "2023-04-30", False)]


def test_the_year_is_updated_by_31_may_under_the_edition_of_2026(owed):
    assert owed(LONG, on="2026-04-02", until="2026-12-31") == [("yearly_update_2026", "2026-05-31", False)]


def test_the_year_in_which_the_editions_change_has_one_update(owed):
    assert owed(LONG, on="2026-01-01", until="2026-12-31") == [("yearly_update_2026", "2026-05-31", False)]


def test_the_update_is_due_on_its_day_still(owed):
    assert owed(LONG, on="2023-04-30", until="2023-04-30") == [("yearly_update_2022", "2023-04-30", False)]


def test_the_update_is_done_when_the_revenue_of_the_year_before_is_known(owed):
    found = owed(LONG, on="2022-10-25", until="2023-12-31", revenue="revenue[2022]")
    assert found == [("yearly_update_2022", "2023-04-30", True)]


def test_the_revenue_of_an_earlier_year_is_no_update(owed):
    found = owed(LONG, on="2022-10-25", until="2023-12-31", revenue="revenue[2021]")
    assert found == [("yearly_update_2022", "2023-04-30", False)]


@pytest.mark.parametrize(("granted", "overdue"), [("2023-04-30", True), ("2023-05-01", False), ("", False)])
def test_an_update_that_was_missed_stays_due_of_who_held_the_title_then(owed, granted, overdue):
    found = owed(LONG, on="2023-06-01", until="2023-12-31", granted=granted)
    assert found == [("yearly_update_2022", "2023-04-30", False)] * overdue


@pytest.mark.parametrize("day", ["2022-10-24", "2021-10-25"])
def test_a_title_that_lapsed_within_a_year_is_due_still_and_owes_no_update(owed, day):
    assert owed(day, on="2022-10-25", until="2023-12-31") == [("renewal", day, False)]


def test_a_title_that_lapsed_longer_ago_is_history(owed):
    assert owed("2021-10-24", on="2022-10-25", until="2023-12-31") == []


def test_a_title_is_renewed_by_one_that_runs_longer(owed):
    found = owed("2022-11-01", LONG, on="2022-10-25", until="2022-12-31")
    assert found == [("renewal", "2022-11-01", True)]


def test_what_ends_after_the_last_day_asked_for_is_not_due(owed):
    assert owed("2023-01-02", on="2022-10-25", until="2023-01-01") == []


def test_a_change_is_reported_within_three_months_by_those_who_update_yearly():
    found = {one.titles: one.after_change for one in duties.duties() if one.after_change}
    assert found == {("创新型中小企业", "省级专精特新", "专精特新小巨人"): 3}


@pytest.mark.parametrize("duty", duties.duties(), ids=lambda duty: duty.id)
def test_who_reads_english_is_told_in_english(duty):
    with using("en"):
        assert (duty.called + duty.told).isascii()
