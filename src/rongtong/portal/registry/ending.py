"""Ending what a kill left: the journal has an entry, and the database does not know of it.

Every entry made by an operation says which one (``during``); what the operation would have written besides is written
now, once, and stands in the trail under the name of whoever began it. A database restored from before the entry is the
same case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet

from rongtong.facts import Alliance
from rongtong.facts.journal import Entry
from rongtong.portal.audit.models import Trail
from rongtong.portal.audit.operations import held, hold, record
from rongtong.portal.people.models import User
from rongtong.portal.registry.operations import changed

#: Under this name an entry keeps the operation that wrote it.
DURING = "during"
#: ``f(entry, what the operation is about, who began it)``; the thing is None when it is not there (any more).
Ending = Callable[[Entry, Any, User | None], object]
_endings: dict[str, Ending] = {}


def ends(act: str) -> Callable[[Ending], Ending]:
    """Register what is written for an entry of operation *act*; for others only that pages lag behind it."""

    def register(ending: Ending) -> Ending:
        _endings[act] = ending
        return ending

    return register


def end_all(folder: Alliance, after: int = 0) -> int:
    """End what entries after number *after* of *folder*'s journal began; the number of the last one looked at."""
    head, in_force = len(folder.journal()), folder.state().in_force
    for one in unended(folder, after):
        _end(one, in_force=one.number in in_force)
    return head


def unended(folder: Alliance, after: int = 0) -> list[Entry]:
    """The entries after number *after* that an operation made and the trail does not name."""
    begun = [one for one in folder.journal()[after:] if DURING in one.body]
    told = _told({one.body[DURING]["act"] for one in begun}) if begun else Trail.objects.none()
    known = set(told.values_list("detail__entry", flat=True))
    return [one for one in begun if one.number not in known]


def _told(acts: set[str]) -> QuerySet[Trail]:
    """What the trail tells of *acts* that wrote to the journal."""
    return Trail.objects.filter(act__in=acts, detail__has_key="entry")


@transaction.atomic
def _end(entry: Entry, *, in_force: bool) -> None:
    """End one; the locks are taken in the order of operations, so whoever is at it just now has ended it before."""
    begun = entry.body[DURING]
    subject = _named(begun["subject"])
    hold()
    if _told({begun["act"]}).filter(detail__entry=entry.number).exists():
        return
    actor = User.objects.filter(pk=begun["actor"]).first()
    if in_force:
        _endings.get(begun["act"], _lags)(entry, subject, actor)
    named = begun["subject"] or str(entry.number)
    record(actor=actor, act=begun["act"], subject=named, detail=begun["detail"] | {"entry": entry.number})


def _named(name: str) -> object:
    """The thing that the trail calls *name*, held; None when it is none of the database's."""
    label, _colon, key = name.partition(":")
    if not key:
        return None
    kind: type[models.Model] = apps.get_model(label)
    found = kind._default_manager.filter(pk=key).first()
    return held(found) if found else None


def _lags(entry: Entry, _subject: object, actor: User | None) -> None:
    """Pages do not show it yet."""
    changed(entry=entry.number, made_by=actor, slot=entry.body.get("decision", {}).get("slot", ""))
