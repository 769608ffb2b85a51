"""Which duties of which firms are due, in one statement on a snapshot."""

from __future__ import annotations

import datetime

from rongtong.duties.ends import ends_sql
from rongtong.duties.schema import Duty, duties
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal, quote

#: A title that lapsed longer ago than this is history.
PAST = datetime.timedelta(days=365)
_NOTHING = "SELECT NULL::INTEGER n, '' duty, '' kind, '' number, NULL::DATE due, false done, false assumed WHERE false"


def due_sql(snapshot: Snapshot, *, on: datetime.date, until: datetime.date) -> str:
    """SQL for ``n, duty, kind, number, due, done, assumed``: what titles ask from a year before *on* to *until*.

    A re-examination is done when a title of the same kind runs longer; a yearly update when the revenue of the year
    before is known; until then it stays, overdue. Where no end of a title is stated it is *assumed*; of which no day of
    recognition is known either, nothing can be dated.
    """
    if "list_titles" not in snapshot.tables:
        return _NOTHING
    parts = [_of(snapshot, duty, on, until) for duty in duties()]
    return " UNION ALL ".join(part for part in parts if part) or _NOTHING


def _of(snapshot: Snapshot, duty: Duty, on: datetime.date, until: datetime.date) -> str:
    if duty.before_expiry and duty.in_force(on):
        return _expiry(snapshot, duty, on, until)
    return " UNION ALL ".join(_yearly(snapshot, duty, day, on) for day in duty.days(on - PAST, until))


def _expiry(snapshot: Snapshot, duty: Duty, on: datetime.date, until: datetime.date) -> str:
    return f"""
        SELECT n, {literal(duty.id)} AS duty, kind, number, valid_until AS due, renewed AS done, assumed
        FROM (SELECT *, max(valid_until) OVER (PARTITION BY n, kind) > valid_until AS renewed
              FROM ({ends_sql(snapshot)}))
        WHERE kind IN ({_titles(duty)}) AND valid_until BETWEEN DATE '{on - PAST}' AND DATE '{until}'"""


def _yearly(snapshot: Snapshot, duty: Duty, day: datetime.date, on: datetime.date) -> str:
    """The update due on *day*; once that has passed, of titles that are known to have been held then."""
    slot = f"revenue[{day.year - 1}]"
    known = f"f.{quote(slot)} IS NOT NULL" if slot in snapshot.columns else "false"
    return f"""
        SELECT t.n, {literal(duty.id)} AS duty, min(t.kind) AS kind, min(t.number) AS number, DATE '{day}' AS due,
               any_value({known}) AS done, bool_and(t.assumed) AS assumed
        FROM ({ends_sql(snapshot)}) t JOIN firms f USING (n)
        WHERE t.kind IN ({_titles(duty)}) AND t.valid_until >= DATE '{day}'
              AND coalesce(t.granted_on <= DATE '{day}', {str(day >= on).lower()}) GROUP BY t.n"""


def _titles(duty: Duty) -> str:
    return ", ".join(map(literal, duty.titles))
