"""Reads of meetings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.identity import split
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.introductions.models import Figure
from rongtong.portal.meetings.models import Line, Meeting
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import beside, by_id


def of(user: User) -> QuerySet[Meeting]:
    """The meetings that *user* sees, with how many came, were introduced, and have a contract."""
    whole = user.acts_as(Role.SECRETARIAT, Role.CITY_OFFICER)
    found = Meeting.objects.all() if whole else Meeting.objects.filter(made_by=user)
    contract = Q(lines__introduction__figures__kind=Figure.Kind.CONTRACTED)
    return found.annotate(
        rows=Count("lines__row", distinct=True),
        introduced=Count("lines__introduction", distinct=True),
        contracts=Count("lines__introduction", filter=contract, distinct=True),
    )


def lines(meeting: Meeting) -> QuerySet[Line]:
    """Every line with the name of its firm."""
    name = Firm.objects.filter(id=OuterRef("firm")).values("name")
    return meeting.lines.select_related("need", "introduction").annotate(firm_name=Subquery(name))


def questions(meeting: Meeting) -> list[dict[str, Any]]:
    """The lines that a person must answer, each with the firms that it may be or is near."""
    open_ = [one for one in meeting.lines.select_related("need") if one.open]
    firms = by_id({firm for one in open_ for firm in (*one.candidates, *(near["firm"] for near in one.near))})
    return [
        {
            "line": one,
            "firms": [firms[firm] for firm in one.candidates if firm in firms],
            "near": beside(one.near, firms),
            "is_branch": bool(one.name and split(one.name).branch),
        }
        for one in open_
    ]


def waiting(user: User) -> Iterator[Waiting]:
    """For whoever entered a meeting the lines that it leaves open."""
    if not user.has_perm("meetings.enter"):
        return
    for meeting in Meeting.objects.filter(made_by=user):
        if n := len(questions(meeting)):
            url = reverse("meetings:meeting", args=[meeting.pk])
            yield Waiting(_("核对对接会签到表"), _("{title}：{n} 行").format(title=meeting.title, n=n), url)
