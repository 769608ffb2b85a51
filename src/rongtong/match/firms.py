"""Whose needs and offers are: each firm under one id, and what the registry knows of it beside what it says itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from rongtong import lists
from rongtong.facts.snapshot import Row, Snapshot
from rongtong.identity import link
from rongtong.match.registry import profiles
from rongtong.match.schema import OFFERS

#: What an offer takes over from the registry where the firm itself does not say it.
TAKEN = ("uscc", "industry", "chain", "places")


@dataclass(frozen=True)
class Doubt:
    """A name that may be a firm of the registry's: a person must say; until then it is a firm of its own."""

    name: str
    firm: str
    why: str


def identify(
    needs: pa.Table, offers: pa.Table, snapshot: Snapshot | None, on: date
) -> tuple[pa.Table, pa.Table, list[Doubt]]:
    """*needs* and *offers* with their ``firm``: the registry's id where it is known, else one for all of one firm.

    Offers of registered firms get what is known of these.
    """
    mentions = pa.concat_tables([needs.select(["uscc", "name", "firm"]), offers.select(["uscc", "name", "firm"])])
    firms, doubts = _firms(mentions, snapshot)
    told = profiles(snapshot, on) if snapshot else {}
    needs = _with_firm(needs, firms[: needs.num_rows])
    offers = _with_firm(offers, firms[needs.num_rows :])
    return needs, _enriched(offers, told) if told else offers, doubts


def _with_firm(table: pa.Table, firms: list[str | None]) -> pa.Table:
    return table.set_column(table.schema.get_field_index("firm"), "firm", pa.array(firms, pa.string()))


def _firms(mentions: pa.Table, snapshot: Snapshot | None) -> tuple[list[str | None], list[Doubt]]:
    found: list[str | None] = mentions["firm"].to_pylist()
    asked = pa.table(
        {"row": pa.array(range(len(found)), pa.int32()), "uscc": mentions["uscc"], "name": mentions["name"]}
    )
    said = pc.or_(pc.is_valid(asked["uscc"]), pc.is_valid(asked["name"]))
    asked = asked.filter(pc.and_(pc.is_null(mentions["firm"]), said))
    doubts: list[Doubt] = []
    if snapshot and asked.num_rows:
        doubts = _registered(asked, snapshot, found)
    for row, root in _alike(asked, found).items():
        found[row] = root
    return found, doubts


def _registered(asked: pa.Table, snapshot: Snapshot, found: list[str | None]) -> list[Doubt]:
    """Fill in the firms that the registry knows; what a person must decide."""
    doubts = []
    for one in lists.compare(asked, snapshot).to_pylist():
        if one["outcome"] == "same":
            found[one["row"]] = one["firm"]
        elif one["outcome"] == "ask":
            doubts.append(Doubt(one["given_name"] or one["given_uscc"], one["firm"], one["why"]))
    return list(dict.fromkeys(doubts))


def _alike(asked: pa.Table, found: list[str | None]) -> dict[int, str]:
    """The rows whose firm is not registered: each under the code or name of the first of its mentions."""
    rows = [row for row in asked.to_pylist() if found[row["row"]] is None]
    if not rows:
        return {}
    mentions = [
        {"mention": f"{row['row']:09}", "uscc": row["uscc"], "name": row["name"], "former_name": None} for row in rows
    ]
    schema = pa.schema([(name, pa.string()) for name in ("mention", "uscc", "name", "former_name")])
    groups = link(pa.Table.from_pylist(mentions, schema=schema)).groups.to_pylist()
    called = {f"{row['row']:09}": row["uscc"] or row["name"] for row in rows}
    return {int(one["mention"]): str(called[one["root"]]) for one in groups}


def _enriched(offers: pa.Table, told: dict[str, Row]) -> pa.Table:
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
