"""Why an offer answers a need: facts to point at, never an adjective."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rongtong.match.encoders import unit
from rongtong.match.grams import spell
from rongtong.match.graph import Edge
from rongtong.match.market import Market
from rongtong.match.signals import Need

_PRODUCTS, _ALIKE = 3, 3
_LONGEST = 8


class Near(NamedTuple):
    """A product or an offer, and how close it lies: a cosine, for order only."""

    name: str
    closeness: float


class Evidence(NamedTuple):
    """*words* that need and offer share, longest first; the offer's nearest *products*; the *path* of edges whose
    material the offer lists; *alike*: other offers that make the nearest products and resemble this one, by id.
    """

    words: tuple[str, ...]
    products: tuple[Near, ...]
    path: tuple[Edge, ...]
    alike: tuple[Near, ...]


def evidence(market: Market, need: Need, edges: Sequence[Edge], offer: int) -> Evidence:
    """Gather what speaks for the offer at this place."""
    own, _start = market.products.listed(np.array([offer]))
    listed = {market.products.names[at] for at in own}
    near = market.products.vectors[own] @ need.wanted
    order = np.argsort(-near, kind="stable")[:_PRODUCTS]
    products = tuple(Near(market.products.names[own[at]], float(near[at])) for at in order)
    path = tuple(edge for edge in edges if spell(edge.material) in listed)
    return Evidence(_shared(need.terms, market.texts[offer]), products, path, _alike(market, need, offer))


def _shared(terms: Sequence[str], text: str) -> tuple[str, ...]:
    """The longest pieces of the terms, two characters at least, that stand in *text*."""
    pieces = {
        term[at : at + size]
        for term in terms
        for size in range(2, _LONGEST + 1)
        for at in range(len(term) - size + 1)
        if term[at : at + size] in text
    }
    longest = [one for one in pieces if not any(one != other and one in other for other in pieces)]
    return tuple(sorted(longest, key=lambda one: (-len(one), one)))


def _alike(market: Market, need: Need, offer: int) -> tuple[Near, ...]:
    """Who makes the products nearest to what is wanted, and lies nearest to this offer."""
    nearest = np.argsort(-(market.products.vectors @ need.wanted), kind="stable")[:20]
    makers = [market.products.makers(int(at)) for at in nearest]
    others = np.setdiff1d(np.concatenate([*makers, np.zeros(0, np.int64)]), [offer])
    close = unit(market.places[others]) @ unit(market.places[offer])
    return tuple(Near(market.ids[others[at]], float(close[at])) for at in np.argsort(-close, kind="stable")[:_ALIKE])
