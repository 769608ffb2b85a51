"""Proposing, answering, moving on, talking, reminding, telling what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from rongtong import i18n
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import held, operation
from rongtong.portal.contacting import contacts_in, without_contacts
from rongtong.portal.days import today
from rongtong.portal.introductions import balancing, moving, proposing, telling
from rongtong.portal.introductions.balancing import Proposal
from rongtong.portal.introductions.models import (
    TERMS,
    Call,
    Choice,
    Figure,
    Introduction,
    Limit,
    Message,
    Outcome,
    Reminder,
    Side,
    flow,
)
from rongtong.portal.introductions.queries import address, asked, may_intend, people_of, switched_off
from rongtong.portal.introductions.rules import reads, side_of
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import User
from rongtong.portal.people.operations import link_to
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.rules import firm_of
from rongtong.workflows import take


@operation("introductions.recommend", permission="introductions.recommend", says=("need", "firm", "origin"))
def recommend(
    *, actor: User, need: Posting, firm: Firm, origin: str, reasons: Sequence[Mapping[str, Any]] = ()
) -> Introduction:
    """Propose a firm for a need as the engine or an officer does."""
    if origin == Introduction.Origin.ENGINE and switched_off(firm):
        raise InputError(_("该企业已关闭个性化推荐"), place=firm.name, mend=_("可以由经办人电话联系"))
    made = proposing.propose(actor, need, firm, origin, reasons)
    telling.proposed(made)
    return made


@operation("introductions.invite", permission="introductions.invite", about="need", says=("firm",))
def invite(*, actor: User, need: Posting, firm: Firm, reasons: Sequence[Mapping[str, Any]] = ()) -> Introduction:
    """Ask a firm for one's own need: that is the buyer's yes."""
    made = proposing.propose(actor, need, firm, Introduction.Origin.BUYER, reasons)
    moving.answer(made, flow().transition_of["agree"], Side.BUYER, {}, actor)
    telling.proposed(made)
    return made


@operation("introductions.apply", permission="introductions.apply", about="firm", says=("need",))
def apply(*, actor: User, firm: Firm, need: Posting, offer: Posting | None = None, words: str = "") -> Introduction:
    """Put one's own firm forward: that is the supplier's yes."""
    if not actor.has_perm("postings.view", need):
        raise PermissionDenied("postings.view")
    if found := contacts_in(words):
        raise InputError(_("双方同意之前不交换联系方式"), place=found[0], mend=_("请从自荐说明中删去"))
    reasons = [{"says": "for", "kind": "words", "text": words}] if words.strip() else []
    made = proposing.propose(actor, need, firm, Introduction.Origin.SUPPLIER, reasons, offer=offer)
    moving.answer(made, flow().transition_of["agree"], Side.SUPPLIER, {}, actor)
    telling.proposed(made)
    return made


@operation("introductions.move", permission="introductions.act", about="introduction", says=("transition", "reason"))
def move(
    *,
    actor: User,
    introduction: Introduction,
    transition: str,
    reason: str = "",
    terms: Mapping[str, str] | None = None,
) -> Introduction:
    """Make a transition for one's side. One that needs both takes effect with the second yes, if both say the same.

    *terms* holds what must be alike (``kind``, ``band``, ``day`` of a contract). Raises PermissionDenied when the
    transition is not the actor's, InputError when it comes too late or a reason or a term is missing.
    """
    side = side_of(actor, introduction)
    given = {name: told for name, value in (terms or {}).items() if (told := moving.term(name, value))}
    way = take(flow(), transition, state=introduction.state, parties={side}, reason=reason, said=given, labels=TERMS)
    moving.not_long_before(introduction, given)
    moving.still_open(introduction.need, way)
    if way.both:
        moving.answer(introduction, way, side, given, actor)
    else:
        moving.enter(introduction, way, side, reason, actor)
    return introduction


@operation("introductions.intend", permission="introductions.intend", about="introduction", says=("band",))
def intend(*, actor: User, introduction: Introduction, band: str) -> Figure:
    """Say what amount is intended; it is no contract."""
    if not may_intend(actor, introduction):
        raise InputError(_("已经签约或终止，意向金额不再改"), place=introduction.need.title)
    kept, _made = Figure.objects.update_or_create(
        introduction=introduction, kind=Figure.Kind.INTENDED, defaults={"band": band, "day": today()}
    )
    return kept


@operation("introductions.write", permission="introductions.write", about="introduction")
def write(
    *, actor: User, introduction: Introduction, text: str, attachment: UploadedFile[bytes] | None = None
) -> Message:
    """Write to the other side."""
    if not text.strip() and attachment is None:
        raise InputError(_("还没有写内容"))
    made = Message.objects.create(
        introduction=introduction,
        side=side_of(actor, introduction),
        text=text,
        attachment=attachment or "",
        attachment_name=str(attachment.name) if attachment else "",
        by=actor,
    )
    telling.written(made)
    return made


@operation("introductions.read", permission="introductions.write", about="introduction")
def read(*, actor: User, introduction: Introduction) -> int:
    """Mark what the other side has written as read; how many."""
    telling.thread_read(introduction, actor)
    others = introduction.messages.exclude(side=side_of(actor, introduction))
    return others.filter(read_at=None).update(read_at=timezone.now())


@operation("introductions.tell", permission="introductions.act", about="introduction", says=("months", "going"))
def tell(*, actor: User, introduction: Introduction, months: int, going: str, note: str = "") -> Outcome:
    """Say what has come of a contract after so many months."""
    side = side_of(actor, introduction)
    if months not in asked(introduction, side):
        raise InputError(_("签约满 3、6、12 个月时各填一次履约情况"), place=introduction.need.title)
    telling.outcome_told(introduction, side)
    return Outcome.objects.create(
        introduction=introduction,
        months=months,
        side=side,
        going=Outcome.Going(going),
        by=actor,
        note=without_contacts(note),
    )


@operation("introductions.remind", permission="introductions.chase", about="introduction", says=("side",))
def remind(*, actor: User, introduction: Introduction, side: str) -> Reminder:
    """Ask a side to go on, once a day: asked again it is the same reminder.

    Its people find it in the portal; a link is given only to who may know which firm it is.
    """
    _to_chase(introduction, side)
    if made := introduction.reminders.filter(side=side, on=today()).first():
        return made
    made = Reminder(introduction=introduction, side=side, made_by=actor)
    days, state = introduction.stands.stuck_after, introduction.stands.label
    with i18n.using(i18n.SOURCE):  # kept in Chinese, and told again to whoever reads English
        made.text = _("有一条对接停在“{state}”已超过 {n} 个工作日，请登录平台办理", state=state, n=days)
    to = people_of(introduction, side)
    if to and side in reads(actor, introduction):
        made.link = link_to(to[0], path=address(introduction), made_by=actor)
    made.save()
    telling.reminded(made)
    return made


@operation("introductions.assign", permission="introductions.assign")
def assign(*, actor: User) -> Job:
    """Have the assignment over all open needs run, unless that is asked already."""
    asked_for = Job.objects.filter(kind=balancing.KIND, state__in=(Job.State.WAITING, Job.State.RUNNING)).first()
    return asked_for or enqueue(balancing.KIND, made_by=actor)


@operation("introductions.propose_assigned", permission="introductions.assign", says=("run", "spread"))
def propose_assigned(*, actor: User, run: str, spread: float, proposals: Sequence[Proposal]) -> tuple[int, list[str]]:
    """Propose what a point of a run brings together; how many were made, and why others were not.

    Each is proposed as any other; whose room has been filled meanwhile, and what needs no more, is passed over.
    """
    del run, spread
    needs = [held(one).pk for _pk, one in sorted({one.need.pk: one.need for one in proposals}.items())]
    room, left = balancing.room({one.suggestion.firm.id for one in proposals}), balancing.wanting(needs)
    made, refused = 0, list[str]()
    for one in proposals:
        firm, need = one.suggestion.firm, one.need
        if room.get(firm.id, 0) < 1:
            refused.append(_("{firm}：在办的对接已满", firm=firm.name))
        elif left[need.pk] < 1:
            refused.append(_("{need}：对接的企业已够", need=need.title))
        elif told := _refused(actor, one):
            refused.append(told)
        else:
            made, room[firm.id], left[need.pk] = made + 1, room[firm.id] - 1, left[need.pk] - 1
    return made, refused


def _refused(actor: User, one: Proposal) -> str:
    """Propose *one* as the engine does; why that could not be, if it could not."""
    firm, reasons = one.suggestion.firm, one.suggestion.as_data()
    try:
        recommend(actor=actor, need=one.need, firm=firm, origin=Introduction.Origin.ENGINE, reasons=reasons)
    except InputError as error:
        return error.sentence
    return ""


@operation("introductions.look_up", permission="introductions.chase", says=("introductions",))
def look_up(*, actor: User, introductions: Sequence[int]) -> None:
    """Read whom to call of what stands still: that the numbers were read stands in the trail."""
    del actor, introductions


@operation("introductions.call", permission="introductions.chase", about="introduction", says=("side",))
def call(*, actor: User, introduction: Introduction, side: str, note: str = "") -> Call:
    """Note that somebody of a side was called, and what they said."""
    _to_chase(introduction, side)
    told = without_contacts(note.strip())
    return Call.objects.create(introduction=introduction, side=side, note=told, made_by=actor)


@operation("introductions.see", permission="introductions.act", about="introduction")
def see(*, actor: User, introduction: Introduction) -> int:
    """Somebody of a side has seen what it was reminded of; how many reminders were new."""
    unseen = introduction.reminders.filter(side=side_of(actor, introduction), read_at=None)
    return unseen.update(read_at=timezone.now())


@operation("introductions.choose", permission="introductions.choose", about="firm", says=("personalised",))
def choose(*, actor: User, firm: Firm, personalised: bool) -> None:
    """Switch personalised matching on or off for a firm (个人信息保护法 第二十四条)."""
    if not personalised:
        Choice.objects.get_or_create(firm=firm.id, defaults={"by": actor})
        return
    for one in Choice.objects.all():
        if firm_of(one) == firm.id:
            one.delete()


@operation("introductions.limit", permission="introductions.choose", about="firm", says=("most",))
def limit(*, actor: User, firm: Firm, most: int | None) -> None:
    """Say how many introductions a firm takes at once; None: as many as is usual."""
    for one in Limit.objects.all():
        if firm_of(one) == firm.id:
            one.delete()
    if most is not None:
        Limit.objects.create(firm=firm.id, most=most, by=actor)


def _to_chase(introduction: Introduction, side: str) -> None:
    if side not in introduction.stands.call:
        raise InputError(_("现在不用催{side}", side=Side(side).label), place=introduction.stands.label)
