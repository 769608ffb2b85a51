"""The cheapest path of one firm: what it lacks (supply) and what it would have to change (levers) by a later day.

    found = path(snapshot, "cn/srdi-sme", "青岛某某有限公司", as_of="2022-10-25", at="2023-10-25")
    found.verdict, found.steps, found.supplies, found.assumptions

Least summed effort of the levers first, then the fewest facts to hand in, then the least change relative to what
there was. It is exact for the clauses given: bounds are met to the least unit, and every path found is tried with the
engine that judges. Books that are closed do not change, those of each year until the application do, each year by a
step of its own; what is not linear in the levers keeps them fixed, those of the first years first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.days import months_after
from rongtong.definitions.editions import application_date
from rongtong.errors import InputError
from rongtong.facts.mentions import find
from rongtong.facts.snapshot import Row, Snapshot
from rongtong.i18n import _
from rongtong.qualify.assess import made_of, program_of
from rongtong.qualify.compile import Program, is_score
from rongtong.qualify.forward import Span, carried, forward
from rongtong.qualify.levers import Move, moves, new_records, with_records
from rongtong.qualify.output import WORDS
from rongtong.qualify.path_model import PathModel, Solution
from rongtong.qualify.points import SCALE, conditions, stated_in
from rongtong.qualify.prior import Prior, prior
from rongtong.qualify.rulebook import Points, Requirement, Rulebook
from rongtong.qualify.standing import Standing, amounts
from rongtong.qualify.trials import Trials
from rongtong.qualify.unknowns import Unknowns

#: Without a day, so many years ahead are looked at, on the same day of each.
YEARS = 3


@dataclass(frozen=True)
class Step:
    """A change: what, from what to what, from when on, how much effort, how long, what to hand in, what it brings.

    *brings* are the clauses that would not hold without it, and the points that would be missing.
    """

    slot: str
    before: Any
    after: Any
    effort: str
    months: int
    day: date
    papers: tuple[str, ...]
    clauses: tuple[str, ...]
    points: Mapping[str, float]

    @property
    def adds(self) -> bool:
        """Whether *after* is how many records more a list has."""
        return "[" not in self.slot and "." in self.slot

    @property
    def gains(self) -> dict[str, float]:
        """The points of the indicators, without the sums that they are part of."""
        return {head: gain for head, gain in self.points.items() if head.split(".")[0] != "score"}


@dataclass(frozen=True)
class Supply:
    """A fact to hand in, the clauses that must come out for the firm, and of stated points how many there must be."""

    fact: str
    clauses: tuple[str, ...]
    at_least: float | None = None


@dataclass(frozen=True)
class Path:
    """What leads a firm to qualify on the day *at*; no steps and no supplies: waiting alone does.

    *verdict* is what the firm is on that day without it. *possible* is false where no lever or fact leads there;
    *blocking* are then the clauses that none can turn, none where each could be met but not all of them together.
    *priors* are the titles among these that have to be obtained first; where they alone block, *steps* and *supplies*
    are what is to be done beside them.
    """

    at: date
    edition: str
    definition: str
    verdict: str
    possible: bool
    effort: int = 0
    steps: tuple[Step, ...] = ()
    supplies: tuple[Supply, ...] = ()
    assumptions: tuple[Mapping[str, Any], ...] = ()
    fixed: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    priors: tuple[Prior, ...] = ()

    @property
    def tasks(self) -> int:
        """How many things there are to do."""
        return len(self.steps) + len(self.supplies)

    @property
    def waiting(self) -> bool:
        """Whether nothing has to be done but to apply on the day."""
        return self.possible and not self.steps and not self.supplies


@dataclass(frozen=True)
class Paths:
    """The paths of one firm on each of the days asked for, and what they were made of."""

    manifest: Mapping[str, Any]
    firm: Mapping[str, Any]
    paths: tuple[Path, ...]

    @property
    def first(self) -> Path | None:
        """The path of the earliest day on which there is one."""
        return next((one for one in self.paths if one.possible), None)

    @property
    def waiting(self) -> date | None:
        """The first of the days on which waiting alone is a path."""
        return next((one.at for one in self.paths if one.waiting), None)


def path(
    snapshot: Snapshot,
    rulebook: str | FilePath,
    firm: str,
    *,
    edition: str | None = None,
    purpose: str = "new",
    as_of: date | str | None = None,
    at: date | str | None = None,
) -> Paths:
    """The cheapest path of *firm* (its id, code or name) to qualify by *rulebook* on the day *at*.

    The facts are as they are on *as_of* (else the snapshot's reference date). Without *at* that day itself and the
    same day of each of the next years is tried, up to the first on which waiting alone is enough. The edition is the
    one in force on each day, unless it is named. Raises :class:`InputError`.
    """
    since = application_date(as_of, snapshot.manifest)
    found = find(snapshot, firm)
    days = [_later(application_date(at, {}), since)] if at else [months_after(since, 12 * k) for k in range(YEARS + 1)]
    paths: list[Path] = []
    for day in days:
        plain = program_of(snapshot, rulebook, edition=edition, purpose=purpose, as_of=day)
        search = _Search(snapshot, found.n, plain, Span(since, day))
        paths.append(search.path())
        if paths[-1].waiting:
            break
    made = made_of(snapshot, plain, purpose) | {"kind": "path", "as_of": since.isoformat()}
    manifest = {name: one for name, one in made.items() if name not in ("edition", "definition")}
    return Paths(manifest, _who(snapshot, found.n), tuple(paths))


def _later(at: date, since: date) -> date:
    if at < since:
        what = _("申请日期 {at} 早于数据的日期 {since}", at=at, since=since)
        raise InputError(what, mend=_("--at 须不早于 --as-of"))
    return at


def _who(snapshot: Snapshot, n: int) -> Row:
    with snapshot.connect() as connection:
        found = connection.execute("SELECT firm, uscc, name FROM firms WHERE n = $1", [n])
        return dict(zip(("firm", "uscc", "name"), found.fetchall()[0], strict=True))


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


class _Search:
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
            yield clause.head.id, [atom for atom in tree.atoms(clause.condition) if not is_score(atom)]
    for one in program.indicators:
        yield one.head.id, [atom for test in conditions(one.points) for atom in tree.atoms(test)]
