"""What a person in charge can be asked to judge, read off or check: of the catalogue, as rulebooks name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rongtong.definitions.catalogue import Field, Subset, catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.portal.statements import models
from rongtong.portal.statements.models import Statement
from rongtong.report import labels

#: With this kind of source what they record enters the facts; what may come from it is theirs to say.
SOURCE = "examiner_record"
OFFLINE, NOTHING = models.OFFLINE, models.NOTHING
_METHODS = {
    "judgement": (Statement.Method.ON_SITE, Statement.Method.PANEL, Statement.Method.PAPERS),
    "outside_score": (Statement.Method.PLATFORM, Statement.Method.CREDIT, Statement.Method.PAPERS),
    "offline_check": (Statement.Method.OFFLINE,),
}


@dataclass(frozen=True)
class Matter:
    """One thing to be recorded, by the *slot* under which it enters the facts."""

    slot: str

    @property
    def field(self) -> Field:
        """The field, or the list, that it is of."""
        return catalogue()[Slot.parse(self.slot).field]

    @property
    def subset(self) -> Subset | None:
        """The part of the list, if it is of one."""
        part = Slot.parse(self.slot).part
        return self.field.subset(part.removesuffix(".any")) if part else None

    @property
    def kind(self) -> str:
        """Which kind of statement it is."""
        return self.field.statement or "offline_check"

    @property
    def offline(self) -> bool:
        """Whether nothing of its substance may be entered."""
        return self.kind == "offline_check"

    @property
    def scored(self) -> bool:
        """Whether a figure is stated, not a yes or a no."""
        return self.field.type == "number"

    @property
    def label(self) -> str:
        """What it is called."""
        return worded(self.subset.label) if self.subset else labels.of_slot(self.slot)

    @property
    def definition(self) -> str:
        """What is to be found out."""
        return worded(self.field.definition)

    @property
    def methods(self) -> tuple[Statement.Method, ...]:
        """How it can be found out."""
        return _METHODS[self.kind]

    @property
    def heading(self) -> str:
        """The heading that means it to the reader of workbooks."""
        return self.subset.labels["any"][0] if self.subset else labels.of_slot(self.slot)


def known(slot: str) -> Matter | None:
    """The matter of *slot*, if it is one."""
    found = Matter(slot)
    try:
        allowed = SOURCE in found.field.only_from
    except (ValueError, KeyError):
        return None
    return found if allowed and _whole(found) else None


def _whole(matter: Matter) -> bool:
    """Whether it names one fact: of a list a part that workbooks can state, of what is yearly one year."""
    _field, part, years = Slot.parse(matter.slot)
    if matter.field.kind == "list":
        return matter.subset is not None and "any" in matter.subset.labels and matter.slot.endswith(".any")
    return not part and (years is not None and years[0] == years[1] if matter.field.per_year else years is None)


def of_name(name: str) -> Matter | None:
    """The matter of a value as verdicts name it: ``platform_score[2025]``, ``offline_checks.ip_2``."""
    return known(f"{name}.any" if name.startswith(f"{OFFLINE}.") else name)


def named(names: Iterable[str]) -> list[Matter]:
    """The matters among the values of a verdict, each once."""
    return [matter for name in dict.fromkeys(names) if (matter := of_name(name))]


def facts() -> Iterator[str]:
    """What verdicts say is missing where one of them is: fields, and parts of the list of offline checks."""
    for one in catalogue().fields.values():
        if SOURCE in one.only_from:
            yield from [f"{one.id}.{part.id}" for part in one.subsets] if one.kind == "list" else [one.id]
