"""Recording what was found, entering it into the facts, taking it back.

Each writes one journal entry at most, so what a kill leaves is a statement that is written and not entered: it waits
for whoever wrote it.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import override

from rongtong import i18n
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal import slips
from rongtong.portal.audit.during import heard
from rongtong.portal.audit.operations import hold, operation
from rongtong.portal.people.models import User
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.operations import changed
from rongtong.portal.registry.queries import firm_now
from rongtong.portal.slips import Slip
from rongtong.portal.statements import matters
from rongtong.portal.statements.models import Statement
from rongtong.portal.statements.queries import displaced

State = Statement.State


def state(*, actor: User, firm: Firm, seen: list[int], reason: str = "", **given: Any) -> Statement:
    """Record what was found and enter it, in the place of what it corrects; *seen* is what the page showed in force.

    Raises InputError when something else is in force meanwhile, or a correction gives no *reason*.
    """
    matter = matters.Matter(given["slot"])
    before = displaced(firm, matter.slot, given["value"])
    if not {one.pk for one in before} <= set(seen):
        raise InputError(_("这一项刚有人记录过"), mend=_("请看过新的记录再决定"))
    if before and not reason.strip():
        raise InputError(_("更正要说明原因"), mend=_("写明为什么与原记录不同"))
    made = record(actor=actor, firm=firm, **given)
    for one in before:
        withdraw(actor=actor, statement=one, reason=reason, corrected=True)
    return enter(actor=actor, statement=made)


@operation(
    "statements.record",
    permission="statements.record",
    about="firm",
    says=("slot", "value", "method", "checker", "checked_on"),
)
def record(*, actor: User, firm: Firm, document: UploadedFile[bytes] | None = None, **given: Any) -> Statement:
    """Write down what was found; it is not a fact yet. Raises InputError when it could not become one."""
    matter = matters.known(given["slot"])
    if matter is None:
        raise InputError(_("这一项不由核查判断"), place=given["slot"])
    if matter.offline and (document or given.get("basis")):
        raise InputError(_("线下核验只记核验人、日期和结论"), mend=_("请去掉佐证和依据，不得录入涉密内容"))
    made = Statement(firm=firm.id, made_by=actor, **given)
    slips.read(slip(made, firm), firm, source=matters.SOURCE, day=made.checked_on)
    if document is not None:
        made.document, made.sha256 = document, hashlib.sha256(b"".join(document.chunks())).hexdigest()
    made.save()
    return made


@operation("statements.enter", permission="statements.record", about="statement")
def enter(*, actor: User, statement: Statement) -> Statement:
    """Make it a fact: its slip is imported, said on the day of the check. One by one: what is in force stays so."""
    if statement.state != State.WRITTEN:
        raise InputError(_("这条记录已经处理过：{state}", state=statement.get_state_display()))
    firm = firm_now(statement.firm)
    hold()
    if displaced(firm, statement.slot, statement.value):
        raise InputError(_("这一项刚有人记录过"), mend=_("请看过新的记录再决定"))
    entry = slips.enter(
        slip(statement, firm),
        firm,
        source=matters.SOURCE,
        day=statement.checked_on,
        by=str(actor),
        number=statement.number,
    )
    heard(entry)
    entered(statement, by=actor, entry=entry)
    return statement


@operation("statements.withdraw", permission="statements.record", about="statement", says=("reason", "corrected"))
def withdraw(*, actor: User, statement: Statement, reason: str, corrected: bool = False) -> Statement:
    """Take it out of force, saying why; it stays on record. *corrected*: another takes its place."""
    if statement.state not in (State.IN_FORCE, State.WRITTEN):
        raise InputError(_("这条记录已经处理过：{state}", state=statement.get_state_display()))
    if not reason.strip():
        raise InputError(_("撤回要说明原因"), mend=_("写明为什么撤回"))
    folder = alliance()
    number = None
    if statement.entry in folder.state().in_force:
        number, _dormant = folder.undo(int(statement.entry or 0), by=str(actor))
    ended(statement, by=actor, entry=number, reason=reason, corrected=corrected)
    return statement


def slip(statement: Statement, firm: Firm) -> Slip:
    """What is entered of *statement*, in the words of the source, whatever the page's are.

    A source stays for good, so who checked and the words of the ground are not in it.
    """
    with i18n.using(i18n.SOURCE), override(settings.LANGUAGE_CODE):
        return _slip(statement, firm)


def _slip(statement: Statement, firm: Firm) -> Slip:
    matter = matters.Matter(statement.slot)
    proof = {
        "核查方式": statement.get_method_display(),
        "核查日期": statement.checked_on.isoformat(),
        "文号": statement.number,
    }
    name = slips.named("审核记录", firm, statement.checked_on, statement.pk)
    return Slip(name, {matter.heading: statement.value}, proof)


def entered(statement: Statement, *, by: User, entry: int) -> None:
    """Note that *entry* put it in force; part of another operation."""
    statement.state, statement.entry = State.IN_FORCE, entry
    statement.save()
    changed(entry=entry, made_by=by, firm=statement.firm, slot=statement.slot)


def ended(statement: Statement, *, by: User, entry: int | None, reason: str, corrected: bool) -> None:
    """Note that it is in force no longer, since *entry* if the journal has one; part of another operation."""
    statement.state = State.SUPERSEDED if corrected else State.WITHDRAWN
    statement.reason, statement.ended_by, statement.ended_at = reason.strip()[:200], by, timezone.now()
    statement.save()
    if entry is not None:
        changed(entry=entry, made_by=by, firm=statement.firm, slot=statement.slot)
