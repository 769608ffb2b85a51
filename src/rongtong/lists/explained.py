"""Why names that are merely alike were taken for one firm's: by which of its names, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rongtong.identity import Judge, compare_all, normalise
from rongtong.lists.linked import in_words


def alike(pairs: Sequence[tuple[str, str, Sequence[str]]], judge: Judge) -> list[str]:
    """Of each pair (a name as given, the firm's own, all the firm's) why they are one; the likeliest of its names."""
    every = [(at, name, own, other) for at, (name, own, others) in enumerate(pairs) for other in (own, *others)]
    compared = compare_all([(name, other) for _at, name, _own, other in every], judge)
    ranked = zip(every, compared, strict=True)
    best = [max(found, key=lambda one: one[1].score) for _at, found in groupby(ranked, key=lambda one: one[0][0])]
    return [in_words((*_known_as(own, other), *found.reasons)) for (_at, _name, own, other), found in best]


def _known_as(own: str, other: str) -> list[str]:
    return [] if normalise(own) == normalise(other) else [f"known_as:{other}"]
