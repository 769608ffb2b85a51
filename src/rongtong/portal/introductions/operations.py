"""Proposing, answering, moving on, talking, telling what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import operation
from rongtong.portal.days import today
from rongtong.portal.introductions.models import (
    ASKED_AFTER,
    Answer,
    Choice,
    Figure,
    Introduction,
    Message,
    Outcome,
    Step,
    flow,
)
from rongtong.portal.introductions.rules import side_of
from rongtong.portal.people.models import User
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm
from rongtong.workflows import Transition

#: What a figure is called that follows from a transition both sides have made.
FIGURES = {"contract": Figure.Kind.CONTRACTED, "complete": Figure.Kind.PERFORMED}


@operation("introductions.recommend", permission="introductions.recommend", says=("need", "firm", "origin"))
def recommend(
    *, actor: User, need: Posting, firm: Firm, origin: str, reasons: Sequence[Mapping[str, Any]] = ()
) -> Introduction:
    """Propose a firm for a need as the engine or an officer does."""
    if Choice.objects.filter(firm=firm.id).exists() and origin == Introduction.Origin.ENGINE:
        raise InputError(_("该企业已关闭个性化推荐"), place=firm.name, mend=_("可以由经办人电话联系"))
    return _propose(actor, need, firm, origin, reasons)


@operation("introductions.invite", permission="introductions.invite", about="need", says=("firm",))
def invite(*, actor: User, need: Posting, firm: Firm, reasons: Sequence[Mapping[str, Any]] = ()) -> Introduction:
    """Ask a firm for one's own need: that is the buyer's yes."""
    made = _propose(actor, need, firm, Introduction.Origin.BUYER, reasons)
    _answer(made, "agree", "buyer", {}, actor)
    return made


@operation("introductions.apply", permission="introductions.apply", about="firm", says=("need",))
def apply(*, actor: User, firm: Firm, need: Posting, offer: Posting | None = None, words: str = "") -> Introduction:
    """Put one's own firm forward: that is the supplier's yes."""
    if not actor.has_perm("postings.view", need):
        raise PermissionDenied("postings.view")
    reasons = [{"kind": "words", "text": words}] if words else []
    made = _propose(actor, need, firm, Introduction.Origin.SUPPLIER, reasons, offer=offer)
    _answer(made, "agree", "supplier", {}, actor)
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
    side, way = side_of(actor, introduction), flow().transition_of.get(transition)
    if way is None or side not in way.by:
        raise PermissionDenied(transition)
    _possible(introduction, way, reason, terms or {})
    if way.both:
        _answer(introduction, way.id, side, dict(terms or {}), actor)
    else:
        _enter(introduction, way, side, reason, actor)
    return introduction


@operation("introductions.intend", permission="introductions.act", about="introduction", says=("band",))
def intend(*, actor: User, introduction: Introduction, band: str) -> Figure:
    """Say what amount is intended; it is no contract."""
    del actor
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
    return Message.objects.create(
        introduction=introduction,
        side=side_of(actor, introduction),
        text=text,
        attachment=attachment or "",
        by=actor,
    )


@operation("introductions.read", permission="introductions.write", about="introduction")
def read(*, actor: User, introduction: Introduction) -> int:
    """Mark what the other side has written as read; how many."""
    others = introduction.messages.exclude(side=side_of(actor, introduction))
    return others.filter(read_at=None).update(read_at=timezone.now())


@operation("introductions.tell", permission="introductions.act", about="introduction", says=("months", "going"))
def tell(*, actor: User, introduction: Introduction, months: int, going: str, note: str = "") -> Outcome:
    """Say what has come of a contract after so many months."""
    if months not in ASKED_AFTER or not introduction.figures.filter(kind=Figure.Kind.CONTRACTED).exists():
        raise InputError(_("签约以后才能填写履约情况"))
    kept, _made = Outcome.objects.update_or_create(
        introduction=introduction,
        months=months,
        side=side_of(actor, introduction),
        defaults={"going": going, "note": note, "by": actor, "on": today()},
    )
    return kept


@operation("introductions.choose", permission="introductions.choose", about="firm", says=("personalised",))
def choose(*, actor: User, firm: Firm, personalised: bool) -> None:
    """Switch personalised matching on or off for a firm (个人信息保护法 第二十四条)."""
    if personalised:
        Choice.objects.filter(firm=firm.id).delete()
    else:
        Choice.objects.get_or_create(firm=firm.id, defaults={"by": actor})


def _propose(
    actor: User,
    need: Posting,
    firm: Firm,
    origin: str,
    reasons: Sequence[Mapping[str, Any]],
    *,
    offer: Posting | None = None,
) -> Introduction:
    if need.side != Posting.Side.NEED or need.state != "open" or need.expired:
        raise InputError(_("这条需求现在不能对接：{state}", state=need.shown_state), place=need.title)
    if firm.id == need.firm:
        raise InputError(_("不能把企业推荐给它自己的需求"), place=firm.name)
    if Introduction.objects.filter(need=need, firm=firm.id).exists():
        raise InputError(_("这家企业已经对接过这条需求"), place=firm.name, mend=_("请在原来的对接上继续"))
    return Introduction.objects.create(
        need=need, firm=firm.id, offer=offer, origin=origin, reasons=list(reasons), made_by=actor
    )


def _possible(introduction: Introduction, way: Transition, reason: str, terms: Mapping[str, str]) -> None:
    if introduction.state not in way.from_ or introduction.state == way.to:
        raise InputError(_("已经是“{state}”，不能再{act}", state=introduction.stands.label, act=way.label))
    if way.reasons and reason not in way.reasons:
        raise InputError(_("请选择原因"), place=way.label, mend="、".join(way.reasons))
    if missing := [one for one in way.alike if not terms.get(one)]:
        raise InputError(_("请填写合作类型、金额档和日期"), place="、".join(missing))


def _answer(introduction: Introduction, transition: str, side: str, terms: dict[str, str], by: User) -> None:
    """Keep one side's yes, and go on when every side has said yes and the same."""
    way = flow().transition_of[transition]
    Answer.objects.update_or_create(
        introduction=introduction,
        transition=transition,
        side=side,
        defaults={"terms": terms, "by": by, "on": today()},
    )
    given = list(introduction.answers.filter(transition=transition))
    told = {tuple(one.terms.get(name) for name in way.alike) for one in given}
    if {one.side for one in given} == {*way.by} and len(told) == 1:
        if transition in FIGURES:
            _figure(introduction, FIGURES[transition], given[0].terms)
        _enter(introduction, way, side, "", by)


def _figure(introduction: Introduction, kind: str, terms: Mapping[str, str]) -> None:
    Figure.objects.create(
        introduction=introduction,
        kind=kind,
        band=terms["band"],
        form=terms.get("kind", ""),
        day=terms.get("day") or today(),
    )


def _enter(introduction: Introduction, way: Transition, side: str, reason: str, by: User) -> None:
    introduction.state, introduction.since = way.to, today()
    introduction.save(update_fields=["state", "since"])
    introduction.answers.exclude(transition="agree").delete()
    Step.objects.create(introduction=introduction, transition=way.id, side=side, to=way.to, reason=reason, by=by)
