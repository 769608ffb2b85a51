"""Where a firm stands on a day, and on which of its levers each comparison hangs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from rongtong.definitions import expression_tree as tree
from rongtong.facts.snapshot import Row
from rongtong.qualify import linear
from rongtong.qualify.compile import Program
from rongtong.qualify.levers import Move
from rongtong.qualify.linear import CurvedError, Linear
from rongtong.qualify.unknowns import Unknowns


@dataclass
class Standing:
    """A firm as :class:`rongtong.qualify.trials.Trials` tells it: *now*, and with one record *more* of a list's lever.

    *curved* are the levers that stay where they are, for some comparison is not linear in them.
    """

    program: Program
    unknowns: Unknowns
    now: Row
    more: dict[Move, Row]
    moves: Sequence[Move]
    curved: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for atom in self.program.atoms:
            if isinstance(atom, tree.Compare) and not tree.aggregates(atom):
                self._straighten(atom)
            if class_of(atom) and self.holds(atom) is not None and not self.rows_of(atom):
                self.curved |= self.levers(atom)

    def _straighten(self, atom: tree.Compare) -> None:
        """Let levers stay where they are until a comparison is linear in the others, those of the first years first."""
        while levers := self.levers(atom):
            try:
                self.difference(atom)
            except CurvedError:
                first = min(map(self._year, levers))
                self.curved |= {k for k in levers if self._year(k) == first}
            else:
                return

    def _year(self, k: int) -> int:
        fact, last = self.moves[k].fact, self.program.day.year - 1
        return fact.year.at(last) if fact and fact.year else last

    @cached_property
    def _by_slot(self) -> dict[str, int]:
        return {move.slot: k for k, move in enumerate(self.moves)}

    def difference(self, atom: tree.Compare) -> Linear | None:
        """Left minus right of a comparison of numbers, in terms of the levers; None where no lever is in it."""
        if not self.levers(atom) or isinstance(atom.right, tree.Word):
            return None
        return linear.difference(atom, self.of, self.positive)

    def rows_of(self, atom: tree.Atom) -> list[tree.ClassRow]:
        """The rows of the rule of classes that an atom asks by, of which the firm may come under any.

        Its own where its code is known. Else all by which it may be what it is stated to be, none where nothing is.
        """
        fact = classified(atom)
        row, stated = self.own_row(atom), self.now.get(self.program.slot(fact))
        if row or stated is None:
            return [row] if row else []
        return [one for one in _rule(fact).rows if self._may_be(one, fact.values.index(stated))]

    def taken_as_stated(self) -> Iterator[tuple[str, str]]:
        """The slots of the classes that are taken as stated, for the code that would tell is missing; and the class."""
        for atom in self.program.atoms:
            slot = self.program.slot(classified(atom)) if class_of(atom) else ""
            if slot and self.now.get(slot) is not None and self.own_row(atom) is None:
                yield slot, self.now[slot]

    def own_row(self, atom: tree.Atom) -> tree.ClassRow | None:
        """The row that the code of the firm leads to, if it is known."""
        rule = _rule(classified(atom))
        digits = re.search("[0-9]+", str(self.now.get(self.program.slot(rule.by)) or ""))
        return next((row for row in rule.rows if digits and digits.group().startswith(row.codes)), None)

    def _may_be(self, row: tree.ClassRow, place: int) -> bool:
        """Whether the figures as they are allow the class at *place*."""
        return self._reaches(row, place) is not False and self._reaches(row, place + 1) is not True

    def _reaches(self, row: tree.ClassRow, place: int) -> bool | None:
        ends = [(self.of(measure), bounds[place - 1]) for measure, bounds in row.bounds if 0 < place <= len(bounds)]
        tests = [None if value is None else value.constant >= Fraction(bound.value) for value, bound in ends]
        if place and not tests:
            return False
        return False if False in tests else None if None in tests else True

    def of(self, fact: tree.Fact) -> Linear | None:
        """A scalar in terms of the levers."""
        slot = self.program.slot(fact)
        value, k = self.now.get(slot), self._by_slot.get(slot)
        if not isinstance(value, int | float | Decimal):
            return None
        if k is None or k in self.curved:
            return linear.number(Fraction(value))
        move = self.moves[k]
        return Linear(move.base, {k: move.sign * move.step})

    def positive(self, sum_: Linear) -> bool:
        """Whether a sum is above nothing wherever the levers may go."""
        least = sum((min(Fraction(), each * self.moves[k].most) for k, each in sum_.terms.items()), Fraction())
        return sum_.constant + least > 0

    def levers(self, atom: tree.Atom) -> set[int]:
        """The levers on which an atom hangs."""
        below = [one for fact in tree.facts(atom) for one in (fact, *amounts(fact))]
        found = {self._by_slot[slot] for slot in map(self.program.slot, below) if slot in self._by_slot}
        for one in tree.aggregates(atom):
            found |= {self._by_slot[move.slot] for move in self.more if any(self.gain(move, one))}
        return found - self.curved

    def ends(self, one: tree.Aggregate) -> tuple[int, int | None]:
        """The bounds of an aggregate; None where there is no upper one."""
        k = self.program.lists.number(one)
        return self.now[f"lo{k}"], self.now[f"hi{k}"]

    def gain(self, move: Move, one: tree.Aggregate) -> tuple[int, int]:
        """By how much one record more raises both ends of an aggregate."""
        k = self.program.lists.number(one)
        pairs = [(self.more[move][f"{end}{k}"], self.now[f"{end}{k}"]) for end in ("lo", "hi")]
        low, high = (0 if None in pair else pair[0] - pair[1] for pair in pairs)
        return low, high

    def holds(self, atom: tree.Atom) -> bool | None:
        """What an atom is as things stand."""
        found: bool | None = self.now[f"a{self.program.atoms[atom]}"]
        return found

    def lacks(self, column: str) -> list[str]:
        """The missing facts by the mask in a column: ``u…`` of an atom, ``su…`` of stated points."""
        mask = int(self.now[column])
        return [name for k, name in enumerate(self.unknowns.facts) if mask >> k & 1]


def class_of(atom: tree.Atom) -> tree.Classified | None:
    """The rule of classes by which the level that an atom asks for follows, if there is one."""
    fact = atom.fact if isinstance(atom, tree.Member) else atom.left if isinstance(atom, tree.Compare) else atom
    rule = fact.computed if isinstance(fact, tree.Fact) else None
    return rule if isinstance(rule, tree.Classified) else None


def classified(atom: tree.Atom) -> tree.Fact:
    """The level that such an atom asks for."""
    fact = atom.fact if isinstance(atom, tree.Member) else atom.left if isinstance(atom, tree.Compare) else atom
    assert isinstance(fact, tree.Fact)  # noqa: S101 -- class_of has looked
    return fact


def _rule(fact: tree.Fact) -> tree.Classified:
    assert isinstance(fact.computed, tree.Classified)  # noqa: S101 -- class_of has looked
    return fact.computed


def amounts(fact: tree.Fact) -> list[tree.Fact]:
    """The amounts from which a ratio is computed."""
    return tree.facts(fact.computed) if fact.computed is not None else []
