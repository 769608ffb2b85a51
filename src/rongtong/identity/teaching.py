"""What people's decisions teach: a small correction of the judge's log odds, fitted again on command.

The trees stay as they are. A correction scales their log odds and adds a weight for each piece of evidence, drawn
towards “no correction” by a ridge penalty, so that ten decisions move little and a thousand what they should.
Penalised logistic regression on an offset: Hastie, Tibshirani, Friedman, *The Elements of Statistical Learning*, 4.4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from rongtong.identity.signals import SIGNALS, Floats

PENALTY = 4.0
"""How many decisions' worth of doubt is set against each weight."""

#: Weights are whole steps of this size, so that their sums are exact and every machine finds the same.
STEP = 2.0**-10
#: The least scale: of two pairs with the same evidence the likelier one stays the likelier.
_FLATTEST = 0.25

#: What a weight is given to: a signal, and from where to where it lies.
EVIDENCE: dict[str, tuple[str, float, float]] = {
    "trade_name_same": ("trade_distance", 0, 0),
    "sound": ("sound", 1, 9),
    "shape": ("shape", 1, 9),
    "stranger": ("stranger", 1, 9),
    "added": ("added", 1, 9),
    "region_one_side": ("city_agrees", 2, 2),
    "region_other": ("city_agrees", 3, 3),
    "business_one_side": ("business_agrees", 2, 2),
    "business_other": ("business_agrees", 3, 3),
    "form_one_side": ("form_agrees", 2, 2),
    "form_other": ("form_agrees", 3, 3),
    "short_name": ("short_missing", 0, 0),
}


class Correction(NamedTuple):
    """``bias + scale · odds + Σ weight of the evidence that holds``; *weights* in the order of :data:`EVIDENCE`."""

    bias: float
    scale: float
    weights: tuple[float, ...]

    def applied(self, odds: Floats, rows: Floats) -> Floats:
        """The corrected log odds of rows of signals."""
        return np.asarray(self.bias + self.scale * odds + evidence(rows) @ np.array(self.weights))


def evidence(rows: Floats) -> Floats:
    """Which pieces of :data:`EVIDENCE` hold for rows of signals, n × len(EVIDENCE), 0 or 1."""
    columns = []
    for signal, least, most in EVIDENCE.values():
        value = rows[:, SIGNALS.index(signal)]
        columns.append((value >= least) & (value <= most))
    return np.column_stack(columns).astype(np.float64)


def fit(odds: Floats, rows: Floats, same: Floats) -> Correction:
    """The correction that answers *same* (0 or 1) best; *odds* are the trees' and *rows* the signals of each pair."""
    design = np.column_stack([np.ones(len(odds)), odds, evidence(rows)])
    order = np.lexsort((same, *design.T))  # sums in one order give one answer
    design, same = design[order], same[order]
    start = np.zeros(design.shape[1])
    start[1] = 1.0

    def loss(weights: Floats) -> tuple[float, Floats]:
        reached, away = design @ weights, weights - start
        value = np.logaddexp(0, reached).sum() - (same * reached).sum() + PENALTY / 2 * (away**2).sum()
        return float(value), design.T @ (expit(reached) - same) + PENALTY * away

    within = [(None, None), (_FLATTEST, None), *[(None, None)] * len(EVIDENCE)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=within).x
    bias, scale, *weights = (np.round(found / STEP) * STEP).tolist()
    return Correction(bias, scale, tuple(weights))
