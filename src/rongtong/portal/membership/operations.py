"""Applying, reviewing, leaving."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import operation
from rongtong.portal.days import now
from rongtong.portal.membership.models import Application, Member
from rongtong.portal.notifications.operations import tell
from rongtong.portal.people.models import Contact, User
from rongtong.portal.people.queries import acting_for
from rongtong.portal.registry.current import ids_of, resolve
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import name_now

#: States in which an application is still on its way.
OPEN = (Application.State.DRAFT, Application.State.SUBMITTED, Application.State.RETURNED)


@operation("membership.apply", permission="membership.apply", about="firm", says=("kind",))
def apply(*, actor: User, firm: Firm, kind: str, contact: str, phone: str, wish: str = "") -> Application:
    """Begin an application; the form is then printed, stamped and its scan uploaded."""
    if Member.objects.filter(firm__in=ids_of(firm.id), left=None).exists():
        raise InputError(_("企业已经是会员"), place=firm.name)
    open_ = Application.objects.filter(firm__in=ids_of(firm.id), state__in=OPEN)
    if open_.exists():
        raise InputError(_("已有一份申请在办"), place=firm.name, mend=_("请在原申请上继续"))
    return Application.objects.create(firm=firm.id, kind=kind, contact=contact, phone=phone, wish=wish, made_by=actor)


@operation("membership.submit", permission="membership.apply", about="application")
def submit(*, actor: User, application: Application, scan: UploadedFile[bytes]) -> Application:
    """Hand in the stamped form."""
    del actor
    if application.state not in (Application.State.DRAFT, Application.State.RETURNED):
        raise InputError(_("这份申请已经提交：{state}", state=application.get_state_display()))
    application.scan = scan
    application.state, application.submitted_at = Application.State.SUBMITTED, now()
    application.save()
    return application


@operation("membership.accept", permission="membership.review", about="application", says=("kind", "group"))
def accept(*, actor: User, application: Application, since: datetime.date, group: str = "", kind: str = "") -> Member:
    """Take the firm in, as *kind* or as it applied."""
    _submitted(application)
    firm = resolve(application.firm)
    if Member.objects.filter(firm__in=ids_of(firm), left=None).exists():
        raise InputError(_("企业已经是会员"), mend=_("请退回这份申请"))
    _decide(application, actor, Application.State.ACCEPTED)
    Contact.objects.update_or_create(
        firm=firm,
        source="入会申请表",
        defaults={"name": application.contact, "phone": application.phone},
    )
    member = Member.objects.create(
        firm=firm, kind=kind or application.kind, group=group, since=since, application=application
    )
    _tell(application, "member_accepted", since=since.isoformat())
    return member


@operation("membership.return", permission="membership.review", about="application", says=("reason",))
def send_back(*, actor: User, application: Application, reason: str) -> Application:
    """Send it back, saying why."""
    _submitted(application)
    if not reason.strip():
        raise InputError(_("退回要说明原因"), mend=_("请写明缺什么、怎么改"))
    application.reason = reason
    _tell(application, "member_returned", why=reason)
    return _decide(application, actor, Application.State.RETURNED)


@operation("membership.leave", permission="membership.review", about="member", says=("on", "reason"))
def leave(*, actor: User, member: Member, on: datetime.date, reason: str) -> Member:
    """The firm leaves, and why; the membership stays on record."""
    del actor
    if member.left:
        raise InputError(_("已于 {day} 退会", day=member.left.isoformat()))
    if on < member.since:
        raise InputError(
            _("退会日期早于入会日期"), place=on.isoformat(), mend=_("入会日期是 {day}", day=member.since.isoformat())
        )
    member.left, member.reason = on, reason
    member.save(update_fields=["left", "reason"])
    return member


def _tell(application: Application, wording: str, **values: str) -> None:
    """Tell everybody who acts for the firm what came of its application."""
    firm = resolve(application.firm)
    page = reverse("membership:application", args=[application.pk])
    tell(
        acting_for(firm),
        wording,
        key=f"{application.pk}:{application.submitted_at}",
        url=page,
        firm=name_now(firm),
        **values,
    )


def _submitted(application: Application) -> None:
    if application.state != Application.State.SUBMITTED:
        raise InputError(_("这份申请不在待审核状态：{state}", state=application.get_state_display()))


def _decide(application: Application, by: User, state: str) -> Application:
    application.state, application.decided_by, application.decided_at = state, by, timezone.now()
    application.save()
    return application
