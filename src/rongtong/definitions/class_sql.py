"""Levels by a rule of classes as SQL: whether the class of a firm is among some, unknown where a measure decides it.

A measure that is not known may be of any class; the rest may still tell enough: few staff make no large firm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import sqlglot.expressions as exp

from rongtong.definitions import expression_tree as tree

#: Whether a measure reaches a bound.
Reaches = Callable[[tree.Fact, tree.Quantity], exp.Expr]


def among(
    rule: tree.Classified, order: tuple[str, ...], values: tuple[str, ...], code: exp.Expr, reaches: Reaches
) -> exp.Expr:
    """Whether the class, one of *order* from the lowest up, is one of *values*: TRUE, FALSE or NULL."""
    found = list(runs(order, values))
    cases = [exp.If(this=_begins(code, row.codes), true=_of_row(row, found, len(order), reaches)) for row in rule.rows]
    return exp.Case(ifs=cases)


def value(order: tuple[str, ...], among_one: Callable[[str], exp.Expr]) -> exp.Expr:
    """The class, where it is known; *among_one* tells whether it is one."""
    return exp.Case(ifs=[exp.If(this=among_one(word), true=exp.Literal.string(word)) for word in order])


def runs(order: tuple[str, ...], values: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The runs of neighbouring classes: the first and the last place of each."""
    places = sorted(order.index(value) for value in values)
    for _key, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        own = [place for _index, place in run]
        yield own[0], own[-1]


def _begins(code: exp.Expr, codes: tuple[str, ...]) -> exp.Expr:
    """Whether the digits of the code begin with one of *codes*."""
    digits = exp.RegexpExtract(this=code.copy(), expression=exp.Literal.string("[0-9]+"))
    lengths = sorted({len(one) for one in codes})
    return exp.or_(*(_starts(digits, [one for one in codes if len(one) == length], length) for length in lengths))


def _starts(digits: exp.Expr, codes: list[str], length: int) -> exp.Expr:
    ends = {"start": exp.Literal.number(1), "length": exp.Literal.number(length)}
    return exp.In(
        this=exp.Substring(this=digits.copy(), **ends), expressions=[exp.Literal.string(one) for one in codes]
    )


def _of_row(row: tree.ClassRow, runs: list[tuple[int, int]], classes: int, reaches: Reaches) -> exp.Expr:
    return exp.paren(exp.or_(exp.false(), *(_within(row, first, last, classes, reaches) for first, last in runs)))


def _within(row: tree.ClassRow, first: int, last: int, classes: int, reaches: Reaches) -> exp.Expr:
    """Every measure reaches the *first* class, and not every one the class after the *last*."""
    tests = [exp.true()] if first == 0 else [_all_reach(row, first, reaches)]
    return exp.and_(*tests, *([] if last == classes - 1 else [exp.not_(_all_reach(row, last + 1, reaches))]))


def _all_reach(row: tree.ClassRow, place: int, reaches: Reaches) -> exp.Expr:
    return exp.paren(exp.and_(exp.true(), *(reaches(measure, bounds[place - 1]) for measure, bounds in row.bounds)))
