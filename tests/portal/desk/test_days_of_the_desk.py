"""Deadlines count the days on which offices work: weekends and holidays are none, days that make up for them are."""

from __future__ import annotations

from datetime import date

import pytest

from rongtong.portal import days
from rongtong.portal.desk.waiting import Waiting

#: The National Day of 2022: from 1 to 7 October nobody works, on Saturday 8 and Sunday 9 everybody does.
BEFORE, AFTER = date(2022, 9, 30), date(2022, 10, 10)


def test_a_weekend_is_no_working_day():
    assert days.working_days_until(date(2022, 10, 31), since=date(2022, 10, 28)) == 1


def test_holidays_are_none_and_the_days_that_make_up_for_them_are():
    assert days.working_days_until(AFTER, since=BEFORE) == 3


def test_what_has_passed_counts_backwards():
    assert days.working_days_until(BEFORE, since=AFTER) == -3


def test_today_has_no_days_left():
    assert days.working_days_until(AFTER, since=AFTER) == 0


def test_ten_working_days_after_the_eve_of_the_national_day():
    assert days.after_working_days(10, since=BEFORE) == date(2022, 10, 19)


@pytest.mark.parametrize(("day", "works"), [(date(2040, 1, 6), True), (date(2040, 1, 7), False)])
def test_a_year_not_announced_yet_works_from_monday_to_friday(day, works):
    assert days.is_working_day(day) is works


def test_the_workbench_counts_working_days_from_the_portals_day(settings):
    settings.BUSINESS_DAY = BEFORE
    assert Waiting("办事", "甲", "/", AFTER).working_days == 3
