"""What matching is compared with: BM25, LSA, dense retrieval, and their reciprocal-rank fusion, on the same terms."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from rongtong.match.asked import understand
from rongtong.match.corpus import Corpus
from rongtong.match.encoders import unit
from rongtong.match.grams import Array
from rongtong.match.lexical import Lexical
from rongtong.match.signals import fuse

FUSION = "RRF of the four"


def peers(corpus: Corpus, queries: Sequence[dict[str, Any]], top: int) -> dict[str, dict[str, list[str]]]:
    """The ranked ids of every peer; each is asked with the phrases stripped, as ours is."""
    asked = [understand(query["query"], corpus.products.place) for query in queries]
    texts = ["。".join((*one.terms, *one.classes)) for one in asked]
    products = corpus.products
    vectors = unit(corpus.encoder.encode(texts) - products.centre)
    scores = {
        "BM25 bigrams": Lexical(corpus.texts, (2,)).scores(texts),
        "LSA": corpus.lsa.encode(texts) @ corpus.topics.T,
        "dense, product": np.stack([nearest(corpus, vector) for vector in vectors]),
        "dense, firm": vectors @ corpus.places[:, : vectors.shape[1]].T,
    }
    scores[FUSION] = np.stack([fuse(list(rows)) for rows in zip(*scores.values(), strict=True)])
    return {name: ranked(corpus, queries, own, top) for name, own in scores.items()}


def nearest(corpus: Corpus, vector: Array) -> Array:
    """The cosine of each firm's nearest product."""
    close = (corpus.products.vectors @ vector)[corpus.products.of]
    best, start = np.full(len(corpus), -1, np.float32), corpus.products.start
    some = np.flatnonzero(np.diff(start))
    best[some] = np.maximum.reduceat(close, start[:-1][some])
    return best


def ranked(corpus: Corpus, queries: Sequence[dict[str, Any]], scores: Array, top: int) -> dict[str, list[str]]:
    """The ids of the *top* firms of each query."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    return {query["qid"]: [corpus.ids[at] for at in own] for query, own in zip(queries, order, strict=True)}


def hits(query: dict[str, Any], ranked: Iterable[str], first: int = 10) -> list[int]:
    """At which of the *first* places an answer stands; what is to be ignored is left out before counting."""
    right, out = set(query["relevant"]), set(query.get("ignore", ()))
    counted = islice((one for one in ranked if one not in out), first)
    return [at for at, one in enumerate(counted) if one in right]


def gain(query: dict[str, Any], ranked: Iterable[str]) -> float:
    """nDCG@10 of one query."""
    return ndcg(hits(query, ranked), len(set(query["relevant"])))


def ndcg(places: Iterable[int], right: int, first: int = 10) -> float:
    """Normalised discounted cumulative gain of the *places* of answers, from 0, when *right* offers answer."""
    best = sum(1 / math.log2(at + 2) for at in range(min(first, right)))
    return sum(1 / math.log2(at + 2) for at in places) / best


def interval(difference: Array) -> str:
    """A mean difference and its 95 % interval over 1,000 resamples of the queries."""
    drawn = np.random.default_rng(7).integers(0, len(difference), (1000, len(difference)))
    low, high = np.percentile(difference[drawn].mean(axis=1), [2.5, 97.5])
    return f"{difference.mean():+.3f} [{low:+.3f}, {high:+.3f}]"
