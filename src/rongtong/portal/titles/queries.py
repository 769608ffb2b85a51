"""Duties by deadline, with what was done about each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.definitions.retelling import retold
from rongtong.definitions.wording import worded
from rongtong.duties import Duty, assumption, due_sql, duties
from rongtong.facts.snapshot import Row, rows
from rongtong.portal.days import today, working_days_until
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import looked_after, own_firms, with_firms
from rongtong.portal.registry.rows import Rows, chosen, given, in_charge
from rongtong.portal.titles import lasting
from rongtong.portal.titles.models import Call, Change, Reminder

#: How far ahead duties are worked out once a day for all who look; who looks further has them worked out.
KEPT = datetime.timedelta(days=366)
#: How far ahead the page looks unless asked otherwise.
AHEAD = datetime.timedelta(days=183)
#: How far ahead the workbench does.
SOON = datetime.timedelta(days=92)


@dataclass(frozen=True)
class Question:
    """Which duties: of a kind, a title, a district, by a day; done or not."""

    duty: str = ""
    kind: str = ""
    district: str = ""
    done: bool = False
    until: datetime.date | None = None


def duty_of(name: str) -> Duty:
    """The duty of that id. Raises KeyError."""
    return {duty.id: duty for duty in duties()}[name]


def due(user: User, asked: Question) -> Rows:
    """``firm, name, uscc, district, duty, kind, number, due, assumed``: what is asked for, in their districts."""
    until = asked.until or today() + AHEAD
    query = f"""
        SELECT firm, name, uscc, district, duty, kind, number, due, assumed
        FROM {_owed(until)} WHERE due <= DATE '{until}' AND {"" if asked.done else "NOT "}done"""
    tests = given(asked, {"duty": "duty = ?", "kind": "kind = ?", "district": "district = ?"})
    return chosen(query, [*tests, *in_charge(user)], default="due")


def _owed(until: datetime.date) -> str:
    """``n, duty, kind, number, due, done, assumed, firm, name, uscc, district``: owed until then or longer."""
    snapshot, day = current.snapshot(), today()
    furthest = max(until, day + KEPT)
    query = f"""
        SELECT d.*, f.firm, f.name, f.uscc, coalesce(f.district, '') AS district
        FROM ({due_sql(snapshot, on=day, until=furthest)}) d JOIN firms f USING (n)"""
    return f"({query})" if furthest > day + KEPT else snapshot.keep(f"owed_{day}", query)


def by_district(user: User, asked: Question) -> list[Row]:
    """Per district: how many owe something, how many of these are overdue."""
    found = due(user, asked)
    query = f"""
        SELECT district, count(DISTINCT firm) AS firms, count(*) FILTER (due < DATE '{today()}') AS overdue
        FROM ({found.select}) GROUP BY 1 ORDER BY 2 DESC"""
    with current.snapshot().connect() as connection:
        return rows(connection, query, found.parameters)


def with_chasing(found: list[Row]) -> list[Row]:
    """The same rows with when each firm was last reminded, whether it was read, and the last call."""
    now = current.leading_to({one["firm"] for one in found})
    reminders = Reminder.objects.filter(firm__in=now).values("firm", "duty")
    told = reminders.annotate(last=Max("made_at"), read=Max("read_at")).order_by("last")
    reminded = {(now[one["firm"]], one["duty"]): one for one in told}
    calls = Call.objects.filter(firm__in=now).values_list("firm").annotate(last=Max("on")).order_by("last")
    called = {now[firm]: last for firm, last in calls}
    return [
        one
        | {
            "reminder": reminded.get((one["firm"], one["duty"])),
            "called": called.get(one["firm"]),
            **_told(one),
        }
        for one in found
    ]


def of_firm(firm: Firm) -> list[Row]:
    """What one firm owes in the coming year, the nearest first."""
    owed = _owed(today() + KEPT)
    query = f"SELECT duty, kind, number, due, done, assumed FROM {owed} WHERE n = ? AND NOT done ORDER BY due"
    with current.snapshot().connect() as connection:
        found = rows(connection, query, [firm.n])
    return [one | _told(one) for one in found]


def _told(one: Row) -> dict[str, Any]:
    """A duty in words: what it is called, how many working days are left, by what its day was assumed, if it was."""
    basis = assumption(one["kind"]) if one["assumed"] else ""
    return {"label": duty_of(one["duty"]).called, "left": working_days_until(one["due"]), "assumption": basis}


def changes_named(user: User) -> list[tuple[Change, Firm]]:
    """:func:`changes`, each with its firm."""
    return with_firms(changes(user))


def unread(firm: Firm) -> bool:
    """Whether a reminder waits that nobody of *firm* has seen."""
    return Reminder.objects.filter(firm__in=current.ids_of(firm.id), read_at=None).exists()


def changes(user: User) -> QuerySet[Change]:
    """Changes that firms in the reader's charge have not reported yet, the nearest first."""
    return looked_after(Change.objects.filter(reported_on=None).order_by("due"), user)


def history(firm: Firm) -> list[tuple[datetime.datetime, str, str]]:
    """What was done about a firm: when, what, by whom; the latest first."""
    done: list[tuple[Any, str, str]] = []
    for one in Reminder.objects.filter(firm__in=current.ids_of(firm.id)).select_related("made_by"):
        read = _("（已读）") if one.read_at else _("（未读）")
        done.append((one.made_at, _("催办：{text}").format(text=retold(one.text)) + read, str(one.made_by)))
    for call in Call.objects.filter(firm__in=current.ids_of(firm.id)).select_related("made_by"):
        done.append((call.made_at, _("联系：{note}").format(note=call.note), str(call.made_by)))
    for change in Change.objects.filter(firm__in=current.ids_of(firm.id)).select_related("made_by"):
        told = _("变化：{what}，{due} 前报告").format(what=change.what, due=change.due)
        done.append((change.made_at, told, str(change.made_by)))
    return sorted(done, reverse=True)


def waiting(user: User) -> Iterator[Waiting]:
    """For officers what runs out within three months, and changes not reported; for a firm what it owes."""
    if user.acts_as(Role.DISTRICT_OFFICER, Role.CITY_OFFICER):
        soon = today() + SOON
        found = due(user, Question(until=soon))
        if nearest := found.first():
            told = _("{n} 项三个月内到期或已过期").format(n=found.count())
            yield Waiting(_("称号到期与催办"), told, reverse("titles:due") + f"?until={soon}", nearest["due"])
        if lasting.ready() and (n := lasting.counts(user).get("not_qualified", 0)):
            told = _("{n} 项称号照现在到期那天不符合").format(n=n)
            yield Waiting(_("到期复核预警"), told, reverse("titles:ahead"))
        open_ = changes(user)
        if nearest_change := open_.order_by("due").first():
            told = _("{n} 项变化还没有报告").format(n=open_.count())
            yield Waiting(_("重大变化报告"), told, reverse("titles:due") + "#changes", nearest_change.due)
    for firm in own_firms(user):
        for one in of_firm(firm)[:3]:
            about = worded(one["kind"]) if one["kind"] else duty_of(one["duty"]).told
            yield Waiting(one["label"], about, reverse("titles:firm", args=[firm.id]), one["due"])
    for change in Change.objects.filter(reported_on=None).filter(Q(firm__in=user.firms)):
        yield Waiting(_("报告重大变化"), change.what, reverse("titles:firm", args=[change.firm]), change.due)
