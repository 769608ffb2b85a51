"""What in an index carried an offer: a path in the product graph, its nearest product, makers that it resembles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from rongtong.match.corpus import Corpus
from rongtong.match.encoders import unit
from rongtong.match.grams import Array
from rongtong.match.graph import Edge
from rongtong.match.signals import Need
from rongtong.match.writing import spell

_PRODUCTS, _NEAREST, _ALIKE = 3, 20, 2
_EDGE = pa.struct(
    [(name, pa.string()) for name in ("product", "material")] + [("weight", pa.float64()), ("way", pa.string())]
)
#: Grounds as columns: *path*, edges whose far end the offer lists; *alike*, offers by id.
GROUNDS = pa.schema([("path", pa.list_(_EDGE)), ("alike", pa.list_(pa.string()))])


class Grounds(NamedTuple):
    """The offer's nearest *products*; the *path* of edges whose far end it lists; *alike*: other firms' offers, by id,
    that make the products nearest to what is wanted and lie nearest to this one. The nearest come first.
    """

    products: tuple[str, ...]
    path: tuple[Edge, ...]
    alike: tuple[str, ...]


class Makers(NamedTuple):
    """The offers that make the products nearest to what is wanted, and the directions of their places."""

    offers: Array
    places: Array


def makers(corpus: Corpus, need: Need) -> Makers:
    """Who makes the nearest products."""
    nearest = np.argsort(-(corpus.products.vectors @ need.wanted), kind="stable")[:_NEAREST]
    found = np.unique(np.concatenate([np.zeros(0, np.int64), *(corpus.products.makers(int(at)) for at in nearest)]))
    return Makers(found, unit(corpus.places[found]))


def grounds(corpus: Corpus, need: Need, edges: Sequence[Edge], near: Makers, offer: int) -> Grounds:
    """What carried the offer at this place."""
    own, _start = corpus.products.listed(np.array([offer]))
    order = np.argsort(-(corpus.products.vectors[own] @ need.wanted), kind="stable")
    names = [corpus.products.names[at] for at in own[order]]
    path = tuple(edge for edge in edges if spell(edge.end) in names)
    return Grounds(tuple(names[:_PRODUCTS]), path, _alike(corpus, near, offer))


def _alike(corpus: Corpus, near: Makers, offer: int) -> tuple[str, ...]:
    others = np.array([corpus.names[at] != corpus.names[offer] for at in near.offers], bool)
    close = near.places[others] @ unit(corpus.places[offer])
    return tuple(corpus.ids[at] for at in near.offers[others][np.argsort(-close, kind="stable")[:_ALIKE]])
