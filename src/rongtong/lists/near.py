"""The firms nearest to rows of a list that are none of the registry's (相近企业), so that nobody searches by hand.

None of them is taken for the row: each comes with the parts in which its name differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts import judging
from rongtong.facts.snapshot import Snapshot, rows
from rongtong.i18n import _, joined
from rongtong.identity import (
    Comparison,
    Judge,
    compare_all,
    normalise_column,
    parting,
    split,
    split_former,
)
from rongtong.identity.candidates import nearest
from rongtong.identity.link_tables import FULL_NAME
from rongtong.identity.lookup import around
from rongtong.identity.reasons import of_trade_names
from rongtong.lists.linked import in_words

#: The near firms of a row: the id of each, and why it is not taken for the row.
NEAR = pa.list_(pa.struct([("firm", pa.string()), ("why", pa.string())]))
#: How many of them are told.
MOST = 3
BOUND = 0.3
"""How much two names with like trade names must share, or how likely any two must be one firm's, to be told.

Chosen by ``benchmarks/list_near.py``.
"""
_TOP, _FLOOR = 8, 0.1
_LIKE = frozenset(("trade_name_same", "trade_name_sound", "trade_name_shape"))
_NEAREST = """
    WITH borne AS (SELECT n, name, bool_or(kind = 'name') AS own FROM known GROUP BY n, name),
    firm_of AS (
        SELECT asked, n, pair.name, own, near, head FROM pair JOIN borne USING (name)
        QUALIFY row_number() OVER (PARTITION BY asked, n ORDER BY head DESC, near DESC, own DESC, pair.name) = 1)
    SELECT asked, firm_of.name AS called, own, head, firm, uscc, firms.name FROM firm_of JOIN firms USING (n)
    QUALIFY row_number() OVER (PARTITION BY asked ORDER BY head DESC, near DESC, n) <= $1
    ORDER BY asked, head DESC, near DESC, n"""
Row = dict[str, Any]
Pair = tuple[str, str]
_PAIRS = pa.schema([("asked", pa.string()), ("name", pa.string()), ("near", pa.float64()), ("head", pa.bool_())])


def beside(found: pa.Table, called: pa.Table, snapshot: Snapshot) -> pa.Table:
    """What was *found* of rows, what they are *called* (valid code ``uscc``, normalised ``name``), and beside those
    that are none their near firms; the reason of a branch says which firm its head office is."""
    nobody = pc.equal(found["outcome"], "none").combine_chunks()
    asked, reasons = called.filter(nobody), found["why"].combine_chunks()
    firms = _near_firms(asked["name"].combine_chunks().unique().drop_null().sort(), snapshot)
    near = [firms.get(name, []) for name in asked["name"].to_pylist()]
    told = [[_told(one, code) for one in own] for own, code in zip(near, asked["uscc"].to_pylist(), strict=True)]
    whys = [_why(*pair) for pair in zip(reasons.filter(nobody).to_pylist(), near, strict=True)]
    at = pc.if_else(nobody, pc.subtract(pc.cumulative_sum(nobody.cast(pa.int64())), 1), len(told))
    why = pc.replace_with_mask(reasons, nobody, pa.array(whys, pa.string()))
    columns = {
        "code": called["uscc"],
        "called": called["name"],
        "why": why,
        "near": pa.array([*told, []], NEAR).take(at),
    }
    return pa.table({**dict(zip(found.column_names, found.columns, strict=True)), **columns})


def _told(firm: Mapping[str, Any], code: str | None) -> Row:
    apart = ("other_code",) if code and firm["uscc"] and code != firm["uscc"] else ()
    return {"firm": firm["firm"], "why": in_words(parting((*apart, *firm["reasons"])))}


def _why(why: str, firms: Sequence[Mapping[str, Any]]) -> str:
    heads = [one["name"] for one in firms if one["head"]]
    return joined((why, _("分支机构，总公司在库：{name}", name=heads[0])), "；") if len(heads) == 1 else why


def _near_firms(asked: pa.Array, snapshot: Snapshot) -> dict[str, list[Row]]:
    """For each of *asked* its near firms with reasons: a branch's head office, then the nearest."""
    with snapshot.connect() as connection:
        known = _normalised(connection.sql("SELECT n, kind, name FROM called").to_arrow_table())
        names = known["name"].combine_chunks().unique().sort()
        pairs, compared = near_names(asked, names, judging.of_snapshot(snapshot))
        connection.register("known", known)
        connection.register("pair", pairs)
        firms = rows(connection, _NEAREST, [MOST])
    for one in firms:
        other = () if one["own"] else (f"known_as:{one['called']}",)
        one["reasons"] = (*other, *compared[one["asked"], one["called"]].reasons)
    return {name: list(own) for name, own in groupby(firms, key=lambda one: one["asked"])}


def _normalised(known: pa.Table) -> pa.Table:
    """The names that firms go by, as names are compared."""
    name, _former = split_former(normalise_column(known["name"]))
    named = known.set_column(known.column_names.index("name"), "name", name)
    return named.filter(pc.is_valid(named["name"]))


def near_names(
    asked: pa.Array, stock: pa.Array, judge: Judge, bound: float = BOUND
) -> tuple[pa.Table, dict[Pair, Comparison]]:
    """The pairs of *asked* and *stock* (normalised, sorted) that are near, and all comparisons that this took.

    Columns: ``asked``, ``name``, ``near`` (what is shared, or the likelihood if that is more), and whether the other
    is the ``head`` office of a branch, which is near at any likeness.
    """
    shared, heads = _alike(asked, stock, bound), set(_heads(asked, stock, judge))
    pairs = list(dict.fromkeys([*shared, *sorted(heads)]))
    compared = dict(zip(pairs, compare_all(pairs, judge), strict=True))
    near = {pair: max(shared.get(pair, 0.0), one.score) for pair, one in compared.items()}
    kept = [(*pair, near[pair], pair in heads) for pair in pairs if pair in heads or near[pair] >= bound]
    return pa.Table.from_pylist([dict(zip(_PAIRS.names, one, strict=True)) for one in kept], _PAIRS), compared


def _alike(asked: pa.Array, stock: pa.Array, bound: float) -> dict[Pair, float]:
    """The nearest names and what they share, without those that share *bound* or more and have other trade names.

    So much linking has compared: were they likely one firm's, a person would be asked.
    """
    found = nearest(asked, stock, top=_TOP, floor=_FLOOR)
    names = (column.take(found[of].combine_chunks()) for column, of in ((asked, "asked"), (stock, "name")))
    pairs = zip(*(column.to_pylist() for column in names), found["score"].to_pylist(), strict=True)
    return {(a, b): share for a, b, share in pairs if share < bound or _like_trade(a, b)}


def _like_trade(a: str, b: str) -> bool:
    return of_trade_names(split(a), split(b)) in _LIKE


def _heads(asked: pa.Array, stock: pa.Array, judge: Judge) -> list[Pair]:
    """The branches among *asked*, each with the names in *stock* that are its head office's whole name."""
    branches = [one for one in map(split, asked.to_pylist()) if one.branch]
    head_of = {one.text: one.text.removesuffix(one.branch) for one in branches}
    heads = pa.array(sorted(set(head_of.values())), pa.string())
    heads = heads.filter(pc.match_substring_regex(heads, FULL_NAME))
    same: dict[str, list[str]] = {}
    for head, other, result in around(heads, stock, judge):
        if result.outcome == "same":
            same.setdefault(head, []).append(other)
    return [(name, other) for name, head in head_of.items() for other in same.get(head, ())]
