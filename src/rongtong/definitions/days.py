"""Days counted in months, and the day it is in China."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta, timezone

#: The time of all China, the whole year round.
CHINA = timezone(timedelta(hours=8))


def in_china() -> date:
    """The day it is in China, wherever the machine stands."""
    return datetime.now(CHINA).date()


def months_after(day: date, months: int) -> date:
    """The same day *months* later; the last of the month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
