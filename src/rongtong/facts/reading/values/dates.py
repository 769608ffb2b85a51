"""Dates and years as people write them, and as Excel mangles them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rongtong.facts.reading.values import numerals, periods
from rongtong.facts.reading.values.spec import Cell, NotReadError, ValueSpec
from rongtong.i18n import _

FIRST_YEAR, LAST_YEAR = 1800, 2100
#: Excel counts days from 1899-12-30 (its calendar has a 29 February 1900); these are 1955 to 2060.
_EPOCH, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 20090, 58804
_TIME = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_DAY = "[一二三四五六七八九十]{1,3}"
_CHINESE = re.compile(rf"([零〇○一二三四五六七八九]{{4}})年(?:({_DAY})月)?(?:({_DAY})[日号])?")
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})",
        r"(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]",
        r"(\d{4})()(\d{2})(\d{2})",
        r"(\d{4})([-/.])(\d{1,2})",
        r"(\d{4})(年)(\d{1,2})月",
        r"(\d{4})()(\d{2})",
        r"(\d{4})(年?)",
    )
)
_BEFORE = re.compile(r"(?:之?前|以前|止)$")
_NO_DAY = re.compile(r"尽快|尽早|越快越好|随时|待定|面议|另行|协商|商定|ASAP", re.I)
_END = ("至", "到期", "截止", "截至", "终止")


def read_date(text: str, spec: ValueSpec) -> Cell:
    """A date. A month stands for its first day, a year (with a warning) for 1 January, but not as the end of a term.

    Where *spec* asks for the latest day, a month, a quarter and a year stand for their last, and 尽快 says no day.
    """
    plain = _plain(text)
    if spec.latest and _NO_DAY.search(plain):
        return Cell(empty=True)
    if spec.latest and (last := _last(plain)):
        return last
    if serial := re.fullmatch(r"(\d{5})(\.\d+)?", plain):
        return _from_serial(int(serial[1]), spec)
    year, month, day = _parts(plain)
    if day is None and any(word in spec.label for word in _END):
        raise NotReadError(_("期限没有写到日"), _("请填写到日，例如 2025-06-30"))
    found = _calendar(year, month, day)
    if month is None:
        return Cell(found, _("只写了年份，按 1 月 1 日使用"), _("请填写到月或日，例如 2019-05-01"))
    return Cell(found)


def _last(text: str) -> Cell | None:
    """The last day of a period; a warning where 前 may mean the day before it begins."""
    bare = _BEFORE.sub("", text)
    if last := periods.last_day(bare):
        found = _calendar(last.year, last.month, last.day)
        unsure = bare != text and bare[-1] not in "底末内旬"
        told = (_("“前”按到这一段的最后一天 {date} 算", date=found), _("请写成 2019-05-31 的样子")) if unsure else ()
        return Cell(found, *told)
    return Cell(_calendar(*_parts(bare))) if bare != text else None


def read_year(text: str, _spec: ValueSpec) -> Cell:
    """A year, or the year of a date."""
    plain = re.sub(r"(?<=\d年)度$", "", _plain(text))
    plain = re.sub(r"^(\d{4})\.0+$", r"\1", plain)
    if re.fullmatch(r"\d{2}年?", plain):
        raise NotReadError(_("年份只写了两位"), _("请写四位年份，例如 2021"))
    year, month, day = _parts(plain)
    if month is not None and year < 1950:
        raise NotReadError(_("像是被 Excel 误作日期的数字"), _("请把单元格格式改为常规，再填写四位年份"))
    return Cell(_calendar(year, month, day).year)


def _plain(text: str) -> str:
    plain = _TIME.sub("", text.strip())
    return re.sub(r"\s*([-/.年月])\s*", r"\1", plain).replace("年度", "年") if plain.endswith("年度") else _tight(plain)


def _tight(text: str) -> str:
    return re.sub(r"\s*([-/.年月日])\s*", r"\1", text)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day as far as they are written. Raises :class:`NotReadError`."""
    if chinese := _CHINESE.fullmatch(text):
        return _from_chinese(chinese)
    if re.fullmatch(r"\d{4}\.1", text):
        raise NotReadError(_("分不清 1 月还是 10 月：Excel 会把 2019.10 存成 2019.1"), _("请写成 2019-01 的样子"))
    for form in _FORMS:
        if match := form.fullmatch(text):
            year, _mark, *rest = match.groups()
            month, day = (*map(int, rest), None, None)[:2]
            return int(year), month, day
    raise _why_not(text)


def _from_chinese(match: re.Match[str]) -> tuple[int, int | None, int | None]:
    year = numerals.read_digits(match[1].replace("○", "〇"))
    month, day = (numerals.read_numeral(part) if part else None for part in match.groups()[1:])
    if year is None or (match[2] and month is None) or (match[3] and (day is None or month is None)):
        raise _why_not(match[0])
    return year, month, day


def _from_serial(days: int, spec: ValueSpec) -> Cell:
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        raise NotReadError(_("认不出是什么日期"), _("请写成 2019-05-01 的样子"))
    found = _EPOCH + timedelta(days=days)
    if spec.excel_dates:
        return Cell(found)
    return Cell(found, _("按 Excel 的日期序号读作 {date}", date=found), _("请写成 2019-05-01 的样子"))


def _calendar(year: int, month: int | None, day: int | None) -> date:
    """The day; a missing month or day is the first. Raises :class:`NotReadError` when there is no such day."""
    month, day = 1 if month is None else month, 1 if day is None else day
    if year in {1899, 1900} and (month, day) != (1, 1):
        raise NotReadError(_("像是被 Excel 误作日期的数字"), _("请核对原件，写成 2019-05-01 的样子"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotReadError(_("年份不合常理"), _("请核对年份；没有期限的请留空"))
    try:
        return date(year, month, day)
    except ValueError:
        raise NotReadError(_("没有这一天"), _("请核对月和日")) from None


def _why_not(text: str) -> NotReadError:
    if re.fullmatch(r"\d{2}([-/.年]\d{1,2}([-/.月]\d{1,2}日?)?月?)|\d{2}年", text):
        return NotReadError(_("年份只写了两位"), _("请写四位年份，例如 2019-05-01"))
    if re.search(r"长期|永久|无固定|无限期", text):
        return NotReadError(_("没有具体日期"), _("没有期限的请留空"))
    if re.search(r"\d[年月日号]?\s*(起|以来|至今|-|~|—|–|至|到)", text):
        return NotReadError(_("写的是一段时间，不是一个日期"), _("请只填写一个日期，例如 2019-05-01"))
    return NotReadError(_("认不出是什么日期"), _("请写成 2019-05-01 的样子"))
