"""Proposing, answering, moving on, talking, reminding, telling what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from rongtong import i18n
from rongtong.definitions.days import months_after
from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import held, operation
from rongtong.portal.contacting import contacts_in, without_contacts
from rongtong.portal.days import today
from rongtong.portal.introductions import balancing, judging, telling
from rongtong.portal.introductions.balancing import Proposal
from rongtong.portal.introductions.models import (
    TERMS,
    Answer,
    Band,
    Call,
    Choice,
    Cooperation,
    Figure,
    Introduction,
    Limit,
    Message,
    Outcome,
    Reminder,
    Side,
    Step,
    flow,
)
from rongtong.portal.introductions.queries import address, asked, between, may_intend, people_of, switched_off
from rongtong.portal.introductions.rules import reads, side_of
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import User
from rongtong.portal.people.operations import link_to
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.rules import firm_of
from rongtong.workflows import Transition, take

#: What a figure is called that follows from a transition both sides have made.
FIGURES = {"contract": Figure.Kind.CONTRACTED, "complete": Figure.Kind.PERFORMED}

#: So many months before its introduction a contract may have been signed.
BEFORE = 12


@operation("introductions.recommend", permission="introductions.recommend", says=("need", "firm", "origin"))
def recommend(
    *, actor: User, need: Posting, firm: Firm, origin: str, reasons: Sequence[Mapping[str, Any]] = ()
) -> Introduction:
    """Propose a firm for a need as the engine or an officer does."""
    if origin == Introduction.Origin.ENGINE and switched_off(firm):
        raise InputError(_("该企业已关闭个性化推荐"), place=firm.name, mend=_("可以由经办人电话联系"))
    made = _propose(actor, need, firm, origin, reasons)
    telling.proposed(made)
    return made


@operation("introductions.invite", permission="introductions.invite", about="need", says=("firm",))
def invite(*, actor: User, need: Posting, firm: Firm, reasons: Sequence[Mapping[str, Any]] = ()) -> Introduction:
    """Ask a firm for one's own need: that is the buyer's yes."""
    made = _propose(actor, need, firm, Introduction.Origin.BUYER, reasons)
    _answer(made, flow().transition_of["agree"], Side.BUYER, {}, actor)
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
    made = _propose(actor, need, firm, Introduction.Origin.SUPPLIER, reasons, offer=offer)
    _answer(made, flow().transition_of["agree"], Side.SUPPLIER, {}, actor)
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
    given = {name: told for name, value in (terms or {}).items() if (told := _term(name, value))}
    way = take(
        flow(), transition, state=introduction.state, parties={side}, reason=reason, said=given, labels=TERMS
    )  # fmt: skip
    _not_long_before(introduction, given)
    _still_open(introduction.need, way)
    if way.both:
        _answer(introduction, way, side, given, actor)
    else:
        _enter(introduction, way, side, reason, actor)
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


def _propose(
    actor: User,
    need: Posting,
    firm: Firm,
    origin: str,
    reasons: Sequence[Mapping[str, Any]],
    *,
    offer: Posting | None = None,
) -> Introduction:
    """The need is held first, by whoever proposes: of two who propose the same firm one comes second and is told."""
    need = held(need)
    if need.side != Posting.Side.NEED or not need.standing:
        raise InputError(_("这条需求现在不能对接：{state}", state=need.shown_state), place=need.title)
    own = firm.id == firm_of(need)
    if own and origin in (Introduction.Origin.BUYER, Introduction.Origin.SUPPLIER):
        raise InputError(_("不能把企业推荐给它自己的需求"), place=firm.name)
    if between(need, firm):
        raise InputError(_("这家企业已经对接过这条需求"), place=firm.name, mend=_("请在原来的对接上继续"))
    if own or judging.avoids(need, firm):
        raise _avoided(origin, firm)
    if origin != Introduction.Origin.SUPPLIER and firm.id in judging.avoiding(need):
        raise _avoiding(origin, firm)
    if origin == Introduction.Origin.ENGINE and not judging.may_answer(need, firm):
        raise InputError(_("这家企业不满足这条需求的硬性要求"), place=firm.name, mend=_("请换一家，或由经办人点名推荐"))
    told = [dict(one) | {"text": without_contacts(str(one.get("text", "")))} for one in reasons]
    return Introduction.objects.create(need=need, firm=firm.id, offer=offer, origin=origin, reasons=told, made_by=actor)


def _avoided(origin: str, firm: Firm) -> InputError:
    """That the need's firm wants not to be introduced to *firm*, which *firm* itself is not told; nor is who is of
    neither side told whether it is the need's own firm."""
    if origin == Introduction.Origin.SUPPLIER:
        return InputError(_("这条需求现在不接受自荐"), mend=_("如有疑问，请联系秘书处"))
    if origin == Introduction.Origin.BUYER:
        mend = _("要对接，请先撤下需求并修改名单")
        return InputError(_("这家企业在这条需求的回避名单里"), place=firm.name, mend=mend)
    mend = _("有一方要求回避，或就是需求方；请换一家")
    return InputError(_("这家企业不能推荐给这条需求"), place=firm.name, mend=mend)


def _avoiding(origin: str, firm: Firm) -> InputError:
    """That *firm* wants not to be introduced to the need's firm, which that is not told."""
    if origin == Introduction.Origin.BUYER:
        return InputError(_("这家企业现在不接受邀请"), place=firm.name, mend=_("如有疑问，请联系秘书处"))
    return _avoided(origin, firm)


def _still_open(need: Posting, way: Transition) -> None:
    if way.id == "agree" and not need.standing:
        raise InputError(_("这条需求现在不能对接：{state}", state=need.shown_state), place=worded(way.label))


def _term(name: str, value: str) -> str:
    """*value* as a term is kept, one way to write a day; empty when it is none, as a contract not signed yet."""
    choices = {"kind": Cooperation.values, "band": Band.values}
    if name in choices:
        return value if value in choices[name] else ""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return day.isoformat() if day <= today() else ""


def _not_long_before(introduction: Introduction, terms: Mapping[str, str]) -> None:
    """A contract may be entered late, but one of long before does not come of this introduction."""
    earliest = months_after(introduction.made_on, -BEFORE)
    if "day" in terms and date.fromisoformat(terms["day"]) < earliest:
        raise InputError(
            _("签约日期比这条对接早 {n} 个月以上", n=BEFORE),
            place=terms["day"],
            mend=_("请核对年份；更早的合同不是这条对接的结果"),
        )


def _answer(introduction: Introduction, way: Transition, side: str, terms: dict[str, str], by: User) -> None:
    kept = {name: terms[name] for name in way.alike}
    Answer.objects.update_or_create(
        introduction=introduction,
        transition=way.id,
        side=side,
        defaults={"terms": kept, "by": by, "on": today()},
    )
    telling.answered_by(introduction, side)
    given = list(introduction.answers.filter(transition=way.id))
    if {one.side for one in given} != {*way.by} or any(one.terms != kept for one in given):
        telling.to_confirm(introduction, way, side)
        return
    if way.id in FIGURES:
        day = kept.get("day") or today()
        introduction.figures.create(kind=FIGURES[way.id], band=kept["band"], form=kept.get("kind", ""), day=day)
    _enter(introduction, way, side, "", by)


def _enter(introduction: Introduction, way: Transition, side: str, reason: str, by: User) -> None:
    introduction.state, introduction.since = way.to, today()
    introduction.save(update_fields=["state", "since"])
    introduction.answers.exclude(transition="agree").delete()
    step = Step.objects.create(
        introduction=introduction, transition=way.id, side=side, to=way.to, reason=reason if way.reasons else "", by=by
    )
    telling.entered(introduction, way, step)
