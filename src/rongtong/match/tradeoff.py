"""The trade-off between needs and firms: fairness to firms is paid for by needs, and people choose the point."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from rongtong.match.arcs import Many
from rongtong.match.assign import FLOOR, Floor, assign

#: From what is best for the needs to what nobody who looks at needs would choose.
SPREADS = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
TRADEOFF = pa.schema([
    ("spread", pa.float64()), ("total", pa.float64()), ("introductions", pa.int32()), ("worst_need", pa.float64()),
    ("needs_filled", pa.int32()), ("firms_used", pa.int32()), ("most", pa.int32()), ("gini", pa.float64()),
    ("left_out", pa.int32()), ("way", pa.string()), ("bound", pa.float64()),
])  # fmt: skip  # read by rows


def tradeoff(
    candidates: pa.Table,
    capacity_of_firms: Many,
    per_need: Many = 3,
    *,
    floor: Floor | None = FLOOR,
    spreads: Sequence[float] = SPREADS,
) -> pa.Table:
    """One row of :data:`TRADEOFF` for each weight of *spreads*: what needs and firms get at that point.

    ``worst_need`` is the least sum of success of a need that has candidates; ``gini`` and ``firms_used`` are over
    the firms that are candidates. The secretariat chooses a point; :func:`assign` then takes its ``spread``.
    """
    rows = []
    for spread in spreads:
        found = assign(candidates, capacity_of_firms, per_need, floor=floor, spread=spread)
        point = {"spread": spread, "left_out": found.left_out.num_rows, "way": found.way, "bound": found.bound}
        rows.append(point | found.figures)
    return pa.Table.from_pylist(rows, schema=TRADEOFF)
