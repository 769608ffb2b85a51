"""Firms that do not exist, for training: their names in parts, so that what people do to names can be done to each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from gb2312 import COMMON
from rongtong.identity.vocabulary import Region, business_words, regions, words
from rongtong.sample.parameters import industries, names

_FORMS = {"有限公司": 0.55, "有限责任公司": 0.07, "股份有限公司": 0.34, "股份公司": 0.04}
_LENGTHS = {2: 0.55, 3: 0.33, 4: 0.1, 5: 0.02}
_PLACES = {"front": 0.8, "middle": 0.06, "behind": 0.06, "none": 0.08}
_PLACES_OF_SHARES = (0.6, 0.03, 0.03, 0.34)
"""Joint-stock companies are large enough to bear a name without a region far oftener (企业名称登记管理规定, 12)."""
_OWN, _SHARED, _WORD = 0.45, 0.35, 0.05
_HEAD = 1.5
_LIKED = 0.8
"""How many signs of trade names are those that everybody likes: so two of one trade and place often share one."""


class Firm(NamedTuple):
    """The parts of a made-up name; ``place`` says where the region stands.

    In front, or in brackets in the middle or behind the trade, or nowhere. The group that a firm belongs to may stand
    for the region: 石药集团新诺威制药.
    """

    region: str
    trade: str
    business: tuple[str, ...]
    form: str
    place: str = "front"
    group: str = ""

    def name(self) -> str:
        """The name as the register would have it."""
        bracket = f"（{self.region}）"
        middle, behind = (bracket if self.place == place else "" for place in ("middle", "behind"))
        front = self.region if self.place == "front" else ""
        return front + self.trade + middle + "".join(self.business) + self.group + behind + self.form


@cache
def places() -> tuple[str, ...]:
    """Short names of cities and provinces, cities three times as often."""
    table: dict[str, Region] = regions()
    short = [name for name in table if not name.endswith(("省", "市", "区", "县"))]
    return (*sorted(name for name in short for _ in range(3 if table[name].city else 1)), *["中国"] * 20)


@cache
def _trades() -> tuple[str, ...]:
    return tuple(sorted(business_words()))


@cache
def _things() -> tuple[str, ...]:
    """Words of trades that the vocabulary does not know: products, whole and in halves."""
    products = {product for one in industries().industries for product in one.products}
    return tuple(sorted(products | {product[-2:] for product in products} | {product[:2] for product in products}))


def often(pool: Sequence[str], chance: random.Random) -> str:
    """One of *pool*, the first of them far oftener than the last: so places, trades and trade names repeat (Zipf)."""
    return pool[int(len(pool) * chance.random() ** _HEAD)]


@cache
def _usual() -> str:
    """The characters that trade names like best."""
    pools = names()
    return pools.first + pools.second + pools.third


@cache
def _namesakes() -> tuple[str, ...]:
    """Trade names that many firms bear."""
    chance = random.Random(0)  # noqa: S311 -- a seeded draw
    return tuple("".join(chance.choices(_usual(), k=2)) for _ in range(6_000))


def trade_name(chance: random.Random) -> str:
    """A trade name of two to five characters: one's own, one that others bear too, that with a sign more, or a word."""
    what = chance.random()
    if what < _OWN:
        length = chance.choices(list(_LENGTHS), list(_LENGTHS.values()))[0]
        return "".join(chance.choice(_usual() if chance.random() < _LIKED else COMMON) for _ in range(length))
    if what > 1 - _WORD:
        return often(_trades(), chance)
    name, sign = often(_namesakes(), chance), chance.choice(_usual())
    return name if what < _OWN + _SHARED else chance.choice((name + sign, sign + name))


def business(chance: random.Random) -> tuple[str, ...]:
    """One to three words of a trade, now and then one that no list holds."""
    count = chance.choices((0, 1, 2, 3), (0.03, 0.62, 0.3, 0.05))[0]
    return tuple(chance.choice(_things()) if chance.random() < 0.2 else often(_trades(), chance) for _ in range(count))


def firm(chance: random.Random) -> Firm:
    """A firm."""
    region, made = often(places(), chance), business(chance)
    form = chance.choices(list(_FORMS), list(_FORMS.values()))[0]
    place = chance.choices(list(_PLACES), _PLACES_OF_SHARES if form.startswith("股份") else list(_PLACES.values()))[0]
    group = chance.choice(("集团", "集团", "（集团）")) if not made or chance.random() < 0.08 else ""
    if not group and chance.random() < 0.04:
        region, place = often(_namesakes(), chance) + "集团", "front"
    return Firm(region, trade_name(chance), made, form, place, group)


def firms(count: int, chance: random.Random) -> list[Firm]:
    """*count* firms with different names; some share a trade name, or a trade and a place."""
    made: dict[str, Firm] = {}
    while len(made) < count:
        one = firm(chance)
        if made and chance.random() < 0.25:
            one = _beside(chance.choice(list(made.values())[-200:]), one, chance)
        made.setdefault(one.name(), one)
    return list(made.values())


def _beside(other: Firm, own: Firm, chance: random.Random) -> Firm:
    """A firm like *other*: of one trade in one place and a sign of its trade name, of that trade name, of one trade in
    one place, or with another sign in its trade name."""
    if chance.random() < 0.3:
        at, sign = chance.randrange(len(own.trade)), chance.choice(other.trade)
        return other._replace(trade=own.trade[:at] + sign + own.trade[at + 1 :], form=own.form)
    what = chance.random()
    if what < 0.3:
        return own._replace(trade=other.trade)
    if what < 0.75:
        return own._replace(region=other.region, business=other.business, place=other.place, group=other.group)
    at, sign = chance.randrange(len(other.trade)), chance.choice(COMMON)
    rest = other.trade[at:] if chance.random() < 0.1 else other.trade[at + 1 :]
    return other._replace(trade=other.trade[:at] + sign + rest)


def daughter(parent: Firm, chance: random.Random) -> str:
    """The name of a subsidiary of *parent*."""
    form = chance.choice(("有限公司", "有限公司", parent.form, ""))
    if chance.random() < 0.55 and parent.place in ("front", "none"):
        return parent._replace(form="").name() + f"（{chance.choice(places())}）" + form
    added: str = chance.choice(words()["subsidiary_words"] if chance.random() < 0.8 else _trades())
    return f"{parent._replace(form='').name()}{added}{form}"


def branch(parent: Firm, chance: random.Random) -> str:
    """The name of a branch of *parent*."""
    ending = chance.choice(("分公司", "分公司", "分公司", "分厂", "办事处", "研究院", "营业部"))
    return parent.name() + chance.choice(places()) + ending
