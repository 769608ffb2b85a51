"""What speaks for an offer: small measures of one need on its candidates, each a column that people can read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rongtong.match.corpus import Corpus, spread
from rongtong.match.grams import Array

SIGNALS = (
    "words", "topics", "likeness", "place", "named", "nearest", "several", "asked", "form", "forms", "mixed",
    "makers", "alike", "trade", "trade_alike", "listed", "close", "first", "firsts",
)  # fmt: skip
"""The columns of :func:`measure`, in this order."""
FUSED = ("words", "topics", "likeness", "several", "form")
"""What is fused where an offer of the very thing is asked for."""
_SHARP = 0.08
_MADE, _SOFT = 50, 2.0
_FORM = 0.3
"""What a shared form counts beside closeness in meaning."""
_FIRST, _FIRSTS, _HEAD = 10, 30, 5
"""So many offers are the first of a fusion; the one at place n weighs 1 / (5 + n)."""
LARGE = 20_000
"""Of more offers than these not all are looked at closely."""


class Need(NamedTuple):
    """A need made ready: what it says, its own direction, the direction of what is wanted, its n-grams."""

    text: str
    terms: tuple[str, ...]
    said: Array
    wanted: Array
    grams: tuple[Array, Array]


class Scans(NamedTuple):
    """The measures by which candidates are chosen: arrays of the length of *offers*, the places that were looked at."""

    offers: Array
    words: Array
    topics: Array
    likeness: Array

    def at(self, places: Array) -> Scans:
        """Some of them."""
        return Scans(*(column[places] for column in self))


def scan(corpus: Corpus, need: Need, likeness: Array, must: Array, size: int) -> Scans:
    """BM25, topics, and how an offer lies to what is wanted, *likeness* being a learned map of directions.

    Of a large corpus only the offers of *must* and those that are among the best by some measure are looked at closely.
    """
    words = corpus.words.scores([need.text])[0]
    topic, direction = corpus.lsa.encode([need.text])[0], need.wanted @ likeness
    offers = np.arange(len(corpus))
    if len(corpus) > max(LARGE, size):
        close = np.zeros(len(corpus), bool)
        for column in (words, *corpus.rough(topic, direction)):
            close[np.argpartition(-column, size)[:size]] = True
        close[must] = True
        offers = np.flatnonzero(close)
    return Scans(offers, words[offers], corpus.topics[offers] @ topic, corpus.places[offers] @ direction)


def fuse(columns: list[Array], constant: int = 60) -> Array:
    """Reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009): one score from several orders."""
    fused = np.zeros(len(columns[0]), np.float64)
    for column in columns:
        rank = np.empty(len(column), np.int64)
        rank[np.argsort(-column, kind="stable")] = np.arange(1, len(column) + 1)
        fused += 1 / (constant + rank)
    return fused


def measure(corpus: Corpus, need: Need, scans: Scans) -> Array:
    """All of :data:`SIGNALS` for the offers of *scans*: an array of offers by signals."""
    offers, size = scans.offers, len(need.wanted)
    listed, start = _listed(corpus, need, offers)
    several, form, made = _several(listed.near, start), _best(listed.form, start), _made(listed, start)
    topics, places = corpus.topics[offers], corpus.places[offers]
    order = np.argsort(-fuse([scans.words, scans.topics, scans.likeness, several, form]), kind="stable")
    ahead = np.stack([made.astype(np.float32), _ahead(order, _FIRST), _ahead(order, _FIRSTS)])
    alike, first, firsts = _alike(topics, places, ahead)
    measured = {
        "words": scans.words, "topics": scans.topics, "likeness": scans.likeness,
        "place": places[:, :size] @ need.wanted, "named": _names(corpus, need, offers),
        "nearest": _best(listed.near, start), "several": several, "asked": _best(listed.said, start),
        "form": form, "forms": _mean(listed.form, start), "mixed": _best(listed.both, start),
        "makers": made, "alike": alike, "trade": _trade(corpus, offers, made),
        "trade_alike": places[:, size:] @ need.wanted, "listed": np.log1p(np.diff(start)),
        "close": _several(listed.near + _FORM * listed.form, start), "first": first, "firsts": firsts,
    }  # fmt: skip
    return np.stack([measured[name] for name in SIGNALS], axis=1).astype(np.float32)


class _Listed(NamedTuple):
    """The products that offers list, one offer's after the other's: how *near* each comes to what is wanted, to what is
    *said*, in *form*, and in *both* meaning and form."""

    products: Array
    near: Array
    said: Array
    form: Array
    both: Array


def _listed(corpus: Corpus, need: Need, offers: Array) -> tuple[_Listed, Array]:
    """What *offers* list, and where each offer's products start."""
    products, start = corpus.products.listed(offers)
    distinct, which = np.unique(products, return_inverse=True)
    vectors = corpus.products.vectors[distinct]
    near = (vectors @ need.wanted)[which]
    said = near if need.said is need.wanted else (vectors @ need.said)[which]
    form = corpus.products.form(distinct, need.grams)[which]
    both = spread(near) + spread(form) if len(products) else near
    return _Listed(products, near, said, form, both), start


def _names(corpus: Corpus, need: Need, offers: Array) -> Array:
    """How many different characters of the terms stand in an offer's name."""
    asked = set("".join(need.terms))
    shared = [len(asked.intersection(corpus.names[at])) for at in offers.tolist()]
    return np.array(shared, np.float32) / max(len(asked), 1)


def _made(listed: _Listed, start: Array) -> Array:
    """How much of the nearest products each offer makes, those being shared out by closeness."""
    products, closeness = listed.products, listed.both
    distinct, first = np.unique(products, return_index=True)
    top = first[np.argsort(-closeness[first], kind="stable")[:_MADE]]
    share = np.zeros(int(distinct[-1]) + 1 if len(distinct) else 1, np.float32)
    if len(top):
        weight = np.exp((closeness[top] - closeness[top].max()) / _SOFT)
        share[products[top]] = weight / weight.sum()
    return _sum(share[products] if len(products) else closeness, start)


def _alike(topics: Array, places: Array, weights: Array) -> Array:
    """How each offer, by its topics and place, resembles those that each row of *weights* weighs: weights by offers."""
    length = np.sqrt(sum(np.einsum("ij,ij->i", own, own) for own in (topics, places)))
    topic, place = weights @ topics, weights @ places
    size = np.sqrt((topic**2).sum(axis=1) + (place**2).sum(axis=1))[:, None]
    return np.asarray((topic @ topics.T + place @ places.T) / np.maximum(size * length, 1e-9))


def _ahead(order: Array, many: int) -> Array:
    """A weight for each of the first, none for the others."""
    weight = np.zeros(len(order), np.float32)
    weight[order[:many]] = 1 / (_HEAD + np.arange(min(many, len(order))))
    return weight


def _trade(corpus: Corpus, offers: Array, made: Array) -> Array:
    """How usual an offer's industries are among the makers of the nearest products; 0 where none is stated."""
    trades = corpus.trades[offers]
    usual = np.log(0.003 + made @ trades / max(made.sum(), 1e-9))
    return np.asarray(trades @ usual / np.maximum(np.asarray(trades.sum(axis=1)).ravel(), 1))


def _sum(values: Array, start: Array) -> Array:
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(total[start[1:]] - total[start[:-1]])


def _mean(values: Array, start: Array) -> Array:
    return _sum(values, start) / np.maximum(np.diff(start), 1)


def _best(values: Array, start: Array) -> Array:
    """The greatest value of each offer; -1 where it lists nothing."""
    best = np.full(len(start) - 1, -1, np.float32)
    some = np.flatnonzero(np.diff(start))
    if len(some):
        best[some] = np.maximum.reduceat(values, start[:-1][some])
    return best


def _several(values: Array, start: Array) -> Array:
    """A soft greatest value: several close products count for more than one."""
    return np.asarray(np.log(1e-6 + _sum(np.exp((values - 1) / _SHARP), start)))
