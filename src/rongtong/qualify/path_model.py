"""The least that makes a firm qualify, as a model for CP-SAT: clauses and points over the truths of the atoms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from rongtong.definitions import expression_tree as tree
from rongtong.qualify.levers import Move
from rongtong.qualify.path_truths import Sum, Truth, Truths
from rongtong.qualify.points import SCALE
from rongtong.qualify.rulebook import Bands, Items, Local, Points, Requirement, Stated
from rongtong.qualify.solver import cp_model, solved
from rongtong.qualify.standing import Standing

#: A change by all of what there was, in the objective: its least unit is finer than a cent of any small firm's books.
RELATIVE = 10**15
#: What the objective may come to, at most.
WIDEST = 2**61


class Ends(NamedTuple):
    """Points, in ten-thousandths, that are surely reached, and points that are surely not exceeded."""

    low: Sum
    high: Sum


@dataclass(frozen=True)
class Solution:
    """How far each lever is moved, the facts to hand in, the points hoped for, and the atoms that must come out."""

    steps: dict[Move, int]
    supplied: tuple[str, ...]
    hoped: dict[str, float]
    relied: frozenset[tree.Atom]

    @property
    def effort(self) -> int:
        """The summed effort of the levers."""
        return sum(move.effort for move in self.steps)


class PathModel:
    """The model of one firm; :meth:`solve` finds the least effort, then the fewest facts, then the least change.

    What must hold is all of *asked*, else every clause that decides.
    """

    def __init__(self, standing: Standing, asked: Iterable[Requirement] | None = None) -> None:
        self.standing, self.program = standing, standing.program
        self.model = cp_model.CpModel()
        self.truths = Truths(self.model, standing)
        self.hoped: dict[str, tuple[Sum, int]] = {}
        own = {id(one): self._points(one.points) for one in self.program.indicators}
        groups = self.program.book.groups
        self.groups = {group.head.id: _sum(own[id(one)] for one in group.indicators) for group in groups}
        self.total = _sum(self.groups.values())
        for clause in self.program.book.deciding if asked is None else asked:
            self.model.add_bool_and(self._clause(clause).yes)

    @property
    def reachable(self) -> bool:
        """Whether there is any path."""
        return solved(self.model) is not None

    def solve(self) -> Solution | None:
        """The cheapest path, None where there is none. Deterministic."""
        used = {k: step[1] for k, step in enumerate(self.truths.steps)}
        moves = self.standing.moves
        effort = sum(moves[k].effort * one for k, one in used.items())
        facts = sum(self.truths.supplied.values())
        relative = min(RELATIVE, WIDEST // (1 + len(self.hoped) + sum(-(-one.most // one.whole) for one in moves)))
        change = [relative // moves[k].whole * step for k, (step, _used) in enumerate(self.truths.steps)]
        change += [relative // most * value for value, most in self.hoped.values()]
        solver: Any = None
        for least in (effort * (len(self.truths.supplied) + 1) + facts, sum(change)):
            self.model.minimize(least)
            solver = solved(self.model)
            if solver is None:
                return None
            self.model.add(least <= int(solver.value(least)))
        return self._solution(solver)

    def _solution(self, solver: Any) -> Solution:
        steps = {
            move: solver.value(step) for move, (step, _used) in zip(self.standing.moves, self.truths.steps, strict=True)
        }
        supplied = tuple(name for name, one in self.truths.supplied.items() if solver.value(one))
        hoped = {name: solver.value(value) / SCALE for name, (value, _most) in self.hoped.items() if name in supplied}
        relied = frozenset(atom for atom, truth in self.truths.atoms.items() if any(map(solver.value, truth)))
        return Solution({move: int(d) for move, d in steps.items() if d}, supplied, hoped, relied)

    def _condition(self, node: tree.Condition) -> Truth:
        return self.truths.condition(
            node, lambda atom: self._score(atom) if isinstance(atom, tree.ScoreTest) else self.truths.atoms[atom]
        )

    def _clause(self, clause: Requirement) -> Truth:
        if clause.condition is not None:
            return self._condition(clause.condition)
        return self.truths.joined([self._clause(part) for part in clause.parts], any_=clause.any_part)

    def _score(self, atom: tree.ScoreTest) -> Truth:
        low, high = self.groups[f"score.{atom.left.group}"] if atom.left.group else self.total
        bound, found = int(atom.right.value * SCALE), self.truths.free()
        tests: dict[str, tuple[Any, Any]] = {
            ">=": (low >= bound, high < bound), ">": (low > bound, high <= bound),
            "<=": (high <= bound, low > bound), "<": (high < bound, low >= bound),
        }  # fmt: skip
        if atom.op not in tests:
            return Truth(self.truths.no, self.truths.no)
        for literal, test in zip(found, tests[atom.op], strict=True):
            self.model.add(test).only_enforce_if(literal)
        return found

    def _points(self, points: Points) -> Ends:
        if isinstance(points, Bands):
            return self._bands(points)
        if isinstance(points, Items):
            return self._items(points)
        if isinstance(points, Stated):
            return self._stated(points)
        if isinstance(points, Local):
            return self._local(points)
        routes = [self._bands(route) for route in points.routes]
        most = max(_scaled(route.steps[0][0]) for route in points.routes)
        found = self._between(most)
        chosen = [self.model.new_bool_var("") for _route in routes]
        self.model.add_exactly_one(chosen)
        for route, one in zip(routes, chosen, strict=True):
            self.model.add(found.low <= route.low).only_enforce_if(one)
            self.model.add(found.high >= route.high)
        return found

    def _between(self, most: int) -> Ends:
        return Ends(self.model.new_int_var(0, most, ""), self.model.new_int_var(0, most, ""))

    def _bands(self, bands: Bands) -> Ends:
        """Low: of a band that surely holds. High: of one before which all surely do not hold."""
        points = [_scaled(each) for each, _test in bands.steps]
        tests = [self._condition(test) for _each, test in bands.steps if test is not None]
        sides = []
        for side in ("yes", "no"):
            chosen = [self.model.new_bool_var("") for _ in points]
            self.model.add_exactly_one(chosen)
            for k, one in enumerate(chosen):
                needed = [test.yes for test in tests[k : k + 1]] if side == "yes" else [test.no for test in tests[:k]]
                self.model.add_bool_and(needed or [self.truths.yes]).only_enforce_if(one)
            sides.append(sum(each * one for each, one in zip(points, chosen, strict=True)))
        return Ends(*sides)

    def _items(self, items: Items) -> Ends:
        tests = [self._condition(test) for _title, test in items.conditions]
        each, cap = _scaled(items.each), _scaled(items.cap)
        found = self._between(cap)
        self.model.add(found.low <= each * sum(test.yes for test in tests))
        capped = self.model.new_bool_var("")
        self.model.add(found.high >= cap).only_enforce_if(capped)
        self.model.add(found.high >= each * (len(tests) - sum(test.no for test in tests))).only_enforce_if(~capped)
        return found

    def _local(self, points: Local) -> Ends:
        """What is stated counts; else, where the sheet surely applies, what it gives.

        Of points that it already bounds no more are hoped for than that.
        """
        stated, applies = self._stated(points.stated), self._condition(points.when)
        if isinstance(stated.low, int):
            return stated
        if applies.yes is self.truths.yes:
            k = next(k for k, one in enumerate(self.program.indicators) if one.points is points)
            self.model.add(stated.low <= int(self.standing.now[f"i{k}_high"]))
        sheet, found = (
            _sum(self._points(one.points) for one in points.indicators),
            self._between(_scaled(points.stated.max)),
        )
        chosen = self.model.new_bool_var("")
        supplied = self.truths.supplied[points.stated.fact.name]
        self.model.add_bool_and([applies.yes, ~supplied]).only_enforce_if(chosen)
        for literal, ends in ((chosen, sheet), (~chosen, stated)):
            self.model.add(found.low <= ends.low).only_enforce_if(literal)
            self.model.add(found.high >= ends.high).only_enforce_if(literal)
        return found

    def _stated(self, points: Stated) -> Ends:
        k, most = self.program.stated[points], _scaled(points.max)
        low, high = (int(self.standing.now[f"s{k}_{end}"]) for end in ("low", "high"))
        lacks = self.standing.lacks(f"su{k}")
        if low == high or not lacks:
            return Ends(low, high)
        (name,) = lacks
        value, supplied = self.model.new_int_var(0, most, name), self.truths.supplied[name]
        self.model.add(value == 0).only_enforce_if(~supplied)
        self.hoped[name] = value, most
        return Ends(value, value + most * (1 - supplied))


def _scaled(points: Any) -> int:
    return int(points * SCALE)


def _sum(parts: Iterable[Ends]) -> Ends:
    ends = list(parts)
    return Ends(sum(end.low for end in ends), sum(end.high for end in ends))
