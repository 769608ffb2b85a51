"""What no assignment can exceed, found from prices of firms (Lagrange): for markets too large to solve whole."""

from __future__ import annotations

import numpy as np

from rongtong.match.arcs import Arcs, Floats, Mask

ROUNDS = 40


def bound(market: Arcs, chosen: Mask) -> float:
    """An upper bound on the sum of success of any assignment within capacities.

    For any prices *p* ≥ 0 of firms it is what the firms' rooms cost plus what the needs would choose at these
    prices. The prices start at what the last introduction of a full firm in *chosen* is worth, and are moved towards
    balance.
    """
    prices, best = _first(market, chosen), np.inf
    floor = float(market.gain[chosen].sum())
    for step in range(ROUNDS):
        value, demand = _at(market, prices)
        best = min(best, value)
        excess = demand - market.room
        size = float((excess.astype(np.float64) ** 2).sum())
        if size == 0 or best <= floor:
            break
        prices = np.maximum(prices + (value - floor) / size * 0.7**step * excess, 0)
    return best


def _first(market: Arcs, chosen: Mask) -> Floats:
    prices = np.full(len(market.room), np.inf)
    np.minimum.at(prices, market.firm[chosen], market.gain[chosen])
    full = market.loads(chosen) >= market.room
    return np.where(full & np.isfinite(prices), prices, 0.0)


def _at(market: Arcs, prices: Floats) -> tuple[float, Floats]:
    """The bound at *prices*, and how many needs would choose each firm."""
    net = market.gain - prices[market.firm]
    order = np.lexsort((-net, market.need))
    first = np.searchsorted(market.need, np.arange(len(market.wanted)))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) - first[market.need[order]]
    taken = (place < market.wanted[market.need]) & (net > 0)
    demand = np.bincount(market.firm[taken], minlength=len(market.room)).astype(np.float64)
    return float(net[taken].sum() + (prices * market.room).sum()), demand
