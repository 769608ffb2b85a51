"""A slow, plain interpreter of rulebooks, one firm at a time, in exact fractions: what the SQL must agree with.

Scalars may be unknown (absent); lists are taken as complete.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from rongtong.definitions import expression
from rongtong.definitions import expression_tree as tree
from rongtong.qualify.rulebook import Bands, BestOf, Items, Points, Requirement, Rulebook, Stated

Facts = Mapping[str, Any]
Truth = bool | None
Span = tuple[Fraction, Fraction]
OPS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, "!=": operator.ne}


def all_of(parts: list[Truth]) -> Truth:
    return False if False in parts else None if None in parts else True


def any_of(parts: list[Truth]) -> Truth:
    return True if True in parts else None if None in parts else False


class Firm:
    """One firm judged on a day."""

    def __init__(self, book: Rulebook, facts: Facts, day: date) -> None:
        self.book, self.facts, self.last, self.day = book, facts, day.year - 1, day
        self.points = {one.head.id: self.of_points(one.points) for group in book.groups for one in group.indicators}
        self.groups = {
            group.head.id.removeprefix("score."): total([self.points[one.head.id] for one in group.indicators])
            for group in book.groups
        }
        self.groups[""] = total(list(self.groups.values()))
        self.holds = {c.head.id: self.clause(c) for one in book.requirements for c in one.walk()}
        self.verdict = all_of([self.holds[one.head.id] for one in book.requirements if one.decides])

    def clause(self, one: Requirement) -> Truth:
        if one.condition is not None:
            return self.condition(one.condition)
        parts = [self.clause(part) for part in one.parts]
        return any_of(parts) if one.any_part else all_of(parts)

    def condition(self, node: tree.Condition) -> Truth:
        if isinstance(node, tree.AllOf):
            return all_of([self.condition(part) for part in node.parts])
        if isinstance(node, tree.AnyOf):
            return any_of([self.condition(part) for part in node.parts])
        if isinstance(node, tree.Negation):
            part = self.condition(node.part)
            return None if part is None else not part
        if isinstance(node, tree.Member):
            value = self.scalar(node.fact)
            return None if value is None else value in node.values
        return self.comparison(node) if isinstance(node, tree.Compare) else self.scalar(node)

    def comparison(self, node: tree.Compare) -> Truth:
        if isinstance(node.left, tree.Score):
            low, high = self.groups[node.left.group]
            ends = {OPS[node.op](end, Fraction(node.right.value)) for end in (low, high)}
            return ends.pop() if len(ends) == 1 else None
        if isinstance(node.right, tree.Word):
            value = self.scalar(node.left)
            order = node.left.values
            return None if value is None else OPS[node.op](order.index(value), order.index(node.right.text))
        left, right = self.number(node.left), self.number(node.right)
        return None if left is None or right is None else OPS[node.op](left, right)

    def scalar(self, fact: tree.Fact) -> Any:
        year = f"[{fact.year.at(self.last)}]" if fact.year else ""
        return self.facts.get(fact.name + year)

    def number(self, node: tree.Number) -> Fraction | None:  # noqa: PLR0911 -- one return a kind of node
        if isinstance(node, tree.Quantity):
            return Fraction(node.value)
        if isinstance(node, tree.Aggregate):
            return self.aggregate(node)
        if isinstance(node, tree.Fact):
            computed = self.number(node.computed) if node.computed is not None else None
            stated = self.scalar(node)
            return computed if computed is not None else None if stated is None else Fraction(stated)
        parts = [self.number(part) for part in tree.children(node)]
        if None in parts:
            return None
        if isinstance(node, tree.Mean):
            return sum(parts) / len(parts)
        left, right = parts
        if node.op == "/":
            return left / right if right > 0 else None
        return {"+": left + right, "-": left - right, "*": left * right}[node.op]

    def aggregate(self, node: tree.Aggregate) -> Fraction:
        field = self.book.catalogue[node.list]
        when = expression.condition(field.subset(node.subset).when, expression.RecordScope(field))
        found = [record for record in self.facts.get(node.list, ()) if Firm.belongs(self, when, record)]
        if node.window:
            first, last = node.window.at(self.last)
            found = [record for record in found if first <= record[field.dated_by] <= last]
        if node.valid:
            found = [r for r in found if r["granted_on"] <= self.day.isoformat() <= r["valid_until"]]
        return Fraction(sum(record[node.attribute] for record in found) if node.measure == "sum" else len(found))

    def belongs(self, when: tree.Condition, record: Facts) -> bool:
        inner = object.__new__(Firm)
        inner.book, inner.facts, inner.last, inner.day = self.book, record, self.last, self.day
        return inner.condition(when) is True

    def of_points(self, points: Points) -> Span:
        if isinstance(points, Bands):
            return self.bands(points)
        if isinstance(points, Items):
            held = [self.condition(test) for _title, test in points.conditions]
            spans = [
                sum(points.each for one in held if one is True),
                sum(points.each for one in held if one is not False),
            ]
            return tuple(Fraction(min(span, points.cap)) for span in spans)
        if isinstance(points, Stated):
            value = self.scalar(points.fact)
            return (Fraction(0), Fraction(points.max)) if value is None else (Fraction(value), Fraction(value))
        assert isinstance(points, BestOf)
        spans = [self.bands(route) for route in points.routes]
        return max(span[0] for span in spans), max(span[1] for span in spans)

    def bands(self, bands: Bands) -> Span:
        possible = []
        for points, test in bands.steps:
            answer = True if test is None else self.condition(test)
            if answer is not False:
                possible.append(Fraction(points))
            if answer is True:
                break
        return min(possible), max(possible)


def total(spans: list[Span]) -> Span:
    return sum((s[0] for s in spans), Fraction(0)), sum((s[1] for s in spans), Fraction(0))
