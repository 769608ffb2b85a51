"""What a firm can change by a day: the levers of the catalogue that reach it, and how far each goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue, Field, Lever, Type
from rongtong.definitions.days import months_after
from rongtong.qualify.compile import Program
from rongtong.qualify.forward import Span
from rongtong.qualify.unknowns import scalar_leaves

#: What an effort counts: one more of a class is worth three of the class below.
EFFORTS = {"low": 1, "medium": 3, "high": 9}
#: The least step of a quantity of each type, and what counts as a whole where there was nothing: 10,000 yuan, one.
STEPS: dict[Type, Decimal] = {"money": Decimal("0.01"), "integer": Decimal(1)}
FROM_NOTHING: dict[Type, int] = {"money": 1_000_000, "integer": 1}
#: Steps of that size, where there was nothing and no limit is given.
UNLIMITED = 500
#: Steps at most, so that the solver can count them: in money more than anybody has.
FARTHEST = 10**17
#: So many records of a kind, at most.
RECORDS = 9


@dataclass(frozen=True, eq=False)
class Move:
    """A lever that reaches the day: *base* + *sign* × *step* × d, d from 0 to *most*; *whole*: d that counts as 1.

    *slot* is a column, or ``list.subset`` of which there are d records more. *day* is when the change takes effect: a
    figure of a year is there when the year is over.
    Of a level *base* is its place in the order *values*.
    """

    slot: str
    lever: Lever
    day: date
    base: Fraction
    step: Fraction
    sign: int
    most: int
    whole: int
    values: tuple[str, ...] = ()
    fact: tree.Fact | None = None

    @property
    def effort(self) -> int:
        """What the change counts, however large it is."""
        return EFFORTS[self.lever.effort]

    def at(self, d: int) -> Any:
        """The value after *d* steps; of a list how many records more."""
        found = self.base + self.sign * self.step * d
        if self.values:
            return self.values[int(found)]
        if self.fact and self.fact.type == "boolean":
            return bool(found)
        exact = Decimal(found.numerator) / Decimal(found.denominator)
        return int(found) if found.denominator == 1 else exact


def moves(program: Program, row: Mapping[str, Any], span: Span) -> list[Move]:
    """The levers on facts that *program* asks for and *row* knows, in the order of asking."""
    fields = program.book.catalogue
    found: dict[str, Move] = {}
    for fact in _asked(program):
        slot, field = program.slot(fact), fields[fact.name]
        if slot in found or field.lever is None or row.get(slot) is None or not _open(fact, program, span):
            continue
        begun, closes = takes_effect(field.lever, span), _closes(fact, program, span)
        day = closes if fact.year else begun
        if begun <= closes and (move := _scalar(slot, fact, field, day, row[slot])):
            found[slot] = move
    return list(found.values())


def _asked(program: Program) -> Iterator[tree.Fact]:
    """The scalars of the atoms, and those that they may not exceed."""
    for atom in program.atoms:
        for fact, _guards in scalar_leaves(atom):
            yield fact
            if (above := limit_of(fact, program)) is not None:
                yield above


def limit_of(fact: tree.Fact, program: Program) -> tree.Fact | None:
    """The figure of the same year that *fact* may not exceed."""
    above = program.book.catalogue[fact.name].at_most
    return replace(fact, name=above) if above else None


def _open(fact: tree.Fact, program: Program, span: Span) -> bool:
    """Whether it is of no year, or of one that is over on the day of application and was not at the beginning."""
    return fact.year is None or fact.year.at(program.day.year - 1) in span.years


def _closes(fact: tree.Fact, program: Program, span: Span) -> date:
    """The last day on which a change still counts: the end of its year, else the day of application."""
    return date(fact.year.at(program.day.year - 1), 12, 31) if fact.year else span.at


def takes_effect(lever: Lever, span: Span) -> date:
    """The first day on which a change begun at once has taken effect."""
    first = span.since
    if lever.earliest == "next_year_end":
        first = date(first.year, 12, 31)
    if lever.earliest == "next_quarter":
        first = months_after(first.replace(day=1), 3 - (first.month - 1) % 3)
    return max(first, months_after(span.since, lever.months))


def _scalar(slot: str, fact: tree.Fact, field: Field, day: date, value: Any) -> Move | None:
    lever = field.lever
    assert lever is not None  # noqa: S101 -- the caller has looked
    if field.type == "boolean":
        one = Fraction(1)
        return None if value else Move(slot, lever, day, Fraction(), one, 1, 1, 1, fact=fact)
    if field.type == "level":
        place, top = field.values.index(value), len(field.values) - 1
        found = Move(slot, lever, day, Fraction(place), Fraction(1), 1, top - place, top, field.values, fact)
        return found if found.most else None
    return _quantity(slot, fact, field, day, Decimal(str(value))) if field.type in STEPS else None


def _quantity(slot: str, fact: tree.Fact, field: Field, day: date, value: Decimal) -> Move | None:
    lever, step = field.lever, STEPS[field.type]
    assert lever is not None  # noqa: S101 -- the caller has looked
    whole = int(abs(value) / step) or FROM_NOTHING[field.type]
    most = int(whole * lever.limit) if lever.limit is not None and value else whole * UNLIMITED
    most, sign = min(most, FARTHEST), -1 if lever.direction == "down" else 1
    end = field.minimum if sign < 0 else field.maximum
    if end is not None:
        most = min(most, max(0, int((Decimal(str(end)) - value) * sign / step)))
    move = Move(slot, lever, day, Fraction(value), Fraction(step), sign, most, whole, fact=fact)
    return move if most else None


def with_records(attributes: Mapping[str, frozenset[str]], fields: Catalogue) -> dict[str, frozenset[str]]:
    """*attributes* by list, with those that the records of levers have."""
    found = dict(attributes)
    for field in fields.lists:
        levers = [one.lever for one in field.subsets if one.lever]
        if said := {name for lever in levers for name in (*lever.record, lever.dated_by) if name}:
            found[field.id] = found.get(field.id, frozenset({"n", "item"})) | said
    return found


def new_records(program: Program, span: Span) -> Iterator[Move]:
    """The levers on lists that *program* asks for: a record more of a subset."""
    asked = {one.list for one in program.lists.known}
    for field in program.book.catalogue.lists:
        for subset in field.subsets if field.id in asked else ():
            if subset.lever and (day := takes_effect(subset.lever, span)) <= span.at:
                slot = f"{field.id}.{subset.id}"
                yield Move(slot, subset.lever, day, Fraction(), Fraction(1), 1, RECORDS, 1)
