"""Numbers in SQL as exact as they are compared: decimals, fractions of them, and rates in twelve places.

Money, counts and ratios stay DECIMAL. A ratio is a pair: it is compared by cross-multiplication, and its denominator
is NULL unless positive. Only means of rates and compound rates are DOUBLE, rounded half-up to twelve places before
they are compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlglot.expressions as exp

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.expression_check import ExpressionError
from rongtong.i18n import _

PLACES = 12
_WIDTH = 38
_NARROW = 18
COMPARE: dict[tree.Comparison, type[exp.Binary]] = {
    ">=": exp.GTE, "<=": exp.LTE, ">": exp.GT, "<": exp.LT, "=": exp.EQ, "!=": exp.NEQ,
}  # fmt: skip


@dataclass(frozen=True)
class Exact:
    """A DECIMAL with that many digits, *scale* of them after the point."""

    sql: exp.Expr
    digits: int
    scale: int

    def times(self, other: Exact) -> Exact:
        """The product. Raises :class:`ExpressionError` when it would not fit into 38 digits."""
        digits, scale = self.digits + other.digits, self.scale + other.scale
        return _fits(exp.Mul(this=self._wide(digits), expression=paren(other.sql)), digits, scale)

    def _wide(self, digits: int) -> exp.Expr:
        """The number as wide as the result: else DuckDB keeps 18 digits, and a large amount stops the statement."""
        if digits <= _NARROW:
            return paren(self.sql)
        kind = exp.DataType.build(f"DECIMAL({min(_WIDTH, digits)},{self.scale})")
        return exp.Cast(this=paren(self.sql), to=kind)

    def plus(self, other: Exact, minus: bool = False) -> Exact:
        """The sum, or the difference."""
        scale = max(self.scale, other.scale)
        digits = max(self.digits - self.scale, other.digits - other.scale) + scale + 1
        node = exp.Sub if minus else exp.Add
        return _fits(node(this=self._wide(digits), expression=paren(other.sql)), digits, scale)


@dataclass(frozen=True)
class Ratio:
    """A fraction of two exact numbers; the denominator is positive or NULL."""

    num: Exact
    den: Exact


@dataclass(frozen=True)
class Rate:
    """A DOUBLE: a mean of rates, or a compound rate."""

    sql: exp.Expr


Form = Exact | Ratio | Rate


def literal(quantity: tree.Quantity) -> Exact:
    """A number of a definition as an exact DECIMAL."""
    text = f"{quantity.value.normalize():f}"
    whole, _dot, places = text.lstrip("-").partition(".")
    digits = max(len(whole.lstrip("0")) + len(places), 1)
    kind = exp.DataType.build(f"DECIMAL({digits},{len(places)})")
    return Exact(exp.Cast(this=exp.Literal.string(text), to=kind), digits, len(places))


def double(form: Form) -> exp.Expr:
    """The form as a DOUBLE."""
    if isinstance(form, Ratio):
        return exp.Div(this=as_double(form.num.sql), expression=as_double(form.den.sql))
    return form.sql if isinstance(form, Rate) else as_double(form.sql)


def null(kind: str) -> exp.Expr:
    """An unknown of that type."""
    return exp.Cast(this=exp.Null(), to=exp.DataType.build(kind))


def first_known(found: list[exp.Expr], kind: str) -> exp.Expr:
    """The first of *found* that is not NULL."""
    if len(found) > 1:
        return exp.Coalesce(this=found[0], expressions=found[1:])
    return found[0] if found else null(kind)


def first_double(found: Iterable[Form]) -> exp.Expr:
    """The first of *found* that is not NULL, as a DOUBLE."""
    return first_known([double(form) for form in found], "DOUBLE")


def rounded(sql: exp.Expr) -> exp.Expr:
    """Half-up to twelve places."""
    return exp.Round(this=sql, decimals=exp.Literal.number(PLACES))


def _fits(sql: exp.Expr, digits: int, scale: int) -> Exact:
    if digits > _WIDTH:
        raise ExpressionError(_("算式太长，超过 38 位十进制数"), 1, _("请拆成几个条件，或减少相乘的项"))
    return Exact(sql, digits, scale)


def paren(sql: exp.Expr) -> exp.Expr:
    """*sql* in parentheses where it is an operation."""
    return exp.paren(sql) if isinstance(sql, exp.Binary) else sql


def as_double(sql: exp.Expr) -> exp.Expr:
    """*sql* as a DOUBLE."""
    return exp.Cast(this=sql, to=exp.DataType.build("DOUBLE"))


def _positive(number: Exact) -> Exact:
    guarded = exp.Case(ifs=[exp.If(this=paren(number.sql) > exp.Literal.number(0), true=number.sql)])
    return Exact(guarded, number.digits, number.scale)


def combine(op: tree.Operator, left: Form, right: Form) -> Form:
    """Two quantities added, subtracted, multiplied or divided. Raises :class:`ExpressionError` for two ratios."""
    if op in "+-":
        return _add(left, right, minus=op == "-")
    if isinstance(left, Exact) and isinstance(right, Exact):
        return left.times(right) if op == "*" else Ratio(left, _positive(right))
    if isinstance(left, Ratio) and isinstance(right, Exact):
        if op == "*":
            return Ratio(left.num.times(right), left.den)
        return Ratio(left.num, left.den.times(_positive(right)))
    if isinstance(left, Exact) and isinstance(right, Ratio) and op == "*":
        return combine(op, right, left)
    raise ExpressionError(_("比率之间不能再运算"), 1, _("请分成两个条件，或用 mean"))


def _add(left: Form, right: Form, minus: bool) -> Form:
    if isinstance(left, Exact) and isinstance(right, Exact):
        return left.plus(right, minus)
    if isinstance(left, Ratio) and isinstance(right, Exact):
        one = right.sql.name in ("1",)
        return Ratio(left.num.plus(left.den if one else right.times(left.den), minus), left.den)
    raise ExpressionError(_("比率之间不能再运算"), 1, _("请分成两个条件，或用 mean"))


def compare_forms(op: tree.Comparison, left: Form, right: Form) -> exp.Expr:
    """Whether *left* stands so to *right*: ratios by cross-multiplication, rates in twelve places."""
    node = COMPARE[op]
    if isinstance(left, Rate) or isinstance(right, Rate):
        return node(this=rounded(double(left)), expression=rounded(double(right)))
    a, b = _cross(left, right), _cross(right, left)
    return node(this=paren(a.sql), expression=paren(b.sql))


def _cross(side: Exact | Ratio, other: Exact | Ratio) -> Exact:
    number = side.num if isinstance(side, Ratio) else side
    return number.times(other.den) if isinstance(other, Ratio) else number
