"""What headings the catalogue knows: each written form, and the slot it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from rongtong.definitions.catalogue import Catalogue, Field, Type
from rongtong.definitions.slots import Slot
from rongtong.facts.reading.model import How
from rongtong.facts.reading.writing import key

_COUNTED = ("数量", "总数", "总人数", "人数", "件数", "项数", "数")


class Target(NamedTuple):
    """A field, a list's subset with its measure, or a list's attribute; how its heading was known."""

    field: str
    part: str | None
    type: Type
    per_year: bool
    how: How
    label: str

    def slot(self, years: tuple[int, int] | None) -> str:
        """The slot of this target in those years."""
        name = f"{self.field}.{self.part}" if self.part else self.field
        if years is None or not self.per_year:
            return name
        return f"{name}[{years[0]}]" if years[0] == years[1] else f"{name}[{years[0]}..{years[1]}]"


def several(target: Target, years: tuple[int, int] | None) -> bool:
    """Whether *years* are more than the one of which *target* is a fact; what is counted or summed may span some."""
    return bool(years and years[0] != years[1] and target.per_year and not target.part)


def target_of(catalogue: Catalogue, slot: Slot) -> Target:
    """The target that a person names by its slot. Raises KeyError when the catalogue has none."""
    one = catalogue[slot.field]
    return Target(
        slot.field, slot.part, catalogue.type_of(slot), one.per_year or bool(one.dated_by), "decided", one.label
    )


@dataclass
class Vocabulary:
    """Keys of headings → targets: *facts* of a firm, *attributes* of each list; *contacts* and *ignored*."""

    facts: dict[str, Target] = field(default_factory=dict)
    attributes: dict[str, dict[str, Target]] = field(default_factory=dict)
    contacts: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


@cache
def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """The vocabulary of *catalogue*; a label goes before a synonym, a field before a subset."""
    known = Vocabulary(contacts=frozenset(map(key, catalogue.contacts)), ignored=frozenset(map(key, catalogue.ignored)))
    for words, target in sorted(_of_facts(catalogue), key=lambda entry: entry[1].how != "exact"):
        known.facts.setdefault(key(words), target)
    for words, target in list(_counted(known.facts)):
        known.facts.setdefault(words, target)
    known.attributes = {one.id: dict(_attributes(one)) for one in catalogue.lists}
    return known


def _of_facts(catalogue: Catalogue) -> Iterator[tuple[str, Target]]:
    for one in catalogue.scalars:
        for words, how in _words(one.label, (*one.synonyms, one.label_en)):
            yield words, Target(one.id, None, one.type, one.per_year, how, one.label)
    for one in catalogue.lists:
        yield from _of_subsets(one)


def _words(label: str, synonyms: tuple[str, ...]) -> Iterator[tuple[str, How]]:
    yield label, "exact"
    for words in synonyms:
        yield words, "synonym"


def _of_subsets(one: Field) -> Iterator[tuple[str, Target]]:
    kinds: dict[str, Type] = {"count": "integer", "any": "boolean", "amount": "money"}
    for subset in one.subsets:
        for measure, labels in subset.labels.items():
            part = subset.id if measure == "count" else f"{subset.id}.{measure}"
            for words in labels:
                yield (
                    words.removeprefix("近三年"),
                    Target(one.id, part, kinds[measure], bool(one.dated_by), "synonym", subset.label),
                )


def _counted(facts: dict[str, Target]) -> Iterator[tuple[str, Target]]:
    """研发人员, 研发人员数 and 研发人员数量 are one heading where the field is a count."""
    for words, target in facts.items():
        if target.type == "integer":
            stem = next((words.removesuffix(end) for end in _COUNTED if words.endswith(end)), words)
            if len(stem) >= 2:
                for end in _COUNTED:
                    yield stem + end, target._replace(how="synonym")


def _attributes(one: Field) -> Iterator[tuple[str, Target]]:
    for attribute in reversed(one.attributes):
        for words, how in reversed(list(_words(attribute.label, attribute.synonyms))):
            yield key(words), Target(one.id, attribute.id, attribute.type, False, how, attribute.label)
