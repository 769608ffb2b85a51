"""How many questions to people for how many errors: what bounds would make of the pairs that linking compared.

The likelihoods are calibrated, so their sums are what to expect: of pairs called “same” the sum of 1 − p are not, of
pairs called “different” the sum of p are one firm, p being the likelihood beside the other firms that a name may be.
Pairs that code, rule or person settled are not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

LEAST = 0.01
"""Pairs less likely than this are not counted: no bounds would ask about them."""
MOST = 0.9999

SCHEMA = pa.schema(
    [(name, pa.float64()) for name in ("likelihood", "beside")] + [("rule", pa.string()), ("pairs", pa.int64())]
)
"""A row a likelihood, of the two alone and beside others; ``rule``: ``asked`` at any likelihood, ``guarded`` against
“same”, or ``none``."""

#: The bounds that are offered, from few questions to many.
OFFERED = (
    (0.5, 0.9), (0.4, 0.95), (0.3, 0.98), (0.2, 0.99), (0.2, 0.995), (0.1, 0.998), (0.05, 0.999), (0.02, 0.9999),
)  # fmt: skip


class Point(NamedTuple):
    """Bounds and what to expect of them: pairs asked about, wrong “same”, and pairs of one firm not found."""

    ask: float
    same: float
    questions: int
    wrong: float
    missed: float


def table(likelihoods: Mapping[tuple[float, float, str], int]) -> pa.Table:
    """Counts by likelihood and rule as a table of :data:`SCHEMA`, in order."""
    rows = ((*key, likelihoods[key]) for key in sorted(likelihoods))
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)


def points(likelihoods: pa.Table, bounds: Iterable[tuple[float, float]]) -> list[Point]:
    """What each of *bounds* (ask, same) would make of a table of :data:`SCHEMA`."""
    weighed = "beside" if "beside" in likelihoods.column_names else "likelihood"  # settled before linking weighed
    likely, beside, pairs = (likelihoods[name].to_numpy() for name in ("likelihood", weighed, "pairs"))
    rule = np.array(likelihoods["rule"].to_pylist(), object)
    found = []
    for ask, same in bounds:
        one = (rule == "none") & (beside >= same)
        two = (rule != "asked") & (likely < ask)
        wrong, missed = (pairs * (1 - beside))[one].sum(), (pairs * beside)[two].sum()
        questions = int(pairs[~one & ~two].sum())
        found.append(Point(ask, same, questions, round(float(wrong), 2), round(float(missed), 2)))
    return found


def curve(likelihoods: pa.Table, in_force: tuple[float, float]) -> list[Point]:
    """The points offered and the one *in_force*, from few questions to many."""
    return sorted(points(likelihoods, {*OFFERED, in_force}), key=lambda one: (-one.ask, one.same))


def fit_to_use(ask: float, same: float) -> bool:
    """Whether these are bounds: both likelihoods, the second not below the first."""
    return LEAST <= ask <= same <= MOST
