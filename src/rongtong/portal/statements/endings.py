"""Entering and taking back that a kill kept from their end."""

from __future__ import annotations

from rongtong.facts.journal import Entry
from rongtong.portal.people.models import User
from rongtong.portal.registry.ending import DURING, ends
from rongtong.portal.statements.models import Statement
from rongtong.portal.statements.operations import ended, entered

State = Statement.State


@ends("statements.enter")
def enter(entry: Entry, statement: Statement | None, actor: User | None) -> None:
    """It is in force."""
    if statement is not None and actor is not None and statement.state == State.WRITTEN:
        entered(statement, by=actor, entry=entry.number)


@ends("statements.withdraw")
def withdraw(entry: Entry, statement: Statement | None, actor: User | None) -> None:
    """It is in force no longer."""
    if statement is not None and actor is not None and statement.state in (State.IN_FORCE, State.WRITTEN):
        told = entry.body[DURING]["detail"]
        ended(statement, by=actor, entry=entry.number, reason=told["reason"], corrected=told["corrected"])
