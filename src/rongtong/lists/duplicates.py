"""Firms that stand twice in the registry (查重): likely pairs, each with what its names and its fields say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, product
from typing import Any, NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts import judging
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import quote
from rongtong.identity import Judge, compare_all, describe_all, fields, normalise_column, split_former
from rongtong.identity.duplicates import duplicates as alike
from rongtong.identity.several import NAMES

#: How likely two firms must be one to be told.
LEAST = 0.5
SIDES, SIDE = ("left", "right"), ("firm", "uscc", "name")
#: One pair: both firms, how likely they are one (0 … 1), and the reasons in words.
PAIRS = pa.schema(
    [(f"{side}_{name}", pa.string()) for side in SIDES for name in SIDE]
    + [("likely", pa.float64()), ("reasons", pa.list_(pa.string()))]
)
_OTHERS = """
    SELECT n, c.name, bool_and(c.kind = 'english_name') AS english FROM called c JOIN firms f USING (n)
    WHERE c.name IS DISTINCT FROM f.name GROUP BY n, c.name"""
Names = tuple[str, str]
#: A name, and whether it is a firm's English one: these follow from how others sound, and say nothing of each other.
Known = tuple[str, bool]
Places = np.ndarray[Any, Any]


class Duplicates(NamedTuple):
    """The pairs (:data:`PAIRS`, the likeliest first), of how many firms, and how many pairs people had told apart."""

    pairs: pa.Table
    firms: int
    decided: int


def duplicates(
    snapshot: Snapshot, *, apart: Collection[tuple[int, int]] = (), least: float = LEAST, judge: Judge | None = None
) -> Duplicates:
    """The firms of *snapshot* that may stand in it twice.

    Names under which some source knows a firm count as its own do. Pairs in *apart* (numbers, the lesser first) are not
    told; *least* is how likely two must be one, 0 … 1; *judge* is by default the one that settled the snapshot.
    """
    judge = (judge or judging.of_snapshot(snapshot))._replace(ask=least)
    registry = _Registry.of(snapshot)
    found = alike(registry.firms, judge, more=registry.names.filter(pc.invert(registry.names["english"])))
    both = zip(found["left"].to_pylist(), found["right"].to_pylist(), strict=True)
    open_ = pa.array([pair not in apart for pair in both], pa.bool_())
    kept = found.filter(open_)
    return Duplicates(registry.told(kept, judge), registry.firms.num_rows, found.num_rows - kept.num_rows)


class _Registry(NamedTuple):
    """The firms of a snapshot in the order of their numbers, as written and as compared, and other names (``row``,
    ``name``) by which they go, ``english`` where that is all they are."""

    written: pa.Array
    firms: pa.Table
    names: pa.Table

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Read *snapshot*."""
        there = [field for field in (*NAMES, *fields.named()) if field in snapshot.columns]
        own = ", ".join(map(quote, (*SIDE, *there)))
        with snapshot.connect() as connection:
            firms = connection.sql(f"SELECT {own} FROM firms ORDER BY n").to_arrow_table()
            others = connection.sql(_OTHERS).to_arrow_table()
        name, former = split_former(normalise_column(firms["name"]))
        called, before = split_former(normalise_column(others["name"]))
        n, english = (others[column].combine_chunks() for column in ("n", "english"))
        row = pa.concat_arrays([pa.array(np.arange(firms.num_rows, dtype=np.int32)), n, n])
        names = pa.table(
            {
                "row": row,
                "name": pa.concat_arrays([former, called, before]),
                "english": pa.concat_arrays([pa.array(np.zeros(firms.num_rows, bool)), english, english]),
            }
        )
        at = firms.column_names.index("name")
        written = firms["name"].combine_chunks()
        return cls(written, firms.set_column(at, "name", name), names.filter(pc.is_valid(names["name"])))

    def told(self, found: pa.Table, judge: Judge) -> pa.Table:
        """The pairs *found* (``left``, ``right``, ``likely``), with reasons."""
        left, right = (found[side].to_numpy() for side in SIDES)
        of_names, of_fields = self._of_names(left, right, judge), fields.told(self.firms, left, right)
        reasons = [describe_all(chain(*both)) for both in zip(of_names, of_fields, strict=True)]
        columns: list[Any] = [self._column(name).take(found[side]) for side in SIDES for name in SIDE]
        return pa.table([*columns, found["likely"], reasons], schema=PAIRS)

    def _column(self, name: str) -> Any:
        return self.written if name == "name" else self.firms[name]

    def _of_names(self, left: Places, right: Places, judge: Judge) -> list[tuple[str, ...]]:
        """Why the names of each pair of rows that are most alike are one firm's, as keys of :func:`describe`."""
        known = self._known({*left.tolist(), *right.tolist()})
        pairs = [(known[a], known[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)]
        chosen = _likeliest([_ways(*pair) for pair in pairs], judge)
        compared = compare_all(chosen, judge)
        return [(*_known_as(own, names), *one.reasons) for own, names, one in zip(pairs, chosen, compared, strict=True)]

    def _known(self, rows: set[int]) -> dict[int, list[Known]]:
        """All names of some firms, the own name first."""
        wanted = pa.array(sorted(rows), pa.int32())
        own = self.firms["name"].take(wanted).to_pylist()
        known = {row: {name: False} if name else {} for row, name in zip(wanted.to_pylist(), own, strict=True)}
        for one in self.names.filter(pc.is_in(self.names["row"], wanted)).sort_by("name").to_pylist():
            known[one["row"]].setdefault(one["name"], one["english"])
        return {row: list(names.items()) for row, names in known.items()}


def _ways(left: Sequence[Known], right: Sequence[Known]) -> list[Names]:
    """The pairs of names of two firms by which they may be one."""
    every = list(product(left, right))
    return [(a, b) for (a, english), (b, abroad) in every if not (english and abroad)] or [(left[0][0], right[0][0])]


def _likeliest(ways: Sequence[Sequence[Names]], judge: Judge) -> list[Names]:
    """Of several pairs of names the first that is likeliest; equal names are."""
    every = [pair for pairs in ways for pair in pairs]
    likely = judge.of_names([a for a, _b in every], [b for _a, b in every])
    likely = likely + np.array([a == b for a, b in every], bool)
    ends = np.cumsum([len(pairs) for pairs in ways])
    return [
        every[end - len(pairs) + int(np.argmax(likely[end - len(pairs) : end]))]
        for pairs, end in zip(ways, ends, strict=True)
    ]


def _known_as(known: tuple[list[Known], list[Known]], names: Names) -> list[str]:
    """The names that are not the firms' own, as reasons."""
    return [f"known_as:{name}" for own, name in zip(known, names, strict=True) if name != own[0][0]]
