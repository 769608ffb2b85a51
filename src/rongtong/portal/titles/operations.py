"""Reminding, calling, noting a change."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from rongtong import i18n
from rongtong.definitions.days import months_after
from rongtong.i18n import _
from rongtong.portal.audit.operations import operation
from rongtong.portal.people.models import User
from rongtong.portal.people.operations import link_for
from rongtong.portal.registry.current import ids_of
from rongtong.portal.registry.models import Firm
from rongtong.portal.titles.models import Call, Change, Reminder
from rongtong.portal.titles.queries import duty_of


@operation("titles.remind", permission="titles.chase", about="firm", says=("duty", "kind", "due"))
def remind(*, actor: User, firm: Firm, duty: str, kind: str, due: datetime.date) -> Reminder:
    """Remind a firm of a duty; whoever acts for it finds it in the portal, and by a link that opens in WeChat."""
    with i18n.using(i18n.SOURCE):  # what is kept is in Chinese, and told again to whoever reads English
        text = _("{label}：{kind}，请于 {due} 前办理", label=duty_of(duty).called, kind=kind, due=due.isoformat())
    made = Reminder(firm=firm.id, duty=duty, kind=kind, due=due, text=text, made_by=actor)
    made.link = link_for(firm=firm.id, path=reverse("titles:firm", args=[firm.id]), made_by=actor)
    made.save()
    return made


@operation("titles.call", permission="titles.chase", about="firm", says=("duty", "note", "on"))
def log_call(*, actor: User, firm: Firm, note: str, on: datetime.date, duty: str = "") -> Call:
    """Note a call and what came of it."""
    return Call.objects.create(firm=firm.id, duty=duty, note=note, on=on, made_by=actor)


@operation("titles.change", permission="titles.chase", about="firm", says=("what", "on"))
def note_change(*, actor: User, firm: Firm, what: str, on: datetime.date) -> Change:
    """Note a change that the firm must report within the months that its duty gives."""
    due = months_after(on, duty_of("change_report").after_change)
    return Change.objects.create(firm=firm.id, what=what, on=on, due=due, made_by=actor)


@operation("titles.reported", permission="titles.chase", about="change")
def reported(*, actor: User, change: Change, on: datetime.date) -> Change:
    """The firm has reported the change."""
    del actor
    change.reported_on = on
    change.save(update_fields=["reported_on"])
    return change


@operation("titles.read", permission="titles.view", about="firm")
def read(*, actor: User, firm: Firm) -> int:
    """Somebody of the firm has seen its reminders; how many were new."""
    del actor
    return Reminder.objects.filter(firm__in=ids_of(firm.id), read_at=None).update(read_at=timezone.now())
