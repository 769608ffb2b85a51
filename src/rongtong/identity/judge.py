"""How likely two names are one firm: small trees over :mod:`~rongtong.identity.signals`.

``tools/train_identity.py`` makes the trees from firms that do not exist; people's decisions correct them
(``docs/decisions/0010-who-is-who.md``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from rongtong.identity.parts import Parts, split
from rongtong.identity.signals import SIGNALS, Floats, ordered, signals
from rongtong.identity.teaching import Correction
from rongtong.trees import Trees

_ROWS = 50_000

#: Leaf values are counted in steps of this size, so that their sum is exact and every machine finds the same.
STEP = 2.0**-20


ASK, SAME = 0.2, 0.995
"""The bounds unless somebody chose others."""


class Judge(NamedTuple):
    """Trees whose sum is the log odds of “the same firm”, and the bounds that turn a likelihood into an answer.

    Below *ask* two names are different, from *same* on they are one firm, between them a person is asked.
    *correction* is what people's decisions taught (:mod:`rongtong.identity.teaching`); *model* names the trees.
    """

    trees: Trees
    correction: Correction | None = None
    ask: float = ASK
    same: float = SAME
    model: str = ""

    def probability(self, pairs: Sequence[tuple[Parts, Parts]]) -> Floats:
        """How likely each pair is one firm; of a pair the shorter name comes first (:func:`ordered`)."""
        blocks = [self.likely(signals(pairs[at : at + _ROWS])) for at in range(0, len(pairs), _ROWS)]
        return np.concatenate(blocks) if blocks else np.zeros(0)

    def likely(self, rows: Floats) -> Floats:
        """The same for rows of signals, 0 … 1, to four places."""
        return np.asarray(np.round(1 / (1 + np.exp(-self.odds(rows))), 4))

    def odds(self, rows: Floats) -> Floats:
        """The log odds of rows of signals."""
        odds = self.trees.predict(rows) * STEP
        return odds if self.correction is None else self.correction.applied(odds, rows)

    def of_names(self, left: Sequence[str], right: Sequence[str]) -> Floats:
        """The same for names as written; the order within a pair does not matter."""
        return self.probability([ordered(split(a), split(b)) for a, b in zip(left, right, strict=True)])


@cache
def shipped() -> Judge:
    """The judge that comes with the program."""
    folder = resources.files("rongtong.identity") / "learned"
    text, about = ((folder / name).read_text(encoding="utf-8") for name in ("trees.txt", "model.json"))
    stated = json.loads(about)
    if stated["signals"] != list(SIGNALS):
        raise ValueError("the trees were trained on other signals")
    trees = Trees.read(text)
    value = trees.value * stated["scale"]
    value[0] += stated["bias"]  # every row ends in one leaf of the first tree
    name = hashlib.sha256((text + about).encode()).hexdigest()[:16]
    return Judge(trees._replace(value=np.round(value / STEP)), model=name)
