"""Whether a firm may be proposed for a need, and that it is: what every way of proposing has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import held
from rongtong.portal.contacting import without_contacts
from rongtong.portal.introductions import judging
from rongtong.portal.introductions.models import (
    Introduction,
)
from rongtong.portal.introductions.queries import between
from rongtong.portal.people.models import User
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.rules import firm_of


def propose(
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
