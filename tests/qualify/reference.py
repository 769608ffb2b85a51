"""A slow, plain interpreter of rulebooks, one firm at a time, in exact fractions: what the SQL must agree with.

Anything may be unknown (absent). Of lists it knows what is certain: a stated number, or a list said to be complete.
"""

from __future__ import annotations

import calendar
import operator
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from rongtong.definitions import expression
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Field, catalogue
from rongtong.qualify.rulebook import Bands, BestOf, Items, Local, Points, Requirement, Rulebook, Stated

Facts = Mapping[str, Any]
Truth = bool | None
Span = tuple[Fraction, Fraction]
#: Conditions of subsets that are not to be read from the catalogue.
Subsets = Mapping[tuple[str, str], tree.Condition]
OPS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, "!=": operator.ne}


def all_of(parts: list[Truth]) -> Truth:
    return False if False in parts else None if None in parts else True


def any_of(parts: list[Truth]) -> Truth:
    return True if True in parts else None if None in parts else False


class Firm:
    """One firm judged on a day."""

    def __init__(self, book: Rulebook, facts: Facts, day: date, subsets: Subsets | None = None) -> None:
        self.book, self.facts, self.last, self.day = book, facts, day.year - 1, day
        self.subsets = subsets or {}

    @cached_property
    def points(self) -> dict[str, Span]:
        return {one.head.id: self.of_points(one.points) for group in self.book.groups for one in group.indicators}

    @cached_property
    def groups(self) -> dict[str, Span]:
        found = {
            group.head.id.removeprefix("score."): total([self.points[one.head.id] for one in group.indicators])
            for group in self.book.groups
        }
        return found | {"": total(list(found.values()))}

    @cached_property
    def holds(self) -> dict[str, Truth]:
        return {c.head.id: self.clause(c) for one in self.book.requirements for c in one.walk()}

    @cached_property
    def verdict(self) -> Truth:
        return all_of([self.clause(one) for one in self.book.requirements if one.decides])

    def says(self, name: str) -> Truth | str:
        """Whether one clause holds, if it is there; the others are not looked at."""
        clauses = (clause for one in self.book.requirements for clause in one.walk())
        return next((self.clause(clause) for clause in clauses if clause.head.id == name), "absent")

    def scores(self, name: str) -> Span:
        """The points of one indicator or group."""
        if name.startswith("score."):
            return self.groups[name.removeprefix("score.")]
        indicators = (one for group in self.book.groups for one in group.indicators)
        return next(self.of_points(one.points) for one in indicators if one.head.id == name)

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
            return self.among(node.fact, node.values)
        return self.comparison(node) if isinstance(node, tree.Compare) else self.scalar(node)

    def comparison(self, node: tree.Compare) -> Truth:
        if isinstance(node.left, tree.Score):
            low, high = self.groups[node.left.group]
            ends = {OPS[node.op](end, Fraction(node.right.value)) for end in (low, high)}
            return ends.pop() if len(ends) == 1 else None
        if isinstance(node.right, tree.Word):
            order = node.left.values
            bound = order.index(node.right.text)
            return self.among(node.left, [one for k, one in enumerate(order) if OPS[node.op](k, bound)])
        if isinstance(node.left, tree.Elapsed):
            since = self.scalar(node.left.since)
            return None if since is None else OPS[node.op](self.day, later(since, int(node.right.value * 12)))
        left, right = self.number(node.left), self.number(node.right)
        return None if left is None or right is None else OPS[node.op](left, right)

    def among(self, fact: tree.Fact, values: Sequence[str]) -> Truth:
        ruled = self.ruled(fact)
        found = {one in values for one in ruled}
        stated = self.scalar(fact)
        return found.pop() if len(found) == 1 else None if stated is None else stated in values

    def ruled(self, fact: tree.Fact) -> list[str]:
        """The classes that a rule leaves open: none where there is no rule, or no row for the code."""
        if not isinstance(fact.computed, tree.Classified):
            return []
        digits = "".join(re.findall(r"[0-9]+", self.scalar(fact.computed.by) or "")[:1])
        row = next((row for row in fact.computed.rows if digits.startswith(row.codes)), None)
        if row is None:
            return []
        reached = [self.reached(measure, bounds) for measure, bounds in row.bounds]
        low, high = (min(end) for end in zip(*reached, strict=True))
        return list(fact.values[low : high + 1])

    def reached(self, measure: tree.Fact, bounds: tuple[tree.Quantity, ...]) -> tuple[int, int]:
        value = self.number(measure)
        count = None if value is None else sum(value >= bound.value for bound in bounds)
        return (0, len(bounds)) if count is None else (count, count)

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
        if isinstance(node, tree.Compound):
            last, first = parts
            grown = (last / first) ** (1 / node.years) - 1 if first > 0 and last >= 0 else None
            return None if grown is None else Fraction(str(round(grown, 12)))
        if isinstance(node, tree.Mean):
            return sum(parts) / len(parts)
        left, right = parts
        if node.op == "/":
            return left / right if right > 0 else None
        return {"+": left + right, "-": left - right, "*": left * right}[node.op]

    def aggregate(self, node: tree.Aggregate) -> Fraction | None:
        said = self.said(node)
        if None not in said:
            return Fraction(sum(said))
        records = self.facts.get(node.list, ())
        belong = [all_of(self.tests(node, record)) for record in records]
        if None in belong or not self.complete(node):
            return None
        found = [record for record, one in zip(records, belong, strict=True) if one]
        return Fraction(sum(record[node.attribute] for record in found) if node.measure == "sum" else len(found))

    def said(self, node: tree.Aggregate) -> list[Any]:
        if node.measure != "sum":
            return [self.facts.get(node.name)]
        first, last = node.window.at(self.last)
        return [self.facts.get(f"{node.name}.{node.attribute}[{year}]") for year in range(first, last + 1)]

    def complete(self, node: tree.Aggregate) -> bool:
        first, last = node.window.at(self.last) if node.window else (1949, self.day.year)
        if node.valid and self.book.catalogue[node.list].valid.removed:
            first = last
        begins, ends = (self.facts.get(f"{node.list}!{end}") for end in ("from", "to"))
        return begins is not None and ends is not None and begins <= first and ends >= last

    def tests(self, node: tree.Aggregate, record: Facts) -> list[Truth]:
        field = self.book.catalogue[node.list]
        when = self.subsets.get((node.list, node.subset)) or subset(node.list, node.subset)
        inner = object.__new__(Firm)
        inner.book, inner.facts, inner.last, inner.day = self.book, record, self.last, self.day
        found = [inner.condition(when)]
        if node.window:
            first, last = node.window.at(self.last)
            year = record.get(field.dated_by)
            found.append(None if year is None else first <= year <= last)
        return found + ([self.in_force(field, record)] if node.valid else [])

    def in_force(self, field: Field, record: Facts) -> Truth:
        names = field.valid.since, field.valid.until, field.valid.removed
        since, until, removed = (day_of(record.get(name)) for name in names)
        if field.valid.until:
            return all_of([since and since <= self.day, until and until >= self.day])
        begins = since or date(int(record.get(field.dated_by, self.day.year)), 1, 1)
        return begins <= self.day and not (removed and removed <= self.day)

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
        if isinstance(points, Local):
            stated = self.of_points(points.stated)
            applies = stated[0] != stated[1] and self.condition(points.when)
            return total([self.of_points(one.points) for one in points.indicators]) if applies else stated
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


@cache
def subset(list_id: str, subset_id: str) -> tree.Condition:
    """The condition of a subset as the catalogue says it."""
    field = catalogue()[list_id]
    return expression.condition(field.subset(subset_id).when, expression.RecordScope(field))


def day_of(written: Any) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) else written


def later(written: Any, months: int) -> date:
    """The day that many months later; the last of its month where there is no such day."""
    start = day_of(written)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
