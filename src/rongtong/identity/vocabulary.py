"""The words of firm names, as data: regions, legal forms, trade words, marks (``catalogue/names``)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from rongtong import yaml12


class Region(NamedTuple):
    """A region as far as it is known: short names of province, city and county; empty where not said."""

    province: str = ""
    city: str = ""
    county: str = ""


def stated(name: str) -> Any:
    """What a file of ``catalogue/names`` states."""
    text = (resources.files("rongtong") / "catalogue" / "names" / name).read_text(encoding="utf-8")
    return yaml12.load(text)


NOWHERE = Region()


@cache
def words() -> dict[str, Any]:
    """The file ``words.yaml``: forms, branches, subsidiary words, notes, marks of markets, kept, business."""
    data: dict[str, Any] = stated("words.yaml")
    return data


@cache
def endings() -> tuple[str, ...]:
    """What whole names of firms end in; of longer endings the part that says it (公司 of 有限公司)."""
    every = (*words()["forms"], "集团", "合伙")
    return tuple(one for one in every if not any(other != one and other in one for other in every))


@cache
def business_words() -> frozenset[str]:
    """Words that tell a firm's trade."""
    return frozenset(words()["business"])


def _spellings(name: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    """The ways *name* is written; a name that already bears an ending of its own has only one."""
    return (name,) if name.endswith(endings) and len(name) > 2 else (name, *(name + ending for ending in endings))


_PROVINCE = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区")
_CITY = ("市", "地区")
_COUNTY = ("市", "县", "区", "新区")


@cache
def regions() -> dict[str, Region]:
    """Every spelling of every region, and the region it means."""
    data = stated("regions.yaml")
    table: dict[str, Region] = {}
    province_of = {city: province for province, cities in data["provinces"].items() for city in cities}
    for province in data["provinces"]:
        table |= dict.fromkeys(_spellings(province, _PROVINCE), Region(province))
    for city, counties in data["counties"].items():
        for county in counties:
            table |= dict.fromkeys(_spellings(county, _COUNTY), Region(province_of[city], city, county.rstrip("市区")))
    for city, province in province_of.items():
        table |= dict.fromkeys(_spellings(city, _CITY), Region(province, city.rstrip("市")))
    return table


@cache
def abbreviations() -> dict[str, str]:
    """The one character that stands for a province in short names, and the province."""
    table: dict[str, str] = stated("regions.yaml")["abbreviations"]
    return table


@cache
def lookalikes() -> dict[str, str]:
    """Characters and those that are easily taken for them by their shape; a pair may stand under either."""
    measured = (resources.files("rongtong.identity") / "learned" / "alike.txt").read_text(encoding="utf-8")
    table = {line[0]: line[1:] for line in measured.splitlines()[1:]}
    for group in stated("alike.yaml")["groups"]:
        table |= {one: table.get(one, "") + group.replace(one, "") for one in group}
    return table


def look_alike(a: str, b: str) -> bool:
    """Whether two characters are easily taken for one another by their shape."""
    return b in lookalikes().get(a, "") or a in lookalikes().get(b, "")
