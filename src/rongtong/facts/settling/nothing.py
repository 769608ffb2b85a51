"""Who may say "none": of some lists only certain sources can state that they, or a subset of theirs, hold nothing."""

from __future__ import annotations

import duckdb

from rongtong.definitions.catalogue import Catalogue, Type
from rongtong.definitions.slots import Slot
from rongtong.facts.settling.inputs import Input, of_kind
from rongtong.facts.text import literal, quote


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input], catalogue: Catalogue) -> list[tuple[str, Type]]:
    """Create ``nothing`` (n, slot): firms of whom a source that may say so states "none"; returns the slots, typed."""
    found: dict[str, Type] = {}
    claims = []
    for one in of_kind(inputs, "facts"):
        for slot in one.slots:
            parsed = Slot.parse(slot)
            allowed = catalogue[parsed.field].none_from
            if allowed and one.part.source_kind in allowed:
                found[slot] = kind = catalogue.type_of(parsed)
                none = says(f"v.{quote(slot)}", kind)
                claims.append(f"SELECT m.n, {literal(slot)} AS slot FROM {one.numbered} WHERE {none}")
    connection.execute(f"CREATE TABLE nothing AS {' UNION '.join(claims) or _NOBODY}")
    return sorted(found.items())


_NOBODY = "SELECT 0 AS n, '' AS slot WHERE false"


def says(column: str, kind: Type) -> str:
    """SQL for whether a value says "none"."""
    return f"coalesce({column} = {'false' if kind == 'boolean' else '0'}, false)"
