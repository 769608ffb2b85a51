"""How many introductions firms take and needs ask for: what they say themselves, else what is usual."""

from __future__ import annotations

import pyarrow as pa

#: What a firm takes, and what a need asks for, where it does not say.
CAPACITY, WANTED = 4, 3


def capacities(offers: pa.Table) -> dict[str, int]:
    """How many introductions each firm takes: the most that one of its offers says."""
    table = offers.select(["firm", "capacity"]).group_by("firm").aggregate([("capacity", "max")])
    pairs = zip(table["firm"].to_pylist(), table["capacity_max"].to_pylist(), strict=True)
    return {firm: CAPACITY if most is None else most for firm, most in pairs}


def wanted(needs: pa.Table) -> dict[str, int]:
    """How many firms each need asks for."""
    pairs = zip(needs["need"].to_pylist(), needs["wanted"].to_pylist(), strict=True)
    return {need: WANTED if many is None else many for need, many in pairs}
