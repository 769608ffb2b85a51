"""Until when titles run: as stated; where nobody says, as long as titles of that kind are granted for.

An assumption, and told as one. By it officers are warned and firms reminded; no verdict goes by it: to a rulebook the
end that no source states stays unknown.
"""

from __future__ import annotations

from rongtong.definitions.catalogue import Validity, catalogue
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal
from rongtong.i18n import _

_TYPES = {"number": "VARCHAR", "granted_on": "DATE", "valid_until": "DATE"}


def ends_sql(snapshot: Snapshot) -> str:
    """SQL for ``n, kind, number, granted_on, valid_until, assumed`` of the titles of *snapshot*, which has some.

    *assumed* says that the end is not stated: neither of this title, nor of one of the same kind that ran at the time.
    """
    there = snapshot.columns_of("list_titles")
    columns = ", ".join(name if name in there else f"NULL::{type_} AS {name}" for name, type_ in _TYPES.items())
    return f"""
        SELECT n, kind, number, granted_on, coalesce(valid_until, ends) AS valid_until,
               valid_until IS NULL AND ends IS NOT NULL AS assumed
        FROM (SELECT *, CASE WHEN coalesce(max(valid_until) OVER (PARTITION BY n, kind) < granted_on, true)
                        THEN CAST(granted_on + to_years({_years()}) - INTERVAL 1 DAY AS DATE) END AS ends
              FROM (SELECT n, kind, {columns} FROM list_titles))"""


def _years() -> str:
    cases = (f"WHEN {literal(kind)} THEN {term.years}" for term in _valid().terms for kind in term.kinds)
    return f"CASE kind {' '.join(cases)} END"


def assumption(kind: str) -> str:
    """By what the end of a title of *kind* was assumed, in words."""
    term = _valid().term(kind)
    if term is None:
        return ""
    told = _("按 {n} 年有效期推算", n=term.years)
    return told if term.source.verified else _("{told}（年数待核）", told=told)


def _valid() -> Validity:
    valid = catalogue()["titles"].valid
    assert valid is not None  # noqa: S101 -- the catalogue says so, and is checked when it is loaded
    return valid
