"""What one would take instead: equality, WRatio, gradient boosting, the likest by n-grams, and Splink."""

from __future__ import annotations

from collections.abc import Sequence

import lightgbm
import numpy as np
import pyarrow as pa
from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import cpdist

from identity_scores import Answers, chosen, hashed
from identity_splink import splink_between, splink_pairs
from rongtong.identity import normalise, normalise_column, split
from rongtong.identity.candidates import nearest
from rongtong.identity.signals import ordered, signals

_FOLDS, _TOP, _NEAR = 5, 20, 10
_BOOSTING = {
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "num_threads": 1, "deterministic": True,
    "force_row_wise": True, "seed": 7, "verbosity": -1,
}  # fmt: skip  # read by rows
BOOSTING = "boosting†"
"""On our signals, trained on these very data in folds: what they hold for one who has seen their like."""


def pair_peers(names: Sequence[tuple[str, str]], truth: np.ndarray, half: np.ndarray) -> Answers:
    left, right = (np.array([normalise(name) for name in side], object) for side in zip(*names, strict=True))
    yes = np.full(len(names), "1")
    answers: Answers = {"equality": np.where(left == right, yes, "")}
    ratio = cpdist(left.tolist(), right.tolist(), scorer=WRatio)
    threshold, said = chosen(ratio, yes, truth, half)
    answers[f"WRatio ≥ {threshold:.1f}*"] = said
    likely = boosted(list(zip(left, right, strict=True)), truth == "1", hashed(a for a, _ in names))
    answers[BOOSTING] = np.where(likely >= 0.5, yes, "")
    weight = splink_pairs(left.tolist(), right.tolist())
    answers["Splink*"] = weight if isinstance(weight, str) else chosen(weight, yes, truth, half)[1]
    return answers


def boosted(pairs: Sequence[tuple[str, str]], same: np.ndarray, key: np.ndarray) -> np.ndarray:
    """How likely each pair is one firm, by trees that were trained on the pairs of the other folds of *key*."""
    rows = signals([ordered(split(a), split(b)) for a, b in pairs])
    fold, likely = key // 2 % _FOLDS, np.zeros(len(pairs))
    for one in range(_FOLDS):
        rest = lightgbm.Dataset(rows[fold != one], same[fold != one].astype(int))
        if np.any(fold == one):
            likely[fold == one] = lightgbm.train(_BOOSTING, rest, 200).predict(rows[fold == one])
    return likely


def linkage_peers(
    mentions: Sequence[str], names: Sequence[str], eids: Sequence[str], truth: np.ndarray, half: np.ndarray
) -> Answers:
    said = np.array([normalise(mention) for mention in mentions], object)
    known = normalise_column(pa.array(names)).to_pylist()
    eid_of = dict(zip(reversed(known), reversed(eids), strict=True))
    stock = pa.array(sorted(name for name in eid_of if name))
    near = nearest(pa.array(said.tolist()), stock, top=_TOP, floor=0.1)
    row, name = near["asked"].to_numpy(), np.array(stock.take(near["name"].combine_chunks()).to_pylist(), object)
    eid = np.array([eid_of[one] for one in name], object)
    ratio = cpdist(said[row].tolist(), name.tolist(), scorer=WRatio)

    def likest(score: np.ndarray, rows: np.ndarray = row, firms: np.ndarray = eid) -> tuple[np.ndarray, np.ndarray]:
        return best(score, rows, firms, len(said))

    answers: Answers = {"equality": np.array([eid_of.get(one, "") for one in said], object)}
    answers["TF-IDF*"] = chosen(*likest(near["score"].to_numpy()), truth, half)[1]
    answers[f"TF-IDF {_TOP} + WRatio*"] = chosen(*likest(ratio), truth, half)[1]
    first = np.arange(len(row)) - np.searchsorted(row, row) < _NEAR
    pairs = list(zip(said[row[first]], name[first], strict=True))
    likely = boosted(pairs, eid[first] == truth[row[first]], hashed(mentions)[row[first]])
    score, answer = likest(likely, row[first], eid[first])
    answers[BOOSTING] = np.where(score >= 0.5, answer, "")
    found = splink_between(said.tolist(), stock.to_pylist())
    if isinstance(found, str):
        return answers | {"Splink*": found}
    firms = np.array([eid_of[stock[at].as_py()] for at in found.right], object)
    return answers | {"Splink*": chosen(*likest(found.weight, found.left, firms), truth, half)[1]}


def best(score: np.ndarray, row: np.ndarray, eid: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """For each of *count* rows the highest score and whose it is; the first of equals."""
    top, whose = np.full(count, -np.inf), np.full(count, "", object)
    order = np.lexsort((-np.arange(len(row)), score))
    top[row[order]], whose[row[order]] = score[order], eid[order]
    return top, whose
