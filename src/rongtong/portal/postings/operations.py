"""Posting, confirming, reviewing, renewing, taking down."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import operation
from rongtong.portal.contacting import contacts_in
from rongtong.portal.days import today
from rongtong.portal.people.models import User
from rongtong.portal.postings import disclosure, telling
from rongtong.portal.postings.models import Posting, PrivateHalf, Review, Step, flow
from rongtong.portal.postings.rules import parties
from rongtong.portal.postings.spoken import spoken
from rongtong.portal.registry.models import Firm
from rongtong.workflows import take
from rongtong.workflows.scoring import sheet

#: The longest that a posting stands without being renewed.
LONGEST = datetime.timedelta(days=180)


@operation("postings.post", permission="postings.post", about="firm", says=("side",))
def post(*, actor: User, firm: Firm, side: str, public: Mapping[str, Any], private: Mapping[str, Any]) -> Posting:
    """Write a need or an offer down as a draft. Raises InputError when its public half gives the private one away."""
    made = Posting(firm=firm.id, side=side, made_by=actor, **public)
    return _save(made, firm, private)


@operation("postings.edit", permission="postings.edit", about="posting")
def edit(
    *, actor: User, posting: Posting, firm: Firm, public: Mapping[str, Any], private: Mapping[str, Any]
) -> Posting:
    """Change a draft."""
    del actor
    if "editable" not in posting.stands.kinds:
        raise InputError(_("已经提交，不能再改"), place=posting.title, mend=_("请先撤下或等退回后修改"))
    for name, value in public.items():
        setattr(posting, name, value)
    return _save(posting, firm, private)


@operation("postings.hand_in", permission="postings.edit", about="posting")
def hand_in(*, actor: User, posting: Posting) -> Posting:
    """Hand it in; who may confirm it does so in the same step."""
    _move(actor, posting, "hand_in", "")
    return _move(actor, posting, "confirm", "") if "confirmer" in parties(actor, posting) else posting


@operation("postings.move", permission="postings.move", about="posting", says=("transition", "why"))
def move(*, actor: User, posting: Posting, transition: str, why: str = "") -> Posting:
    """Make a transition. Raises PermissionDenied when it is not the actor's, InputError when it comes too late."""
    way = flow().transition_of.get(transition)
    if way and way.with_:
        raise PermissionDenied(transition)
    return _move(actor, posting, transition, why)


@operation("postings.renew", permission="postings.edit", about="posting", says=("until",))
def renew(*, actor: User, posting: Posting, until: datetime.date) -> Posting:
    """Let it stand longer; one that has run out is shown again."""
    _stands_until(until, posting)
    posting.expires_on = until
    posting.save(update_fields=["expires_on"])
    return _move(actor, posting, "renew", "")


@operation("postings.review", permission="postings.review", about="posting", says=("points", "note"))
def review(*, actor: User, posting: Posting, points: Mapping[str, int], note: str = "") -> Posting:
    """Score it; enough points publish it, too few send it back with the note."""
    passed = sheet("posting").passed(points)
    Review.objects.create(posting=posting, points=dict(points), note=note, passed=passed, by=actor)
    return _move(actor, posting, "publish" if passed else "send_back", note)


def _move(actor: User, posting: Posting, transition: str, why: str) -> Posting:
    way = take(flow(), transition, state=posting.state, parties=parties(actor, posting), reason=why)
    if contact := contacts_in(why):
        raise InputError(_("说明里不要写联系方式"), place=contact[0], mend=_("请从说明中删去"))
    posting.state, posting.since = way.to, today()
    posting.save(update_fields=["state", "since"])
    telling.moved(posting, Step.objects.create(posting=posting, transition=way.id, why=why, by=actor))
    return posting


def _save(posting: Posting, firm: Firm, private: Mapping[str, Any]) -> Posting:
    _stands_until(posting.expires_on, posting)
    kept = PrivateHalf.objects.filter(pk=posting.pk).first() or PrivateHalf()
    for name, value in private.items():
        setattr(kept, name, value)
    disclosure.check(posting, kept, firm)
    posting.found_by = spoken(posting)
    posting.save()
    kept.posting = posting
    kept.save()
    return posting


def _stands_until(day: datetime.date, posting: Posting) -> None:
    if not today() < day <= today() + LONGEST:
        raise InputError(_("有效期应在今天以后、{n} 天以内", n=LONGEST.days), place=posting.title)
