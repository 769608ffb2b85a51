"""Train what tells two firm names apart, on firms that do not exist.

    python tools/train_identity.py [--cases 120000] [--out src/rongtong/identity/learned]

Everything is drawn from a seed: the same program makes the same numbers. Prints how cases that were not trained on
are answered, by what was done to the name.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import lightgbm
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from identity_cases import CASES, SEED, Case, cases, drawn
from rongtong.identity import split
from rongtong.identity.signals import SIGNALS, Floats, ordered, signals

UNSEEN_SEED, ROUNDS = 11, 400
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 4, "min_data_in_leaf": 100, "lambda_l2": 5.0,
    "feature_fraction": 0.8, "deterministic": True, "force_row_wise": True, "num_threads": 1, "seed": 7,
    "verbosity": -1,
}  # fmt: skip


def main() -> None:
    """Train, tell, write."""
    given = arguments()
    known = cases(given.cases, SEED)
    booster = lightgbm.train(PARAMETERS, lightgbm.Dataset(read(known), [case.same for case in known]), ROUNDS)
    unseen = cases(given.cases // 4, UNSEEN_SEED)
    odds = np.asarray(booster.predict(read(unseen), raw_score=True))
    scale, bias = calibrated(odds, np.array([case.same for case in unseen], np.float64))
    report(unseen, expit(scale * odds + bias))
    given.out.mkdir(parents=True, exist_ok=True)
    text = booster.model_to_string(importance_type="gain").split("\nend of trees")[0] + "\nend of trees\n"
    (given.out / "trees.txt").write_text(text, encoding="utf-8")
    stated = {
        "scale": scale,
        "bias": bias,
        "signals": list(SIGNALS),
        "cases": len(known),
        "drawn": drawn(known),
        "seed": SEED,
        "rounds": ROUNDS,
    }
    (given.out / "model.json").write_text(json.dumps(stated, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--out", type=Path, default=Path("src/rongtong/identity/learned"))
    return parser.parse_args()


def read(made: Sequence[Case]) -> Floats:
    """The signals of cases."""
    return signals([ordered(split(case.a), split(case.b)) for case in made])


def calibrated(odds: Floats, same: Floats) -> tuple[float, float]:
    """Scale and bias by which the trees' log odds promise on unseen cases what they keep (Platt 1999)."""

    def loss(line: Floats) -> float:
        reached = line[0] * odds + line[1]
        return float(np.logaddexp(0, reached).sum() - (same * reached).sum())

    scale, bias = minimize(loss, np.array([1.0, 0.0])).x.round(4).tolist()
    return scale, bias


def report(made: Sequence[Case], likely: Floats) -> None:
    """How many are answered right at one half, by kind, and how far what was promised was kept."""
    same, kinds = np.array([case.same for case in made]), np.array([case.kind for case in made])
    right = (likely > 0.5) == same
    for kind in sorted(set(kinds), key=lambda kind: float(right[kinds == kind].mean())):
        print(f"{kind:16} {right[kinds == kind].mean():.4f}  n {(kinds == kind).sum():,}")
    both = ((likely > 0.5) & same).sum()
    print(f"F1 {2 * both / ((likely > 0.5).sum() + same.sum()):.4f}, Brier score {((likely - same) ** 2).mean():.5f}")


if __name__ == "__main__":
    main()
