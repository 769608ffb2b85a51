"""Years and spans in headings: which year a column speaks of, and when it speaks of none that can be used."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.i18n import _

_PARTIAL = re.compile(
    r"(?:[0-9]{1,2}[-~至—到][0-9]{1,2}月|上半年|下半年|半年度|[一二三四1-4]季度|前[一二三]季|第[一二三四]季|Q[1-4]|月度|当月|本月|单月|累计月"
    r"|(?:20)?\d\d年(?:[1-9]|1[01])月(?!\d*日))"
)
_DATE = re.compile(
    r"(?:截至|截止|至)?((?:19|20)\d\d)(?:年1?[0-9]月(?:3[01]|[12]?[0-9])日|([.\-/])1?[0-9]\2(?:3[01]|[12]?[0-9])(?![0-9]))(?:止|为止)?"
)
_RANGE = re.compile(r"((?:19|20)\d\d)年?度?[-~至—到–]((?:19|20)\d\d)年?度?")
_YEAR = re.compile(r"(?:截至|截止)?(?<!\d)((?:19|20)\d\d)(?!\d)(?:会计)?年?度?(?:末|底|期末)?")
_SHORT = re.compile(r"(?<!\d)([12]\d)年度?(?:末|底)?(?!限|以上|以下|内)")
_RELATIVE = (
    (re.compile(r"上上一?年度?末?|前年度?末?"), -2),
    (re.compile(r"上一?年度?末?|去年末?"), -1),
    (re.compile(r"本年度?末?|今年|本期末?|当年度?末?|报告期末?"), 0),
)
_LAST = re.compile(r"(?:最近|过去|近)([一两二三1-3])年(?:度|来|内)?")
_COUNTS = {"一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3}
#: Words that make one figure of several years, and those that say that it is of several.
_ADDED = re.compile(r"累计|合计|总和|总计|之和")
_MEANT = re.compile(r"平均|年均|均值|复合")
_SEVERAL = re.compile(r"(?:连续|前|这|共)?[两二三四五六2-6]年(?:度|来|内|间)?")
_NAMED = re.compile(r"(上上|上|本)一?年度?[”\"’]?(?:是|指|为|即|\()[“\"]?((?:19|20)\d\d)")


@dataclass(frozen=True)
class Calendar:
    """How relative years are to be understood: *this* is what 本年度 means, *year* the reporting year.

    *until* is the year of the day that the file describes: what happened since the reporting year is told of too.
    """

    year: int | None
    has_this_year: bool = False
    until: int | None = None

    @property
    def running(self) -> int | None:
        """The year after the reporting year, where the file describes a day of it."""
        return self.until if self.year and self.until == self.year + 1 else None

    def relative(self, step: int) -> int | None:
        """本年度, 上年度, 上上年度. Without a column of 本年度, 上年度 is the reporting year."""
        if self.year is None:
            return None
        return self.year + step if self.has_this_year or step == 0 else self.year + step + 1

    def last(self, count: int) -> tuple[int, int] | None:
        """近三年: the reporting year and those before it."""
        return (self.year - count + 1, self.year) if self.year else None


@dataclass(frozen=True)
class Dated:
    """A heading without its years. *years* first and last; *relative* that it asked for a year nobody named.

    *recent*: they are the last few, counted back from the file's day (近三年).
    """

    rest: str
    years: tuple[int, int] | None = None
    relative: bool = False
    span: bool = False
    partial: str = ""
    recent: bool = False


def calendar(texts: list[str], year: int | None, until: int | None = None) -> Calendar:
    """What the sheet says of its years: ``本年度指2021年`` and whether it has columns of 本年度."""
    whole = " ".join(texts)
    for word, named in _NAMED.findall(whole):
        base = int(named) + {"本": 0, "上": 1, "上上": 2}[word]
        if word == "本":
            return Calendar(base, True, until)
        return Calendar(base, True, until) if "本年度" in whole else Calendar(base - 1, False, until)
    return Calendar(year, bool(re.search(r"(?<!基)本年(?!度?(?:专|推|申))", whole)), until)


def take_years(text: str, calendar: Calendar) -> Dated:
    """Split a plain heading into what it says and of when."""
    if match := _PARTIAL.search(text):
        whole = _DATE.search(text)
        if not (whole and whole.start() <= match.start() < whole.end()):
            return Dated(text, partial=_("“{words}”不是整年", words=match.group()))
    for pattern in (_RANGE, _DATE, _YEAR):
        if match := pattern.search(text):
            years = [int(group) for group in match.groups() if group and group.isdigit()]
            rest = pattern.sub("", text, count=1)
            rest = _relative(rest)[0] if pattern is not _RANGE else rest
            rest = _YEAR.sub("", rest) if len(set(_YEAR.findall(rest)) - {str(years[0])}) == 0 else rest
            return Dated(rest, (min(years), max(years)), span=pattern is _RANGE)
    if match := _LAST.search(text):
        span = calendar.last(_COUNTS[match.group(1)])
        return Dated(_LAST.sub("", text), span, relative=span is None, span=True, recent=True)
    if match := _SHORT.search(text):
        year = 2000 + int(match.group(1))
        return Dated(_SHORT.sub("", text, count=1), (year, year))
    rest, step = _relative(text)
    if step is None:
        return Dated(text)
    named = calendar.relative(step)
    return Dated(rest, (named, named) if named else None, relative=named is None)


@dataclass(frozen=True)
class Together:
    """A heading that makes one figure of several years, without the words that do; *added*: it is their sum."""

    rest: str
    added: bool


def together(text: str, dated: Dated) -> Together | None:
    """What *text*, a heading that is *dated*, says of several years at once; None where it speaks of one."""
    several = (dated.span and dated.years and dated.years[0] != dated.years[1]) or _SEVERAL.search(dated.rest)
    added, meant = _ADDED.search(text), _MEANT.search(text)
    if not several or not (added or meant):
        return None
    rest = _SEVERAL.sub("", _ADDED.sub("", _MEANT.sub("", dated.rest)))
    return Together(rest, bool(added and not meant))


def _relative(text: str) -> tuple[str, int | None]:
    for pattern, step in _RELATIVE:
        if pattern.search(text):
            return pattern.sub("", text, count=1), step
    return text, None


def years_of(texts: pa.Array) -> npt.NDArray[np.int_]:
    """The year that each text of a year column says; 0 where none."""
    found = pc.struct_field(
        pc.extract_regex(pc.fill_null(texts, ""), r"^\D*(?P<year>(?:19|20)\d\d)\s*(?:年.*|\.0)?$"), "year"
    )
    years: npt.NDArray[np.int_] = pc.fill_null(found, "0").cast(pa.int64()).to_numpy().copy()
    return years
