"""Capacity-fair assignment over a market: what needs and firms get, and the seconds, beside greedy and top k.

    python benchmarks/match_assign.py [--needs 2000 --firms 8000 --candidates 50] [--capacity 4 40] [--large]

Each need asks for three firms, each firm takes at most so many introductions as *capacity* says; a few firms are
candidates of most needs, as in real markets. ``top k`` gives each need its best three whatever the firms can bear. With
a capacity of four nobody gets twenty, and the fairness floor holds by itself; with forty it acts, and what it costs is
the difference of *plain optimum* and *ours, spread 0*; *floor* says how it holds, *due* how many firms that are among
the ten best of some need get nothing. ``--large`` has 100 times as many
arcs (100,000 firms, 200,000 needs); it then compares with greedy only, since a whole sweep would solve it eight times.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from rongtong.match.arcs import Arcs, Mask, arcs_of
from rongtong.match.assign import Floor, assign, due_firms, figures
from rongtong.match.tradeoff import SPREADS

CAPACITIES, WANTED = (4, 40), 3


#: What is told of every assignment.
FIGURES = ("total", "worst_need", "firms_used", "most", "gini")


class Line(NamedTuple):
    name: str
    total: float
    worst_need: float
    firms_used: int
    most: int
    gini: float
    seconds: float
    way: str = ""
    due: int | None = None


def candidates(needs: int, firms: int, each: int, seed: int) -> pa.Table:
    """Random candidates: firms by a heavy-tailed popularity, the success a mix of popularity and fit."""
    chance = np.random.default_rng(seed)
    weight = chance.pareto(1.2, firms) + 1
    drawn = np.searchsorted(np.cumsum(weight / weight.sum()), chance.random((needs, 2 * each))).clip(0, firms - 1)
    pairs = np.unique((np.arange(needs)[:, None] * firms + drawn).ravel())
    need, firm = pairs // firms, pairs % firms
    kept = np.arange(len(need)) - np.searchsorted(need, np.arange(needs))[need] < each
    need, firm = need[kept], firm[kept]
    success = np.clip(chance.beta(2, 5, len(need)) + 0.03 * np.log(weight[firm]), 0.01, 0.99)
    return pa.table({"need": need.astype(np.int32), "firm": firm.astype(np.int32), "success": success})


def greedy(found: Arcs) -> Mask:
    """The best arc that still fits, again and again."""
    places, room = found.wanted.tolist(), found.room.tolist()
    chosen = np.zeros(len(found.need), bool)
    needs, firms = found.need.tolist(), found.firm.tolist()
    for arc in np.argsort(-found.gain, kind="stable").tolist():
        need, firm = needs[arc], firms[arc]
        if places[need] and room[firm]:
            places[need] -= 1
            room[firm] -= 1
            chosen[arc] = True
    return chosen


def top(found: Arcs) -> Mask:
    """Each need's best, whatever the firms can bear."""
    chosen: Mask = found.rank < found.wanted[found.need]
    return chosen


def by(name: str, found: Arcs, choose: Callable[[Arcs], Mask]) -> Line:
    start = time.perf_counter()
    chosen = choose(found)
    seconds = time.perf_counter() - start
    told = figures(found, chosen)
    return Line(name, *(told[key] for key in FIGURES), seconds)


def ours(name: str, table: pa.Table, capacity: int, floor: Floor | None, spread: float) -> Line:
    start = time.perf_counter()
    found = assign(table, capacity, WANTED, floor=floor, spread=spread)
    seconds = time.perf_counter() - start
    whole = arcs_of(table, capacity, WANTED)
    used = np.isin(whole.firms.to_numpy(), found.table["firm"].to_numpy())
    left = int((due_firms(whole, Floor().top) & ~used).sum())
    return Line(name, *(found.figures[key] for key in FIGURES), seconds, found.way or "none", left)


def compare(table: pa.Table, capacity: int, spreads: tuple[float, ...]) -> list[Line]:
    start = time.perf_counter()
    found = arcs_of(table, capacity, WANTED)
    print(f"capacity {capacity}: ", end="")
    print(f"arcs {len(found.need):,}; sorted in {time.perf_counter() - start:.2f} s (part of every time of ours)")
    lines = [by("top k (over capacity)", found, top), by("greedy", found, greedy)]
    lines.append(ours("plain optimum", table, capacity, None, 0.0))
    return lines + [ours(f"ours, spread {spread:g}", table, capacity, Floor(), spread) for spread in spreads]


def show(lines: list[Line]) -> None:
    print(
        f"{'':24}{'total':>12}{'worst need':>12}{'firms':>9}{'most':>7}{'Gini':>7}{'seconds':>9}{'floor':>11}{'due':>7}"
    )
    for line in lines:
        print(
            f"{line.name:24}{line.total:12,.1f}{line.worst_need:12.3f}{line.firms_used:9,}{line.most:7,}"
            f"{line.gini:7.3f}{line.seconds:9.2f}{line.way:>11}{'' if line.due is None else line.due:>7}"
        )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--needs", type=int, default=2_000)
    asked.add_argument("--firms", type=int, default=8_000)
    asked.add_argument("--candidates", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--capacity", type=int, nargs="+", default=list(CAPACITIES))
    asked.add_argument("--large", action="store_true")
    given = asked.parse_args()
    sizes = (200_000, 100_000) if given.large else (given.needs, given.firms)
    table = candidates(*sizes, given.candidates, given.seed)
    for capacity in given.capacity[:1] if given.large else given.capacity:
        show(compare(table, capacity, (0.0,) if given.large else SPREADS))


if __name__ == "__main__":
    main()
