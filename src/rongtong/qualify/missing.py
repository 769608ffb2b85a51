"""Which missing facts would settle an undetermined firm: those that can do it alone first, then by points at stake.

A fact settles a firm alone when, with everything that lacks only this fact at its best, the firm surely qualifies,
and at its worst it surely does not; all else stays as unknown as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import duckdb
import sqlglot.expressions as exp
from sqlglot import select

from rongtong.qualify.asked import ask, asked
from rongtong.qualify.compile import Program
from rongtong.qualify.points import SCALE, scaled
from rongtong.qualify.unknowns import ZERO, Unknowns, either, unknown


class Lack(NamedTuple):
    """A missing fact of a firm: whether it settles it alone, and how many points hang on it."""

    fact: str
    settles: bool
    points: float


class _Statements(NamedTuple):
    """The facts that a program can lack, and the two statements: the open firms, and what each of them wants."""

    facts: list[str]
    open: str
    ranked: str


def missing(connection: duckdb.DuckDBPyConnection, program: Program, numbers: Sequence[int]) -> dict[int, list[Lack]]:
    """Per undetermined firm (its ``n``) among *numbers* what is missing, most wanted first."""
    statements = _statements(program)
    ask(connection, numbers)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE open_firms AS {statements.open}")
    found: dict[int, list[Lack]] = {}
    for n, fact, settles, stake in connection.execute(statements.ranked).fetchall():
        found.setdefault(n, []).append(Lack(statements.facts[fact], bool(settles), stake / SCALE))
    connection.execute("DROP TABLE open_firms")
    return found


@lru_cache(maxsize=16)
def _statements(program: Program) -> _Statements:
    """Built once a program, for that takes longer than to run them on a firm: which firms are asked for is data."""
    unknowns = Unknowns(program)
    texts = (_open(program, unknowns), _ranked(program, unknowns))
    return _Statements(unknowns.facts, *(text.sql("duckdb", copy=False) for text in texts))


def _open(program: Program, unknowns: Unknowns) -> exp.Select:
    """The undetermined firms: atoms, what each lacks, what each indicator lacks, and what matters at all."""
    atoms = select("*", *unknowns.columns()).from_("atoms")
    judged = program.judged(program.prepared(asked).with_("lacking", as_=atoms), "lacking")
    masks = [exp.alias_(unknowns.indicator(one, k), f"w{k}") for k, one in enumerate(program.indicators)]
    judged = judged.with_("weighed", as_=select("*", *masks).from_("clauses").where(unknown(exp.column("v"))))
    matters = either(unknowns.clause(one) for one in program.book.deciding)
    return judged.select("*", exp.alias_(matters, "matters"), append=False).from_("weighed")


def _ranked(program: Program, unknowns: Unknowns) -> exp.Select:
    """``n, fact, settles, points`` in the order of wanting."""
    found = program.judged(select().with_("trials", as_=_trials(program, unknowns)), "trials")
    better = exp.Max(this=exp.and_(exp.column("best"), _known(exp.column("v"))))
    worse = exp.Max(this=exp.and_(exp.not_(exp.column("best")), _known(exp.not_(exp.column("v")))))
    stake = exp.Max(this=exp.column("stake"))
    grouped = found.select(
        "n", "fact", exp.alias_(exp.and_(better, worse), "settles"), exp.alias_(stake, "points"), append=False
    )
    return grouped.from_("clauses").group_by("n", "fact").order_by("n", "settles DESC", "points DESC", "fact")


def _known(test: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=test, expressions=[exp.false()])


def _trials(program: Program, unknowns: Unknowns) -> exp.Select:
    """Each open firm once per missing fact and side: what lacks only this fact is at its best, or at its worst."""
    rows = [
        exp.Tuple(expressions=[exp.Literal.number(k), unknowns.bit(name), exp.Boolean(this=best)])
        for k, name in enumerate(unknowns.facts)
        for best in (True, False)
    ]
    sides = exp.Values(
        expressions=rows,
        alias=exp.TableAlias(
            this=exp.to_identifier("t"), columns=[exp.to_identifier(c) for c in ("fact", "bit", "best")]
        ),
    )
    columns = [*_atoms(program, unknowns), *_stated(program), exp.alias_(_stake(program), "stake")]
    on = exp.NEQ(
        this=exp.paren(exp.BitwiseAnd(this=exp.column("matters"), expression=exp.column("bit"))), expression=ZERO.copy()
    )
    return select("n", "fact", "best", *columns).from_("open_firms").join(sides, on=on)


def _atoms(program: Program, unknowns: Unknowns) -> Iterator[exp.Expr]:
    for atom, k in program.atoms.items():
        own: exp.Expr = exp.column(f"a{k}")
        better = unknowns.signs.get(atom)
        if better is not None:
            value = exp.column("best") if better else exp.not_(exp.column("best"))
            own = exp.Case(ifs=[exp.If(this=_lacks_only(f"u{k}"), true=value)], default=own)
        yield exp.alias_(own, f"a{k}")


def _stated(program: Program) -> Iterator[exp.Expr]:
    for stated, k in program.stated.items():
        side = exp.Case(ifs=[exp.If(this=exp.column("best"), true=scaled(stated.max))], default=ZERO.copy())
        for end in ("low", "high"):
            name = f"s{k}_{end}"
            case = exp.Case(ifs=[exp.If(this=_lacks_only(f"su{k}"), true=side.copy())], default=exp.column(name))
            yield exp.alias_(case, name)


def _lacks_only(mask: str) -> exp.Expr:
    return exp.EQ(this=exp.column(mask), expression=exp.column("bit"))


def _stake(program: Program) -> exp.Expr:
    total: exp.Expr = ZERO.copy()
    for k in range(len(program.indicators)):
        hangs = exp.NEQ(
            this=exp.paren(exp.BitwiseAnd(this=exp.column(f"w{k}"), expression=exp.column("bit"))),
            expression=ZERO.copy(),
        )
        span = exp.Sub(this=exp.column(f"i{k}_high"), expression=exp.column(f"i{k}_low"))
        total = exp.Add(this=total, expression=exp.Case(ifs=[exp.If(this=hangs, true=span)], default=ZERO.copy()))
    return total
