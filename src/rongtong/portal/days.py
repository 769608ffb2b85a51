"""The portal's calendar: the day it works on, and working days in China."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

import chinese_calendar
from django.conf import settings
from django.utils import timezone

_told: ContextVar[datetime.date | None] = ContextVar("day", default=None)


def today() -> datetime.date:
    """The day on which the portal works: the real one, or the day that the demonstration is set to."""
    given: datetime.date | None = _told.get() or settings.BUSINESS_DAY
    return given or datetime.date.today()


@contextmanager
def on(day: datetime.date) -> Iterator[None]:
    """Work on *day* for a while, as a demonstration does that has a past."""
    token = _told.set(day)
    try:
        yield
    finally:
        _told.reset(token)


def now() -> datetime.datetime:
    """This moment, on the day on which the portal works."""
    moment = timezone.localtime()
    return moment.replace(year=today().year, month=today().month, day=today().day)


@lru_cache(maxsize=4096)
def is_working_day(day: datetime.date) -> bool:
    """Whether offices work on *day* (放假 and 调休 as announced; Monday to Friday in years not yet announced)."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except RuntimeError:  # of a year that is not announced yet
        return day.weekday() < 5


def working_days_until(deadline: datetime.date, *, since: datetime.date | None = None) -> int:
    """Working days from tomorrow up to and including *deadline*; negative when it has passed."""
    start = since or today()
    first, last = sorted((start, deadline))
    count = sum(is_working_day(first + datetime.timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return count if deadline >= start else -count


def after_working_days(count: int, *, since: datetime.date | None = None) -> datetime.date:
    """The day on which *count* working days have gone by."""
    day = since or today()
    while count > 0:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day
