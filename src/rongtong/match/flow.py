"""The exact optimum of a market by min-cost flow: source → needs → firms → sink.

A firm that gets more and more is worth less each time where there is a *spread*: its unit arcs to the sink rise in
cost, which keeps the problem a flow. Whoever must get something has a demand of one at its own node.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from rongtong.match.arcs import Arcs, Ints, Mask

Some = npt.NDArray[Any] | int
#: Gains become whole numbers of millionths.
SCALE = 1_000_000


def solve(market: Arcs, *, spread: float = 0.0, must: Mask | None = None, most: int | None = None) -> Mask | None:
    """Which arcs to take for the greatest :meth:`Arcs.value`; None when not all firms of *must* can get one.

    *most* is a ceiling for every firm's introductions.
    """
    room = market.room if most is None else np.minimum(market.room, most)
    market = replace(market, room=np.minimum(room, np.bincount(market.firm, minlength=len(market.room))))
    asked = np.zeros(len(room), np.int64) if must is None else must.astype(np.int64)
    if (asked > market.room).any() or asked.sum() > market.wanted.sum():
        return None
    flow = SimpleMinCostFlow()
    arcs = _build(flow, market, asked, spread)
    if flow.solve() != SimpleMinCostFlow.OPTIMAL:
        return None
    taken: Mask = np.asarray(flow.flows(arcs)) > 0
    return taken


def _build(flow: SimpleMinCostFlow, market: Arcs, asked: Ints, spread: float) -> Ints:
    """Fill the network; the numbers of the arcs from needs to firms."""
    needs, firms = len(market.wanted), len(market.room)
    source, sink = needs + firms, needs + firms + 1
    nodes = needs + np.arange(firms)
    supply, rest = int(market.wanted.sum()), int(market.wanted.sum() - asked.sum())
    arcs: Ints = _add(flow, market.need, needs + market.firm, 1, -np.rint(market.gain * SCALE))
    _add(flow, source, np.arange(needs), market.wanted, 0)
    _add(flow, source, np.array([sink]), rest, 0)
    for tails, capacities, costs in _units(market.room - asked, asked, spread):
        _add(flow, nodes[tails], sink, capacities, costs)
    demands = np.concatenate([-asked, [supply, -rest]])
    flow.set_nodes_supplies(np.concatenate([nodes, [source, sink]]), demands)
    return arcs


def _units(room: Ints, asked: Ints, spread: float) -> list[tuple[Ints, Ints, Ints]]:
    """The arcs from firms to the sink: one each, or one for each unit that costs more than the last."""
    firms = np.arange(len(room))
    if not spread:
        return [(firms, room, np.zeros_like(room))]
    tails = np.repeat(firms, room)
    unit = np.arange(len(tails)) - np.repeat(np.cumsum(room) - room, room) + asked[tails]
    return [(tails, np.ones_like(tails), np.rint(unit * spread * SCALE).astype(np.int64))]


def _add(flow: SimpleMinCostFlow, tails: Some, heads: Some, capacities: Some, costs: Some) -> Ints:
    full = np.broadcast_arrays(tails, heads, capacities, costs)
    kinds = (np.int32, np.int32, np.int64, np.int64)
    columns = [np.ascontiguousarray(one, dtype=kind) for one, kind in zip(full, kinds, strict=True)]
    found: Ints = np.asarray(flow.add_arcs_with_capacity_and_unit_cost(*columns))
    return found
