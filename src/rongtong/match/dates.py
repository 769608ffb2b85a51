"""The day by which something is wanted, as people write it: 10月底前, 2023年3月15日, 两个月内, 年底前."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable

from rongtong.facts.reading.values.numerals import read_numeral
from rongtong.facts.reading.values.periods import PARTS, last_day
from rongtong.match.writing import half_width

_N = r"(\d{1,2}|[一二两三四五六七八九十]{1,3})"


def needed_by(text: str, today: datetime.date) -> datetime.date | None:
    """The first day that *text* names as one to come; a month without a year is the next of that name."""
    plain = half_width(text)
    days = (read(match, today) for pattern, read in _READERS for match in pattern.finditer(plain))
    return next((day for day in days if day is not None and day >= today), None)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else read_numeral(text) or 0


def _day(match: re.Match[str], today: datetime.date) -> datetime.date | None:
    said, relative, month, part, day = match.groups()
    number = _number(month)
    if not 1 <= number <= 12:
        return None
    year = int(said) if said else today.year + (relative == "明年")
    found = _in_month(year, number, _number(day) if day else PARTS.get(part or ""))
    passed = found is not None and found < today and not said and not relative
    return _in_month(year + 1, number, found.day) if passed and found else found


def _in_month(year: int, month: int, day: int | None) -> datetime.date | None:
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day or last) if (day or last) <= last else None


def _numeric(match: re.Match[str], _today: datetime.date) -> datetime.date | None:
    year, month, day = (int(one) for one in match.groups())
    return _in_month(year, month, day) if 1 <= month <= 12 and day else None


def _quarter(match: re.Match[str], today: datetime.date) -> datetime.date | None:
    """The last day of a quarter; without a year of the next of that name."""
    said, relative, number = match.groups()
    year = int(said) if said else today.year + (relative == "明年")
    found = last_day(f"{year}年{number}季度")
    passed = found is not None and found < today and not said and not relative
    return last_day(f"{year + 1}年{number}季度") if passed else found


def _within(match: re.Match[str], today: datetime.date) -> datetime.date | None:
    count, unit = _number(match[1]), match[2]
    if unit in ("天", "日"):
        return today + datetime.timedelta(days=count)
    if unit in ("周", "个星期"):
        return today + datetime.timedelta(weeks=count)
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return _in_month(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _year_end(match: re.Match[str], today: datetime.date) -> datetime.date:
    return datetime.date(today.year + (match[1] == "明年"), 12, 31)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime.date], datetime.date | None]], ...] = (
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), _numeric),
    (
        re.compile(
            rf"(?:(\d{{4}})年|(今年|明年|本年))?(?<![\d个]){_N}月份?(?:(底|末|初|中旬|上旬|下旬|中)|{_N}[日号])?(?!度)"
        ),
        _day,
    ),
    (re.compile(r"(?:(\d{4})年?-?|(今年|明年|本年))?(?:第|Q(?=\d))?([1-4一二三四])(?:季度|(?<=Q\d))", re.I), _quarter),
    (re.compile(rf"{_N}\s*(个月|月|周|个星期|天|日)(?:之内|以内|内)"), _within),
    (re.compile(r"(今年|明年|本年)?(?:年底|年末|年内|底)前?"), _year_end),
)
