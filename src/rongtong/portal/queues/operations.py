"""Deciding a conflict or a pair; taking a decision back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from rongtong.portal.audit.operations import operation
from rongtong.portal.people.models import User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.operations import changed


@operation("queues.value", permission="queues.decide", about="firm", says=("slot", "value"))
def choose(*, actor: User, firm: Firm, slot: str, value: str) -> int:
    """Of the claims on a fact, the one with *value* wins. Returns the journal entry. Raises InputError when stale."""
    seen = current.pointer()
    entry = current.alliance().decide_value(
        firm.id, slot, value, by=str(actor), answers=seen.head, seen=current.snapshot()
    )
    changed(entry=entry, made_by=actor, firm=firm.id, slot=slot)
    return entry


@operation("queues.pair", permission="queues.decide", about="firm", says=("left", "right", "same"))
def judge(*, actor: User, firm: Firm, other: Firm, left: str, right: str, same: bool) -> int:
    """Say that two mentions are one firm, or two; whoever decides is in charge of both. Returns the journal entry."""
    if not actor.has_perm("queues.decide", other):
        raise PermissionDenied("queues.decide")
    alliance, seen = current.alliance(), current.pointer()
    if same:  # the pair was shown with both codes
        entry = alliance.decide_same(left, right, by=str(actor), answers=seen.head, seen=current.snapshot(), sure=True)
    else:
        entry = alliance.decide_different(left, right, by=str(actor), answers=seen.head, seen=current.snapshot())
    changed(entry=entry, made_by=actor, firm=firm.id)
    return entry


@operation("queues.undo", permission="queues.see", says=("entry",))
def take_back(*, actor: User, entry: int) -> int:
    """Undo a decision of one's own. Returns the entry that does so."""
    made = current.alliance().journal()[entry - 1]
    if made.by != str(actor) and not actor.has_perm("queues.decide"):
        raise PermissionDenied("queues.undo")
    number, _dormant = current.alliance().undo(entry, by=str(actor))
    changed(entry=number, made_by=actor)
    return number
