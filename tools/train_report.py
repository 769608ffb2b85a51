"""What a ranker is worth on queries that it has not seen: beside the peers, and how often a score answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import isotonic_regression

from match_peers import interval, ndcg
from rongtong.match.grams import Array
from train_ranker import Asked

STEP, TOLD = 250, 33
"""Candidates that a share is told from at least, and at how many scores it is told."""
INTRODUCED = 3
"""Firms a need, for comparing what was promised with what was found."""


def report(labelled: Sequence[Asked], scores: Sequence[Array], peers: Mapping[str, Array], folds: int) -> None:
    """nDCG@10 of the ranker fold by fold and over all, each *peers* beside it, and how its promises were kept."""
    own = np.array([_gain(*one) for one in zip(labelled, scores, strict=True)])
    fold = np.arange(len(own)) % folds
    fused = np.array([_gain(query, query.read[:, -1]) for query in labelled])
    for name, gains in ({"ranker, unseen": own, "own signals fused": fused} | dict(peers)).items():
        parts = " ".join(f"{gains[fold == one].mean():.3f}" for one in range(folds))
        beside = "" if gains is own else f"   ranker {interval(own - gains)}"
        print(f"{name:18} nDCG@10 {gains.mean():.4f} (folds {parts}){beside}", flush=True)
    print(f"of the first {INTRODUCED} of {len(own):,} queries {_kept(labelled, scores, fold)}", flush=True)


def _gain(query: Asked, score: Array) -> float:
    """nDCG@10 of one query; what is left out does not count."""
    order = np.argsort(-score, kind="stable")
    return ndcg(np.flatnonzero(query.answers[order[~query.out[order]][:10]]).tolist(), query.right)


def worth(labelled: Sequence[Asked], scores: Sequence[Array]) -> dict[str, list[float]]:
    """How often a candidate of a score answers, by isotonic regression: at some scores, the share.

    Scores are taken :data:`STEP` at a time, so that a few lucky ones at the top promise nothing.
    """
    score = np.concatenate([own[~query.out] for query, own in zip(labelled, scores, strict=True)])
    answers = np.concatenate([query.answers[~query.out] for query in labelled])
    order = np.argsort(score, kind="stable")
    blocks = np.array_split(order, max(len(order) // STEP, 1))
    middle, share = (np.array([column[block].mean() for block in blocks]) for column in (score, answers))
    rising = isotonic_regression(share, weights=np.array([len(block) for block in blocks])).x
    at = np.linspace(middle[0], middle[-1], TOLD)
    return {"score": at.round(4).tolist(), "share": np.interp(at, middle, rising).round(5).tolist()}


def _kept(labelled: Sequence[Asked], scores: Sequence[Array], fold: Array) -> str:
    """How many answers the shares promise, learned without a fold, and how many there are."""
    promised, found = 0.0, 0
    for one in np.unique(fold):
        others = np.flatnonzero(fold != one).tolist()
        told = worth([labelled[at] for at in others], [scores[at] for at in others])
        for at in np.flatnonzero(fold == one).tolist():
            query = labelled[at]
            first = [place for place in np.argsort(-scores[at], kind="stable") if not query.out[place]][:INTRODUCED]
            promised += float(np.interp(scores[at][first], told["score"], told["share"]).sum())
            found += int(query.answers[first].sum())
    return f"{promised:.0f} answers are promised, {found} found"
