"""How many firms bear one trade name (字号): a question tells it, for the more there are the less a short name says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.link_work import Work
from rongtong.identity.parts import split

_AT_ONCE = 400
"""How many trade names are looked for in one pass over all names."""


class Namesakes:
    """The firms known, by root, that bear each of some trade names."""

    def __init__(self, work: Work, called: Collection[str]) -> None:
        self._work = work
        self._firms: dict[str, set[str]] = {name: set() for name in called if name}
        if self._firms:
            for trade_name, node in self._bearers(work.tables.names()):
                self._firms[trade_name].add(work.components.find(node))

    def _bearers(self, names: pa.Array) -> Iterator[tuple[str, str]]:
        """Each of the trade names with every node that bears it."""
        wanted = sorted(self._firms)
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            holding = names.filter(pc.match_substring_regex(names, "|".join(map(re.escape, some))))
            called = {name: split(name).trade_name for name in holding.to_pylist()}
            among = frozenset(some)
            bear = pa.array([name for name, own in called.items() if own in among], pa.string())
            for one in self._work.tables.bearers(bear).to_pylist():
                yield called[one["name"]], one["node"]

    def beside(self, name: str, *nodes: str) -> list[str]:
        """The reason that tells how many firms besides those of *nodes* bear the trade name of *name*, if any do."""
        firms = self._firms.get(split(name).trade_name, set())
        others = len(firms) - len(firms & {self._work.components.find(node) for node in nodes})
        return [f"namesakes:{others}"] if others else []
