"""What people decided of pairs, said of the mentions that are there: a decision once taken is not asked again.

A decision names two mentions, which go with their file. It also keeps what both were called (valid code and name), and
speaks for the rows that bear the same when the file comes again, corrected or not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from rongtong import identity
from rongtong.facts.journal import Entry
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.state import State
from rongtong.identity.link_tables import FULL_NAME

Pair = tuple[str, str]
#: What a row is called: its valid code, its normalised name.
Called = tuple[str | None, str | None]


def called(snapshot: Snapshot, mentions: Collection[str]) -> dict[str, Called]:
    """What each of *mentions* that is there is called in *snapshot*."""
    with snapshot.connect() as connection:
        sql = "SELECT mention, uscc, name FROM mentions WHERE list_contains($1, mention)"
        found = connection.sql(sql, params=[list(mentions)]).to_arrow_table()
    return dict(zip(found["mention"].to_pylist(), _called(found), strict=True))


def callings(rows: pa.Table) -> pa.Table:
    """What rows (``uscc, name``) are called: the code where it is valid, the name as normalised without former ones."""
    names, _former = identity.split_former(identity.normalise_column(rows["name"]))
    return pa.table({"uscc": identity.valid_codes(rows["uscc"]), "name": names})


def _called(rows: pa.Table) -> Iterator[Called]:
    found = callings(rows)
    return zip(found["uscc"].to_pylist(), found["name"].to_pylist(), strict=True)


def decided(state: State, mentions: pa.Table) -> tuple[list[Pair], list[Pair]]:
    """The pairs of *mentions* that are one firm, and those that are two."""
    told: dict[frozenset[str], tuple[str, Pair]]
    told = {frozenset(_named(one)): (one.kind, _named(one)) for one in state.of_kind("same", "different")}
    for kind, pair in _carried(state.carried, mentions):
        told.setdefault(frozenset(pair), (kind, pair))
    kinds = ("same", "different")
    same, different = ([pair for kind, pair in told.values() if kind == wanted] for wanted in kinds)
    return same, different


def told_apart(state: State, snapshot: Snapshot) -> set[tuple[int, int]]:
    """The firms of *snapshot*, by number and the lesser first, of which people said that they are two."""
    if not state.on_pairs:
        return set()
    with snapshot.connect() as connection:
        mentions = connection.sql("SELECT mention, n, uscc, name FROM mentions").to_arrow_table()
    checked = identity.check_column(mentions["uscc"])
    for name in ("normalised", "valid"):
        mentions = mentions.append_column(name, checked[name])
    _same, different = decided(state, mentions)
    known = pc.is_in(mentions["mention"], pa.array([one for pair in different for one in pair], pa.string()))
    firms = {one["mention"]: one["n"] for one in mentions.filter(known).to_pylist()}
    both = [(firms[a], firms[b]) for a, b in different if a in firms and b in firms]
    return {(min(pair), max(pair)) for pair in both}


def _named(entry: Entry) -> Pair:
    return str(entry.body["decision"]["left"]), str(entry.body["decision"]["right"])


def _carried(entries: list[Entry], mentions: pa.Table) -> Iterator[tuple[str, Pair]]:
    if not entries:
        return
    keys = [tuple((code, name) for code, name in one.body["decision"]["called"]) for one in entries]
    bearers = _bearers(mentions, {key for pair in keys for key in pair})
    here = _here(mentions, [mention for one in entries for mention in _named(one)])
    for entry, (left, right) in zip(entries, keys, strict=True):
        sides = [
            ([mention] if mention in here else []) + _standing(key, bearers.get(key, []), present=mention in here)
            for mention, key in zip(_named(entry), (left, right), strict=True)
        ]
        pairs = {frozenset(pair): pair for pair in product(sides[0], sides[1]) if pair[0] != pair[1]}
        if entry.kind == "different" or len(pairs) == 1:  # of several called so, which one was meant is to be asked
            yield from ((entry.kind, pair) for pair in pairs.values())


def _standing(key: Called, bearers: list[str], *, present: bool) -> list[str]:
    """Of the *bearers* of what a side was called, those that do not follow its own mention, or one another, anyway."""
    if key[0] or re.search(FULL_NAME, key[1] or ""):
        return [] if present else bearers[:1]
    return bearers


def _here(mentions: pa.Table, wanted: list[str]) -> set[str]:
    found = mentions["mention"].filter(pc.is_in(mentions["mention"], pa.array(wanted, pa.string())))
    return set(found.to_pylist())


def _bearers(mentions: pa.Table, wanted: set[Called]) -> dict[Called, list[str]]:
    """The mentions, in order, that are called one of *wanted*."""
    codes = pa.array(sorted({code for code, _name in wanted if code}), pa.string())
    near = pc.or_(pc.invert(mentions["valid"].fill_null(False)), pc.is_in(mentions["normalised"], codes))
    rows = mentions.filter(near).sort_by("mention")
    found: dict[Called, list[str]] = {}
    for mention, key in zip(rows["mention"].to_pylist(), _called(rows), strict=True):
        if key in wanted:
            found.setdefault(key, []).append(mention)
    return found
