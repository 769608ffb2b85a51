"""The form of a rulebook file; ``docs/rulebooks.md`` shows every part of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from rongtong.definitions.editions import InForce, Purpose
from rongtong.definitions.loader import Model, Source

#: Points, and yuan of what is granted: so many digits that sums of them are still whole numbers of the engine.
Figure = Annotated[Decimal, Field(max_digits=14, decimal_places=4, ge=0)]
#: What something is called, and what it is cited by.
Name = Annotated[str, Field(max_length=200, pattern=r"\S")]


class Cited(Model):
    """What answers cite: its id and title, a short quotation, and where it stands.

    *verified* says that the text and figures were compared with the document; *note* is a reading that the document
    leaves open.
    """

    id: Name
    title: Name
    text: str = ""
    cite: str = ""
    verified: bool = False
    note: str = ""


class Clause(Cited):
    """A clause and what decides it: exactly one of *when* (an expression), *any_of* and *all_of* (clauses).

    With a *purpose* it is asked for that one only. When not *hard* it is shown and decides nothing.
    """

    when: str = ""
    purpose: Purpose | None = None
    hard: bool = True
    any_of: tuple[Clause, ...] = ()
    all_of: tuple[Clause, ...] = ()


class Prerequisite(Cited):
    """A title that must be held and valid on the day; when not *hard* it is shown and decides nothing."""

    holds: str
    hard: bool = True


class Applies(Cited):
    """Whose firms a policy is for: those registered in one of the districts, or in one of the territories.

    It is the first condition; a firm of which that is not known is undetermined, not out.
    """

    id: str = "territory"
    district: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()


class Range(Model):
    """A range of a value (``from`` and ``to`` include the bound, ``above`` and ``below`` do not), or a condition
    (``when``, the last one ``otherwise``).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    from_: str | Decimal | None = Field(default=None, alias="from")
    above: str | Decimal | None = None
    to: str | Decimal | None = None
    below: str | Decimal | None = None
    when: str = ""
    otherwise: bool = False


class Band(Range):
    """Points for a range of the criterion's value, or for a condition."""

    points: Figure


class Award(Range):
    """An amount of money (``30万元``) for the same."""

    amount: str


class Item(Model):
    """One of several things that each earn points."""

    title: Name
    when: str


class Route(Model):
    """One of several ways to earn the points of a criterion; the best counts."""

    value: str = ""
    bands: tuple[Band, ...]


class Local(Model):
    """The sheet by which *stated* points are reckoned *when* it applies: that of another rulebook's edition."""

    when: str
    rulebook: str
    edition: str


class Criterion(Cited):
    """A scored indicator: bands, items (*each* points, at most *cap*), the best of several routes, or stated points.

    Stated points that nobody has stated may follow from a *local* sheet.
    """

    max: Figure
    value: str = ""
    bands: tuple[Band, ...] = ()
    each: Figure | None = None
    items: tuple[Item, ...] = ()
    cap: Figure | None = None
    best_of: tuple[Route, ...] = ()
    stated: str = ""
    local: Local | None = None


class Group(Model):
    """Indicators under one heading."""

    id: Name
    title: Name
    max: Figure
    criteria: tuple[Criterion, ...]


class Sheet(Model):
    """The scoring sheet."""

    max: Figure
    groups: tuple[Group, ...]


class Grant(Cited):
    """What who qualifies is granted: the amount of the first band that holds, or a *share* of *value* up to *cap*."""

    value: str = ""
    bands: tuple[Award, ...] = ()
    share: str = ""
    cap: str = ""


class Grants(Model):
    """What who qualifies is granted in all: the sum of the items, at most *cap*."""

    cap: str = ""
    items: tuple[Grant, ...]


class RulebookFile(Model):
    """One edition of a rulebook."""

    kind: Literal["rulebook"]
    id: Name
    edition: Name
    title: Name
    title_en: str = ""
    source: Source
    authority: str
    territory: str
    note: str = ""
    applies: Applies | None = None
    in_force: tuple[InForce, ...]
    requires: tuple[Prerequisite, ...] = ()
    excludes: tuple[Clause, ...] = ()
    conditions: tuple[Clause, ...] = ()
    score: Sheet | None = None
    grants: Grants | None = None
