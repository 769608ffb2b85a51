"""How right answers are: precision, recall and F1, and the share that is right by kind of variation.

An answer is a text a row (“1”, or the eid of a firm), empty for “no”; the truth is written the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np

Answers = dict[str, "np.ndarray | str"]
"""What each system says, or why it says nothing."""


def hashed(names: Iterable[str]) -> np.ndarray:
    """A number a name, the same on every machine."""
    return np.array([crc32(name.encode()) for name in names], np.int64)


def first_half(names: Iterable[str]) -> np.ndarray:
    """The rows on which thresholds may be chosen: half of the names."""
    return hashed(names) % 2 == 0


def prf(said: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = np.sum((said == truth) & (said != ""))
    p, r = right / max(np.sum(said != ""), 1), right / max(np.sum(truth != ""), 1)
    return p, r, 2 * p * r / max(p + r, 1e-12)


def chosen(score: np.ndarray, answer: np.ndarray, truth: np.ndarray, half: np.ndarray) -> tuple[float, np.ndarray]:
    """The threshold on *score* that gives *answer* the best F1 on the first half, and what is answered with it."""
    order = np.flatnonzero(half)[np.argsort(-score[half], kind="stable")]
    says = answer[order] != ""
    right = np.cumsum(says & (answer[order] == truth[order]))
    f1 = 2 * right / (np.cumsum(says) + max(np.sum(truth[half] != ""), 1))
    last = np.append(score[order][:-1] != score[order][1:], True)
    threshold = float(score[order][np.argmax(np.where(last, f1, -1))]) if len(order) else 0.0
    return threshold, np.where(score >= threshold, answer, "")


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    print()
    for line in (head, ["---"] * len(head), *lines):
        print(f"| {' | '.join(line)} |", flush=True)


def told(title: str, answers: Answers, truth: np.ndarray, half: np.ndarray) -> None:
    """Everybody on the rows on which nobody chose a threshold; ours, which chooses none here, on all rows too."""
    p, r, f1 = prf(answers["ours"], truth)
    print(f"\n{title}: ours on all {len(truth):,} rows: P {p:.4f}, R {r:.4f}, F1 {f1:.4f}.")
    if len(answers) == 1:
        return
    rest = f"the second half by a hash of the name, {np.sum(~half):,} rows"
    print(f"Below: {rest}; thresholds of * are chosen on the first.")
    print("† is trained on the labels of these very data, in five folds: an upper bound.")
    table((title, "P", "R", "F1"), (_line(name, said, truth, half) for name, said in answers.items()))


def _line(name: str, said: np.ndarray | str, truth: np.ndarray, half: np.ndarray) -> list[str]:
    if isinstance(said, str):
        return [name, said, "", ""]
    return [name, *(f"{figure:.4f}" for figure in prf(said[~half], truth[~half]))]


def by_kind(answers: Answers, truth: np.ndarray, half: np.ndarray, kinds: np.ndarray) -> None:
    """The share of rows answered right, a line a kind, those that ours finds hardest first."""
    counted = ~half if len(answers) > 1 else np.ones(len(truth), bool)
    right = {name: said == truth for name, said in answers.items() if not isinstance(said, str)}
    rows = {kind: counted & (kinds == kind) for kind in sorted(set(kinds[counted]))}
    hardest = sorted(rows, key=lambda kind: right["ours"][rows[kind]].mean())
    lines = (
        [kind, f"{rows[kind].sum():,}", *(f"{one[rows[kind]].mean():.3f}" for one in right.values())]
        for kind in hardest
    )
    table(("kind, share right", "n", *right), lines)
