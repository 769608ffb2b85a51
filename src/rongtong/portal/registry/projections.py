"""Projections: what the database keeps of the current snapshot, rebuilt from nothing to the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import transaction

from rongtong.facts import Snapshot
from rongtong.portal.registry.current import alliance, opened
from rongtong.portal.registry.models import Current, Firm, Pending

BATCH = 5_000
_NAMES = ("id", "n", "uscc", "name", "district")


def rebuild(snapshot: Snapshot, head: int, results: dict[str, str]) -> str:
    """Put the projections of *snapshot* (of entries up to *head*) in place and point pages to it; their digest.

    What somebody else made of later entries meanwhile stays.
    """
    latest = alliance().state().head
    with transaction.atomic():
        if newer := Current.objects.select_for_update().filter(head__gt=head, head__lte=latest).first():
            return newer.digest
        Firm.objects.all().delete()
        for batch in _batches(snapshot):
            Firm.objects.bulk_create(batch)
        found = digest()
        Current.objects.update_or_create(
            pk=1, defaults={"snapshot": snapshot.id, "head": head, "results": results, "digest": found}
        )
        Pending.objects.filter(entry__lte=head).delete()
    return found


def digest() -> str:
    """The hash of all projected rows."""
    hashed = hashlib.sha256()
    rows = Firm.objects.order_by("id").values_list(*_NAMES)
    for row in rows.iterator(BATCH):
        hashed.update(repr(row).encode())
    return hashed.hexdigest()


def _batches(snapshot: Snapshot) -> Iterator[list[Firm]]:
    query = "SELECT firm, n, coalesce(uscc, ''), coalesce(name, ''), coalesce(district, '') FROM firms ORDER BY firm"
    with opened(snapshot).connect() as connection:
        found = connection.execute(query)
        while rows := found.fetchmany(BATCH):
            yield [Firm(**dict(zip(_NAMES, row, strict=True))) for row in rows]
