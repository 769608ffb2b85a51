"""Proposing the conclusion of a first examination; confirming it, sending it back, taking it back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.i18n import _, joined
from rongtong.portal.assessment.conclusions import basis_now
from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.audit.operations import operation
from rongtong.portal.people.models import User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import firm_now
from rongtong.report.papers import WORDS


@operation("assessment.propose", permission="assessment.propose", about="firm", says=("rulebook", "word", "opinion"))
def propose(*, actor: User, firm: Firm, rulebook: str, word: str, opinion: str) -> Conclusion:
    """Propose what to conclude of *firm*; it waits for another person of the district."""
    if word not in WORDS:
        raise InputError(_("没有这种初审结论"), place=word, mend=joined(WORDS))
    if not opinion.strip():
        raise InputError(_("请写明经办意见"), mend=_("写明依据的条款和数据"))
    made = Conclusion(firm=firm.id, rulebook=rulebook, word=word, opinion=opinion.strip(), made_by=actor)
    made.result = str(current.explained(rulebook, firm.id)[0]["id"])
    made.basis = basis_now(firm, rulebook)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise InputError(
            _("这家企业的初审结论正在复核"), place=firm.name, mend=_("要改请先撤回，或等复核退回")
        ) from None
    return made


@operation("assessment.confirm", permission="assessment.review", about="conclusion")
def confirm(*, actor: User, conclusion: Conclusion) -> Conclusion:
    """Confirm it, as long as what it rests on is as it was."""
    _waiting(conclusion)
    if conclusion.basis != basis_now(firm_now(conclusion.firm), conclusion.rulebook):
        raise InputError(_("提出之后企业数据有变化"), mend=_("请退回，由经办人按新数据重新提出"))
    return _decided(conclusion, actor, Conclusion.State.CONFIRMED)


@operation("assessment.send_back", permission="assessment.review", about="conclusion", says=("reason",))
def send_back(*, actor: User, conclusion: Conclusion, reason: str) -> Conclusion:
    """Send it back to whoever proposed it, saying why."""
    _waiting(conclusion)
    if not reason.strip():
        raise InputError(_("退回要说明原因"), mend=_("请写明缺什么、怎么改"))
    conclusion.reason = reason.strip()
    return _decided(conclusion, actor, Conclusion.State.RETURNED)


@operation("assessment.withdraw", permission="assessment.withdraw", about="conclusion")
def withdraw(*, actor: User, conclusion: Conclusion) -> Conclusion:
    """Take back what nobody has reviewed yet."""
    _waiting(conclusion)
    return _decided(conclusion, actor, Conclusion.State.WITHDRAWN)


def _waiting(conclusion: Conclusion) -> None:
    if conclusion.state != Conclusion.State.WAITING:
        raise InputError(_("这条初审结论已经处理过：{state}", state=conclusion.get_state_display()))


def _decided(conclusion: Conclusion, by: User, state: str) -> Conclusion:
    conclusion.state, conclusion.decided_by, conclusion.decided_at = state, by, timezone.now()
    conclusion.save()
    return conclusion
