"""Entering and taking back that a kill kept from their end."""

from __future__ import annotations

from rongtong.facts.journal import Entry
from rongtong.i18n import _
from rongtong.portal.people.models import User
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.ending import DURING, ends
from rongtong.portal.registry.operations import changed
from rongtong.portal.statements.models import Statement
from rongtong.portal.statements.operations import ended, entered
from rongtong.portal.statements.queries import has_rival

State = Statement.State


@ends("statements.enter")
def enter(entry: Entry, statement: Statement | None, actor: User | None) -> None:
    """It is in force, unless it was taken back meanwhile, or another stands in its place: then its entry goes too."""
    if statement is None or actor is None or statement.entry is not None:
        return
    written, rival = statement.state == State.WRITTEN, has_rival(statement)
    if written and not rival:
        entered(statement, by=actor, entry=entry.number)
        return
    number = alliance().undo(entry.number, by=str(actor))[0]
    if written:
        ended(statement, by=actor, entry=number, reason=_("这一项刚有人记录过"), corrected=True)
    else:
        changed(entry=number, made_by=actor, firm=statement.firm, slot=statement.slot)


@ends("statements.withdraw")
def withdraw(entry: Entry, statement: Statement | None, actor: User | None) -> None:
    """It is in force no longer."""
    if statement is not None and actor is not None and statement.state in (State.IN_FORCE, State.WRITTEN):
        told = entry.body[DURING]["detail"]
        ended(statement, by=actor, entry=entry.number, reason=told["reason"], corrected=told["corrected"])
