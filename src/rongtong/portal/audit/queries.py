"""Reads of the trail."""

from __future__ import annotations

from django.db.models import QuerySet

from rongtong.portal.audit.models import GENESIS, Trail, name_of


def trail() -> QuerySet[Trail]:
    """Every entry, the latest first, with its actor."""
    return Trail.objects.select_related("actor")


def about(subject: object, act: str) -> QuerySet[Trail]:
    """The entries of one kind about one thing, in order."""
    return trail().filter(subject=name_of(subject), act=act).order_by("number")


def first_break() -> int | None:
    """The number of the first entry whose hash or place in the chain is wrong; None when the chain holds."""
    previous, number = GENESIS, 0
    for entry in Trail.objects.order_by("number").iterator():
        if entry.number != number + 1 or entry.previous != previous or entry.hash != entry.digest():
            return entry.number
        previous, number = entry.hash, entry.number
    return None
