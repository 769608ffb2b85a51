"""What the registry already knows that firms offer: their products, and what hard constraints ask of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pyarrow as pa

from rongtong.facts.snapshot import Row, Snapshot, rows
from rongtong.facts.text import literal, quote
from rongtong.match.places import places
from rongtong.match.schema import OFFERS
from rongtong.match.words import items, words
from rongtong.qualify.lists import NO_FIRM_BEFORE

_TEXTS = ("district", "address", "industry", "chain")
_TITLES = """
    WITH held AS (SELECT n, kind, $granted::DATE AS since, $until::DATE AS until FROM list_titles WHERE kind <> '')
    SELECT n, list({'kind': kind, 'since': since, 'until': until} ORDER BY kind, since, until) AS titles
    FROM held GROUP BY n"""


def profiles(snapshot: Snapshot, on: date, firms: Collection[str] | None = None) -> dict[str, Row]:
    """What is known of each firm (of *firms* alone, where they are given), by its id, as columns of :data:`OFFERS`.

    ``titles_known`` says that the registry has every title that is valid on that day: then absence is none.
    """
    only = "" if firms is None else f"WHERE firm IN ({', '.join(map(literal, sorted(firms))) or 'NULL'})"
    facts = [f"{_column(snapshot, name)} AS {name}" for name in _TEXTS]
    certified = [_column(snapshot, one.fact) + f" AS c{k}" for k, one in enumerate(words().certificates) if one.fact]
    head = ["n", "firm", "uscc", "name", *facts, *certified, f"{_complete(snapshot, on)} AS titles_known"]
    with snapshot.connect() as connection:
        found = rows(connection, f"SELECT {', '.join(head)} FROM firms {only} ORDER BY n")
        titles = rows(connection, _titles(snapshot)) if "list_titles" in snapshot.tables else []
    held = {row["n"]: row["titles"] for row in titles}
    return {row["firm"]: _profile(row, held.get(row["n"])) for row in found}


def offers_of(snapshot: Snapshot, on: date, firms: Collection[str] | None = None) -> pa.Table:
    """One offer (:data:`OFFERS`) a product that the registry knows of; firms without any product offer nothing yet.

    *on* is the day on which titles must be known; *firms*, where given, are all that is looked at. Ids are the firm's
    with the number of its product.
    """
    known = profiles(snapshot, on, firms)
    by_number = {row["n"]: row for row in known.values()}
    with snapshot.connect() as connection:
        products = connection.execute(_products(snapshot)).fetchall()
    told: dict[int, dict[str, None]] = {}
    for n, product in products:
        told.setdefault(n, {}).update(dict.fromkeys(items(product)))
    made = [
        firm | {"offer": f"{firm['firm']}.{k}", "product": one, "source": "registry", "kinds": ["parts"]}
        for n, own in told.items()
        if (firm := by_number.get(n)) is not None
        for k, one in enumerate(own, 1)
    ]
    return pa.Table.from_pylist(made, schema=OFFERS)


def _profile(row: Row, titles: list[Row] | None) -> Row:
    found = [one for text in (row["district"], row["address"]) if text for one in places(text)]
    said = {one.id: row[f"c{k}"] for k, one in enumerate(words().certificates) if one.fact}
    held = words().implied(name for name, holds in said.items() if holds)
    return {
        **{name: row[name] for name in ("n", "firm", "uscc", "name", "industry", "chain", "titles_known")},
        "places": list(dict.fromkeys(found)) or None,
        "titles": titles,
        "certificates": sorted(held) or None,
        "lacks": [name for name, holds in said.items() if holds is False] or None,
    }


def _column(snapshot: Snapshot, name: str) -> str:
    return quote(name) if name in snapshot.columns else "NULL"


def _complete(snapshot: Snapshot, on: date) -> str:
    """Whether a bureau has said that it knows every title from before the firm was founded to the year of *on*."""
    if not {"titles!from", "titles!to"} <= snapshot.columns:
        return "false"
    founded = f"coalesce(year({_column(snapshot, 'registered_on')}::DATE), {NO_FIRM_BEFORE})"
    return f'coalesce("titles!from" <= {founded} AND "titles!to" >= {on.year}, false)'


def _titles(snapshot: Snapshot) -> str:
    has = set(snapshot.columns_of("list_titles"))
    ends = {"$granted": "granted_on", "$until": "valid_until"}
    query = _TITLES
    for mark, name in ends.items():
        query = query.replace(mark, name if name in has else "NULL")
    return query


def _products(snapshot: Snapshot) -> str:
    parts: list[str] = []
    if "list_products" in snapshot.tables and "name" in snapshot.columns_of("list_products"):
        parts.append("SELECT n, name FROM list_products WHERE name IS NOT NULL")
    if "main_product" in snapshot.columns:
        parts.append("SELECT n, main_product AS name FROM firms WHERE main_product IS NOT NULL")
    return " UNION ".join(parts or ["SELECT 0 AS n, '' AS name WHERE false"]) + " ORDER BY ALL"
