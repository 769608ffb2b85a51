"""Months after a day, and by when a change must be reported."""

from __future__ import annotations

from datetime import date

import pytest

from rongtong.portal.people.models import Role
from rongtong.portal.titles import operations


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2022, 10, 25), 3, date(2023, 1, 25)),
        (date(2022, 9, 30), 3, date(2022, 12, 30)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 3, date(2024, 5, 29)),
    ],
)
def test_the_same_day_some_months_later_or_the_last_of_the_month(day, months, after):
    assert operations.months_after(day, months) == after


def test_a_change_is_to_be_reported_within_three_months(person, own_firm):
    made = operations.note_change(
        actor=person(Role.DISTRICT_OFFICER), firm=own_firm, what="更名", on=date(2022, 11, 30)
    )
    assert made.due == date(2023, 2, 28)
