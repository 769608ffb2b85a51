"""Quantities as exact linear fractions of what can change: how far each has to go for a comparison to come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from rongtong.definitions import expression_tree as tree

#: Beyond this a sum of products does not fit into the 63 bits of the solver.
WIDEST = 2**61


class CurvedError(ValueError):
    """A comparison that is not linear in what can change."""


@dataclass(frozen=True)
class Linear:
    """*constant* plus the *terms*: coefficients by the number of the variable."""

    constant: Fraction
    terms: Mapping[int, Fraction]

    def times(self, other: Linear) -> Linear:
        """The product. Raises :class:`CurvedError` unless one of them is a constant."""
        if self.terms and other.terms:
            raise CurvedError
        factor, sum_ = (self.constant, other) if not self.terms else (other.constant, self)
        return Linear(sum_.constant * factor, {k: each * factor for k, each in sum_.terms.items()})

    def plus(self, other: Linear, sign: int = 1) -> Linear:
        """The sum, or with *sign* -1 the difference."""
        keys = self.terms.keys() | other.terms.keys()
        terms = {k: self.terms.get(k, Fraction()) + sign * other.terms.get(k, Fraction()) for k in keys}
        return Linear(self.constant + sign * other.constant, {k: each for k, each in terms.items() if each})


def number(value: Fraction | int) -> Linear:
    """A constant."""
    return Linear(Fraction(value), {})


@dataclass(frozen=True)
class Share:
    """A fraction of two linear sums; the denominator is positive."""

    num: Linear
    den: Linear

    def plus(self, other: Share, sign: int = 1) -> Share:
        """The sum, or the difference."""
        if self.den == other.den:
            return Share(self.num.plus(other.num, sign), self.den)
        return Share(self.num.times(other.den).plus(other.num.times(self.den), sign), self.den.times(other.den))


#: What a scalar is: its linear sum, or None where it is unknown.
Of = Callable[[tree.Fact], Linear | None]
#: Whether a sum is above nothing wherever its variables may go.
Positive = Callable[[Linear], bool]


def share(node: tree.Number, of: Of, positive: Positive) -> Share | None:
    """A quantity, None where it is unknown. Raises :class:`CurvedError` where it is not a linear fraction.

    *positive* tells whether a sum is positive wherever its variables may go.
    """
    if isinstance(node, tree.Quantity):
        return Share(number(Fraction(node.value)), number(1))
    if isinstance(node, tree.Fact):
        return _fact(node, of, positive)
    if isinstance(node, tree.Mean):
        return _mean([share(part, of, positive) for part in node.parts])
    if not isinstance(node, tree.Arithmetic):
        raise CurvedError
    left, right = share(node.left, of, positive), share(node.right, of, positive)
    return None if left is None or right is None else _arithmetic(node.op, left, right, positive)


def _mean(parts: list[Share | None]) -> Share | None:
    total = parts[0]
    for part in parts[1:]:
        if total is not None:
            total = None if part is None else total.plus(part)
    return None if total is None else Share(total.num, total.den.times(number(len(parts))))


def _fact(node: tree.Fact, of: Of, positive: Positive) -> Share | None:
    if isinstance(node.computed, tree.Arithmetic):
        computed = share(node.computed, of, positive)
        if computed is not None:
            return computed
    known = of(node)
    return None if known is None else Share(known, number(1))


def _arithmetic(op: tree.Operator, left: Share, right: Share, positive: Positive) -> Share | None:
    if op in "+-":
        return left.plus(right, 1 if op == "+" else -1)
    if op == "*":
        return Share(left.num.times(right.num), left.den.times(right.den))
    if not right.num.terms and right.num.constant <= 0:
        return None
    if not positive(right.num):
        raise CurvedError
    return Share(left.num.times(right.den), left.den.times(right.num))


def difference(node: tree.Compare, of: Of, positive: Positive) -> Linear | None:
    """Left minus right over a common denominator: its sign is that of the difference. None where it is unknown.

    Raises :class:`CurvedError` where it is not linear.
    """
    assert not isinstance(node.right, tree.Word)  # noqa: S101 -- levels are no numbers
    left = node.left
    if isinstance(left, tree.Compound):
        return _compound(left, node.right, of, positive)
    sides = [share(side, of, positive) for side in (left, node.right)]
    if sides[0] is None or sides[1] is None:
        return None
    return sides[0].num.times(sides[1].den).plus(sides[1].num.times(sides[0].den), -1)


def _compound(node: tree.Compound, bound: tree.Number, of: Of, positive: Positive) -> Linear | None:
    """``last ≥ first × (1 + rate)^years``."""
    last, first = of(node.last), of(node.first)
    if last is None or first is None:
        return None
    if not positive(first) or not isinstance(bound, tree.Quantity):
        raise CurvedError
    return last.plus(first.times(number((1 + Fraction(bound.value)) ** node.years)), -1)


def whole(sum_: Linear, spans: Mapping[int, int], *, strict: bool) -> tuple[int, dict[int, int]]:
    """Integers *c*, *terms* such that ``c + Σ terms·d ≥ 0`` makes *sum_* at least 0, or (*strict*) more than 0.

    The variables are whole numbers from 0 to *spans*. The two say the same, unless the numbers are too long for the
    solver: then the former asks for more, by less than a billionth.
    """
    if len(sum_.terms) == 1:
        return _step(sum_, strict=strict)
    by = lcm(sum_.constant.denominator, *(each.denominator for each in sum_.terms.values()))
    constant = int(sum_.constant * by) - (1 if strict else 0)
    terms = {k: int(each * by) for k, each in sum_.terms.items()}
    size = abs(constant) + sum(abs(each) * spans[k] for k, each in terms.items())
    fits = -(-size // WIDEST)
    return constant // fits if fits else constant, {k: each // fits if fits else each for k, each in terms.items()}


def _step(sum_: Linear, *, strict: bool) -> tuple[int, dict[int, int]]:
    """Of one variable: from which whole number on, or up to which."""
    ((k, each),) = sum_.terms.items()
    turn = -sum_.constant / each
    if each > 0:
        least = turn.__floor__() + 1 if strict else turn.__ceil__()
        return -least, {k: 1}
    most = turn.__ceil__() - 1 if strict else turn.__floor__()
    return most, {k: -1}
