"""What in an index carried an offer: a path in the product graph, its nearest product, makers that it resembles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from rongtong.match.encoders import unit
from rongtong.match.grams import Array
from rongtong.match.graph import Edge
from rongtong.match.market import Market
from rongtong.match.signals import Need
from rongtong.match.writing import spell

_PRODUCTS, _NEAREST, _ALIKE = 3, 20, 2
_EDGE = pa.struct(
    [(name, pa.string()) for name in ("product", "material")] + [("weight", pa.float64()), ("way", pa.string())]
)
#: Grounds as columns: *path*, edges whose far end the offer lists; *alike*, offers by id.
GROUNDS = pa.schema([("path", pa.list_(_EDGE)), ("alike", pa.list_(pa.string()))])


class Grounds(NamedTuple):
    """The offer's nearest *products*; the *path* of edges whose far end it lists; *alike*: other firms' offers, by id,
    that make the products nearest to what is wanted and lie nearest to this one. The nearest come first.
    """

    products: tuple[str, ...]
    path: tuple[Edge, ...]
    alike: tuple[str, ...]


class Makers(NamedTuple):
    """The offers that make the products nearest to what is wanted, and the directions of their places."""

    offers: Array
    places: Array


def makers(market: Market, need: Need) -> Makers:
    """Who makes the nearest products."""
    nearest = np.argsort(-(market.products.vectors @ need.wanted), kind="stable")[:_NEAREST]
    found = np.unique(np.concatenate([np.zeros(0, np.int64), *(market.products.makers(int(at)) for at in nearest)]))
    return Makers(found, unit(market.places[found]))


def grounds(market: Market, need: Need, edges: Sequence[Edge], near: Makers, offer: int) -> Grounds:
    """What carried the offer at this place."""
    own, _start = market.products.listed(np.array([offer]))
    order = np.argsort(-(market.products.vectors[own] @ need.wanted), kind="stable")
    names = [market.products.names[at] for at in own[order]]
    path = tuple(edge for edge in edges if spell(edge.end) in names)
    return Grounds(tuple(names[:_PRODUCTS]), path, _alike(market, near, offer))


def _alike(market: Market, near: Makers, offer: int) -> tuple[str, ...]:
    others = np.array([market.names[at] != market.names[offer] for at in near.offers], bool)
    close = near.places[others] @ unit(market.places[offer])
    return tuple(market.ids[at] for at in near.offers[others][np.argsort(-close, kind="stable")[:_ALIKE]])
