"""Reads of introductions: whose, what waits, what is stuck, whom one may reach, and what came of it all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.portal.days import today
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.introductions.models import ASKED_AFTER, Answer, Figure, Introduction, flow
from rongtong.portal.introductions.rules import reads, side_of
from rongtong.portal.people.models import Role, User
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.queries import by_id
from rongtong.workflows import Transition


@dataclass(frozen=True)
class Reach:
    """Somebody to reach on one side: who said yes for it."""

    side: str
    name: str
    phone: str


def of(user: User) -> QuerySet[Introduction]:
    """The introductions that *user* may see at all, newest first."""
    found = Introduction.objects.select_related("need", "need__made_by").prefetch_related("answers")
    if user.acts_as(Role.SECRETARIAT, Role.CITY_OFFICER):
        return found
    firms = user.firms
    mine = Q(firm__in=firms) | Q(need__firm__in=firms)
    if user.districts:
        there = set(found.order_by().values_list("firm", "need__firm"))
        firms_there = {
            one.id for one in by_id({f for pair in there for f in pair}).values() if one.district in user.districts
        }
        mine |= Q(firm__in=firms_there) | Q(need__firm__in=firms_there)
    return found.filter(mine)


def seen(user: User) -> list[Introduction]:
    """Those of them that the workflow lets *user* read; of a large firm's needs only one's own."""
    return [one for one in of(user) if "timeline" in reads(user, one)]


def contacts(user: User, introduction: Introduction) -> list[Reach]:
    """Whom to reach, on both sides; nobody until both have agreed. The one door to contacts of an introduction."""
    if not user.has_perm("introductions.view_contacts", introduction):
        return []
    said_yes = introduction.answers.filter(transition="agree").select_related("by")
    return [Reach(one.side, one.by.name, one.by.phone) for one in said_yes]


def answered(introduction: Introduction, side: str) -> set[str]:
    """The transitions that *side* has said yes to and the other side not yet."""
    now = (
        one for one in introduction.answers.all() if introduction.state in flow().transition_of[one.transition].from_
    )
    return {one.transition for one in now if one.side == side}


def ways(user: User, introduction: Introduction) -> list[Transition]:
    """What *user* can do now, in the order of the workflow."""
    side = side_of(user, introduction)
    done = answered(introduction, side)
    found = flow().ways(introduction.state, frozenset({side}))
    return [one for one in found if one.id not in done or one.alike]


def stuck(user: User) -> list[Introduction]:
    """What has stood still for too long, longest first."""
    return sorted((one for one in seen(user) if one.stuck), key=lambda one: one.due or today())


def asked(introduction: Introduction, side: str) -> list[int]:
    """After how many months *side* is to say what came of the contract, and has not."""
    contract = introduction.figures.filter(kind=Figure.Kind.CONTRACTED).first()
    if contract is None or introduction.stands.id == "ended":
        return []
    told = set(introduction.outcomes.filter(side=side).values_list("months", flat=True))
    return [one for one in ASKED_AFTER if months_later(contract.day, one) <= today() and one not in told]


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = (datetime.date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(day.year + year, month + 1, min(day.day, last))


def waiting(user: User) -> Iterator[Waiting]:
    """For either side what waits for its answer; for officers what is stuck."""
    for one in of(user) if user.acts_as(Role.FIRM, Role.LARGE_FIRM) else ():
        side = side_of(user, one)
        url = reverse("introductions:introduction", args=[one.pk])
        if one.state == "proposed" and side and "agree" not in answered(one, side):
            yield Waiting(_("答复对接"), one.need.title, url, one.due)
        elif side and asked(one, side):
            yield Waiting(_("填写履约情况"), one.need.title, url)
    if user.has_perm("introductions.chase") and (n := len(stuck(user))):
        yield Waiting(_("催办停滞的对接"), _("{n} 条").format(n=n), reverse("introductions:stuck"))


def counts() -> dict[str, float | int | None]:
    """What matters: needs answered, days to the first introduction, agreed on by both, contracts."""
    needs = Posting.objects.filter(side=Posting.Side.NEED).exclude(state__in=("draft", "confirming", "withdrawn"))
    introduced = needs.annotate(first=Min("introductions__made_on"), n=Count("introductions"))
    contract = Figure.objects.filter(introduction=OuterRef("pk"), kind=Figure.Kind.CONTRACTED)
    made = Introduction.objects.annotate(won=Exists(contract))
    days = [(one.first - one.made_at.date()).days for one in introduced if one.first]
    return {
        "needs": needs.count(),
        "answered": introduced.filter(n__gt=0).count(),
        "days": median(days) if days else None,
        "introductions": made.count(),
        "agreed": Answer.objects.filter(transition="agree")
        .values("introduction")
        .annotate(n=Count("pk"))
        .filter(n=2)
        .count(),
        "contracts": made.filter(won=True).count(),
    }
