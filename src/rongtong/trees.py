"""An ensemble of regression trees as LightGBM writes it down, read and summed up here.

Its library is for training: it needs a system's libgomp, which a bare machine has not, and what is asked of it at run
time is a sum over two hundred small trees. Format: LightGBM 4, ``Booster.save_model``; numerical splits, no gaps.

Rows do not walk from node to node: every split strikes out the leaves that a row cannot reach, many rows at a time, and
the leftmost that is left is the row's own (QuickScorer: Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Bits = NDArray[Any]
"""Sets of leaves, the leftmost being the lowest bit: unsigned integers."""
_CATEGORICAL, _MOST = 1, 64
_ROWS = 512
"""Rows looked at a time: so many that what is left of them stays in the processor's cache."""


class Trees(NamedTuple):
    """All trees side by side. *feature*, *threshold* and *struck* are splits by trees, shorter trees filled up.

    A value above the threshold strikes out the leaves on the split's left. *value* has trees by leaves, from left to
    right; *width* is how many features a row has.
    """

    feature: Whole
    threshold: Floats
    struck: Bits
    value: Floats
    width: int

    @classmethod
    def read(cls, text: str) -> Self:
        """From the text of a model. Raises ValueError for splits that are not numerical, and for large trees."""
        head, *blocks = text.split("\nTree=")
        trees = [_tree(_told(block)) for block in blocks]
        most = max(len(value) for *_splits, value in trees)
        if most > _MOST:
            raise ValueError(f"trees of more than {_MOST} leaves cannot be read")
        kind = next(kind for kind in (np.uint16, np.uint32, np.uint64) if most <= np.iinfo(kind).bits)
        features, thresholds, struck, values = zip(*trees, strict=True)
        return cls(
            np.array(_filled(features, most - 1, 0), np.int64).T,
            np.array(_filled(thresholds, most - 1, np.inf), np.float64).T,
            np.array(_filled(struck, most - 1, 0), kind).T,
            np.array(_filled(values, most, 0.0), np.float64),
            int(_told(head)["max_feature_idx"]) + 1,
        )

    def predict(self, rows: Floats) -> Floats:
        """The sum over all trees for each of *rows* (n × features); shape n."""
        return np.concatenate([np.zeros(0), *(self._sums(rows[at : at + _ROWS]) for at in range(0, len(rows), _ROWS))])

    def _sums(self, rows: Floats) -> Floats:
        columns = np.ascontiguousarray(rows.T)
        out = np.zeros((len(self.value), len(rows)), self.struck.dtype)
        for feature, threshold, struck in zip(self.feature, self.threshold, self.struck, strict=True):
            out |= (columns.take(feature, axis=0) > threshold[:, None]) * struck[:, None]
        leaf = np.bitwise_count((out ^ (out + 1)) >> 1)
        first = np.arange(len(self.value))[:, None] * self.value.shape[1]
        return np.asarray(self.value.ravel().take(first + leaf).sum(axis=0))


def _filled(rows: Iterable[list[Any]], length: int, empty: float) -> list[list[Any]]:
    return [[*row, *[empty] * (length - len(row))] for row in rows]


def _tree(told: dict[str, str]) -> tuple[list[int], list[float], list[int], list[float]]:
    """Features, thresholds and what is struck out of each split; the values of the leaves from left to right."""
    values = [float(one) for one in told["leaf_value"].split()]
    if len(values) == 1:
        return [], [], [], values
    if any(int(kind) & _CATEGORICAL for kind in told["decision_type"].split()):
        raise ValueError("only numerical splits can be read")
    left, right = ([*map(int, told[name].split())] for name in ("left_child", "right_child"))
    ends = _leaves(left, right, 0)
    place = {leaf: 1 << at for at, leaf in enumerate(ends)}
    struck = [sum(place[leaf] for leaf in _leaves(left, right, child)) for child in left]
    features, thresholds = told["split_feature"].split(), told["threshold"].split()
    return [*map(int, features)], [*map(float, thresholds)], struck, [values[leaf] for leaf in ends]


def _leaves(left: list[int], right: list[int], node: int) -> list[int]:
    """The leaves below a node from left to right; a negative node is a leaf."""
    if node < 0:
        return [~node]
    return [*_leaves(left, right, left[node]), *_leaves(left, right, right[node])]


def _told(block: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in block.splitlines() if "=" in line)
