"""Places as people name them: 崂山区 lies in 青岛市, 青岛市 in 山东省; whether a firm is where it is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from rongtong.identity.parts import leading_region
from rongtong.identity.vocabulary import NOWHERE, Region, regions
from rongtong.match.words import words

_ENDINGS = re.compile(r"(?<=..)(?:特别行政区|自治区|自治州|地区|新区|省|市|区|县)$")
_DISTRICT = re.compile(r"^(.{2,8}?(?:新区|区|县|市))")
Level = Literal["district", "city", "province"]


def places(text: str) -> tuple[str, ...]:
    """The place that a region or an address names and what it lies in, the smallest first: 崂山, 青岛, 山东."""
    region, rest = leading_region(text.strip())
    found = _DISTRICT.match(rest)
    if found:
        smallest = stem(found[1])
    elif region == NOWHERE:
        smallest = stem(text)
    else:
        smallest = next(iter(_named(region)))
    return tuple(dict.fromkeys((*_around(smallest), *_named(region))))


def stem(text: str) -> str:
    """A place without its ending, under one of its names: 青岛西海岸新区 and 黄岛区 are 西海岸."""
    bare = _ENDINGS.sub("", text.strip())
    return words().same_place.get(bare, bare)


def is_known(one: str) -> bool:
    """Whether a stem is a place that the lists know."""
    return one in regions() or any(one in inner for inner in words().inside.values())


def _named(region: Region) -> Iterable[str]:
    return (stem(name) for name in (region.county, region.city, region.province) if name)


@cache
def _around(one: str) -> tuple[str, ...]:
    """A place and what it is known to lie in."""
    city = next((city for city, inner in words().inside.items() if one in inner), "")
    return tuple(dict.fromkeys((one, *([city] if city else []), *_named(regions().get(city or one, NOWHERE)))))


@cache
def level(one: str) -> Level:
    """Whether a stem is a province, a city, or what lies inside one."""
    region = regions().get(one, NOWHERE)
    if region.county or region == NOWHERE:
        return "district"
    return "city" if region.city else "province"


def is_in(wanted: Iterable[str], known: Iterable[str]) -> bool | None:
    """Whether a firm of which the places *known* are known is in one of those *wanted*; None: that is not known."""
    answers = {_is_in(one, tuple(known)) for one in wanted}
    return True if True in answers else None if None in answers else False


def _is_in(wanted: str, known: tuple[str, ...]) -> bool | None:
    if wanted in known:
        return True
    at = {level(one): one for one in reversed(known)}
    chain = {level(one): one for one in _around(wanted)}
    return False if any(at.get(here, one) != one for here, one in chain.items()) else None
