"""Quantities and atoms as SQL: exact where they are compared, unknown (NULL) where a fact is missing.

How exact they are, :mod:`rongtong.definitions.exact_sql` says. A derived ratio has two forms, by its amounts and as
stated; the first that is known counts.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from functools import lru_cache, reduce
from itertools import product

import sqlglot.expressions as exp

from rongtong.definitions import class_sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import SQL_TYPES, Type
from rongtong.definitions.exact_sql import (
    COMPARE,
    Exact,
    Form,
    Rate,
    Ratio,
    as_double,
    combine,
    compare_forms,
    first_double,
    first_known,
    literal,
    null,
    paren,
    rounded,
)

#: The column of a scalar, or None when nothing is known of it for any firm.
Columns = Callable[[tree.Fact], "exp.Expr | None"]

_DIGITS = {"money": (18, 2), "integer": (19, 0), "year": (5, 0), "ratio": (18, 8), "number": (18, 4)}


def forms(node: tree.Number, columns: Columns) -> tuple[Form, ...]:
    """The ways in which a quantity can be known, best first; none when nothing is known of it for any firm."""
    if isinstance(node, tree.Quantity):
        return (literal(node),)
    if isinstance(node, tree.Fact):
        return _fact(node, columns)
    if isinstance(node, tree.Mean):
        return _mean(node, columns)
    if isinstance(node, tree.Compound):
        return _compound(node, columns)
    assert isinstance(node, tree.Arithmetic)  # noqa: S101 -- aggregates and scores are intervals, compiled elsewhere
    pairs = product(forms(node.left, columns), forms(node.right, columns))
    return tuple(combine(node.op, left, right) for left, right in pairs)


def compare(op: tree.Comparison, left: tuple[Form, ...], right: tuple[Form, ...]) -> exp.Expr:
    """Whether *left* stands so to *right*: TRUE, FALSE or NULL."""
    found = [compare_forms(op, a, b) for a, b in product(left, right)]
    return first_known(found, "BOOLEAN")


def atom(node: tree.Atom, columns: Columns, day: date) -> exp.Expr:
    """An atomic condition on scalars, on the *day* of application: TRUE, FALSE or NULL."""
    if isinstance(node, tree.Fact):
        return columns(node) or null("BOOLEAN")
    if isinstance(node, tree.Member):
        return _among(node.fact, node.values, columns)
    if isinstance(node.right, tree.Word):
        fact = node.left
        assert isinstance(fact, tree.Fact)  # noqa: S101 -- the checker lets only levels stand beside a word
        return _among(fact, _levels(node.op, fact.values, node.right.text), columns)
    if isinstance(node.left, tree.Elapsed):
        return _elapsed(node, node.left.since, columns, day)
    return compare(node.op, forms(node.left, columns), forms(node.right, columns))


def exact(node: tree.Condition) -> None:
    """Raise :class:`ExpressionError` for a condition that could not be reckoned exactly if all its facts were known."""
    for one in tree.atoms(node):
        if isinstance(one, tree.Compare):
            _reckoned(one)


@lru_cache(maxsize=1024)
def _reckoned(one: tree.Compare) -> None:
    if isinstance(one.right, tree.Word) or isinstance(one.left, tree.Aggregate | tree.Score | tree.Elapsed):
        return
    compare(one.op, *(forms(side, lambda fact: exp.column(fact.name)) for side in (one.left, one.right)))


def condition(node: tree.Condition, of: Callable[[tree.Atom], exp.Expr]) -> exp.Expr:
    """A condition over its atoms, *of* giving each; SQL's AND, OR and NOT are three-valued as they should be."""
    if isinstance(node, tree.AllOf):
        return exp.paren(exp.and_(*(condition(part, of) for part in node.parts)))
    if isinstance(node, tree.AnyOf):
        return exp.paren(exp.or_(*(condition(part, of) for part in node.parts)))
    return exp.not_(condition(node.part, of)) if isinstance(node, tree.Negation) else of(node)


def class_among(fact: tree.Fact, values: tuple[str, ...], columns: Columns) -> list[exp.Expr]:
    """Whether a level is one of *values* by its rule of classes; nothing where there is none, or no code is known."""
    rule = fact.computed
    code = columns(rule.by) if isinstance(rule, tree.Classified) else None
    if code is None or not isinstance(rule, tree.Classified):
        return []
    return [
        class_sql.among(
            rule,
            fact.values,
            values,
            code,
            lambda measure, bound: compare(">=", forms(measure, columns), forms(bound, columns)),
        )
    ]


def level(fact: tree.Fact, columns: Columns) -> exp.Expr:
    """A level: by its rule of classes, else as stated."""
    column = columns(fact)
    stated = [] if column is None else [column]
    ruled = class_among(fact, fact.values[:1], columns)
    by_rule = [class_sql.value(fact.values, lambda word: class_among(fact, (word,), columns)[0])] if ruled else []
    return first_known([*by_rule, *stated], "VARCHAR")


def margin(node: tree.Compare, columns: Columns) -> exp.Expr:
    """Value minus bound as DOUBLE, rounded to twelve places: yuan, people, or a share."""
    sides = [forms(side, columns) for side in (node.left, node.right) if not isinstance(side, tree.Word)]
    left, right = (first_double(side) for side in sides)
    return rounded(exp.Sub(this=paren(left), expression=paren(right)))


def _fact(node: tree.Fact, columns: Columns) -> tuple[Form, ...]:
    column = columns(node)
    stated = () if column is None else (Exact(column, *_DIGITS[node.type]),)
    computed = node.computed
    return (forms(computed, columns) if computed and not isinstance(computed, tree.Classified) else ()) + stated


def _mean(node: tree.Mean, columns: Columns) -> tuple[Form, ...]:
    parts = [forms(part, columns) for part in node.parts]
    if not all(parts):
        return ()
    count = Exact(exp.Literal.number(len(parts)), len(str(len(parts))), 0)
    exact = [form[0] for form in parts if len(form) == 1 and isinstance(form[0], Exact)]
    if len(exact) == len(parts):
        return (Ratio(reduce(Exact.plus, exact), count),)
    known = [paren(first_double(part)) for part in parts]
    total = reduce(lambda a, b: exp.Add(this=a, expression=b), known)
    return (Rate(exp.Div(this=exp.paren(total), expression=count.sql)),)


def _compound(node: tree.Compound, columns: Columns) -> tuple[Form, ...]:
    last, first = columns(node.last), columns(node.first)
    if last is None or first is None:
        return ()
    zero = exp.Literal.number(0)
    ratio = exp.Div(this=as_double(last), expression=as_double(first))
    power = exp.Pow(
        this=ratio, expression=exp.Div(this=exp.Literal.number("1.0"), expression=exp.Literal.number(node.years))
    )
    guarded = exp.Case(ifs=[exp.If(this=exp.and_(first > zero, last >= zero), true=power - exp.Literal.number(1))])
    return (Rate(guarded),)


def _elapsed(node: tree.Compare, since: tree.Fact, columns: Columns, day: date) -> exp.Expr:
    """Whether the anniversary has come: the day that many months later against the day of application."""
    column = columns(since)
    if column is None:
        return null("BOOLEAN")
    assert isinstance(node.right, tree.Quantity)  # noqa: S101 -- the checker lets only numbers stand there
    months = exp.Interval(this=exp.Literal.string(str(int(node.right.value * 12))), unit=exp.var("MONTH"))
    return COMPARE[node.op](this=date_literal(day), expression=exp.paren(exp.Add(this=column, expression=months)))


def _levels(op: tree.Comparison, order: tuple[str, ...], word: str) -> tuple[str, ...]:
    test: Callable[[int, int], bool] = {
        ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, "!=": operator.ne,
    }[op]  # fmt: skip
    bound = order.index(word)
    return tuple(value for place, value in enumerate(order) if test(place, bound))


def _among(fact: tree.Fact, values: tuple[str, ...], columns: Columns) -> exp.Expr:
    ruled = class_among(fact, values, columns)
    stated = [] if columns(fact) is None else [_stated_among(columns(fact), values)]
    return first_known([*ruled, *stated], "BOOLEAN")


def _stated_among(column: exp.Expr | None, values: tuple[str, ...]) -> exp.Expr:
    assert column is not None  # noqa: S101 -- the caller has looked
    if not values:  # below the lowest or above the highest: false wherever the level is known
        return exp.NEQ(this=column, expression=column.copy())
    return exp.In(this=column, expressions=[exp.Literal.string(value) for value in values])


def date_literal(day: date) -> exp.Expr:
    """A DATE."""
    return exp.Cast(this=exp.Literal.string(day.isoformat()), to=exp.DataType.build("DATE"))


def typed(kind: Type) -> exp.Expr:
    """An unknown of a catalogue type."""
    return null(SQL_TYPES[kind])
