"""Days counted in months, and the day it is in China."""

from __future__ import annotations

import datetime

import pytest

from rongtong.definitions import days


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        ("2023-11-30", 3, "2024-02-29"),
        ("2022-08-31", 3, "2022-11-30"),
        ("2022-12-31", 12, "2023-12-31"),
        ("2024-02-29", -12, "2023-02-28"),
    ],
)
def test_months_after_stay_in_their_month(day, months, found):
    assert days.months_after(datetime.date.fromisoformat(day), months).isoformat() == found


def test_the_day_is_china_s_wherever_the_machine_stands(monkeypatch):
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.datetime(2022, 10, 25, 16, 30, tzinfo=datetime.UTC).astimezone(tz)

    monkeypatch.setattr(days, "datetime", Clock)
    assert days.in_china() == datetime.date(2022, 10, 26)
