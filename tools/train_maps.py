"""Maps of directions: from a product to the place of its makers, from what a buyer makes to what goes into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from rongtong.match import Encoder
from rongtong.match.corpus import Corpus
from rongtong.match.encoders import unit
from rongtong.match.grams import Array
from rongtong.match.writing import spell

Edge = tuple[str, str]
"""What a buyer makes, and what goes into it."""


def learn_likeness(corpus: Corpus, epochs: int = 6, batch: int = 1024) -> Array:
    """From the direction of a product to the place of a firm that makes it, its place being told by its other products.

    Softmax over the firms of a batch (InfoNCE, arXiv 1807.03748), Adam, from the identity.
    """
    asked, places, firm = _pairs(corpus)
    dimensions = asked.shape[1]
    start = np.hstack([np.eye(dimensions), 0.5 * np.eye(dimensions)]).astype(np.float32)
    learned, first, second, step = start.copy(), np.zeros_like(start), np.zeros_like(start), 0
    chance = np.random.default_rng(0)
    for _epoch in range(epochs):
        order = chance.permutation(len(asked))
        for at in range(0, len(order) - batch + 1, batch):
            chosen = order[at : at + batch]
            gradient = _gradient(asked[chosen], places[chosen], firm[chosen], learned) + 2e-4 * (learned - start)
            step += 1
            first = 0.9 * first + 0.1 * gradient
            second = 0.99 * second + 0.01 * gradient**2
            learned -= 1e-3 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return learned


def _pairs(corpus: Corpus) -> tuple[Array, Array, Array]:
    """Products, the places of their makers without every product that names them, and the makers."""
    products, width = corpus.products, corpus.products.vectors.shape[1]
    asked, places, makers = [], [], []
    for firm in range(len(corpus)):
        own, _start = products.listed(np.array([firm]))
        total = products.vectors[own].sum(axis=0)
        for at in own:
            told = [one for one in own if products.names[at] in products.names[one]]
            if len(products.names[at]) > 1 and len(told) < len(own):
                rest = unit(total - products.vectors[told].sum(axis=0))
                asked.append(products.vectors[at])
                places.append(np.concatenate([rest, corpus.places[firm][width:]]))
                makers.append(firm)
    return np.array(asked), np.array(places), np.array(makers)


def _gradient(asked: Array, places: Array, firm: Array, learned: Array, scale: float = 20.0) -> Array:
    scores = scale * (asked @ learned) @ places.T
    same = firm[:, None] == firm[None, :]
    np.fill_diagonal(same, val=False)
    scores[same] = -1e4
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[np.arange(len(asked)), np.arange(len(asked))] -= 1
    return np.asarray(scale * asked.T @ (share @ places) / len(asked))


def learn_upstream(edges: Sequence[Edge], firms: Sequence[dict[str, Any]], centre: Array, encoder: Encoder) -> Array:
    """From what a buyer makes to what goes into it: ridge regression; commoner materials weigh less, sold more."""
    sold = {spell(name) for firm in firms for name in firm["products"]}
    made, goes_in = (unit(encoder.encode([spell(edge[side]) for edge in edges]) - centre) for side in (0, 1))
    often: dict[str, int] = defaultdict(int)
    for _made, material in edges:
        often[material] += 1
    weight = np.array([often[one] ** -0.5 * (3 if spell(one) in sold else 1) for _made, one in edges], np.float32)
    mean = (goes_in * weight[:, None]).sum(axis=0) / weight.sum()
    weighed = (made * weight[:, None]).T
    solved = np.linalg.solve(weighed @ made + 3 * np.eye(len(centre)), weighed @ (goes_in - mean))
    return np.vstack([solved, mean]).astype(np.float32)
