"""Reads of introductions: whose, what waits, what is stuck, and whom one may reach."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.definitions.days import months_after
from rongtong.portal.days import after_working_days, today
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.introductions.models import ASKED_AFTER, Answer, Choice, Figure, Introduction, Limit, Side, flow
from rongtong.portal.introductions.rules import side_of
from rongtong.portal.masking import masked
from rongtong.portal.people.models import OF_FIRMS, Contact, Role, User
from rongtong.portal.people.queries import acting_for
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.current import leading_to
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import about, by_id
from rongtong.portal.registry.rules import firm_of
from rongtong.workflows import Transition

NOBODY = Q(pk__in=())


@dataclass(frozen=True)
class Reach:
    """Somebody to reach on one side: who said yes for it."""

    side: str
    name: str
    phone: str


def of(user: User) -> QuerySet[Introduction]:
    """The introductions that the workflow lets *user* read, newest first."""
    found = Introduction.objects.select_related("need", "need__made_by").prefetch_related("answers")
    if user.acts_as(Role.SECRETARIAT, Role.CITY_OFFICER):
        return found
    return found.filter(of_side(user, Side.BUYER) | of_side(user, Side.SUPPLIER) | _in_charge(user))


def of_side(user: User, side: str) -> Q:
    """Those introductions of which *user* is the *side*, as :func:`side_of` tells it of one."""
    bought = _written(user)
    return bought if side == Side.BUYER else _naming("firm", *_held(user, Role.FIRM)) & ~bought


def _held(user: User, role: str) -> list[str]:
    return [one.firm for one in user.grants_in_force if one.role == role]


def _naming(column: str, *firms: str) -> Q:
    """Those whose *column* names one of *firms*, followed through merges."""
    held = {*firms, *map(firm_of, firms)}
    return Q(**{f"{column}__in": held}) | about(Firm.objects.filter(id__in=held), Introduction.objects.all(), column)


def _written(user: User) -> Q:
    """Those for needs that are *user*'s own: of a large firm what others of it have written is theirs."""
    mine = _naming("need__firm", *_held(user, Role.FIRM))
    for firm in _held(user, Role.LARGE_FIRM):
        others = [one for one in acting_for(firm_of(firm)) if one != user]
        mine |= _naming("need__firm", firm) & ~Q(need__made_by__in=others)
    return mine


def between(need: Posting, firm: Firm) -> Introduction | None:
    """The introduction of *firm*, under whichever of its ids, to *need*."""
    return need.introductions.filter(firm__in=leading_to([firm.id])).order_by("pk").first()


def people_of(introduction: Introduction, side: str) -> list[User]:
    """Whoever is the *side* of *introduction* today."""
    firm = introduction.buyer if side == Side.BUYER else introduction.firm
    return [one for one in acting_for(firm_of(firm)) if one.is_active and side_of(one, introduction) == side]


def _in_charge(user: User) -> Q:
    if not user.acts_as(Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER):
        return NOBODY
    there, every = Firm.objects.filter(district__in=user.districts), Introduction.objects.all()
    return about(there, every) | about(there, every, "need__firm")


def contacts(user: User, introduction: Introduction) -> list[Reach]:
    """Whom to reach, on both sides; nobody until both have agreed. The one door to contacts of an introduction.

    Who has said yes and no longer acts for the firm is not to be reached any more.
    """
    if not user.has_perm("introductions.view_contacts", introduction):
        return []
    said_yes = introduction.answers.filter(transition="agree").select_related("by").order_by("side")
    acting = {one.side: people_of(introduction, one.side) for one in said_yes}
    return [Reach(one.side, one.by.name, one.by.phone) for one in said_yes if one.by in acting[one.side]]


@dataclass(frozen=True)
class Person:
    """Somebody of a firm to ask; the number masked unless *open*."""

    name: str
    phone: str
    open: bool


def person(user: User, introduction: Introduction, side: str, firm: Firm | None) -> Person | None:
    """Whom *user* may ask of a *side* that stands still: who acts for its *firm*, else whom the registry names.

    Nobody where *user* is not to know the firm; the number is for those who see the contacts of the firm anyway.
    """
    if firm is None:
        return None
    acting = next(iter(people_of(introduction, side)), None)
    known = acting or Contact.objects.filter(firm=firm.id).order_by("pk").first()
    if known is None:
        return None
    open_ = user.has_perm("people.view_contact", firm)
    return Person(known.name, known.phone if open_ else masked(known.phone), open_)


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


def stuck(user: User) -> QuerySet[Introduction]:
    """What has stood still for too long, longest first."""
    return of(user).filter(is_stuck()).order_by("since", "pk")


def is_stuck() -> Q:
    """Those that :attr:`Introduction.stuck` is true of."""
    found = NOBODY
    for state in flow().states:
        if state.stuck_after:
            found |= Q(state=state.id, since__lte=_last_stuck(state.stuck_after, today()))
    return found


@lru_cache(maxsize=256)
def _last_stuck(working_days: int, on: datetime.date) -> datetime.date:
    """The latest day since which so many working days have gone by before *on*."""
    day = on
    while after_working_days(working_days, since=day) >= on:
        day -= datetime.timedelta(days=1)
    return day


def contracted() -> Exists:
    """Whether both sides have confirmed a contract."""
    return Exists(Figure.objects.filter(introduction=OuterRef("pk"), kind=Figure.Kind.CONTRACTED))


def may_intend(user: User, introduction: Introduction) -> bool:
    """Whether *user* can say what amount is intended: while both talk, and nothing is contracted yet."""
    contract = introduction.figures.filter(kind=Figure.Kind.CONTRACTED)
    open_ = not introduction.stands.end and not contract.exists()
    return open_ and user.has_perm("introductions.intend", introduction)


def asked(introduction: Introduction, side: str) -> list[int]:
    """After how many months *side* is to say what came of the contract, and has not."""
    contract = introduction.figures.filter(kind=Figure.Kind.CONTRACTED).first()
    if contract is None or "gone" in introduction.stands.kinds:
        return []
    told = set(introduction.outcomes.filter(side=side).values_list("months", flat=True))
    return [one for one in months_gone(contract) if one not in told]


def months_gone(contract: Figure) -> list[int]:
    """Of the months after which one is asked what came of a *contract*, those that have gone by."""
    return [one for one in ASKED_AFTER if months_after(contract.day, one) <= today()]


def switched_off(firm: Firm) -> bool:
    """Whether *firm* wants no personalised matching."""
    return Choice.objects.filter(about(Firm.objects.filter(id=firm.id), Choice.objects.all())).exists()


def all_switched_off() -> set[str]:
    """The ids of the firms that want no personalised matching."""
    return {one.id for one in by_id(Choice.objects.values_list("firm", flat=True)).values()}


def most_at_once() -> dict[str, int]:
    """How many introductions firms take at once, of those that say so; of several that became one the least."""
    told = list(Limit.objects.values_list("firm", "most").order_by("-most"))
    firms = by_id(firm for firm, _most in told)
    return {firms[firm].id: most for firm, most in told if firm in firms}


def waits_for(user: User) -> QuerySet[Introduction]:
    """Those that wait for an answer of *user*'s side: to be introduced, or to say the same of a contract."""
    found = NOBODY
    for side in Side.values:
        said = Answer.objects.filter(introduction=OuterRef("pk"), side=side)
        other = Answer.objects.filter(introduction=OuterRef("pk")).exclude(side=side).exclude(transition="agree")
        open_ = (Q(state=flow().start) & ~Exists(said.filter(transition="agree"))) | Exists(other)
        found |= of_side(user, side) & open_
    return of(user).filter(found)


def waiting(user: User) -> Iterator[Waiting]:
    """For either side what waits for its answer; for officers what is stuck."""
    if user.acts_as(*OF_FIRMS):
        for one in waits_for(user):
            what = _("答复对接") if one.state == flow().start else _("核对对方的确认")
            yield Waiting(what, one.need.title, address(one), one.due)
        for one in of(user).filter(contracted()):
            if asked(one, side_of(user, one)):
                yield Waiting(_("填写履约情况"), one.need.title, address(one))
    if user.has_perm("introductions.chase") and (n := stuck(user).count()):
        yield Waiting(_("催办停滞的对接"), _("{n} 条").format(n=n), reverse("introductions:stuck"))


def address(introduction: Introduction) -> str:
    """Where its page is."""
    return reverse("introductions:introduction", args=[introduction.pk])
