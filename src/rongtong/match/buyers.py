"""What is known of whoever needs: which firms may be the buyer itself, where 本市 is, which needs say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from rongtong.facts.snapshot import Row
from rongtong.identity import split
from rongtong.match import places
from rongtong.match.schema import NEEDS, SAID
from rongtong.match.writing import bare

#: The words that make two needs of one buyer the same.
_SAME = SAID["needs"][:4]


def with_buyers(needs: pa.Table, perhaps: Mapping[str, set[str]], told: Mapping[str, Row]) -> pa.Table:
    """*needs* (whose ``firm`` is known) with ``perhaps`` and ``repeats``, and with places as their buyers mean them.

    *perhaps* are the firms that may be one with a firm; *told* is what the registry knows of firms.
    """
    first: dict[tuple[Any, ...], str] = {}
    rows = []
    for row in needs.to_pylist():
        may_be = {*perhaps.get(row["firm"], ()), *(row["perhaps"] or ())}
        own = {"perhaps": sorted(may_be) or None, "repeats": _before(row, first)}
        rows.append(row | own | placed(row, told.get(row["firm"])))
    return pa.Table.from_pylist(rows, schema=NEEDS)


def _before(row: Row, first: dict[tuple[Any, ...], str]) -> str | None:
    """The need among the *first* of their kind that says what *row* says; where there is none it becomes one."""
    said = tuple(bare(row[name] or "") for name in _SAME)
    if not any(said):
        return None
    before = first.setdefault((row["firm"] or bare(row["name"] or ""), *said), row["need"])
    return None if before == row["need"] else before


def placed(row: Row, known: Row | None) -> dict[str, Any]:
    """What a need asks of places, with 本市 and 本省 as far as it is *known* where the buyer is: the one place where
    they get their meaning, for a run that is frozen and for a need that is judged alone."""
    at = (known and known["places"]) or _by_name(row["name"])
    asked = row["regions"] and _meant(row["regions"], at)
    wished = row["wishes"] and [
        one | {"asked": _meant(one["asked"], at)} if one["constraint"] == "region" else one for one in row["wishes"]
    ]
    return {"regions": asked, "wishes": wished}


def calls_near(row: Row) -> bool:
    """Whether a need names a place from where its buyer is, as in 本市."""
    wished = [place for one in row["wishes"] or () if one["constraint"] == "region" for place in one["asked"]]
    return any(map(places.is_near, [*(row["regions"] or ()), *wished]))


def _meant(asked: Iterable[str], at: Iterable[str]) -> list[str]:
    return [places.nearby(one, at) if places.is_near(one) else one for one in asked]


def _by_name(name: str | None) -> tuple[str, ...]:
    """The places that the name of a firm says: it bears that in which it is registered."""
    return places.of_region(split(name).region) if name else ()
