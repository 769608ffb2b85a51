"""A firm name taken apart: region · trade name 字号 · business · legal form, and what hangs on it.

The order of 企业名称登记管理规定 (2020), article 6. Branches (…分公司) and group marks (…集团…) are kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Hamming

from rongtong.identity.names import normalise
from rongtong.identity.vocabulary import NOWHERE, Region, business_words, regions, words

_FIRM = re.compile(r"(.+?公司)(.{2,})")
_MISSPELT_BRANCH = re.compile(r".*分(?:公.|.司)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_MISSPELT = (
    ("股份有限公司", "股份有限公司"),
    ("有限责任公司", "有限公司"),
    ("有限公司", "有限公司"),
    ("股份公司", "股份有限公司"),
)
_MISSPELT_SHARES = re.compile(r".[^股]份有限公司$")
LONGEST = 8
"""The longest of short names, in characters, with what exchanges put around it."""
_BRANCH = re.compile(r"(.{2,}?)((?:第?[一二三四五六七八九十\d]+)?分(?:公司|厂))")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a normalised name; what a name does not say is empty.

    ``stem`` is the name without form, branch and brackets, ``core`` trade name and business together; ``unit`` a
    region in brackets behind a whole name, as local subsidiaries bear; ``group`` tells whether 集团 stands in the
    name and ``after_group`` what follows it; ``marked`` whether exchanges put something around it (*ST, A, 退).
    """

    text: str
    stem: str
    region: Region
    trade_name: str
    business: str
    form: str
    branch: str = ""
    unit: Region = NOWHERE
    group: bool = False
    after_group: str = ""
    marked: bool = False

    @property
    def core(self) -> str:
        """Trade name and business, as they stand in the name."""
        return self.trade_name + self.business

    @property
    def flat(self) -> str:
        """The whole name without brackets and marks of exchanges."""
        return _flat(bare(self.text) if self.marked else self.text)


def _flat(text: str) -> str:
    return text.replace("(", "").replace(")", "")


@cache
def _marks() -> re.Pattern[str]:
    """What exchanges put before and behind a short name; a Latin letter beside another is none."""
    before, behind = (_any_of(words()[side]) for side in ("market_before", "market_behind"))
    return re.compile(rf"(?:{before}(?![A-Z]))?(.{{2,}}?)(?:(?<![A-Z]){behind})?")


def _any_of(marks: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(marks, key=len, reverse=True)))})"


def bare(name: str) -> str:
    """A short name without what exchanges put around it (*ST, A, B股); nothing is cut that leaves less than two."""
    found = _marks().fullmatch(name)
    return found[1] if found else name


@cache
def _branch_endings() -> tuple[str, ...]:
    return tuple(words()["branches"])


@cache
def _forms() -> list[str]:
    return sorted(words()["forms"], key=len, reverse=True)


def leading_region(text: str) -> tuple[Region, str]:
    """The region a text begins with, province then city then county, and the rest."""
    region, table = NOWHERE, regions()
    while len(text) > 2:
        size = next((size for size in range(min(8, len(text)), 1, -1) if text[:size] in table), 0)
        step = _within(region, table[text[:size]]) if size else None
        if step is None:
            break
        region, text = step, text[size:]
    return region, text


def _within(outer: Region, inner: Region) -> Region | None:
    """*inner* when it lies strictly inside *outer* (or *outer* is nowhere), else ``None``."""
    if outer == NOWHERE:
        return inner
    deeper = inner.county != outer.county if outer.city else inner.city != outer.city
    agrees = inner.province == outer.province and (not outer.city or inner.city == outer.city)
    return inner if deeper and agrees and not outer.county else None


def _cut_branch(text: str) -> tuple[str, str]:
    """The firm and its branch: what follows the firm's own 公司 and ends as branches do."""
    firm = _FIRM.fullmatch(text)
    if firm and (firm[2].endswith(_branch_endings()) or _MISSPELT_BRANCH.fullmatch(firm[2])):
        return firm[1], firm[2]
    bare = _BRANCH.fullmatch(text)
    return (bare[1], bare[2]) if bare else (text, "")


def _cut_form(text: str) -> tuple[str, str]:
    """The name without its legal form, and the form; one wrong character in 股份有限公司 is read past."""
    text = text[:-1].replace("(", "", 1) if text.endswith("合伙)") else text
    form = next((form for form in _forms() if text.endswith(form) and len(text) > len(form)), "")
    for written, meant in _MISSPELT:
        if form in ("", "公司") and len(text) > 7 and Hamming.distance(text[-len(written) :], written) == 1:
            return text[: -len(written)], meant
    if _MISSPELT_SHARES.search(text):
        return text[:-6], "股份有限公司"
    return (text.removesuffix(form), words()["forms"][form]) if form else (text, "")


def _cut_bracket_regions(stem: str) -> tuple[list[Region], str, bool]:
    """Regions in brackets, the stem without brackets, and whether the last of them ended the stem."""
    found = [(match.end(), regions()[match[1]]) for match in _BRACKET.finditer(stem) if match[1] in regions()]
    at_end = bool(found) and found[-1][0] == len(stem)
    stem = _BRACKET.sub(lambda match: "" if match[1] in regions() else match[1], stem)
    return [region for _, region in found], _flat(stem), at_end


def cut_business(core: str) -> tuple[str, str]:
    """Trade name and business: the longest trade words off the end, as long as two characters are left."""
    at = len(core)
    while size := next((n for n in range(min(8, at - 2), 1, -1) if core[at - n : at] in business_words()), 0):
        at -= size
    return core[:at], core[at:]


@lru_cache(maxsize=1 << 16)
def split(name: str) -> Parts:
    """Take a firm name apart; *name* may be as written."""
    text = normalise(name)
    own = bare(text) if len(text) <= LONGEST else text
    firm, branch = _cut_branch(own)
    stem, form = _cut_form(firm)
    brackets, stem, at_end = _cut_bracket_regions(stem)
    region, core = leading_region(stem)
    unit = brackets[-1] if brackets and (at_end or region != NOWHERE) else NOWHERE
    if region == NOWHERE and brackets:
        region = brackets[0]
    head, mark, tail = core.partition("集团")
    trade_name, business = cut_business(head)
    return Parts(text, stem, region, trade_name, business, form, branch, unit, bool(mark), tail, own != text)
