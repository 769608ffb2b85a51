"""Writes around the current snapshot: asking for a new one, and noting what it does not show yet."""

from __future__ import annotations

from rongtong.portal.audit.operations import operation
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import User
from rongtong.portal.registry.models import Pending


def changed(*, entry: int, made_by: User | None, firm: str = "", slot: str = "") -> Pending:
    """Note that journal entry *entry* changed something, and have a new snapshot made; part of another operation."""
    noted = Pending.objects.create(entry=entry, firm=firm, slot=slot, made_by=made_by)
    if not Job.objects.filter(kind="settle", state=Job.State.WAITING).exists():
        enqueue("settle", made_by=made_by)
    return noted


@operation("registry.rebuild", permission="registry.rebuild")
def rebuild(*, actor: User) -> Job:
    """Have the snapshot and the projections made anew."""
    return enqueue("settle", made_by=actor)
