"""What a firm can state, by the parts of the catalogue: a line a field, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.facts import Fact
from rongtong.portal.filings.queries import slots
from rongtong.report import figures, labels


@dataclass(frozen=True)
class Item:
    """Something to state: its slot, what tells it from others of its line, and its value ("" where unknown)."""

    slot: str
    called: str
    value: str


@dataclass(frozen=True)
class Line:
    """What can be stated of one field; *called* is the field's label."""

    called: str
    items: list[Item]


@dataclass(frozen=True)
class Topic:
    """A part of the catalogue."""

    title: str
    lines: list[Line]

    @property
    def items(self) -> list[Item]:
        """Everything that can be stated here."""
        return [item for line in self.lines for item in line.items]

    @property
    def filled(self) -> int:
        """How many of them are known."""
        return sum(bool(item.value) for item in self.items)


def topics(facts: Iterable[Fact] = ()) -> list[Topic]:
    """Everything that a firm can state, in the catalogue's order, with what *facts* tell."""
    told = {fact.slot: _shown(fact) for fact in facts}
    by_field: dict[str, list[str]] = {}
    for slot in slots():
        by_field.setdefault(Slot.parse(slot).field, []).append(slot)
    found = [
        Topic(worded(title), [_line(one, by_field[one], told) for one in fields if one in by_field])
        for title, fields in catalogue().groups.items()
    ]
    return [topic for topic in found if topic.lines]


def _shown(fact: Fact) -> str:
    """The value of *fact* as people read it; sources that disagree are no value."""
    return "" if fact.value is None else figures.value(fact.value, labels.type_of(fact.slot))


def _line(field: str, own: list[str], told: dict[str, str]) -> Line:
    return Line(worded(catalogue()[field].label), [Item(slot, _called(slot), told.get(slot, "")) for slot in own])


def _called(slot: str) -> str:
    """Its year, or the part of a list; nothing where the field is all there is."""
    parsed = Slot.parse(slot)
    if parsed.years:
        return labels.years(parsed)
    return labels.of_slot(slot) if parsed.part else ""
