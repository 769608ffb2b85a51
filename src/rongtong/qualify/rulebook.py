"""A rulebook as loaded: its clauses, points and grants as trees, checked against the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.editions import InForce, Purpose
from rongtong.qualify.bands import Steps
from rongtong.qualify.schema import Cited, RulebookFile


@dataclass(frozen=True)
class Bands:
    """Points of the first step that holds; the last takes what is left. *exhaustive*: all decided by one value."""

    steps: Steps
    by_value: bool


@dataclass(frozen=True)
class Items:
    """*each* points for every condition that holds, at most *cap*."""

    conditions: tuple[tuple[str, tree.Condition], ...]
    each: Decimal
    cap: Decimal


@dataclass(frozen=True)
class BestOf:
    """The best of several routes."""

    routes: tuple[Bands, ...]


@dataclass(frozen=True)
class Stated:
    """Points that somebody else gave: between 0 and *max* until they are stated."""

    fact: tree.Fact
    max: Decimal


@dataclass(frozen=True)
class Local:
    """Stated points; until they are stated, and *when* it applies, those of a sheet of groups."""

    stated: Stated
    when: tree.Condition
    groups: tuple[ScoreGroup, ...]

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators of the sheet."""
        return [one for group in self.groups for one in group.indicators]


@dataclass(frozen=True)
class Share:
    """An *amount* that is a share of a figure, at most *cap*; while that is unknown all up to *cap* is possible."""

    amount: tree.Arithmetic
    cap: Decimal


Points = Bands | Items | BestOf | Stated | Local


@dataclass(frozen=True)
class Head:
    """What an answer cites of a clause; what only adds up its parts quotes nothing."""

    id: str
    kind: str
    title: str
    text: str = ""
    cite: str = ""
    verified: bool = True
    note: str = ""
    parent: str = ""
    max: Decimal | None = None

    @classmethod
    def of(cls, one: Cited, kind: str, parent: str = "", most: Decimal | None = None) -> Head:
        """The head of a part of the file; *most* are its points, or yuan, at the best."""
        return cls(one.id, kind, one.title, one.text, one.cite, one.verified, one.note, parent, most)


@dataclass(frozen=True)
class Requirement:
    """A clause that holds, does not, or is unknown: by its condition, or by its parts (all, or any, of them)."""

    head: Head
    condition: tree.Condition | None = None
    parts: tuple[Requirement, ...] = ()
    any_part: bool = False
    decides: bool = True
    purpose: Purpose | None = None

    def of(self, purpose: str) -> Requirement:
        """The clause with the parts that are asked for *purpose*."""
        return replace(self, parts=tuple(_asked(self.parts, purpose)))

    def walk(self) -> Iterator[Requirement]:
        """The clause and its parts, outside in."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self, above: tuple[Requirement, ...] = ()) -> Iterator[tuple[Requirement, ...]]:
        """Each of its clauses without parts, behind those that it is part of."""
        here = (*above, self)
        for part in self.parts:
            yield from part.leaves(here)
        if not self.parts:
            yield here


def _asked(clauses: Iterable[Requirement], purpose: str) -> Iterator[Requirement]:
    return (one.of(purpose) for one in clauses if one.purpose in (None, purpose))


@dataclass(frozen=True)
class Indicator:
    """A scored criterion in its group."""

    head: Head
    points: Points


@dataclass(frozen=True)
class Grant:
    """What is granted for one thing, in its place in the whole."""

    head: Head
    points: Points | Share


@dataclass(frozen=True)
class ScoreGroup:
    """A group of the sheet."""

    head: Head
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Granted:
    """What who qualifies is granted, graded as indicators are, in yuan; *head* is all of it, at most *cap*."""

    head: Head
    items: tuple[Grant, ...]
    cap: Decimal | None = None


@dataclass(frozen=True, eq=False)
class Rulebook:
    """One edition, ready to be compiled; a file is loaded once, so that it is itself alone that it equals."""

    file: RulebookFile
    sha256: str
    catalogue: Catalogue
    requirements: tuple[Requirement, ...]
    groups: tuple[ScoreGroup, ...] = ()
    total: Head | None = field(default=None)
    granted: Granted | None = None

    @property
    def id(self) -> str:
        """The id all editions share: ``cn/srdi-sme``."""
        return self.file.id

    @property
    def edition(self) -> str:
        """The name of the edition: ``2022``."""
        return self.file.edition

    @property
    def in_force(self) -> tuple[InForce, ...]:
        """From when until when it applies to new applications and to re-examinations."""
        return self.file.in_force

    @property
    def by_purpose(self) -> bool:
        """Whether not the same is asked of new applications and of re-examinations."""
        return any(clause.purpose is not None for one in self.requirements for clause in one.walk())

    def of(self, purpose: str) -> Rulebook:
        """What of it is asked for *purpose*: ``new`` or ``review``."""
        if not self.by_purpose:
            return self
        return replace(self, requirements=tuple(_asked(self.requirements, purpose)))

    def here(self, columns: frozenset[str]) -> Rulebook:
        """Without the local sheets of which no firm can be known to come under them."""
        return replace(self, groups=tuple(_here(group, columns) for group in self.groups))

    @property
    def deciding(self) -> tuple[Requirement, ...]:
        """The clauses that must all hold."""
        return tuple(one for one in self.requirements if one.decides)

    @property
    def pass_mark(self) -> Decimal | None:
        """The points of the whole sheet that a clause asks for; None when none does."""
        clauses = (clause.condition for one in self.requirements for clause in one.walk())
        asked = (one for one in clauses if isinstance(one, tree.ScoreTest) and one.left == tree.Score())
        return next((one.right.value for one in asked), None)

    @property
    def heads(self) -> tuple[Head, ...]:
        """Every clause in the order of the answers: requirements, indicators, groups, the score, what is granted."""
        clauses = [clause.head for one in self.requirements for clause in one.walk()]
        scored = [indicator.head for group in self.groups for indicator in group.indicators]
        groups = [group.head for group in self.groups]
        granted = [*(one.head for one in self.granted.items), self.granted.head] if self.granted else []
        return tuple(clauses + scored + groups + ([self.total] if self.total else []) + granted)


def _here(group: ScoreGroup, columns: frozenset[str]) -> ScoreGroup:
    plain = tuple(
        replace(one, points=one.points.stated)
        if isinstance(one.points, Local) and not {fact.name for fact in tree.facts(one.points.when)} <= columns
        else one
        for one in group.indicators
    )
    return replace(group, indicators=plain)
