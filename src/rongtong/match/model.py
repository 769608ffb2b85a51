"""What was learned: two maps of directions and a ranker, as numbers in files.

``tools/train_match.py`` makes them; ``docs/decisions/0007-learned-matching.md`` says from what.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from rongtong.match.encoders import Encoder
from rongtong.match.grams import Array
from rongtong.match.signals import SIGNALS, fuse
from rongtong.match.trees import Trees

_FOLDER = "learned"
_FUSED = {
    kind: [SIGNALS.index(name) for name in names]
    for kind, names in {
        "supply": ("words", "topics", "likeness", "several", "form"),
        "upstream": ("several", "likeness"),  # what the buyer makes shares few words with what goes into it
    }.items()
}


class Model(NamedTuple):
    """What a market is asked with; vectors of another encoder get the identity and plain fusion.

    *likeness* maps a direction to the places of offers (d × 2 d), *upstream* what a buyer makes to what goes into it
    (d + 1 × d, the last row added), *ranker* orders offers of the very thing asked for; what goes into it is fused.
    """

    likeness: Array
    upstream: Array | None = None
    ranker: Trees | None = None

    def score(self, kind: str, signals: Array) -> Array:
        """A score for each row of :data:`SIGNALS`, greater is better, for order within one need only."""
        if kind == "supply" and self.ranker is not None:
            return self.ranker.predict(columns(signals).astype(np.float64))
        return fuse([signals[:, at] for at in _FUSED[kind]])


def columns(signals: Array) -> Array:
    """What a ranker reads: each signal, where it lies among the candidates, and their fusion."""
    spread = (signals - signals.mean(axis=0)) / (signals.std(axis=0) + 1e-6)
    fused = fuse([signals[:, at] for at in _FUSED["supply"]])
    return np.hstack([signals, spread, fused[:, None] * 100]).astype(np.float32)


def plain(dimensions: int) -> Model:
    """A model that has learned nothing."""
    return Model(np.eye(dimensions, 2 * dimensions, dtype=np.float32))


@cache
def _learned() -> tuple[str, Model]:
    folder = resources.files("rongtong.match") / _FOLDER
    stated = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    maps = {}
    for name in ("likeness", "upstream"):
        with (folder / f"{name}.npy").open("rb") as file:
            maps[name] = np.load(file).astype(np.float32)
    ranker = Trees.read((folder / "supply.txt").read_text(encoding="utf-8"))
    return stated["encoder"], Model(**maps, ranker=ranker)


def for_encoder(encoder: Encoder, dimensions: int) -> Model:
    """The learned model when it was learned on vectors of *encoder*, else the plain one."""
    name, model = _learned()
    return model if encoder.name == name else plain(dimensions)
