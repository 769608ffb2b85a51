"""Writes around the current snapshot: asking for a new one, and noting what it does not show yet."""

from __future__ import annotations

from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import User
from rongtong.portal.registry.current import of_today, ready
from rongtong.portal.registry.models import Pending


def changed(*, entry: int, made_by: User | None, firm: str = "", slot: str = "") -> Pending:
    """Note that journal entry *entry* changed something, and have a new snapshot made; part of another operation."""
    noted = Pending.objects.create(entry=entry, firm=firm, slot=slot, made_by=made_by)
    if not Job.objects.filter(kind="settle", state=Job.State.WAITING).exists():
        enqueue("settle", made_by=made_by)
    return noted


def want_ready() -> Job | None:
    """Have made again what is missing, or of another version or day, beside the current snapshot, unless asked."""
    asked = Job.objects.filter(kind="settle", state__in=(Job.State.WAITING, Job.State.RUNNING))
    return None if asked.exists() or (ready() and of_today()) else enqueue("settle", made_by=None)
