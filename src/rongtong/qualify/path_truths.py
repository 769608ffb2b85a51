"""Conditions as literals of CP-SAT: each has one that it is surely true, and one that it is surely false.

Neither is set where it is unknown, and each may be set only where that holds, so that what the solver finds holds too.
All variables are whole numbers, so that every bound is met exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.class_sql import runs
from rongtong.qualify import linear
from rongtong.qualify.levers import Move, limit_of
from rongtong.qualify.linear import Linear
from rongtong.qualify.solver import cp_model
from rongtong.qualify.standing import Standing, class_of, classified

#: A literal of the solver, and a sum of its variables, or a number.
Literal = Any
Sum = Any


class Truth(NamedTuple):
    """Whether a condition is surely true, and whether it is surely false."""

    yes: Literal
    no: Literal


#: By the operator, and whether it shall hold: which end of an interval decides, and whether equality does not do.
_SIDES: dict[tuple[str, bool], tuple[int, bool]] = {
    (">=", True): (0, False), (">", True): (0, True), ("<", False): (0, False), ("<=", False): (0, True),
    ("<=", True): (1, False), ("<", True): (1, True), (">", False): (1, False), (">=", False): (1, True),
}  # fmt: skip  # read by rows
#: What an atom is.
Of = Callable[[tree.Atom], Truth]


class Truths:
    """How far each lever of a firm is moved, which facts are handed in, and what each atom then is."""

    def __init__(self, model: Any, standing: Standing) -> None:
        self.model, self.standing, self.program = model, standing, standing.program
        self.yes, self.no = model.new_constant(1), model.new_constant(0)
        self.steps = [self._lever(k, move) for k, move in enumerate(standing.moves)]
        self.supplied = {name: model.new_bool_var(name) for name in standing.unknowns.facts}
        self._limits()
        self.atoms = {atom: self._atom(atom) for atom in self.program.atoms}

    def condition(self, node: tree.Condition, of: Of) -> Truth:
        """A condition over its atoms, *of* giving each."""
        if isinstance(node, tree.Negation):
            part = self.condition(node.part, of)
            return Truth(part.no, part.yes)
        if isinstance(node, tree.AllOf | tree.AnyOf):
            parts = [self.condition(part, of) for part in node.parts]
            return self.joined(parts, any_=isinstance(node, tree.AnyOf))
        return of(node)

    def joined(self, parts: list[Truth], *, any_: bool) -> Truth:
        """All of the parts, or any of them."""
        yes, no = [part.yes for part in parts], [part.no for part in parts]
        return Truth(self._any(yes), self._all(no)) if any_ else Truth(self._all(yes), self._any(no))

    def _any(self, literals: list[Literal]) -> Literal:
        found = self.model.new_bool_var("")
        self.model.add_bool_or(literals).only_enforce_if(found)
        return found

    def _all(self, literals: list[Literal]) -> Literal:
        found = self.model.new_bool_var("")
        self.model.add_bool_and(literals).only_enforce_if(found)
        return found

    def _lever(self, k: int, move: Move) -> tuple[Sum, Literal]:
        """How far a lever is moved, and whether it is."""
        most = 0 if k in self.standing.curved else move.most
        step, used = self.model.new_int_var(0, most, move.slot), self.model.new_bool_var(f"{move.slot}?")
        self.model.add(step == 0).only_enforce_if(~used)
        return step, used

    def _limits(self) -> None:
        """A figure that may not exceed another does not, where it is raised."""
        for k, move in enumerate(self.standing.moves):
            above = limit_of(move.fact, self.program) if move.fact and move.sign > 0 else None
            other = self.standing.of(above) if above else None
            own = self.standing.of(move.fact) if move.fact else None
            if other is not None and own is not None:
                self._at_least(other.plus(own, -1), self.steps[k][1])

    def _at_least(self, sum_: Linear, literal: Literal, *, strict: bool = False) -> None:
        """Let *literal* be set only where *sum_* is at least (*strict*: more than) nothing."""
        if not sum_.terms:
            if sum_.constant < 0 or (strict and sum_.constant == 0):
                self.model.add(literal == 0)
            return
        spans = {k: self.standing.moves[k].most for k in sum_.terms}
        constant, terms = linear.whole(sum_, spans, strict=strict)
        total = constant + sum(each * self.steps[k][0] for k, each in terms.items())
        self.model.add(total >= 0).only_enforce_if(literal)

    def _atom(self, atom: tree.Atom) -> Truth:
        known = self.standing.holds(atom)
        if not self.standing.levers(atom):
            return self._fixed(atom) if known is None else self._known(known)
        if isinstance(atom, tree.Compare) and isinstance(atom.left, tree.Aggregate):
            return self._count(atom, atom.left)
        if known is None:
            return self._fixed(atom)
        if class_of(atom):
            return self._class(atom)
        if isinstance(atom, tree.Compare) and not isinstance(atom.right, tree.Word):
            return self._number(atom)
        return self._level(atom)

    def _known(self, holds: bool) -> Truth:
        return Truth(self.yes, self.no) if holds else Truth(self.no, self.yes)

    def free(self) -> Truth:
        """Two literals that are yet to be bound, at most one of them set."""
        found = Truth(self.model.new_bool_var(""), self.model.new_bool_var(""))
        self.model.add_at_most_one(found)
        return found

    def _fixed(self, atom: tree.Atom) -> Truth:
        """An unknown atom: whatever is best, once all that it lacks is handed in."""
        lacks = self.standing.lacks(f"u{self.program.atoms[atom]}")
        if not lacks:
            return Truth(self.no, self.no)
        found = self.free()
        for literal in found:
            self.model.add_bool_and([self.supplied[name] for name in lacks]).only_enforce_if(literal)
        return found

    def _number(self, atom: tree.Compare) -> Truth:
        """A comparison of numbers, which is linear in its levers."""
        found, difference = self.free(), self.standing.difference(atom)
        assert difference is not None  # noqa: S101 -- it is known and hangs on levers
        nothing = linear.number(0)
        sides = {">=": (1, False), ">": (1, True), "<=": (-1, False), "<": (-1, True)}
        if atom.op not in sides:  # equal figures are no aim; what is equal now is not relied upon
            return Truth(self.no, self.no)
        sign, strict = sides[atom.op]
        self._at_least(nothing.plus(difference, sign), found.yes, strict=strict)
        self._at_least(nothing.plus(difference, -sign), found.no, strict=not strict)
        return found

    def _level(self, atom: tree.Atom) -> Truth:
        """A yes or no, or a level in its order."""
        found = self.free()
        ((k),) = self.standing.levers(atom)
        move = self.standing.moves[k]
        for literal, wanted in zip(found, (True, False), strict=True):
            allowed = [d for d in range(move.most + 1) if _holds(atom, move.at(d), move.values) is wanted]
            domain = cp_model.Domain.from_values(allowed)
            self.model.add_linear_expression_in_domain(self.steps[k][0], domain).only_enforce_if(literal)
        return found

    def _class(self, atom: tree.Atom) -> Truth:
        """A level by a rule of classes, whichever row of it is the firm's."""
        rows = self.standing.rows_of(atom)
        parts = [self._by_row(atom, row) for row in rows]
        if self.standing.own_row(atom) is None:
            parts = [self._or_stays(atom, row, part) for row, part in zip(rows, parts, strict=True)]
        return self.joined(parts, any_=False)

    def _or_stays(self, atom: tree.Atom, row: tree.ClassRow, part: Truth) -> Truth:
        """A class that was stated stays where nothing moves that the row measures."""
        stays, holds = self.model.new_bool_var(""), self.standing.holds(atom)
        values = [self.standing.of(measure) for measure, _bounds in row.bounds]
        for k in {k for value in values if value is not None for k in value.terms}:
            self.model.add(self.steps[k][0] == 0).only_enforce_if(stays)
        return Truth(
            *(self._any([own, stays]) if holds is it else own for own, it in zip(part, (True, False), strict=True))
        )

    def _by_row(self, atom: tree.Atom, row: tree.ClassRow) -> Truth:
        """By one row: of every run of classes that are asked for, none is left below or above."""
        order = classified(atom).values
        allowed = tuple(word for word in order if _holds(atom, word, order))
        reached = [Truth(self.yes, self.no), *(self._reaching(row, k) for k in range(len(order) - 1))]
        reached.append(Truth(self.no, self.yes))
        found = [
            self.joined([reached[first], Truth(reached[last + 1].no, reached[last + 1].yes)], any_=False)
            for first, last in runs(order, allowed)
        ]
        return self.joined(found, any_=True) if found else Truth(self.no, self.yes)

    def _reaching(self, row: tree.ClassRow, place: int) -> Truth:
        """Whether every measure reaches the bound at *place*."""
        return self.joined([self._reaches(measure, bounds[place]) for measure, bounds in row.bounds], any_=False)

    def _reaches(self, measure: tree.Fact, bound: tree.Quantity) -> Truth:
        value = self.standing.of(measure)
        if value is None:
            return Truth(self.no, self.no)
        over = value.plus(linear.number(Fraction(bound.value)), -1)
        if not over.terms:
            return self._known(over.constant >= 0)
        found = self.free()
        self._at_least(over, found.yes)
        self._at_least(linear.number(0).plus(over, -1), found.no, strict=True)
        return found

    def _count(self, atom: tree.Compare, one: tree.Aggregate) -> Truth:
        """A number of records: those that may be got are counted at both ends."""
        assert isinstance(atom.right, tree.Quantity)  # noqa: S101 -- the checker lets only numbers stand there
        handed = self._fixed(atom) if self.standing.holds(atom) is None else Truth(self.no, self.no)
        sums = self._ends(one)
        found = Truth(*(self._reached(atom.op, sums, atom.right, yes=yes) for yes in (True, False)))
        return Truth(*(self._any([a, b]) for a, b in zip(found, handed, strict=True)))

    def _ends(self, one: tree.Aggregate) -> tuple[Linear, Linear | None]:
        low, high = self.standing.ends(one)
        places = {move: k for k, move in enumerate(self.standing.moves)}
        gains = {places[move]: self.standing.gain(move, one) for move in self.standing.more}
        ends = [{k: Fraction(gain[end]) for k, gain in gains.items() if gain[end]} for end in (0, 1)]
        upper = None if high is None else Linear(Fraction(high), ends[1])
        return Linear(Fraction(low), ends[0]), upper

    def _reached(self, op: str, ends: tuple[Linear, Linear | None], bound: tree.Quantity, *, yes: bool) -> Literal:
        """Whether an interval surely stands so to the bound, or (*yes* false) surely does not."""
        end, strict = _SIDES.get((op, yes), (None, False))
        sum_ = ends[end] if end is not None else None
        if sum_ is None:
            return self.no
        found = self.model.new_bool_var("")
        over = sum_.plus(linear.number(Fraction(bound.value)), -1)
        self._at_least(linear.number(0).plus(over, -1 if end else 1), found, strict=strict)
        return found


def _holds(atom: tree.Atom, value: Any, order: tuple[str, ...]) -> bool:
    """An atom on one yes-or-no or level."""
    if isinstance(atom, tree.Fact):
        return bool(value)
    if isinstance(atom, tree.Member):
        return value in atom.values
    assert isinstance(atom, tree.Compare)  # noqa: S101 -- no other atom is on a level
    assert isinstance(atom.right, tree.Word)  # noqa: S101 -- no other atom is on a level
    place, bound = order.index(value), order.index(atom.right.text)
    tests: Mapping[str, Callable[[], bool]] = {
        ">=": lambda: place >= bound, "<=": lambda: place <= bound, ">": lambda: place > bound,
        "<": lambda: place < bound, "=": lambda: place == bound, "!=": lambda: place != bound,
    }  # fmt: skip  # read by rows
    return tests[atom.op]()
