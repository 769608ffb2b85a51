"""Made-up firm names: region + trade name + business + legal form."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.sample.parameters import Industries, Ints, Names, Rng, industries, names, world


def pick(pool: tuple[str, ...] | str | list[str], index: Ints) -> pa.Array:
    """The members of *pool* at *index*, as text."""
    return pa.array(list(pool), pa.string()).take(pa.array(index))


def weighted(pairs: tuple[tuple[str, float], ...], n: int, rng: Rng) -> Ints:
    """*n* positions in *pairs*, drawn by their weights."""
    weights = np.array([weight for _, weight in pairs])
    return rng.choice(len(pairs), n, p=weights / weights.sum())


def join(*parts: pa.Array | str) -> pa.Array:
    """Texts side by side, element by element."""
    return pc.binary_join_element_wise(*parts, "")


def trades(n: int, rng: Rng) -> pa.Array:
    """Trade names 字号 of two or three characters, some with a rare one; none begins like a firm people know."""
    parts, bad = names(), np.ones(n, bool)
    chosen = pa.nulls(n, pa.string())
    while bad.any():
        chosen = pc.if_else(pa.array(bad), _draw(n, rng, parts), chosen)
        begins = pc.match_substring_regex(chosen, "^(" + "|".join(parts.never) + ")")
        bad = begins.to_numpy(zero_copy_only=False)
    return chosen


def _draw(n: int, rng: Rng, parts: Names) -> pa.Array:
    rare = rng.random(n) < world().rates["rare_character"]
    first = pick(parts.first, rng.integers(0, len(parts.first), n))
    first = pc.if_else(pa.array(rare), pick(parts.rare, rng.integers(0, len(parts.rare), n)), first)
    second = pick(parts.second, rng.integers(0, len(parts.second), n))
    third = pick(parts.third, rng.integers(0, len(parts.third), n))
    return join(first, second, pc.if_else(pa.array(rng.random(n) < 0.4), third, ""))


def businesses(industry: Ints, rng: Rng, of: str = "business") -> pa.Array:
    """A business word (or with *of* ``products`` a product) for each firm's industry."""
    every: Industries = industries()
    pools = [getattr(one, of) for one in every.industries]
    starts = np.cumsum([0, *map(len, pools)])[:-1]
    lengths = np.array([len(pool) for pool in pools])
    index = starts[industry] + (rng.random(len(industry)) * lengths[industry]).astype(int)
    return pick([word for pool in pools for word in pool], index)


def full(trade: pa.Array, business: pa.Array, rng: Rng, cities: pa.Array | None = None) -> pa.Array:
    """Full names after the patterns of ``names.yaml``; *cities* other than Qingdao take the place of the region."""
    parts, n = names(), len(trade)
    form = pick([form for form, _ in parts.forms], weighted(parts.forms, n, rng))
    if cities is not None:
        return join(cities, trade, business, form)
    which = weighted(parts.patterns, n, rng)
    result = pa.nulls(n, pa.string())
    for index, (pattern, _) in enumerate(parts.patterns):
        words = {"trade": trade, "business": business, "form": form}
        pieces = [words.get(piece, piece) for piece in pattern.replace("}", "{").split("{") if piece]
        result = pc.if_else(pa.array(which == index), join(*pieces), result)
    return result


def distinct(n: int, industry: Ints, rng: Rng) -> tuple[pa.Array, pa.Array]:
    """*n* distinct full names, and their trade names."""
    business = businesses(industry, rng)
    trade = trades(n, rng)
    name = full(trade, business, rng)
    while len(again := _repeated(name)):
        fresh = trades(len(again), rng)
        redone = full(fresh, business.take(again), rng)
        mask = np.zeros(n, bool)
        mask[again.to_numpy()] = True
        trade, name = (pc.replace_with_mask(old, pa.array(mask), new) for old, new in ((trade, fresh), (name, redone)))
    return name, trade


def _repeated(name: pa.Array) -> pa.Array:
    """Positions of names that stand earlier already."""
    codes = name.dictionary_encode().indices.to_numpy()
    _, first = np.unique(codes, return_index=True)
    mask = np.ones(len(codes), bool)
    mask[first] = False
    return pa.array(np.flatnonzero(mask))
