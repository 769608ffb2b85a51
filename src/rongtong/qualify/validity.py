"""Which records are in force on a day: titles that run to a last day, entries that stand until they are removed.

An entry stands unless it is known to be later than the day, or removed by it: whoever lists a firm knows that it is
listed, and a removal is said when there was one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import sqlglot.expressions as exp

from rongtong.definitions.catalogue import Field
from rongtong.definitions.expression_sql import date_literal
from rongtong.qualify.list_columns import ListColumn

#: The column of an attribute.
Of = Callable[[str], exp.Expr]


def in_force(field: Field, of: Of, day: date) -> list[exp.Expr]:
    """The conditions under which a record of *field* is in force on *day*."""
    valid = field.valid
    assert valid is not None  # noqa: S101 -- the checker has looked
    since, on = of(valid.since), date_literal(day)
    if valid.until:
        return [since <= on, of(valid.until) >= on.copy()]
    later: list[exp.Expr] = [since > on]
    if field.dated_by:
        later.append(of(field.dated_by) > exp.Literal.number(day.year))
    return [_unless(*later), _unless(of(valid.removed) <= on.copy())]


def _unless(*tests: exp.Expr) -> exp.Expr:
    """Whether the first of *tests* that is known is not true; so, too, when none is known."""
    return exp.not_(exp.Coalesce(this=exp.paren(tests[0]), expressions=[*tests[1:], exp.false()]))


def is_register(field: Field) -> bool:
    """Whether its records stand until they are removed."""
    return field.valid is not None and bool(field.valid.removed)


def listed(each: ListColumn, day: date) -> bool:
    """Whether a yes of these years says that the firm had been listed by *day*."""
    return each.years is None or each.years[0] <= day.year
