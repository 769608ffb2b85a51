"""Members, firms and titles are three counts; here are the members."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from rongtong.portal.days import after_working_days
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.membership.models import Application, Member
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry.current import leading_from
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import with_firms

#: Working days within which the secretariat answers an application.
ANSWER_IN = 10


@dataclass(frozen=True)
class Handed:
    """An application with its firm and the day by which it is to be answered."""

    application: Application
    firm: Firm
    deadline: datetime.date


def members(*, kind: str = "", text: str = "", left: bool = False) -> QuerySet[Member]:
    """Present members, or those who have *left*, the last first, with the name, code and district of their firm."""
    firm = Firm.objects.filter(id=OuterRef("now"))
    chosen = Member.objects.exclude(left=None).order_by("-left", "pk") if left else Member.objects.filter(left=None)
    found = _now(chosen).annotate(
        name=Subquery(firm.values("name")),
        uscc=Subquery(firm.values("uscc")),
        district=Subquery(firm.values("district")),
    )
    if kind:
        found = found.filter(kind=kind)
    return found.filter(name__icontains=text) if text else found


def count(*, left: bool = False) -> int:
    """How many firms are members, or how many have *left*."""
    chosen = Member.objects.filter(left__isnull=not left)
    return _now(chosen).values("now").distinct().order_by().count()  # type: ignore[misc]  # annotated below


def _now(held: QuerySet[Member]) -> QuerySet[Member]:
    """*held*, each with the id of the firm that its own leads to ``now``."""
    absorbed = held.exclude(firm__in=Firm.objects.values("id")).values_list("firm", flat=True)
    now = leading_from(absorbed.order_by())
    moved = [When(firm=one, then=Value(firm)) for one, firm in now.items()]
    return held.annotate(now=Case(*moved, default=F("firm"), output_field=CharField()) if moved else F("firm"))


def handed_in() -> list[Handed]:
    """Applications that wait for review, the longest waiting first."""
    found = Application.objects.filter(state=Application.State.SUBMITTED).order_by("submitted_at")
    return [Handed(one, firm, deadline(one)) for one, firm in with_firms(found)]


def deadline(application: Application) -> datetime.date:
    """The day by which an application is to be answered."""
    return after_working_days(ANSWER_IN, since=localdate(application.submitted_at or application.made_at))


def waiting(user: User) -> Iterator[Waiting]:
    """For the secretariat applications; for a firm its own that wants something."""
    if user.acts_as(Role.SECRETARIAT):
        for one in handed_in():
            yield Waiting(_("审核入会申请"), one.firm.name, reverse("membership:review"), one.deadline)
    open_ = (Application.State.DRAFT, Application.State.RETURNED)
    for application in Application.objects.filter(firm__in=user.firms, state__in=open_):
        url = reverse("membership:application", args=[application.pk])
        yield Waiting(_("打印入会申请表，盖章后上传"), application.get_state_display(), url)
