"""What settling left to people: facts on which the sources disagree, and pairs that may be one firm.

A *district* set narrows both to firms of those districts; None is all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from rongtong.facts.snapshot import Row, Snapshot, rows

MOST = 20
#: Open conflicts want a person: sources of one rank, or a claim that came after somebody had decided. Ranked ones were
#: settled by the rank of their sources and are only shown.
OPEN, RANKED = "open", "ranked"
KINDS = {OPEN: ("tie", "reopened"), RANKED: ("ranked",)}
_WITHIN = "($districts IS NULL OR list_contains($districts, coalesce({side}.district, '')))"
_CONFLICTS = f"""
    SELECT c.n, c.slot, c.kind, f.firm, f.name, f.uscc, f.district FROM conflicts c JOIN placed f USING (n)
    WHERE {_WITHIN.format(side="f")} AND list_contains($kinds, c.kind)
    ORDER BY f.name, c.slot LIMIT $most OFFSET $start"""
_CLAIMS = """
    SELECT k.n, k.slot, k.value, k.chosen, k.date, m.file, m.sheet, m.row, m.mention
    FROM claims k JOIN mentions m USING (mention) WHERE list_contains($firms, k.n)
    ORDER BY k.rank, k.date DESC, k.value"""
_COUNTS = f"""
    SELECT kind, count(*) FROM conflicts c JOIN placed f USING (n)
    WHERE {_WITHIN.format(side="f")} GROUP BY 1"""
_PAIRS = f"""
    SELECT q.left, q.right, q.score, q.reasons, a.firm AS left_firm, b.firm AS right_firm, a.name AS left_name,
           b.name AS right_name, a.uscc AS left_uscc, b.uscc AS right_uscc, a.district AS left_district,
           b.district AS right_district, l.file AS left_file, l.sheet AS left_sheet, l.row AS left_row,
           r.file AS right_file, r.sheet AS right_sheet, r.row AS right_row
    FROM questions q JOIN mentions l ON l.mention = q.left JOIN mentions r ON r.mention = q.right
    JOIN placed a ON a.n = l.n JOIN placed b ON b.n = r.n
    WHERE {_WITHIN.format(side="a")} OR {_WITHIN.format(side="b")}
    ORDER BY q.score DESC, q.left, q.right"""


def conflicts(
    snapshot: Snapshot, *, kind: str = OPEN, districts: Collection[str] | None = None, start: int = 0, most: int = MOST
) -> list[Row]:
    """A piece of the contested facts of one *kind* of :data:`KINDS`: each ``slot``, and all ``claims`` on it."""
    with snapshot.connect() as connection:
        asked = {"districts": _listed(districts), "kinds": list(KINDS[kind]), "most": most, "start": start}
        found = rows(connection, _placed(snapshot) + _CONFLICTS, asked)
        claims = rows(connection, _CLAIMS, {"firms": sorted({one["n"] for one in found})})
    by_fact: defaultdict[tuple[int, str], list[Row]] = defaultdict(list)
    for claim in claims:
        by_fact[claim["n"], claim["slot"]].append(claim)
    return [one | {"claims": by_fact[one["n"], one["slot"]]} for one in found]


def counts(snapshot: Snapshot, *, districts: Collection[str] | None = None) -> dict[str, int]:
    """How many facts are contested, by kind of :data:`KINDS`."""
    with snapshot.connect() as connection:
        found = dict(connection.execute(_placed(snapshot) + _COUNTS, {"districts": _listed(districts)}).fetchall())
    return {kind: sum(found.get(one, 0) for one in kinds) for kind, kinds in KINDS.items()}


def pairs(snapshot: Snapshot, *, districts: Collection[str] | None = None) -> list[Row]:
    """Pairs that may be one firm, the likeliest first: both firms, where they stand, and the ``reasons`` as a list."""
    with snapshot.connect() as connection:
        found = rows(connection, _placed(snapshot) + _PAIRS, {"districts": _listed(districts)})
    return [one | {"reasons": one["reasons"].split("+")} for one in found]


def _placed(snapshot: Snapshot) -> str:
    """Firms with their district, which no source may have told, as the beginning of a query."""
    district = "district" if "district" in snapshot.columns_here else "CAST(NULL AS VARCHAR)"
    return f"WITH placed AS (SELECT n, firm, name, uscc, {district} AS district FROM firms)"


def _listed(districts: Collection[str] | None) -> list[str] | None:
    return None if districts is None else sorted(districts)
