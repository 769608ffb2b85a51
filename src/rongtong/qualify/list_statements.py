"""What sources state of a list in numbers: bounds of a count, a sum or an "any" by the columns of a firm."""

from __future__ import annotations

import sqlglot.expressions as exp

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Field
from rongtong.qualify.list_columns import ListColumn, Window, contained, containing


def stated_lows(field: Field, one: tree.Aggregate, window: Window | None, known: list[ListColumn]) -> list[exp.Expr]:
    """What *one* is at least, by each of the columns *known* that says so; *window* are the years asked for."""
    if one.valid:  # a stated yes does not say until when
        return []
    parts = {one.subset, *contained(field, one.subset)}
    usable = [each for each in known if each.subset in parts and each.inside(window)]
    found = [least(one, each) for each in usable]
    for _subset, measure, years in _tiles(usable):
        if len(years) > 1 and measure == _own(one):
            found.append(_sum([exp.Coalesce(this=stated(each.column), expressions=[integer(0)]) for each in years]))
    return [node for node in found if node is not None]


def stated_highs(field: Field, one: tree.Aggregate, window: Window | None, known: list[ListColumn]) -> list[exp.Expr]:
    """What *one* is at most, by each of the columns *known* whose source may say that there is none."""
    wholes = {one.subset, *containing(field, one.subset)}
    usable = [each for each in known if each.subset in wholes and each.settled is not None]
    found = [_most(one, each) for each in usable if each.covers(window)]
    inside = [each for each in usable if each.inside(window)]
    for _subset, measure, years in _tiles(inside):
        if window and len(years) == window[1] - window[0] + 1 > 1:
            if measure == _own(one):
                found.append(_sum([_bound(each) for each in years]))
            elif measure == "any":
                yes = exp.or_(*(_bound(each) for each in years))
                found.append(exp.Case(ifs=[exp.If(this=exp.not_(exp.paren(yes)), true=integer(0))]))
    return [node for node in found if node is not None]


def _tiles(known: list[ListColumn]) -> list[tuple[str, str, list[ListColumn]]]:
    """Single years of one subset and measure, which do not overlap and so add up."""
    groups: dict[tuple[str, str], list[ListColumn]] = {}
    for each in known:
        if each.years and each.years[0] == each.years[1]:
            groups.setdefault((each.subset, each.measure), []).append(each)
    return [(subset, measure, years) for (subset, measure), years in groups.items()]


def _own(one: tree.Aggregate) -> str:
    return "amount" if one.measure == "sum" else "count"


def least(one: tree.Aggregate, each: ListColumn) -> exp.Expr | None:
    """The least that *one* is by a column: its number, or one record; None where it says no number of that kind."""
    column = stated(each.column)
    if each.measure == _own(one):
        return column
    if one.measure == "sum":
        return None
    return exp.Case(ifs=[exp.If(this=says_some(each), true=integer(1))])


def says_some(each: ListColumn) -> exp.Expr:
    """Whether a column says that there is at least one."""
    column = stated(each.column)
    return column if each.measure == "any" else exp.GT(this=column, expression=integer(0))


def _bound(each: ListColumn) -> exp.Expr:
    """What a column says, as an upper bound: nothing where who says it may not say "none"."""
    column = stated(each.column)
    return exp.Case(ifs=[exp.If(this=stated(each.settled), true=column)]) if each.settled else column


def _most(one: tree.Aggregate, each: ListColumn) -> exp.Expr | None:
    column = _bound(each)
    if each.measure == _own(one):
        return column
    if each.measure == "amount":
        return None
    none = exp.not_(column) if each.measure == "any" else exp.EQ(this=column, expression=integer(0))
    return exp.Case(ifs=[exp.If(this=none, true=integer(0))])


def _sum(nodes: list[exp.Expr]) -> exp.Expr:
    total = nodes[0]
    for node in nodes[1:]:
        total = exp.Add(this=total, expression=node)
    return exp.paren(total)


def stated(column: str) -> exp.Column:
    """A column of the firm, as :meth:`Program.facts` has it."""
    return exp.column(column, table="f", quoted=True)


def integer(value: int) -> exp.Expr:
    """A whole number."""
    return exp.Literal.number(value)
