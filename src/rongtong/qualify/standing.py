"""Where a firm stands on a day, and on which of its levers each comparison hangs."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
                try:
                    self.difference(atom)
                except CurvedError:
                    self.curved |= self.levers(atom)
            if (classified := class_of(atom)) and self.row_of(classified) is None:
                self.curved |= self.levers(atom)

    @cached_property
    def _by_slot(self) -> dict[str, int]:
        return {move.slot: k for k, move in enumerate(self.moves)}

    def difference(self, atom: tree.Compare) -> Linear | None:
        """Left minus right of a comparison of numbers, in terms of the levers; None where no lever is in it."""
        if not self.levers(atom) or isinstance(atom.right, tree.Word):
            return None
        return linear.difference(atom, self.of, self.positive)

    def row_of(self, rule: tree.Classified) -> tree.ClassRow | None:
        """The row of a rule of classes that the firm comes under, None unless all that it measures is known."""
        digits = re.search("[0-9]+", str(self.now.get(self.program.slot(rule.by)) or ""))
        rows = (row for row in rule.rows if digits and digits.group().startswith(row.codes))
        row = next(rows, None)
        return row if row and all(self.of(measure) is not None for measure, _bounds in row.bounds) else None

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


def amounts(fact: tree.Fact) -> list[tree.Fact]:
    """The amounts from which a ratio is computed."""
    return tree.facts(fact.computed) if fact.computed is not None else []
