"""What was learned: two maps of directions and a ranker, as numbers in files.

``tools/train_match.py`` makes them; ``docs/decisions/0007-learned-matching.md`` says from what.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import numpy as np

from rongtong.match.encoders import Encoder
from rongtong.match.grams import Array
from rongtong.match.signals import FUSED, SIGNALS, fuse
from rongtong.trees import Trees

_FOLDER = "learned"
Kind = Literal["supply", "upstream"]
#: Where nothing was learned of how often an offer answers: so often the first, and at which place half as often.
FIRST, HALF = 0.5, 10
_FUSED = {
    kind: [SIGNALS.index(name) for name in names]
    for kind, names in {
        "supply": FUSED,
        "upstream": ("several", "likeness"),  # what the buyer makes shares few words with what goes into it
    }.items()
}


class Model(NamedTuple):
    """What a market is asked with; vectors of another encoder get the identity and plain fusion.

    *likeness* maps a direction to the places of offers (d × 2 d), *upstream* what a buyer makes to what goes into it
    (d + 1 × d, the last row added), *ranker* orders offers of the very thing asked for; what goes into it is fused.
    *answers* are scores of the ranker and how often an offer of such a score answers; *name* is the numbers' digest.
    """

    likeness: Array
    upstream: Array | None = None
    ranker: Trees | None = None
    answers: tuple[Array, Array] | None = None
    name: str = "fusion"

    def relevance(self, kind: Kind, score: Array, rules: Array, signals: Array) -> Array:
        """How likely each offer answers, the rows being in order.

        Who lists the very product does; else what *answers* tells of the ranker's score: how often offers of so high
        a score were makers, among queries that the ranker had not seen. Where nothing was learned a place is worth
        less the further back it is, and by words alone an offer that shares none with the need is worth nothing.
        """
        if kind == "supply" and self.answers is not None:
            return np.asarray(np.maximum(rules[:, 0], np.interp(score, *self.answers)))
        guess = FIRST / (1 + np.arange(len(score)) / HALF)
        alone = self.upstream is None
        told = guess * (signals[:, SIGNALS.index("words")] > 0) if alone else guess
        return np.asarray(np.maximum(rules.max(axis=1, initial=0), told))

    def score(self, kind: Kind, signals: Array) -> Array:
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
    answers = np.array(stated["answers"]["score"]), np.array(stated["answers"]["share"])
    files = sorted((one for one in folder.iterdir()), key=lambda one: one.name)
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()
    return stated["encoder"], Model(**maps, ranker=ranker, answers=answers, name=f"learned-{digest[:12]}")


def for_encoder(encoder: Encoder, dimensions: int) -> Model:
    """The learned model when it was learned on vectors of *encoder*, else the plain one."""
    name, model = _learned()
    return model if encoder.name == name else plain(dimensions)
