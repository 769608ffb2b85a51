"""The last day of a period as people write one where a term is meant: 2026年12月底, 2027Q1, 2027年第一季度, 3月上旬."""

from __future__ import annotations

import calendar
import re
from datetime import date

#: The day to which a part of a month lasts; every other part lasts to its end.
PARTS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_FORM = re.compile(
    r"(?P<year>\d{4})(?:"
    r"(?:(?:年|[-/.])(?P<month>\d{1,2})|(?P<compact>\d{2}))月?份?(?P<part>底|末|初|中|上旬|中旬|下旬)?"
    r"|[年-]?(?:第?(?P<quarter>[1-4一二三四])季度?|Q(?P<q>[1-4]))[底末]?"
    r"|年?(?P<half>[上下])半年[底末]?"
    r"|(?:年度?)?(?:年?[底末内])?)",
    re.I,
)
_QUARTERS = "一二三四"


def last_day(text: str) -> date | None:
    """The last day of the period that *text* names whole; None where it names none, or a day."""
    match = _FORM.fullmatch(text)
    last = _last_month(match) if match and not re.fullmatch(r"\d{4}\.1", text) else None
    if match is None or last is None:
        return None
    year = int(match["year"])
    if not (1 <= last <= 12 and date.min.year < year < date.max.year):
        return None
    return date(year, last, PARTS.get(match["part"] or "") or calendar.monthrange(year, last)[1])


def _last_month(match: re.Match[str]) -> int:
    if month := match["month"] or match["compact"]:
        return int(month)
    if quarter := match["quarter"] or match["q"]:
        number = int(quarter) if quarter.isdigit() else _QUARTERS.index(quarter) + 1
        return 3 * number
    return 6 if match["half"] == "上" else 12
