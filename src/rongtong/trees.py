"""An ensemble of regression trees as LightGBM writes it down, read and summed up here.

Its library is for training: it needs a system's libgomp, which a bare machine has not, and what is asked of it at run
time is a sum over two hundred small trees. Format: LightGBM 4, ``Booster.save_model``; numerical splits, no gaps.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
_CATEGORICAL = 1
_ROWS = 512
"""Rows walked at a time: so many that the nodes they stand at stay in the processor's cache."""


class Trees(NamedTuple):
    """Nodes of all trees: an inner one has a feature, a threshold and two children; a leaf is its own child.

    *width* is how many features a row has.
    """

    feature: Whole
    threshold: Floats
    children: Whole
    value: Floats
    roots: Whole
    depth: int
    width: int

    @classmethod
    def read(cls, text: str) -> Self:
        """From the text of a model. Raises ValueError for splits that are not numerical."""
        head, *blocks = text.split("\nTree=")
        trees, width = [_tree(block) for block in blocks], int(_told(head)["max_feature_idx"]) + 1
        sizes = np.cumsum([0, *(len(tree[0]) for tree in trees)])
        feature, threshold, value = (np.concatenate([tree[at] for tree in trees]) for at in (0, 1, 3))
        children = np.concatenate([tree[2] + start for tree, start in zip(trees, sizes, strict=False)])
        return cls(feature, threshold, children, value, sizes[:-1], max(tree[4] for tree in trees), width)

    def predict(self, rows: Floats) -> Floats:
        """The sum over all trees for each of *rows* (n × features); shape n."""
        return np.concatenate([np.zeros(0), *(self._sums(rows[at : at + _ROWS]) for at in range(0, len(rows), _ROWS))])

    def _sums(self, rows: Floats) -> Floats:
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).ravel()
        line = np.repeat(np.arange(len(rows)) * self.width, len(self.roots))
        values, children = np.ascontiguousarray(rows).ravel(), self.children.ravel()
        for _level in range(self.depth):
            right = values.take(line + self.feature.take(node)) > self.threshold.take(node)
            node = children.take(2 * node + right)
        return np.asarray(self.value.take(node).reshape(len(rows), len(self.roots)).sum(axis=1))


def _tree(block: str) -> tuple[Whole, Floats, Whole, Floats, int]:
    """Features, thresholds, children, values and depth of one tree: inner nodes first, then leaves."""
    told = _told(block)
    values = _floats(told["leaf_value"])
    if int(told["num_leaves"]) == 1:
        return np.zeros(1, np.int64), np.zeros(1), np.zeros((1, 2), np.int64), values, 0
    if any(int(kind) & _CATEGORICAL for kind in told["decision_type"].split()):
        raise ValueError("only numerical splits can be read")
    left, right = (np.array(told[name].split(), np.int64) for name in ("left_child", "right_child"))
    inner, leaves = len(left), len(values)
    children = np.stack([left, right], axis=1)
    children = np.where(children < 0, inner + ~children, children)
    own = np.arange(inner, inner + leaves)
    return (
        np.concatenate([np.array(told["split_feature"].split(), np.int64), np.zeros(leaves, np.int64)]),
        np.concatenate([_floats(told["threshold"]), np.zeros(leaves)]),
        np.vstack([children, np.stack([own, own], axis=1)]),
        np.concatenate([np.zeros(inner), values]),
        _depth(children, inner),
    )


def _told(block: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in block.splitlines() if "=" in line)


def _depth(children: Whole, inner: int) -> int:
    """The longest way from the root to a leaf."""
    reached, steps = np.zeros(1, np.int64), 0
    while len(reached):
        reached = children[reached].ravel()
        reached, steps = reached[reached < inner], steps + 1
    return steps


def _floats(text: str) -> Floats:
    return np.array(text.split(), np.float64)
