"""What matching is compared with: BM25, LSA, dense retrieval, and their reciprocal-rank fusion, on the same terms."""

from __future__ import annotations

from typing import Any

import numpy as np

from rongtong.match.encoders import unit
from rongtong.match.lexical import Lexical
from rongtong.match.market import Market
from rongtong.match.signals import fuse
from rongtong.match.wording import understand


def peers(market: Market, queries: list[dict[str, Any]], top: int) -> dict[str, dict[str, list[str]]]:
    """The ranked ids of every peer; each is asked with the phrases stripped, as ours is."""
    asked = [understand(query["query"]) for query in queries]
    texts = ["。".join((*one.terms, *one.classes)) for one in asked]
    products = market.products
    vectors = unit(market.encoder.encode(texts) - products.centre)
    scores = {
        "BM25 bigrams": Lexical(market.texts, (2,)).scores(texts),
        "LSA": market.lsa.encode(texts) @ market.topics.T,
        "dense, product": np.stack([nearest(market, vector) for vector in vectors]),
        "dense, firm": vectors @ market.places[:, : vectors.shape[1]].T,
    }
    scores["RRF of the four"] = np.stack([fuse(list(rows)) for rows in zip(*scores.values(), strict=True)])
    return {name: ranked(market, queries, own, top) for name, own in scores.items()}


def nearest(market: Market, vector: np.ndarray) -> np.ndarray:
    """The cosine of each firm's nearest product."""
    close = (market.products.vectors @ vector)[market.products.of]
    best, start = np.full(len(market), -1, np.float32), market.products.start
    some = np.flatnonzero(np.diff(start))
    best[some] = np.maximum.reduceat(close, start[:-1][some])
    return best


def ranked(market: Market, queries: list[dict[str, Any]], scores: np.ndarray, top: int) -> dict[str, list[str]]:
    order = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    return {query["qid"]: [market.ids[at] for at in own] for query, own in zip(queries, order, strict=True)}
