"""The live figures of the front page: firms, members and titles are three counts, never one."""

from __future__ import annotations

from dataclasses import dataclass

from rongtong.errors import InputError
from rongtong.portal.days import today
from rongtong.portal.membership.queries import count
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm

#: The titles of the ladder, the highest first; of others only the list of titles tells.
LADDER = ("专精特新小巨人", "省级专精特新", "市级专精特新")
_TITLES = """
    SELECT kind, count(*) FROM list_titles
    WHERE list_contains($1, kind) AND coalesce(valid_until >= $2, true) GROUP BY 1"""


@dataclass(frozen=True)
class Figures:
    """Firms on file, members, and titles in force by kind."""

    firms: int
    members: int
    titles: dict[str, int]


def figures() -> Figures:
    """The figures of today; nothing is counted before anything was imported."""
    return Figures(Firm.objects.count(), count(), _titles())


def _titles() -> dict[str, int]:
    try:
        snapshot = current.snapshot()
    except InputError:
        return {}
    if "list_titles" not in snapshot.tables:
        return {}
    with snapshot.connect() as connection:
        found = dict(connection.execute(_TITLES, [list(LADDER), today()]).fetchall())
    return {kind: found.get(kind, 0) for kind in LADDER}
