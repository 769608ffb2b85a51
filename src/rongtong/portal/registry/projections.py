"""Projections: what the database keeps of the current snapshot, rebuilt from nothing to the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from rongtong.facts import Snapshot
from rongtong.portal.registry import merges
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
        before = set(Firm.objects.values_list("id", flat=True))
        after: set[str] = set()
        Firm.objects.all().delete()
        for batch in _rows(snapshot):
            made = Firm.objects.bulk_create(Firm(**dict(zip(_NAMES, row, strict=True))) for row in batch)
            after.update(one.id for one in made)
        merges.follow(snapshot, before, after)
        found = digest()
        Current.objects.update_or_create(
            pk=1, defaults={"snapshot": snapshot.id, "head": head, "results": results, "digest": found}
        )
        Pending.objects.filter(entry__lte=head).delete()
    return found


def made() -> bool:
    """Whether there is anything projected at all."""
    return Current.objects.exists() or Firm.objects.exists()


def digest() -> str:
    """The hash of all projected rows."""
    return _hash(Firm.objects.order_by("id").values_list(*_NAMES).iterator(BATCH))


def digest_of(snapshot: Snapshot) -> str:
    """The hash that the rows of *snapshot* must have."""
    return _hash(row for batch in _rows(snapshot) for row in batch)


def _hash(rows: Iterable[tuple[Any, ...]]) -> str:
    hashed = hashlib.sha256()
    for row in rows:
        hashed.update(repr(row).encode())
    return hashed.hexdigest()


def _rows(snapshot: Snapshot) -> Iterator[list[tuple[Any, ...]]]:
    query = "SELECT firm, n, coalesce(uscc, ''), coalesce(name, ''), coalesce(district, '') FROM firms ORDER BY firm"
    with opened(snapshot).connect() as connection:
        found = connection.execute(query)
        while rows := found.fetchmany(BATCH):
            yield rows
