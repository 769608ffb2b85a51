"""Points as intervals in SQL: bands, items with a cap, the best of several routes, stated points.

Points, and yuan of what is granted, are counted in ten-thousandths as whole numbers, so that sums are exact and fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import sqlglot.expressions as exp

from rongtong.definitions import exact_sql
from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.qualify.rulebook import Bands, BestOf, Items, Local, Points, Share, Stated

SCALE = 10_000
#: The SQL of an atom.
Of = Callable[[tree.Atom], exp.Expr]


@dataclass(frozen=True)
class Interval:
    """The least and the most points that are possible."""

    low: exp.Expr
    high: exp.Expr


def interval(points: Points, of: Of, stated: Callable[[Stated], Interval]) -> Interval:
    """The points of a criterion."""
    if isinstance(points, Bands):
        return _bands(points, of)
    if isinstance(points, Items):
        return _items(points, of)
    if isinstance(points, Stated):
        return stated(points)
    if isinstance(points, Local):
        return _local(points, of, stated)
    routes = [_bands(route, of) for route in points.routes]
    return Interval(_most([route.low for route in routes]), _most([route.high for route in routes]))


def scaled(points: Decimal) -> exp.Expr:
    """Points as an INTEGER of ten-thousandths."""
    return exp.Literal.number(int(points * SCALE))


def share(of: Share, columns: sql.Columns) -> Interval:
    """An amount that is a share of a figure: exact where that is known, else anything up to the cap; never below 0.

    Cut to the cap first, it is small enough for a DOUBLE to hold its ten-thousandths exactly.
    """
    amount = exact_sql.first_double(sql.forms(of.amount, columns))
    whole = exp.Round(this=exp.paren(amount) * exp.Literal.number(SCALE))
    within = exp.Case(
        ifs=[exp.If(this=whole < 0, true=scaled(Decimal(0))), exp.If(this=whole > scaled(of.cap), true=scaled(of.cap))],
        default=exp.Cast(this=whole.copy(), to=exp.DataType.build("BIGINT")),
    )
    low = exp.Coalesce(this=within, expressions=[scaled(Decimal(0))])
    return Interval(low, exp.Coalesce(this=within.copy(), expressions=[scaled(of.cap)]))


def conditions(points: Points) -> list[tree.Condition]:
    """The conditions a criterion asks."""
    if isinstance(points, Bands):
        return [test for _points, test in points.steps if test is not None]
    if isinstance(points, Items):
        return [test for _title, test in points.conditions]
    if isinstance(points, Local):
        return [points.when, *(test for one in points.indicators for test in conditions(one.points))]
    return [test for route in points.routes for test in conditions(route)] if isinstance(points, BestOf) else []


def stated_in(points: Points) -> list[Stated]:
    """The points of a criterion that somebody else states, those of its local sheet included."""
    if isinstance(points, Local):
        return [points.stated, *(found for one in points.indicators for found in stated_in(one.points))]
    return [points] if isinstance(points, Stated) else []


def _bands(bands: Bands, of: Of) -> Interval:
    """Low: the first band that surely holds. High: the first that may hold."""
    tests = [(points, sql.condition(test, of)) for points, test in bands.steps if test is not None]
    rest = scaled(bands.steps[-1][0])
    low = exp.Case(ifs=[exp.If(this=test, true=scaled(points)) for points, test in tests], default=rest)
    if bands.by_value:  # one value decides all of them: all tests are known, or none is
        unknown = exp.Is(this=exp.paren(tests[0][1].copy()), expression=exp.Null())
        return Interval(low, exp.Case(ifs=[exp.If(this=unknown, true=scaled(tests[0][0]))], default=low.copy()))
    may = [exp.If(this=possible(test), true=scaled(points)) for points, test in tests]
    return Interval(low, exp.Case(ifs=may, default=rest.copy()))


def _local(local: Local, of: Of, stated: Callable[[Stated], Interval]) -> Interval:
    """What is stated counts; then, where the sheet surely applies, what it gives; else all is possible."""
    known, own = stated(local.stated), [interval(one.points, of, stated) for one in local.indicators]
    settled = exp.EQ(this=known.low.copy(), expression=known.high.copy())

    def end(stated_end: exp.Expr, sheet: list[exp.Expr]) -> exp.Expr:
        when = sql.condition(local.when, of)
        cases = [exp.If(this=settled.copy(), true=stated_end), exp.If(this=when, true=_total(sheet))]
        return exp.Case(ifs=cases, default=stated_end.copy())

    return Interval(end(known.low, [one.low for one in own]), end(known.high, [one.high for one in own]))


def _items(items: Items, of: Of) -> Interval:
    tests = [sql.condition(test, of) for _title, test in items.conditions]
    each, cap = scaled(items.each), scaled(items.cap)
    low = _total([_if(test, each) for test in tests])
    high = _total([_if(possible(test), each) for test in tests])
    return Interval(capped(low, cap), capped(high, cap))


def possible(test: exp.Expr) -> exp.Expr:
    """Whether a test is true or unknown."""
    return exp.not_(exp.Is(this=exp.paren(test.copy()), expression=exp.false()))


def _if(test: exp.Expr, points: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=test, true=points.copy())], default=exp.Literal.number(0))


def capped(points: exp.Expr, cap: exp.Expr) -> exp.Expr:
    """Both sides are known here, so that LEAST cannot mistake an unknown for full marks."""
    return exp.Least(this=points, expressions=[cap.copy()], ignore_nulls=True)


def _most(points: list[exp.Expr]) -> exp.Expr:
    return exp.Greatest(this=points[0], expressions=points[1:], ignore_nulls=True) if len(points) > 1 else points[0]


def _total(points: list[exp.Expr]) -> exp.Expr:
    total = points[0]
    for one in points[1:]:
        total = exp.Add(this=total, expression=one)
    return total
