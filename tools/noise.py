"""What people do to a firm's name when they write it down, each a function of the firm; none makes it another firm."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import opencc
from pypinyin import lazy_pinyin

from gb2312 import COMMON
from made_firms import Firm
from rongtong.identity.vocabulary import Region, abbreviations, lookalikes, regions, words

Noise = Callable[[Firm, random.Random], str]


@cache
def _same_sound() -> dict[str, str]:
    by_sound: dict[str, str] = {}
    for character in COMMON:
        sound = "".join(lazy_pinyin(character))
        by_sound[sound] = by_sound.get(sound, "") + character
    return {one: group.replace(one, "") for group in by_sound.values() for one in group}


@cache
def _same_shape() -> dict[str, str]:
    table: dict[str, set[str]] = {one: set() for one in COMMON}
    for one, others in lookalikes().items():
        for other in set(others) & table.keys() if one in table else ():
            table[one].add(other)
            table[other].add(one)
    return {one: "".join(sorted(others)) for one, others in table.items()}


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _mistaken(text: str, table: dict[str, str], chance: random.Random) -> str:
    """One character of *text* taken for another of *table*."""
    places = [at for at, one in enumerate(text) if table.get(one)]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + chance.choice(table[text[at]]) + text[at + 1 :]


def typed(text: str, chance: random.Random) -> str:
    """A character of the same sound, now and then any."""
    if chance.random() < 0.04:
        at = chance.randrange(len(text))
        return text[:at] + chance.choice(COMMON) + text[at + 1 :]
    return _mistaken(text, _same_sound(), chance)


def scanned(text: str, chance: random.Random) -> str:
    """A character of a like shape, now and then two."""
    text = _mistaken(text, _same_shape(), chance)
    return _mistaken(text, _same_shape(), chance) if chance.random() < 0.2 else text


def dropped(text: str, chance: random.Random) -> str:
    """A character left out."""
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def spaced(text: str, chance: random.Random) -> str:
    """A space, a tabulator or a wide space somewhere."""
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice(" \t\u3000") + text[at:]


def noted(text: str, chance: random.Random) -> str:
    """A remark behind."""
    note = chance.choice(words()["notes"])
    return text + chance.choice((f"（{note}）", f"({note})", f"【{note}】", "-采购部", "-销售部"))


def in_traditional(text: str, _chance: random.Random) -> str:
    """In traditional characters."""
    converted: str = _traditional().convert(text)
    return converted


TEXT: dict[str, Callable[[str, random.Random], str]] = {
    "typo": typed, "scan": scanned, "dropped": dropped, "space": spaced, "note": noted, "traditional": in_traditional,
}  # fmt: skip  # read by rows
"""What happens to any text."""


def no_region(firm: Firm, _chance: random.Random) -> str:
    """The region left out; nobody leaves out a group that stands in its place."""
    return firm.name() if firm.region.endswith("集团") else firm._replace(region="", place="none").name()


def more_region(firm: Firm, chance: random.Random) -> str:
    """The province put before the city, or the city's full form."""
    region: Region | None = regions().get(firm.region)
    if firm.place != "front" or region is None or not region.city:
        return no_region(firm, chance)
    province = region.province + chance.choice(("", "省"))
    return province + firm.region + chance.choice(("", "市")) + firm._replace(place="none").name()


def no_form(firm: Firm, _chance: random.Random) -> str:
    """The legal form left out."""
    return firm._replace(form="").name()


def other_form(firm: Firm, _chance: random.Random) -> str:
    """The legal form in its other spelling."""
    pairs = {"有限公司": "有限责任公司", "股份有限公司": "股份公司"}
    return firm._replace(form=(pairs | {b: a for a, b in pairs.items()})[firm.form]).name()


def no_brackets(firm: Firm, chance: random.Random) -> str:
    """Brackets of the other width, or none."""
    name = firm.name()
    flat = name.replace("（", "").replace("）", "")
    return flat if chance.random() < 0.5 else name.replace("（", "(").replace("）", ")")


def called(firm: Firm, chance: random.Random) -> str:
    """What colleagues call it: the trade name, with or without the trade."""
    return firm.trade + (chance.choice(("", "".join(firm.business))) if firm.business else "")


def listed(firm: Firm, chance: random.Random) -> str:
    """A short name as exchanges give: about four signs of the name in order, at times with marks around it."""
    name = chance.choice(_LISTED)(firm, chance)
    before = chance.choice(words()["market_before"]) if chance.random() < 0.07 else ""
    behind = chance.choice(words()["market_behind"]) if chance.random() < 0.04 else ""
    return before + name + behind


def _trade_and_word(firm: Firm, chance: random.Random) -> str:
    """海天味业: the trade name and what fits of the trade."""
    word = "".join(firm.business) or firm.group.strip("（）")
    rest = max(4 - len(firm.trade), 1 if len(firm.trade) < 4 else 0)
    last = chance.choice((word[-2:], word[:2], _some(word, 2, chance)))
    return firm.trade[:3] + (last[:rest] if rest <= len(last) else last)


def _scattered(firm: Firm, chance: random.Random) -> str:
    """恒实科技: some signs of the trade name, some of the trade."""
    word = "".join(firm.business)
    return _some(firm.trade, 2, chance) + (_some(word, 2, chance) if len(word) > 1 else "股份")


def _with_ending(firm: Firm, _chance: random.Random) -> str:
    """合兴股份, 华利集团."""
    ending = "集团" if firm.group else "股份" if "股份" in firm.form else "".join(firm.business)
    return firm.trade[:3] + ending[:2]


def _with_region(firm: Firm, chance: random.Random) -> str:
    """贵州三力, 厦华电子, 江特电机: region, trade name and trade, each whole or its first sign."""
    if firm.place == "none":
        return _trade_and_word(firm, chance)
    text = firm.region[: chance.choice((1, 2, 2))] + firm.trade[: chance.choice((1, 2, 2, 3))]
    word = "".join(firm.business)
    return text + (
        _some(word, 4 - len(text), chance) if len(text) < 4 and (len(text) < 3 or chance.random() < 0.5) else ""
    )


def _initials(firm: Firm, chance: random.Random) -> str:
    """杭钢股份, 南纺股份, 山航: the first signs of place and trade name or trade, and an ending."""
    if firm.place == "none":
        return _with_ending(firm, chance)
    word = "".join(firm.business)
    return firm.region[0] + firm.trade[0] + chance.choice(("", "股份", "股份", word[:2]))


def _region_and_word(firm: Firm, chance: random.Random) -> str:
    """武汉控股, 上海环境: a firm known by its place and trade."""
    word = firm.business[-1] if firm.business else "股份"
    return firm.region[:3] + word[:2] if firm.place == "front" else _trade_and_word(firm, chance)


def _with_province(firm: Firm, chance: random.Random) -> str:
    """粤水电, 沪硅产业: the one sign of the province."""
    if firm.place == "none":
        return _trade_and_word(firm, chance)
    region = regions().get(firm.region)
    known = [sign for sign, province in abbreviations().items() if region and province == region.province]
    return (chance.choice(known) if known else firm.region[0]) + _trade_and_word(firm, chance)[: chance.choice((2, 3))]


_LISTED = (
    _trade_and_word, _trade_and_word, _trade_and_word, _scattered, _with_ending, _with_region, _with_region,
    _region_and_word, _with_province, _initials,
)  # fmt: skip  # read by rows


def _some(text: str, count: int, chance: random.Random) -> str:
    """*count* characters of *text* in their order."""
    places = sorted(chance.sample(range(len(text)), min(count, len(text))))
    return "".join(text[at] for at in places)


PARTS: dict[str, Noise] = {
    "no_region": no_region, "more_region": more_region, "no_form": no_form, "other_form": other_form,
    "no_brackets": no_brackets, "called": called, "listed": listed,
}  # fmt: skip  # read by rows
"""What happens to a firm's name in its parts."""


def written(firm: Firm, kind: str, chance: random.Random) -> str:
    """The name of *firm* as somebody wrote it who did what *kind* says; ``mixed`` is two or three things."""
    if kind != "mixed":
        return PARTS[kind](firm, chance) if kind in PARTS else TEXT[kind](firm.name(), chance)
    text = PARTS[chance.choice(("no_region", "more_region", "no_form", "other_form", "called"))](firm, chance)
    if chance.random() < 0.35:
        text = firm.name()
    for one in chance.sample(list(TEXT), chance.choice((1, 2))):
        text = TEXT[one](text, chance) if len(text) > 3 else text
    return text
