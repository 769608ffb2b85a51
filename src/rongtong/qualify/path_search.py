"""The search for the cheapest path of one firm to one day, each step tried with the engine that judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from rongtong.definitions import expression_tree as tree
from rongtong.facts.snapshot import Row, Snapshot
from rongtong.qualify.compile import Program
from rongtong.qualify.forward import Span, carried, forward
from rongtong.qualify.levers import Move, moves, new_records, with_records
from rongtong.qualify.output import WORDS
from rongtong.qualify.path_answer import Path, Step, Supply
from rongtong.qualify.path_model import PathModel, Solution
from rongtong.qualify.points import SCALE, conditions, stated_in
from rongtong.qualify.prior import prior
from rongtong.qualify.rulebook import Points, Requirement, Rulebook
from rongtong.qualify.standing import Standing, amounts
from rongtong.qualify.trials import Trials
from rongtong.qualify.unknowns import Unknowns


@lru_cache(maxsize=32)
def _program(
    book: Rulebook, day: date, columns: frozenset[str], attributes: frozenset[tuple[str, frozenset[str]]]
) -> tuple[Program, Unknowns]:
    """One for all firms of a snapshot, with whatever statements have been built from it."""
    program = Program(book, day, columns, dict(attributes))
    return program, Unknowns(program)


@lru_cache(maxsize=32)
def _without_grants(book: Rulebook) -> Rulebook:
    """What is granted turns no verdict, and must not keep a lever where it is."""
    return book if book.granted is None else replace(book, granted=None)


class Search:
    """The search for the path of one firm to one day."""

    def __init__(self, snapshot: Snapshot, n: int, plain: Program, span: Span) -> None:
        self.snapshot, self.n, self.span = snapshot, n, span
        fields = plain.book.catalogue
        self.carried = carried(snapshot.columns, fields, span)
        columns = snapshot.columns | {one.slot for one in self.carried}
        self.lists = with_records(plain.attributes, fields)
        book = _without_grants(plain.book)
        self.program, self.unknowns = _program(book, span.at, columns, frozenset(self.lists.items()))

    def path(self) -> Path:
        """The cheapest path."""
        program = self.program
        with forward(self.snapshot, self.n, self.carried, self.lists, program.book.catalogue) as connection:
            trials = Trials(connection, program)
            records = list(new_records(program, self.span))
            now, *more = trials.run([{}, *({move: 1} for move in records)])
            head = self._head(now, trials.own())
            if head.possible:
                return head
            able = [*moves(program, now, self.span), *records]
            standing = Standing(program, self.unknowns, now, dict(zip(records, more, strict=True)), able)
            taken = tuple(
                {"slot": slot, "from": slot, "value": value} for slot, value in dict(standing.taken_as_stated()).items()
            )
            fixed = tuple(sorted(standing.moves[k].slot for k in standing.curved))
            head = replace(head, assumptions=(*head.assumptions, *taken), fixed=fixed)
            solution = PathModel(standing).solve()
            told = self._told(trials, standing, solution) if solution else self._blocked(trials, standing)
            return replace(head, possible=solution is not None, **told)

    def _blocked(self, trials: Trials, standing: Standing) -> dict[str, Any]:
        """What blocks; where it is titles alone, with what leads to all the rest."""
        blocking = list(self._blocking(standing))
        fields = self.program.book.catalogue
        priors = tuple(found for clause in blocking if (found := prior(clause, fields)))
        told: dict[str, Any] = {"blocking": tuple(one.head.id for one in blocking), "priors": priors}
        rest = [one for one in self.program.book.deciding if one not in blocking]
        if priors and len(priors) == len(blocking) and (solution := PathModel(standing, rest).solve()):
            told |= self._told(trials, standing, solution, rest)
        return told

    def _blocking(self, standing: Standing) -> Iterator[Requirement]:
        """The clauses that do not hold and that nothing turns, each looked at alone."""
        for clause in self.program.book.deciding:
            holds = standing.now[f"c{self.program.clauses.index(clause)}"]
            if not holds and not PathModel(standing, [clause]).reachable:
                yield clause

    def _head(self, now: Row, own: Row) -> Path:
        verdict = {True: WORDS[0], False: WORDS[1], None: WORDS[2]}[now["v"]]
        assumptions = tuple(self._assumed(own))
        book = self.program.book
        return Path(self.span.at, book.edition, book.sha256, verdict, now["v"] is True, assumptions=assumptions)

    def _told(
        self, trials: Trials, standing: Standing, solution: Solution, asked: Sequence[Requirement] | None = None
    ) -> dict[str, Any]:
        """The path in words for machines; each step is left out once, to see what it brings."""
        moved = solution.steps
        without = [{other: d for other, d in moved.items() if other != move} for move in moved]
        final, *others = trials.run([moved, *without])
        clauses = self.program.book.deciding if asked is None else asked
        ends = {final[f"c{self.program.clauses.index(one)}"] for one in clauses}
        assert ends <= ({True, None} if solution.supplied else {True})  # noqa: S101 -- the solver is sound
        told = [self._step(move, d, final, row) for (move, d), row in zip(moved.items(), others, strict=True)]
        supplies = [self._supply(name, standing, solution) for name in solution.supplied]
        steps = tuple(sorted(told, key=lambda one: one.day))
        return {"effort": solution.effort, "steps": steps, "supplies": tuple(supplies)}

    def _step(self, move: Move, d: int, final: Row, without: Row) -> Step:
        clauses = [
            clause.head.id
            for k, clause in enumerate(self.program.clauses)
            if final[f"c{k}"] is not without[f"c{k}"] and final[f"c{k}"] is not False
        ]
        gained = {
            head: (final[f"{prefix}_low"] - without[f"{prefix}_low"]) / SCALE for head, prefix in self.program.scored()
        }
        points = {head: gain for head, gain in gained.items() if gain}
        lever = move.lever
        return Step(move.slot, move.at(0), move.at(d), lever.effort, lever.months, move.day, lever.papers,
                    tuple(clauses), points)  # fmt: skip

    def _supply(self, name: str, standing: Standing, solution: Solution) -> Supply:
        heads = [
            head
            for head, atoms in _atoms_of(self.program)
            if any(atom in solution.relied and name in _lacked(standing, atom) for atom in atoms)
        ]
        stated = [one.head.id for one in self.program.indicators if _states(one.points, name)]
        return Supply(name, tuple(dict.fromkeys([*heads, *stated])), solution.hoped.get(name))

    def _assumed(self, own: Row) -> Iterator[Mapping[str, Any]]:
        """The figures carried forward that the rulebook asks for, and the lists to which nothing new is assumed."""
        asked = {self.program.slot(one) for atom in self.program.atoms for fact in tree.facts(atom)
                 for one in (fact, *amounts(fact))}  # fmt: skip
        for one in self.carried:
            if one.slot in asked and own[one.slot] is not None:
                source = next((name for name in one.sources if own[name] is not None), one.slot)
                if source != one.slot:
                    yield {"slot": one.slot, "from": source, "value": own[one.slot]}
        if self.span.shift:
            for list_id in sorted({one.list for one in self.program.lists.known}):
                yield {"slot": list_id, "from": None, "value": None}


def _states(points: Points, name: str) -> bool:
    return any(one.fact.name == name for one in stated_in(points))


def _lacked(standing: Standing, atom: tree.Atom) -> list[str]:
    return standing.lacks(f"u{standing.program.atoms[atom]}") if standing.holds(atom) is None else []


def _atoms_of(program: Program) -> Iterator[tuple[str, list[tree.Atom]]]:
    """The atoms of each clause that is not made of others, and of each indicator, by id."""
    for clause in program.clauses:
        if clause.condition is not None:
            yield (
                clause.head.id,
                [atom for atom in tree.atoms(clause.condition) if not isinstance(atom, tree.ScoreTest)],
            )
    for one in program.indicators:
        yield one.head.id, [atom for test in conditions(one.points) for atom in tree.atoms(test)]
