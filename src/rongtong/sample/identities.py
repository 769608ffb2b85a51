"""Who the firms are: codes, names and former names, places and dates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rongtong.sample import codes, naming, typed
from rongtong.sample.naming import join, pick
from rongtong.sample.parameters import Ints, Rng, industries, names, world


def draw(role: NDArray[np.str_], industry: Ints, born: Ints, rng: Rng) -> dict[str, pa.Array]:
    """Text columns by slot, and ``street``; *born* is the year of registration."""
    every, n = world().districts, len(role)
    weights = np.array([one.weight for one in every])
    district = rng.choice(len(every), n, p=weights / weights.sum())
    region = np.array([one.code for one in every])[district]
    away = np.flatnonzero(role == "elsewhere")
    cities = rng.integers(0, len(world().elsewhere), len(away))
    region[away] = np.array([code for _, code in world().elsewhere])[cities]
    name, trade = naming.distinct(n, industry, rng)
    city = pick([city for city, _ in world().elsewhere], cities)
    name = _branches(_put(name, away, _namesakes(trade, industry, city, rng)), role, rng)
    product, chain = naming.businesses(industry, rng, "products"), naming.businesses(industry, rng, "chains")
    day = (born - 1970).astype("datetime64[Y]").astype("datetime64[D]") + rng.integers(0, 360, n)
    capital = pick([str(x) for x in (100, 200, 500, 1000, 2000, 5000)], rng.integers(0, 6, n)).cast(pa.int64())
    return {
        "uscc": codes.make(region, born < 2015, rng),
        "name": name,
        "former_name": _former(trade, name, industry, rng),
        "district": pick([one.name for one in every], district),
        **_places(district, rng),
        "registered_on": pa.array(day),
        "registered_capital": typed.column("registered_capital", capital.to_numpy() * 10_000.0),
        "legal_form": pc.if_else(pc.match_substring(name, "股份"), "股份有限公司", "有限责任公司"),
        "industry_code": pick([one.code for one in industries().industries], industry),
        "industry": pick([one.name for one in industries().industries], industry),
        "chain": chain,
        "main_product": product,
        "independent_legal_person": pa.array(role != "branch"),
    }


def _namesakes(trade: pa.Array, industry: Ints, city: pa.Array, rng: Rng) -> pa.Array:
    """Names of firms in another *city*, each like a firm of this one."""
    twins = rng.integers(0, len(trade), len(city))
    return naming.full(trade.take(pa.array(twins)), naming.businesses(industry[twins], rng), rng, city)


def _branches(name: pa.Array, role: NDArray[np.str_], rng: Rng) -> pa.Array:
    """Branches carry the name of a firm and a place."""
    places = np.flatnonzero(role == "branch")
    parents = rng.choice(np.flatnonzero(role == "ordinary"), len(places), replace=False)
    towns = [one.name[:2] for one in world().districts]
    return _put(
        name, places, join(name.take(pa.array(parents)), pick(towns, rng.integers(0, 10, len(places))), "分公司")
    )


def _put(column: pa.Array, places: Ints, values: pa.Array) -> pa.Array:
    mask = np.zeros(len(column), bool)
    mask[places] = True
    return pc.replace_with_mask(column, pa.array(mask), values.take(pa.array(np.argsort(np.argsort(places)))))


def _former(trade: pa.Array, name: pa.Array, industry: Ints, rng: Rng) -> pa.Array:
    """Former names: another business or form of the same trade name; null for most."""
    changed = rng.random(len(name)) < world().rates["former_name"]
    old = naming.full(trade, naming.businesses(industry, rng), rng)
    return pc.if_else(pc.and_(pa.array(changed), pc.not_equal(old, name)), old, None)


def _places(district: Ints, rng: Rng) -> dict[str, pa.Array]:
    """The street of each firm, and its address there."""
    every = world().districts
    streets = np.array([len(one.streets) for one in every])
    index = (np.cumsum(streets) - streets)[district] + (rng.random(len(district)) * streets[district]).astype(int)
    town = pick([f"青岛市{one.name.removeprefix('青岛')}" for one in every], district)
    street = pick([street for one in every for street in one.streets], index)
    road = pick(names().roads, rng.integers(0, len(names().roads), len(district)))
    house = pick([f"{i}号" for i in range(1, 400)], rng.integers(0, 399, len(district)))
    return {"street": street, "address": join(town, street, road, house)}
