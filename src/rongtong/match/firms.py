"""Whose needs and offers are: each firm under one id, and what the registry knows of it beside what it says itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from rongtong import lists
from rongtong.facts import judging
from rongtong.facts.answers import Answer
from rongtong.facts.snapshot import Row, Snapshot
from rongtong.identity import Judge, legible, link
from rongtong.match.buyers import with_buyers
from rongtong.match.registry import profiles
from rongtong.match.schema import OFFERS

#: What an offer takes over from the registry where the firm itself does not say it.
TAKEN = ("uscc", "industry", "chain", "places")


@dataclass(frozen=True)
class Doubt:
    """A name that may be a firm of the registry's (its id, what it is called): a person must say; until then it is a
    firm of its own."""

    name: str
    firm: str
    called: str
    why: str


def identify(
    needs: pa.Table, offers: pa.Table, snapshot: Snapshot | None, on: date, answers: Sequence[Answer] = ()
) -> tuple[pa.Table, pa.Table, list[Doubt]]:
    """*needs* and *offers* with their ``firm``: the registry's id where it is known, else one for all of one firm.

    Firms are found as those of any list are (:mod:`rongtong.lists`), as *answers* have it. Needs are told which firms
    may be their own; offers of registered firms get what is known of these.
    """
    told_of = ["uscc", "name", "firm"]
    beside = {"district": _districts(offers), "industry": offers["industry"]}
    offered = pa.table({**{name: offers[name] for name in told_of}, **beside})
    mentions = pa.concat_tables([needs.select(told_of), offered], promote_options="default")
    firms, doubts, perhaps = _firms(mentions, snapshot, answers)
    told = profiles(snapshot, on) if snapshot else {}
    needs = with_buyers(_with_firm(needs, firms[: needs.num_rows]), perhaps, told)
    offers = _with_firm(offers, firms[needs.num_rows :])
    return needs, enriched(offers, told) if told else offers, doubts


def _districts(offers: pa.Table) -> pa.Array:
    """The smallest place of each offer."""
    return pa.array([places[0] if places else None for places in offers["places"].to_pylist()], pa.string())


def _with_firm(table: pa.Table, firms: list[str | None]) -> pa.Table:
    return table.set_column(table.schema.get_field_index("firm"), "firm", pa.array(firms, pa.string()))


def _firms(
    mentions: pa.Table, snapshot: Snapshot | None, answers: Sequence[Answer]
) -> tuple[list[str | None], list[Doubt], dict[str, set[str]]]:
    """The firm of each mention, what a person must decide, and for each firm those that may be the same."""
    found: list[str | None] = mentions["firm"].to_pylist()
    asked = mentions.drop_columns("firm").append_column("row", pa.array(range(len(found)), pa.int32()))
    said = pc.or_(pc.is_valid(asked["uscc"]), pc.is_valid(asked["name"]))
    asked = asked.filter(pc.and_(pc.is_null(mentions["firm"]), said))
    doubts = _registered(asked, snapshot, found, answers) if snapshot and asked.num_rows else {}
    pairs = _alike(asked, found, judging.of_snapshot(snapshot) if snapshot else None)
    pairs += [(str(found[row]), one.firm) for row, own in doubts.items() for one in own]
    perhaps: dict[str, set[str]] = {}
    for one, other in pairs:
        if one == other:
            continue
        perhaps.setdefault(one, set()).add(other)
        perhaps.setdefault(other, set()).add(one)
    return found, list(dict.fromkeys(one for own in doubts.values() for one in own)), perhaps


def _registered(
    asked: pa.Table, snapshot: Snapshot, found: list[str | None], answers: Sequence[Answer]
) -> dict[int, list[Doubt]]:
    """Fill in the firms that the registry knows; of the rows of which a person must decide, which they may be."""
    compared = lists.answered(lists.compare(asked, snapshot), snapshot, answers)
    known = lists.candidates(compared, snapshot)
    doubts: dict[int, list[Doubt]] = {}
    for one in compared.to_pylist():
        if one["outcome"] == "same":
            found[one["row"]] = one["firm"]
        elif one["outcome"] == "ask":
            name = one["given_name"] or one["given_uscc"]
            doubts[one["row"]] = [Doubt(name, firm, known[firm]["name"], one["why"]) for firm in one["candidates"]]
    return doubts


def _alike(asked: pa.Table, found: list[str | None], judge: Judge | None) -> list[tuple[str, str]]:
    """Fill in the rows whose firm is not registered, each under the code or name of the first of its mentions.

    *judge* is the alliance's own, None where there is no alliance. Returns the pairs of firms that may be one.
    """
    rows = [row for row in asked.to_pylist() if found[row["row"]] is None]
    if not rows:
        return []
    codes = [row["uscc"] and legible(row["uscc"]) for row in rows]
    mentions = [
        {"mention": f"{row['row']:09}", "uscc": code, "name": row["name"], "former_name": None}
        for row, code in zip(rows, codes, strict=True)
    ]
    schema = pa.schema([(name, pa.string()) for name in ("mention", "uscc", "name", "former_name")])
    links = link(pa.Table.from_pylist(mentions, schema=schema), judge=judge)
    called = {one["mention"]: str(one["uscc"] or one["name"]) for one in mentions}
    for one in links.groups.to_pylist():
        found[int(one["mention"])] = called[one["root"]]
    return [(called[one["left"]], called[one["right"]]) for one in links.questions.to_pylist()]


def enriched(offers: pa.Table, told: dict[str, Row]) -> pa.Table:
    """Published offers with what the registry knows of their firms; theirs come first, titles come together."""
    rows = []
    for row in offers.to_pylist():
        known = told.get(row["firm"]) if row["source"] == "published" else None
        rows.append(_joined(row, known) if known else row)
    return pa.Table.from_pylist(rows, schema=OFFERS)


def _joined(row: Row, known: Row) -> Row:
    """What the registry has of a title or certificate goes before what the firm says of it."""
    own = {name: row[name] if row[name] is not None else known[name] for name in TAKEN}
    registered = {one["kind"] for one in known["titles"] or ()}
    stated = [one for one in row["titles"] or () if one["kind"] not in registered]
    held = {*(row["certificates"] or ()), *(known["certificates"] or ())} - set(known["lacks"] or ())
    return row | own | {
        "name": known["name"], "titles": [*(known["titles"] or ()), *stated] or None,
        "titles_known": known["titles_known"], "certificates": sorted(held) or None, "lacks": known["lacks"],
    }  # fmt: skip
