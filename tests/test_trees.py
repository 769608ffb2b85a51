"""Trees as LightGBM writes them: read, walked to a leaf, summed."""

from __future__ import annotations

import numpy as np
import pytest

from rongtong.trees import Trees

MODEL = """\
tree
version=v4
max_feature_idx=1

Tree=0
num_leaves=3
split_feature=0 1
threshold=0.5 -1
decision_type=2 2
left_child=1 -1
right_child=-2 -3
leaf_value=1 2 4

Tree=1
num_leaves=1
leaf_value=10

end of trees
"""


@pytest.mark.parametrize(
    ("row", "score"), [((0.5, -1), 11), ((0.5, -0.9), 14), ((0.6, -5), 12), ((0.6, 5), 12), ((-9, -9), 11)]
)
def test_a_row_walks_to_its_leaf_and_values_are_summed(row, score):
    assert Trees.read(MODEL).predict(np.array([row])).tolist() == [score]


@pytest.mark.parametrize("many", [0, 1, 2_500])
def test_as_many_sums_as_rows(many):
    row, score = (0.6, -5), 12
    assert Trees.read(MODEL).predict(np.array([row] * many).reshape(-1, 2)).tolist() == [score] * many


def test_a_model_tells_how_many_features_it_reads():
    assert Trees.read(MODEL).width == 2


def test_splits_by_category_are_refused():
    with pytest.raises(ValueError, match="numerical"):
        Trees.read(MODEL.replace("decision_type=2 2", "decision_type=2 1"))


def chain(leaves: int) -> str:
    """One tree that asks of the same value whether it is above 0, 1, 2 and so on."""
    inner = range(leaves - 1)
    columns = {
        "num_leaves": [leaves],
        "split_feature": [0] * len(inner),
        "threshold": inner,
        "decision_type": [2] * len(inner),
        "left_child": [~at for at in inner],
        "right_child": [*(at + 1 for at in inner[:-1]), ~(leaves - 1)],
        "leaf_value": range(leaves),
    }
    told = [f"{name}={' '.join(map(str, column))}" for name, column in columns.items()]
    return "\n".join(["tree", "max_feature_idx=0", "\nTree=0", *told])


@pytest.mark.parametrize("leaves", [2, 16, 17, 64])
def test_every_leaf_of_a_tree_of_any_size_is_reached(leaves):
    assert Trees.read(chain(leaves)).predict(np.arange(leaves)[:, None]).tolist() == list(range(leaves))


def test_trees_too_large_to_be_read_are_refused():
    with pytest.raises(ValueError, match="64"):
        Trees.read(chain(65))
