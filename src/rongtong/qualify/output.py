"""What a result holds: one row a firm with its verdict, and one row a firm and clause."""

from __future__ import annotations

from collections.abc import Iterable

import sqlglot.expressions as exp
from sqlglot import select

from rongtong.qualify import points
from rongtong.qualify.compile import Program

WORDS = ("qualified", "not_qualified", "undetermined")


def verdict_rows(program: Program) -> exp.Select:
    """``n, firm, uscc, name, verdict, low, high``: the verdict in words, the score as points."""
    inner = program.statement(margins=False)
    return select("n", "firm", "uscc", "name", _verdict(), *_score(program)).from_(inner.subquery("judged"))


def _verdict() -> exp.Expr:
    qualified, refused, open_ = (exp.Literal.string(word) for word in WORDS)
    found = exp.If(this=exp.column("v"), true=qualified), exp.If(this=exp.not_(exp.column("v")), true=refused)
    return exp.alias_(exp.Case(ifs=list(found), default=open_), "verdict")


def _score(program: Program) -> list[exp.Expr]:
    ends = ("low", "high")
    if not program.book.total:
        return [exp.alias_(null_double(), end) for end in ends]
    return [exp.alias_(in_points(f"t_{end}"), end) for end in ends]


def clause_rows(program: Program) -> exp.Select:
    """``n, clause, holds, low, high, margin``, in the order of the rulebook.

    A scored clause holds when points are certain, does not when none are possible, and is unknown in between.
    """
    ids = [head.id for head in program.book.heads]
    names: list[exp.Expr] = [exp.Literal.string(one) for one in ids]
    columns = {"clause": names, **clause_columns(program)}
    lists = [exp.alias_(_unnested(values), name) for name, values in columns.items()]
    return select("n", *lists).from_(program.statement().subquery("judged"))


def clause_columns(program: Program) -> dict[str, list[exp.Expr]]:
    """Per head of the rulebook the expressions of ``holds``, ``low``, ``high`` and ``margin``."""
    own = {clause.head.id: k for k, clause in enumerate(program.clauses)}
    scored = dict(program.scored())
    found: dict[str, list[exp.Expr]] = {"holds": [], "low": [], "high": [], "margin": []}
    for head in program.book.heads:
        low, high = (f"{scored[head.id]}_{end}" if head.id in scored else "" for end in ("low", "high"))
        found["holds"].append(_earned(low, high) if low else exp.column(f"c{own[head.id]}"))
        found["low"].append(in_points(low) if low else null_double())
        found["high"].append(in_points(high) if high else null_double())
        margin = f"m{own[head.id]}" if head.id in own else ""
        found["margin"].append(exp.column(margin) if margin in program.margins else null_double())
    return found


def _earned(low: str, high: str) -> exp.Expr:
    some = exp.If(this=exp.column(low) > exp.Literal.number(0), true=exp.true())
    none = exp.If(this=exp.column(high) <= exp.Literal.number(0), true=exp.false())
    return exp.Case(ifs=[some, none])


def _unnested(values: Iterable[exp.Expr]) -> exp.Expr:
    return exp.Explode(this=exp.Array(expressions=list(values)))


def in_points(column: str) -> exp.Expr:
    """A column of ten-thousandths as points."""
    return exp.Div(this=exp.column(column), expression=exp.Literal.number(f"{points.SCALE}.0"))


def null_double() -> exp.Expr:
    """An unknown number."""
    return exp.Cast(this=exp.Null(), to=exp.DataType.build("DOUBLE"))
