"""Validity as terms: a span of days as the fewest whole years, months and days, so that a day is three terms.

2021-07-19 … 2024-07-18 is thirteen days, five months, two years, six months and eighteen days; a title is in force on
a day when one of the day's three terms is among them. Any number of spans, with gaps, can stand side by side.
"""

from __future__ import annotations

from datetime import date, timedelta

FIRST, LAST = date(1949, 10, 1), date(2099, 12, 31)
_DAY = timedelta(days=1)


def _step(day: date, last: date) -> tuple[str, date]:
    """The largest whole year, month or day that begins on *day* and is over by *last*, and the day after it."""
    if day.timetuple().tm_yday == 1 and date(day.year, 12, 31) <= last:
        return f"{day:%Y}", date(day.year + 1, 1, 1)
    after_month = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    if day.day == 1 and after_month - _DAY <= last:
        return f"{day:%Y-%m}", after_month
    return f"{day:%Y-%m-%d}", day + _DAY


def span(first: date | None, last: date | None) -> list[str]:
    """The terms of the days from *first* to *last*, both included; an end that is not known is open."""
    day, last, terms = max(first or FIRST, FIRST), min(last or LAST, LAST), list[str]()
    while day <= last:
        term, day = _step(day, last)
        terms.append(term)
    return terms


def day_terms(day: date) -> tuple[str, str, str]:
    """The terms of which a span that holds *day* has exactly one."""
    day = min(max(day, FIRST), LAST)
    return f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"


def title_term(kind: str, when: str = "") -> str:
    """The term of a title held at any time, or within a year, month or day."""
    return f"{kind}|{when}"
