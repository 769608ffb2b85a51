"""Which firms a row of a list is, or may be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rongtong.i18n import joined
from rongtong.identity import describe_all


def in_words(reasons: Iterable[str]) -> str:
    """The *reasons* of a pair of names, as keys of ``describe``, in one line of words."""
    return joined(describe_all(reasons), "；")


class Asked(NamedTuple):
    """A firm that a row may be: how likely by name if there were no other, why as keys of ``describe``, and in words
    what else there is."""

    score: float
    reasons: tuple[str, ...]
    more: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The reasons in words."""
        return in_words(self.reasons)


class Linked(NamedTuple):
    """The firms, by number, that a row is (several, where they bear one name), and those it may be, the likeliest
    first; why it is one, as linking says, or in words where it is not by its code or name; what else there is, and
    whether some of that speaks against the first."""

    firms: list[int]
    asked: Mapping[int, Asked]
    why: str
    told: str = ""
    more: tuple[str, ...] = ()
    against: bool = False
