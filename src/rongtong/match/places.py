"""Places as people name them: 崂山区 lies in 青岛市, 青岛市 in 山东省; whether a firm is where it is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from rongtong.identity.parts import leading_region
from rongtong.identity.vocabulary import NOWHERE, Region, regions
from rongtong.match.cues import cues
from rongtong.match.numbers import any_of
from rongtong.match.words import words

_ENDINGS = re.compile(r"(?<=..)(?:特别行政区|自治区|自治州|地区|新区|省|市|区|县)$")
_DISTRICT = re.compile(r"^(.{2,8}?(?:新区|区|县|市))")
_BETWEEN = re.compile("[、和及与或/]")
Level = Literal["district", "city", "province"]


@cache
def places(text: str) -> tuple[str, ...]:
    """The place that a region or an address names and what it lies in, the smallest first: 崂山, 青岛, 山东."""
    region, rest = leading_region(text.strip())
    found = _DISTRICT.match(rest)
    if found:
        smallest = stem(found[1])
    elif region == NOWHERE:
        smallest = stem(text)
    else:
        smallest = of_region(region)[0]
    return tuple(dict.fromkeys((*_around(smallest), *of_region(region))))


def stem(text: str) -> str:
    """A place without its ending, under one of its names: 青岛西海岸新区 and 黄岛区 are 西海岸."""
    bare = _ENDINGS.sub("", text.strip())
    return words().same_place.get(bare, bare)


def asked_for(text: str) -> tuple[str, ...]:
    """The places that a need names: 青岛市内, 胶东五市; 本市 as such, and what is not understood as it is written."""
    said = text.strip()
    bare = _within().sub("", said)
    if called := _called().get(said) or _called().get(bare):
        return called
    found = places(bare)
    return found[:1] if is_known(found[0]) else (bare if understood(bare) else said,)


def places_in(text: str) -> tuple[str, ...]:
    """The places that running text asks for, as written: 要求胶东五市企业, 供应商须在青岛, 限青岛或烟台的企业."""
    told = [match["behind"] or match["before"] for match in _spoken().finditer(text)]
    return tuple(dict.fromkeys(one for said in told for one in _BETWEEN.split(said)))


def understood(one: str) -> bool:
    """Whether a place that a need asks for is known, or what it lies in."""
    found = places(one)
    return len(found) > 1 or is_known(found[0])


def is_near(one: str) -> bool:
    """Whether a place is called from where the buyer is, such as 本市."""
    return one in words().near


def nearby(one: str, buyer: Iterable[str]) -> str:
    """The place that 本市 or 本省 means to a buyer of whom the places *buyer* are known; itself where it is not."""
    at = {level(place): place for place in buyer if is_known(place)}
    return at.get("city" if one == "本市" else "province", one)


def is_known(one: str) -> bool:
    """Whether a stem is a place that the lists know."""
    return one in regions() or any(one in inner for inner in words().inside.values())


def of_region(region: Region) -> tuple[str, ...]:
    """The places that a region names, the smallest first."""
    return tuple(stem(name) for name in (region.county, region.city, region.province) if name)


@cache
def _around(one: str) -> tuple[str, ...]:
    """A place and what it is known to lie in."""
    city = next((city for city, inner in words().inside.items() if one in inner), "")
    return tuple(dict.fromkeys((one, *([city] if city else []), *of_region(regions().get(city or one, NOWHERE)))))


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
    chain = places(wanted)
    if chain[0] in known:
        return True
    if not understood(wanted):
        return None
    at = {level(one): one for one in reversed(known)}
    return False if any(at.get(level(one), one) != one for one in chain) else None


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """The places that have another name than their own: several together, and those near the buyer."""
    near = {written: (one,) for one, all_written in words().near.items() for written in (one, *all_written)}
    return {one: tuple(map(stem, inner)) for one, inner in words().together.items()} | near


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"(?<=..)(?:{'|'.join(sorted(words().within, key=len, reverse=True))})$")


@cache
def _spoken() -> re.Pattern[str]:
    """A place with what says that it is asked for behind it, or before it where nothing is said to be done there."""
    data, inner = cues(), [place for places in words().inside.values() for place in places]
    names = {one for one in (*regions(), *inner, *words().inside, *_called()) if len(one) >= 2}
    titles = {one for one in names if words().title_of(one)}  # 高新企业 says what a firm is, 高新区企业 where
    place = rf"{any_of((names - titles) | {f'{one}区' for one in titles})}(?:新区|省|市|区|县)?"
    several = rf"{place}(?:{_BETWEEN.pattern}{place})*"
    behind = rf"(?P<behind>{several})(?:[两三四五]市|等地)?的?{any_of(data.places)}"
    before = rf"(?<!不){any_of(data.places_before)}(?P<before>(?>{several}))(?!.{{0,5}}{any_of(data.done_there)})"
    return re.compile(f"{behind}|{before}")
