"""The live figures of the front page: firms, members and titles are three counts, never one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from rongtong.definitions.days import months_after
from rongtong.facts.titles import in_force
from rongtong.portal.days import today
from rongtong.portal.membership.queries import count
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.search.listing import TIERS

#: The titles of the ladder, the highest first; of others only the list of titles tells.
LADDER = TIERS[:3]
#: So many years back the line of a title begins.
YEARS = 3
#: A title whose beginning nobody knows is in force today, and on no day before.
_TITLES = f"""
    SELECT kind, day, count(*) FILTER (granted_on IS NOT NULL OR day = $3), bool_and(granted_on IS NOT NULL)
    FROM list_titles, unnest($2::DATE[]) AS days (day)
    WHERE list_contains($1, kind) AND {in_force("day")}
    GROUP BY 1, 2"""


@dataclass(frozen=True)
class Held:
    """A title: how many are in force today; ``line``: (day, number) on this day of the last years, the last is today.

    ``line`` is empty where the beginning of some is unknown.
    """

    kind: str
    now: int
    line: tuple[tuple[str, int], ...] = ()

    @property
    def change(self) -> str:
        """How many more than a year ago, with its sign; empty where that is unknown."""
        return f"{self.now - self.line[-2][1]:+,}".replace("-", "−") if self.line else ""


@dataclass(frozen=True)
class Figures:
    """Firms on file, members, and titles in force, the highest first."""

    firms: int
    members: int
    titles: list[Held]


def figures() -> Figures:
    """The figures of today; nothing is counted before anything was imported."""
    return Figures(Firm.objects.count(), count(), _titles())


def _titles() -> list[Held]:
    snapshot = current.having(table="list_titles")
    if snapshot is None:
        return []
    days = [months_after(today(), -12 * back) for back in range(YEARS, -1, -1)]
    with snapshot.connect() as connection:
        rows = connection.execute(_TITLES, [list(LADDER), days, today()]).fetchall()
    return [_held(kind, days, [row[1:] for row in rows if row[0] == kind]) for kind in LADDER]


def _held(kind: str, days: list[datetime.date], rows: Iterable[tuple[datetime.date, int, bool]]) -> Held:
    found = {day: (n, dated) for day, n, dated in rows}
    line = tuple((f"{day:%Y-%m-%d}", found.get(day, (0, True))[0]) for day in days)
    dated = all(known for _n, known in found.values())
    return Held(kind, line[-1][1], line if dated and any(n for _day, n in line[:-1]) else ())
