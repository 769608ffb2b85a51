"""Small markets for tests, greedy choice, and every assignment there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

Arc = tuple[str, str, float]


def table(arcs: list[Arc]) -> pa.Table:
    needs, firms, success = zip(*arcs, strict=True) if arcs else ((), (), ())
    columns = [pa.array(needs, pa.string()), pa.array(firms, pa.string()), pa.array(success, pa.float64())]
    return pa.Table.from_arrays(columns, names=["need", "firm", "success"])


def taken(found: pa.Table) -> list[Arc]:
    return sorted((row["need"], row["firm"], row["success"]) for row in found.to_pylist())


def greedy(arcs: list[Arc], capacity: dict[str, int], wanted: dict[str, int]) -> list[Arc]:
    """The best arc that still fits, again and again."""
    room, places = Counter(capacity), Counter(wanted)
    chosen = []
    for arc in sorted(arcs, key=lambda arc: -arc[2]):
        if places[arc[0]] > 0 and room[arc[1]] > 0:
            places[arc[0]] -= 1
            room[arc[1]] -= 1
            chosen.append(arc)
    return chosen


def every(arcs: list[Arc], capacity: dict[str, int], wanted: dict[str, int]) -> Iterator[list[Arc]]:
    """All assignments within capacities."""
    needs = sorted({arc[0] for arc in arcs})
    own = [[arc for arc in arcs if arc[0] == need] for need in needs]
    choices = [
        [part for size in range(min(wanted[need], len(mine)) + 1) for part in combinations(mine, size)]
        for need, mine in zip(needs, own, strict=True)
    ]
    for parts in product(*choices):
        chosen = [arc for part in parts for arc in part]
        if all(count <= capacity[firm] for firm, count in loads(chosen).items()):
            yield chosen


def loads(chosen: list[Arc]) -> Counter[str]:
    return Counter(arc[1] for arc in chosen)


def value(chosen: list[Arc], spread: float) -> float:
    return sum(arc[2] for arc in chosen) - spread * sum(n * (n - 1) / 2 for n in loads(chosen).values())


@st.composite
def markets(
    draw: Any, needs: int = 4, firms: int = 4, room: int = 3
) -> tuple[list[Arc], dict[str, int], dict[str, int]]:
    """Arcs of a few needs and firms, with the firms' capacities and the needs' wishes."""
    pairs = draw(st.lists(st.tuples(st.integers(1, needs), st.integers(1, firms)), unique=True, max_size=needs * firms))
    arcs = [(f"N{n}", f"F{f}", draw(st.integers(0, 100)) / 100) for n, f in sorted(pairs)]
    capacity = {f"F{f}": draw(st.integers(0, room)) for f in range(1, firms + 1)}
    wanted = {f"N{n}": draw(st.integers(0, 3)) for n in range(1, needs + 1)}
    return arcs, capacity, wanted
