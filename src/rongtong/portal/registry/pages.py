"""A firm's facts and records in the order of its page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from rongtong import qualify
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.facts import Fact, Record
from rongtong.facts.titles import is_in_force
from rongtong.portal.days import today
from rongtong.portal.masking import masked
from rongtong.portal.people.models import Contact, User
from rongtong.portal.registry import door
from rongtong.portal.registry.models import Firm
from rongtong.report import figures, labels


@dataclass(frozen=True)
class Group:
    """Facts of one part of the catalogue."""

    title: str
    facts: list[Fact]

    @property
    def open(self) -> int:
        """How many of them the sources disagree on."""
        return sum(fact.open for fact in self.facts)


@dataclass(frozen=True)
class Listed:
    """The records of one list, each as labels and values."""

    title: str
    records: list[dict[str, Any]]


@dataclass(frozen=True)
class Title:
    """A title held: its kind, until when, and whether it is in force today."""

    kind: str
    valid_until: datetime.date | None
    in_force: bool


def title_of(rulebook: str) -> str:
    """What a rulebook is called."""
    return worded(qualify.editions(rulebook)[-1].file.title)


def grouped(facts: list[Fact]) -> list[Group]:
    """The facts by the parts of the catalogue, in its order; names and codes stand in the head of the page."""
    found = [Group(worded(title), _in_order(facts, fields)) for title, fields in catalogue().groups.items()]
    return [group for group in found if group.facts]


def listed(records: list[Record]) -> list[Listed]:
    """The records by list; titles stand in the head of the page too."""
    lists = dict.fromkeys(one.list for one in records)
    return [Listed(labels.of_slot(name), [_record(one) for one in records if one.list == name]) for name in lists]


def titles(records: list[Record]) -> list[Title]:
    """The titles, those in force first."""
    held = [one.attributes for one in records if one.list == "titles"]
    found = [
        Title(one["kind"], one.get("valid_until"), is_in_force(one.get("granted_on"), one.get("valid_until"), today()))
        for one in held
        if one.get("kind")
    ]
    return sorted(found, key=lambda one: (not one.in_force, one.kind))


def contacts(user: User, firm: Firm) -> list[dict[str, Any]]:
    """The people to reach with where that is told, their numbers masked unless *user* may see them."""
    open_, may_remove = (user.has_perm(f"people.{what}_contact", firm) for what in ("view", "remove"))
    return [
        {
            "name": one.name,
            "position": one.position,
            "shown_phone": one.phone if open_ else masked(one.phone),
            "source": one.source if open_ else "",
            "date": one.date or timezone.localdate(one.updated_at),
            "number": one.pk if may_remove else None,
        }
        for one in Contact.objects.filter(firm=firm.id).order_by("pk")
    ]


def _in_order(facts: list[Fact], fields: tuple[str, ...]) -> list[Fact]:
    place = {field: number for number, field in enumerate(fields)}
    own = [fact for fact in facts if door.field_of(fact.slot) in place and fact.slot not in ("name", "uscc")]
    return sorted(own, key=lambda fact: (place[door.field_of(fact.slot)], fact.slot))


def _record(record: Record) -> dict[str, Any]:
    attributes = {one.id: one for one in catalogue()[record.list].attributes}
    shown = [
        (worded(attributes[name].label), figures.value(value, attributes[name].type))
        for name, value in record.attributes.items()
        if value is not None
    ]
    return {"shown": shown, "claims": record.claims}
