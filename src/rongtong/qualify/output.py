"""What a run answers: one statement, one row a firm, with its verdict and the columns of all its clauses."""

from __future__ import annotations

import sqlglot.expressions as exp
from sqlglot import select

from rongtong.definitions.exact_sql import null
from rongtong.qualify import points
from rongtong.qualify.compile import Program

WORDS = ("qualified", "not_qualified", "undetermined")
#: The DuckDB variables that name the stretch of firms a run is at.
FIRST, LAST = "first_n", "last_n"


def wide_rows(program: Program, clauses: bool) -> exp.Select:
    """``n, firm, uscc, name, verdict, low, high``, with *clauses* then ``c… m… i… g…`` as :class:`Program` names them.

    Only the firms from the variable ``first_n`` to ``last_n``.
    """
    inner = program.statement(_stretch, clauses)
    columns: list[exp.Expr] = [exp.column(name) for name in ("n", "firm", "uscc", "name")]
    columns += [verdict(), *_score(program)]
    columns += [exp.column(name) for name in clause_columns(program)] if clauses else []
    return select(*columns).from_(inner.subquery("judged", copy=False), copy=False)


def clause_columns(program: Program) -> list[str]:
    """The columns behind the clauses: whether they hold, their margins, and the points in ten-thousandths."""
    holds = [f"c{k}" for k in range(len(program.clauses))]
    scored = [f"{prefix}_{end}" for _id, prefix in program.graded() for end in ("low", "high")]
    return [*holds, *sorted(program.margins), *scored]


def _stretch(n: exp.Column) -> exp.Expr:
    low, high = (exp.func("getvariable", exp.Literal.string(name)) for name in (FIRST, LAST))
    return exp.Between(this=n, low=low, high=high)


def verdict() -> exp.Expr:
    """The word for ``v``, as ``verdict``."""
    qualified, refused, open_ = (exp.Literal.string(word) for word in WORDS)
    found = exp.If(this=exp.column("v"), true=qualified), exp.If(this=exp.not_(exp.column("v")), true=refused)
    return exp.alias_(exp.Case(ifs=list(found), default=open_), "verdict")


def _score(program: Program) -> list[exp.Expr]:
    ends = ("low", "high")
    if not program.book.total:
        return [exp.alias_(null("DOUBLE"), end) for end in ends]
    scale = exp.Literal.number(f"{points.SCALE}.0")
    return [exp.alias_(exp.Div(this=exp.column(f"t_{end}"), expression=scale.copy()), end) for end in ends]
