"""Who is introduced to whom over the whole market: the greatest sum of success that capacities and fairness allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa

from rongtong.match.arcs import Arcs, Floats, Ints, Many, Mask, arcs_of
from rongtong.match.bound import bound
from rongtong.match.flow import solve

Way = Literal["held", "everybody", "ceiling"]
Why = Literal["no_room", "no_place", "worth_less"]
#: Arcs up to which a market is solved whole: 10 million take half a minute and 4 GB on one core.
WHOLE = 12_000_000
LEFT_OUT = pa.schema([("firm", pa.string()), ("needs", pa.int32()), ("best", pa.float64()), ("why", pa.string())])


@dataclass(frozen=True)
class Floor:
    """The fairness floor: who is among the *top* of some need must not get nothing while another gets *ahead*.

    Exactly: a firm is *due* when it is among the *top* best candidates of some need (ties by firm id) and its capacity
    is not zero. While a due firm has nothing, no firm has *ahead* introductions or more. So either everybody due has
    one, or nobody has *ahead*: both are solved and the better one is taken, which is the optimum under the floor. It
    can always be held; whom it leaves without anything all the same is in :attr:`Assignment.left_out`.
    """

    top: int = 10
    ahead: int = 20


FLOOR = Floor()


@dataclass(frozen=True)
class Assignment:
    """An assignment: *table* (``need``, ``firm``, ``success`` and whatever else the candidates told), its *value*.

    *total* is the sum of success, *bound* what none exceeds (equal when *exact*). *way* is how the floor
    holds: by itself (``held``), because everybody due got something (``everybody``), or because nobody got as many as
    would put him ahead (``ceiling``; None: there was no floor). *left_out* are the firms that are due and got nothing,
    with why: their own room is none (``no_room``); the needs have no places for all who are due (``no_place``);
    serving all of them would be worth less (``worth_less``). *figures* are those of a point of the trade-off.
    """

    table: pa.Table
    total: float
    bound: float
    exact: bool
    spread: float
    way: Way | None
    left_out: pa.Table
    figures: dict[str, float | int]


def assign(
    candidates: pa.Table,
    capacity_of_firms: Many,
    per_need: Many = 3,
    *,
    floor: Floor | None = FLOOR,
    spread: float = 0.0,
    whole: int = WHOLE,
) -> Assignment:
    """Choose from *candidates* (``need``, ``firm``, ``success``: how likely the offer answers, 0 … 1).

    No firm gets more than its capacity, no need more than it asks for, and no firm stands twice for one need (of
    several candidates of one firm the best counts). Among all such assignments that hold the *floor* the one with the
    greatest total of success, less *spread* × (u - 1) for the u-th introduction of a firm.

    Exact by min-cost flow up to *whole* arcs (gains in millionths). Beyond, only the best candidates of each need are
    looked at, ``exact`` is false, and ``bound`` is what no assignment of all candidates exceeds.
    """
    every = arcs_of(candidates, capacity_of_firms, per_need)
    looked = _fewer(every, whole)
    due = due_firms(every, floor.top) if floor else np.zeros(len(every.room), bool)
    chosen, way, why = _fair(looked, due, floor, spread)
    exact = looked is every
    total = float(looked.gain[chosen].sum())
    most = total if exact else max(bound(every, _among(every, looked, chosen)), total)
    left_out = _left_out(every, looked.loads(chosen), due, why)
    table = candidates.take(pa.array(looked.row[chosen]))
    return Assignment(table, total, most, exact, spread, way, left_out, figures(looked, chosen))


def due_firms(market: Arcs, top: int) -> Mask:
    """The firms that are among the *top* candidates of some need."""
    due = np.zeros(len(market.room), bool)
    due[market.firm[market.rank < top]] = True
    return due


def holds(loads: Ints, due: Mask, room: Ints, floor: Floor) -> bool:
    """Whether nobody due (who takes any) has nothing while another has ``floor.ahead``."""
    waiting = due & (room > 0) & (loads == 0)
    return not (waiting.any() and (loads >= floor.ahead).any())


def _fair(market: Arcs, due: Mask, floor: Floor | None, spread: float) -> tuple[Mask, Way | None, Why]:
    """The best assignment that holds the floor, how it does, and why somebody due may have got nothing."""
    plain = _solved(market, solve(market, spread=spread))
    if floor is None:
        return plain, None, "worth_less"
    if holds(market.loads(plain), due, market.room, floor):
        return plain, "held", "worth_less"
    everybody = solve(market, spread=spread, must=due & (market.room > 0))
    ceiling = _solved(market, solve(market, spread=spread, most=floor.ahead - 1))
    if everybody is None:
        return ceiling, "ceiling", "no_place"
    if market.value(everybody, spread) >= market.value(ceiling, spread):
        return everybody, "everybody", "worth_less"
    return ceiling, "ceiling", "worth_less"


def _solved(market: Arcs, chosen: Mask | None) -> Mask:
    """*chosen*; without demands there is always an answer, of a market without arcs the empty one."""
    return np.zeros(len(market.need), bool) if chosen is None else chosen


def _fewer(market: Arcs, whole: int) -> Arcs:
    """The market with at most about *whole* arcs: as many of the best of each need as fit."""
    if len(market.need) <= whole:
        return market
    kept = market.rank < max(whole // max(len(market.wanted), 1), int(market.wanted.max()))
    arrays = {name: getattr(market, name)[kept] for name in ("need", "firm", "gain", "row")}
    return replace(market, **arrays)


def _among(every: Arcs, looked: Arcs, chosen: Mask) -> Mask:
    """The arcs *chosen* of a part, among all."""
    return np.isin(every.row, looked.row[chosen])


def _left_out(market: Arcs, loads: Ints, due: Mask, why: Why) -> pa.Table:
    nothing = np.flatnonzero(due & (loads == 0))
    best: Floats = np.zeros(len(market.room))
    np.maximum.at(best, market.firm, market.gain)
    needs = np.bincount(market.firm, minlength=len(market.room))
    reasons = np.where(market.room[nothing] == 0, "no_room", why)
    columns = [market.firms.take(pa.array(nothing)), needs[nothing], best[nothing], reasons]
    return pa.Table.from_arrays(
        [pa.array(one).cast(field.type) for one, field in zip(columns, LEFT_OUT, strict=True)], schema=LEFT_OUT
    )


def figures(market: Arcs, chosen: Mask) -> dict[str, float | int]:
    """What both sides get: ``total``, ``worst_need`` and ``needs_filled``; ``firms_used``, ``most`` and ``gini``."""
    loads, served = market.loads(chosen), market.served(chosen)
    has = np.bincount(market.need, minlength=len(market.wanted)) > 0
    filled = np.bincount(market.need[chosen], minlength=len(market.wanted)) >= market.wanted
    return {
        "total": float(market.gain[chosen].sum()),
        "introductions": int(chosen.sum()),
        "worst_need": float(served[has].min()) if has.any() else 0.0,
        "needs_filled": int(filled.sum()),
        "firms_used": int((loads > 0).sum()),
        "most": int(loads.max(initial=0)),
        "gini": gini(loads),
    }


def gini(loads: Ints) -> float:
    """Gini's coefficient of the introductions over all firms that are candidates: 0 all alike, towards 1 all to one."""
    if not loads.sum():
        return 0.0
    ordered = np.sort(loads)
    places = np.arange(1, len(ordered) + 1)
    return float((2 * places - len(ordered) - 1) @ ordered / (len(ordered) * ordered.sum()))
