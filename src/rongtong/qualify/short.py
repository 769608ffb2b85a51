"""Who is one step short: not qualified, and one lever or one missing fact alone makes the firm surely qualify.

A lever is one figure of the last complete year, as if its books were still open, or what is of no year; it may go as
far as the catalogue lets it, all that hangs on it going along (:mod:`rongtong.qualify.one_lever`). A missing fact
counts when it settles the firm alone (:mod:`rongtong.qualify.missing`). Told apart is who is kept out by one known
clause that no one lever turns: it is one clause short, and no single step leads there. How a step is made, and until
when, tells :func:`rongtong.qualify.paths.path` of one firm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import sqlglot.expressions as exp
from sqlglot import select

from rongtong.definitions import expression_tree as tree
from rongtong.facts.snapshot import Row, rows
from rongtong.facts.text import quote
from rongtong.qualify import wants
from rongtong.qualify.compile import Program
from rongtong.qualify.one_lever import Pull, pulls
from rongtong.qualify.points import conditions, scaled
from rongtong.qualify.rulebook import Requirement, Rulebook
from rongtong.qualify.what_if import WhatIf


@dataclass(frozen=True)
class Step:
    """What alone would do: a ``lever`` by its slot, *margin* being what is minus what would do; a ``fact`` by its id.

    Of a level *to* is the least that would do. Or a ``clause``, by its id, that alone is not met and that no lever
    turns; *margin* is then value minus bound where it is told.
    """

    kind: str
    id: str
    margin: float | None = None
    to: str | None = None


@dataclass(frozen=True)
class Short:
    """A firm that is one step short, and the steps of which any one would do; or what stands *fixed* against it."""

    n: int
    firm: str
    uscc: str | None
    name: str | None
    steps: tuple[Step, ...]

    @property
    def fixed(self) -> bool:
        """Whether no step leads there: one clause is not met, and no lever turns it."""
        return all(step.kind == "clause" for step in self.steps)


def short(asking: WhatIf, book: Rulebook | None = None, lacks: pa.Table | None = None) -> list[Short]:
    """The firms that are one step short of *book* (None: the rulebook as it stands), in the order of the snapshot.

    *lacks* is what :meth:`rongtong.qualify.Assessment.wants` tells of *book*, where that is known already.
    """
    program = asking.program_of(book or asking.program.book)
    steps: dict[int, tuple[Step, ...]] = {}
    alone = list(_tried(asking, program))
    for n, step in (*alone, *_settling(_lacks(asking, program) if lacks is None else lacks)):
        steps[n] = (*steps.get(n, ()), step)
    for n, step in _by_clauses(asking, program):
        if n not in steps:
            steps[n] = (step,)
    known = {row["n"]: row for row in _who(asking, list(steps))}
    return [Short(**known[n], steps=steps[n]) for n in sorted(steps)]


def _who(asking: WhatIf, numbers: list[int]) -> list[Row]:
    return rows(asking.connection, "SELECT n, firm, uscc, name FROM firms WHERE list_contains($1, n)", [numbers])


def _settling(lacks: pa.Table) -> Iterator[tuple[int, Step]]:
    found = lacks.filter(lacks.column("settles"))
    pairs = zip(found.column("n").to_pylist(), found.column("fact").to_pylist(), strict=True)
    return ((n, Step("fact", fact)) for n, fact in pairs)


def _lacks(asking: WhatIf, program: Program) -> pa.Table:
    judged = asking.judged(program, clauses=False).select("n", copy=False).from_("clauses", copy=False)
    open_ = asking.connection.execute(judged.where("v IS NULL", copy=False).sql("duckdb")).fetchall()
    return wants.table(asking.connection, program, sorted(n for (n,) in open_))


def _tried(asking: WhatIf, program: Program) -> Iterator[tuple[int, Step]]:
    """The firms that a lever alone makes qualify, with each lever that does."""
    levers = pulls(asking.snapshot, program)
    if not levers:
        return
    hopes = [exp.alias_(_hope(program, one), f"hope{k}") for k, one in enumerate(levers)]
    judged = asking.judged(program, clauses=True).select("n", *hopes, copy=False).from_("clauses", copy=False)
    query = judged.where("v IS NOT TRUE", copy=False).sql("duckdb")
    any_ = " OR ".join(f"hope{k}" for k in range(len(levers)))
    asking.connection.execute(f"CREATE OR REPLACE TEMP TABLE hopeful AS FROM ({query}) WHERE {any_}")
    base = program.recomputed("known", asking.program).sql("duckdb")
    asking.connection.execute(f"CREATE OR REPLACE TEMP TABLE base AS FROM ({base}) SEMI JOIN hopeful USING (n)")
    stages = program.judged(select(), "pulled", clauses=False)
    ending = stages.select("n", "min_by(far, abs(far))", copy=False).from_("clauses", copy=False)
    query = ending.where("v", copy=False).group_by("n", copy=False).order_by("n", copy=False).sql("duckdb")
    for k, one in enumerate(levers):
        asking.connection.execute(f"CREATE OR REPLACE TEMP VIEW pulled AS {_pulled(program, k, one)}")
        found = asking.connection.execute(query).fetchall()
        yield from ((n, _step(one, far)) for n, far in found)


def _step(one: Pull, far: float | None) -> Step:
    """How far a firm has to go: a figure by so much, a level to which."""
    if far is None or not one.levels:
        return Step("lever", one.slot, far)
    return Step("lever", one.slot, to=one.levels[int(far) - 1])


def _pulled(program: Program, k: int, one: Pull) -> str:
    """The atoms of the hopeful firms at each of the values of a lever, and how *far* each of a figure is."""
    tried = f"SELECT *, unnest({one.values}) AS x FROM ({one.source})"
    far = f"CAST({one.far} AS DOUBLE)"
    changed = ", ".join(f"{made} AS {quote(name)}" for name, made in one.changes.items())
    judged = ", ".join(f"{program.atom_sql(atom).sql('duckdb')} AS a{program.atoms[atom]}" for atom in one.atoms)
    moved = f"SELECT * REPLACE ({changed}), {far} AS far FROM ({tried}) WHERE x IS NOT NULL"
    hoping = f"WITH hoping AS (SELECT base.* FROM base JOIN hopeful USING (n) WHERE hope{k}) FROM ({moved})"
    return f"SELECT * REPLACE ({judged}) FROM ({hoping})"


def _hope(program: Program, one: Pull) -> exp.Expr:
    """Whether all that the lever does not touch lets a firm qualify: no other firm need be tried."""
    full = {
        k
        for k, each in enumerate(program.indicators)
        if any(atom in one.atoms for test in conditions(each.points) for atom in tree.atoms(test))
    }
    return exp.and_(*(_hoped(program, clause, one.atoms, full) for clause in program.book.deciding))


def _hoped(program: Program, one: Requirement, touched: frozenset[tree.Atom], full: set[int]) -> exp.Expr:
    if one.condition is None:
        join = exp.or_ if one.any_part else exp.and_
        return exp.paren(join(*(_hoped(program, part, touched, full) for part in one.parts)))
    atoms = tree.atoms(one.condition)
    if any(atom in touched for atom in atoms) or (full and tree.score_tests(one.condition)):
        return exp.true() if not isinstance(one.condition, tree.ScoreTest) else _score(program, one.condition, full)
    return exp.column(f"c{program.clauses.index(one)}")


def _score(program: Program, atom: tree.ScoreTest, full: set[int]) -> exp.Expr:
    """A comparison with the score, with the points of the indicators numbered *full* at their most."""
    if atom.op not in (">", ">="):
        return exp.true()
    low, _high = program.points_of(atom)
    groups = [group for group in program.book.groups if atom.left.group in ("", group.head.id.removeprefix("score."))]
    for k in full:
        if any(program.indicators[k] is one for group in groups for one in group.indicators):
            low = exp.paren(low - exp.column(f"i{k}_low") + scaled(program.indicators[k].head.max or Decimal(0)))
    return exp.GTE(this=low, expression=scaled(atom.right.value))


def _by_clauses(asking: WhatIf, program: Program) -> Iterator[tuple[int, Step]]:
    """The firms that are kept out by one known clause alone."""
    turns = dict(_turns(program))
    columns = [exp.alias_(test, f"turn{k}") for k, test in enumerate(turns.values())]
    judged = asking.judged(program, clauses=True).select("n", *sorted(program.margins), *columns, copy=False)
    any_ = exp.or_(*(exp.column(f"turn{k}") for k in range(len(turns))))
    statement = judged.from_("clauses", copy=False).where("NOT v", copy=False).sql("duckdb")
    places = {clause.head.id: k for k, clause in enumerate(program.clauses)}
    for row in rows(asking.connection, f"FROM ({statement}) WHERE {any_.sql('duckdb')} ORDER BY n"):
        for k, one in enumerate(turns):
            if row[f"turn{k}"]:
                yield row["n"], Step("clause", one, row.get(f"m{places[one]}"))


def _turns(program: Program) -> Iterator[tuple[str, exp.Expr]]:
    """Of each clause without points, by id, whether it alone makes the firm qualify."""
    for one in (clause for deciding in program.book.deciding for clause in deciding.walk()):
        if one.condition is not None and not tree.score_tests(one.condition):
            yield one.head.id, exp.and_(*(_with(program, each, one) for each in program.book.deciding))


def _with(program: Program, one: Requirement, held: Requirement) -> exp.Expr:
    if one is held:
        return exp.true()
    if one.condition is None:
        join = exp.or_ if one.any_part else exp.and_
        return exp.paren(join(*(_with(program, part, held) for part in one.parts)))
    return exp.column(f"c{program.clauses.index(one)}")
