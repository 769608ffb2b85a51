"""A firm name taken apart: region · trade name 字号 · business · legal form, and what hangs on it.

The order of 企业名称登记管理规定 (2020), article 6. Branches (…分公司) and group marks (…集团…) are kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rongtong.identity.names import normalise
from rongtong.identity.vocabulary import Region, business_words, regions, words

_FIRM = re.compile(r"(.+?公司)(.{2,})")
_BRACKET = re.compile(r"\(([^()]*)\)")
_BRANCH = re.compile(r"(.{2,}?)((?:第?[一二三四五六七八九十\d]+)?分(?:公司|厂))")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a normalised name; what a name does not say is empty.

    ``core`` is trade name and business together; ``unit`` a second region in brackets, as local subsidiaries bear;
    ``group`` tells whether 集团 stands in the name and ``after_group`` what follows it.
    """

    text: str
    region: Region
    trade_name: str
    business: str
    form: str
    branch: str = ""
    unit: Region = Region()
    group: bool = False
    after_group: str = ""

    @property
    def core(self) -> str:
        """Trade name and business, as they stand in the name."""
        return self.trade_name + self.business


@cache
def _branch_endings() -> tuple[str, ...]:
    return tuple(words()["branches"])


@cache
def _forms() -> list[str]:
    return sorted(words()["forms"], key=len, reverse=True)


def leading_region(text: str) -> tuple[Region, str]:
    """The region a text begins with, province then city then county, and the rest."""
    region, table = Region(), regions()
    while len(text) > 2:
        size = next((size for size in range(min(8, len(text)), 1, -1) if text[:size] in table), 0)
        step = _within(region, table[text[:size]]) if size else None
        if step is None:
            break
        region, text = step, text[size:]
    return region, text


def _within(outer: Region, inner: Region) -> Region | None:
    """*inner* when it lies strictly inside *outer* (or *outer* is nowhere), else ``None``."""
    if outer == Region():
        return inner
    deeper = inner.county != outer.county if outer.city else inner.city != outer.city
    agrees = inner.province == outer.province and (not outer.city or inner.city == outer.city)
    return inner if deeper and agrees and not outer.county else None


def _cut_branch(text: str) -> tuple[str, str]:
    """The firm and its branch: what follows the firm's own 公司 and ends as branches do."""
    firm = _FIRM.fullmatch(text)
    if firm and firm[2].endswith(_branch_endings()):
        return firm[1], firm[2]
    bare = _BRANCH.fullmatch(text)
    return (bare[1], bare[2]) if bare else (text, "")


def _cut_form(text: str) -> tuple[str, str]:
    text = text[:-1].replace("(", "", 1) if text.endswith("合伙)") else text
    form = next((form for form in _forms() if text.endswith(form) and len(text) > len(form)), "")
    return (text.removesuffix(form), words()["forms"][form]) if form else (text, "")


def _cut_bracket_regions(text: str) -> tuple[list[Region], str]:
    """Regions that stand in brackets, and the text without them; other brackets only lose their signs."""
    found = [regions()[inner] for inner in _BRACKET.findall(text) if inner in regions()]
    text = _BRACKET.sub(lambda match: "" if match[1] in regions() else match[1], text)
    return found, text.replace("(", "").replace(")", "")


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
    firm, branch = _cut_branch(text)
    stem, form = _cut_form(firm)
    brackets, stem = _cut_bracket_regions(stem)
    region, core = leading_region(stem)
    if region == Region() and brackets:
        region = brackets.pop(0)
    head, mark, tail = core.partition("集团")
    trade_name, business = cut_business(head)
    unit = next((found for found in brackets if found != region), Region())
    return Parts(text, region, trade_name, business, form, branch, unit, bool(mark), tail)
