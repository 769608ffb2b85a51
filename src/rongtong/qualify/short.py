"""Who is one step short: not qualified, and one clause, one indicator at full marks or one missing fact turns it.

A clause counts when the firm would surely qualify if it held; an indicator when it would with all of its points; a
missing fact when it settles the firm alone (:mod:`rongtong.qualify.missing`). How a clause is met is another question:
:func:`rongtong.qualify.paths.path` answers it for one firm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import sqlglot.expressions as exp

from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.facts.snapshot import Row, rows
from rongtong.qualify import lists, wants
from rongtong.qualify.compile import Program, is_score
from rongtong.qualify.points import scaled
from rongtong.qualify.rulebook import Requirement, Rulebook
from rongtong.qualify.what_if import WhatIf


@dataclass(frozen=True)
class Step:
    """What alone would do: a clause, an indicator or a fact, by its id; *margin* is value minus bound where it is told.

    Of an indicator the margin is that of the score.
    """

    kind: str
    id: str
    margin: float | None = None


@dataclass(frozen=True)
class Short:
    """A firm that is one step short, and the steps of which any one would do."""

    n: int
    firm: str
    uscc: str | None
    name: str | None
    steps: tuple[Step, ...]


def short(asking: WhatIf, book: Rulebook | None = None, lacks: pa.Table | None = None) -> list[Short]:
    """The firms that are one step short of *book* (None: the rulebook as it stands), in the order of the snapshot.

    *lacks* is what :meth:`rongtong.qualify.Assessment.wants` tells of *book*, where that is known already.
    """
    program = asking.program_of(book or asking.program.book)
    steps = dict(_by_clauses(asking, program))
    for n, fact in _settling(_lacks(asking, program) if lacks is None else lacks):
        steps[n] = (*steps.get(n, ()), Step("fact", fact))
    known = {row["n"]: row for row in _who(asking, list(steps))}
    return [Short(**known[n], steps=steps[n]) for n in sorted(steps)]


def _who(asking: WhatIf, numbers: list[int]) -> list[Row]:
    return rows(asking.connection, "SELECT n, firm, uscc, name FROM firms WHERE list_contains($1, n)", [numbers])


def _settling(lacks: pa.Table) -> Iterator[tuple[int, str]]:
    found = lacks.filter(lacks.column("settles"))
    return zip(found.column("n").to_pylist(), found.column("fact").to_pylist(), strict=True)


def _lacks(asking: WhatIf, program: Program) -> pa.Table:
    judged = asking.judged(program, clauses=False).select("n", copy=False).from_("clauses", copy=False)
    open_ = asking.connection.execute(judged.where("v IS NULL", copy=False).sql("duckdb")).fetchall()
    return wants.table(asking.connection, program, sorted(n for (n,) in open_))


def _by_clauses(asking: WhatIf, program: Program) -> Iterator[tuple[int, tuple[Step, ...]]]:
    turns = dict(_turns(program))
    columns = [exp.alias_(test, f"turn{k}") for k, test in enumerate(turns.values())]
    margins = [f"m{k}" for k, _clause in _scores(program)] + sorted(program.margins)
    judged = asking.judged(program, clauses=True).select("n", *dict.fromkeys(margins), *columns, copy=False)
    any_ = exp.or_(*(exp.column(f"turn{k}") for k in range(len(turns))))
    statement = judged.from_("clauses", copy=False).where("NOT v", copy=False).sql("duckdb")
    for row in rows(asking.connection, f"FROM ({statement}) WHERE {any_.sql('duckdb')} ORDER BY n"):
        own = [one for k, one in enumerate(turns) if row[f"turn{k}"]]
        yield row["n"], tuple(_step(program, row, one) for one in own)


def _step(program: Program, row: Mapping[str, float | None], one: str) -> Step:
    places = {clause.head.id: k for k, clause in enumerate(program.clauses)}
    if one in places:
        return Step("clause", one, row.get(f"m{places[one]}"))
    lacking = [row[f"m{k}"] for k, _clause in _scores(program)]
    return Step("indicator", one, min((each for each in lacking if each is not None), default=None))


def _scores(program: Program) -> list[tuple[int, Requirement]]:
    """The clauses that are one comparison with points."""
    return [(k, one) for k, one in enumerate(program.clauses) if one.condition is not None and is_score(one.condition)]


def _turns(program: Program) -> Iterator[tuple[str, exp.Expr]]:
    """Of each clause and indicator, by id, whether it alone makes the firm qualify."""
    for one in (clause for deciding in program.book.deciding for clause in deciding.walk()):
        if one.condition is not None and not any(map(is_score, tree.atoms(one.condition))):
            yield one.head.id, _verdict(program, one, None)
    if _scores(program):
        for k, indicator in enumerate(program.indicators):
            yield indicator.head.id, _verdict(program, None, k)


def _verdict(program: Program, held: Requirement | None, full: int | None) -> exp.Expr:
    deciding = [_clause(program, one, held, full) for one in program.book.deciding]
    return exp.and_(*deciding)


def _clause(program: Program, one: Requirement, held: Requirement | None, full: int | None) -> exp.Expr:
    if one is held:
        return exp.true()
    if one.condition is None:
        join = exp.or_ if one.any_part else exp.and_
        return exp.paren(join(*(_clause(program, part, held, full) for part in one.parts)))
    if full is None or not any(map(is_score, tree.atoms(one.condition))):
        return exp.column(f"c{program.clauses.index(one)}")
    return sql.condition(one.condition, lambda atom: _atom(program, atom, full))


def _atom(program: Program, atom: tree.Atom, full: int) -> exp.Expr:
    """An atom with the points of the indicator numbered *full* at their most."""
    if not (isinstance(atom, tree.Compare) and isinstance(atom.left, tree.Score)):
        return program.atom_column(atom)
    assert isinstance(atom.right, tree.Quantity)  # noqa: S101 -- the checker lets only numbers stand beside a score
    ends = list(program.points_of(atom))
    groups = [group for group in program.book.groups if atom.left.group in ("", group.head.id.removeprefix("score."))]
    if any(program.indicators[full] is one for group in groups for one in group.indicators):
        most = scaled(program.indicators[full].head.max or Decimal(0))
        own = [exp.column(f"i{full}_{end}") for end in ("low", "high")]
        ends = [exp.paren(end - each + most.copy()) for end, each in zip(ends, own, strict=True)]
    return lists.compare(atom.op, ends[0], ends[1], scaled(atom.right.value))
