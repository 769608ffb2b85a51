"""The worked examples notice every change of a number, a bound, a year, a comparison or a member of a set.

The plain interpreter judges the examples, for it is fast; that it agrees with the SQL is tested beside the properties.
An example that it does not judge as written (lists that are known in part) does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from qualify.mutants import mutants
from qualify.reference import Firm, subset
from rongtong.definitions import expression_tree as tree
from rongtong.qualify import examples, points, shelf
from rongtong.qualify.examples import Case, Example
from rongtong.qualify.rulebook import Rulebook

FILES = sorted(shelf.shelf().rglob("*.examples.yaml"))
WORDS = {True: "qualified", False: "not_qualified", None: "undetermined"}
BOOKS = ("cn/innovative-sme/2022", "cn/srdi-sme/2022")
FIVES = "all points of the sheet are multiples of five"
EVEN = "all points of the sheet are even"
ROUTES = "the other of the two routes still gives 0"
OWN = "what a firm developed itself has the points of a higher band already (of class 1: the part own_development)"
FIRST = "what is of class 1 has the points of a higher band already"
CLASS_1 = (
    "+发明专利",
    "+植物新品种",
    "+国家级农作物品种",
    "+国家新药",
    "+国家一级中药保护品种",
    "+集成电路布图设计专有权",
)
#: Changes that no example can notice, and why.
SURVIVORS = {
    "cn/innovative-sme/2022 condition: 60 → 59分": FIVES,
    "cn/innovative-sme/2022 condition: 20 → 19分": FIVES,
    "cn/innovative-sme/2022 condition: 15 → 14分": FIVES,
    "cn/srdi-sme/2022 indicator.11: 0 → -1": ROUTES,
    "cn/technology-sme/2017 indicator.2: 0 → -1": ROUTES,
    "cn/technology-sme/2017 condition: 60 → 59分": EVEN,
    "cn/technology-sme/2017 condition: 0 → 1分": EVEN,
    **{f"{book} ip.class_1: part 0 of 2 dropped": OWN for book in BOOKS},
    **{f"cn/technology-sme/2017 ip.technology_2: {what}": FIRST for what in ("part 0 of 2 dropped", *CLASS_1)},
    **{f"{book} ip.class_2: {what}": FIRST for book in BOOKS for what in ("part 0 of 4 dropped", *CLASS_1)},
}

#: What was changed where; the changed rulebook, and the changed conditions of subsets.
Changed = tuple[str, Rulebook, dict[tuple[str, str], Any]]


def changes(book: Rulebook) -> Iterator[Changed]:
    for i, one in enumerate(book.requirements):
        for what, other in mutants(one):
            requirements = (*book.requirements[:i], other, *book.requirements[i + 1 :])
            yield f"{one.head.id}: {what}", replace(book, requirements=requirements), {}
    for i, group in enumerate(book.groups):
        for k, indicator in enumerate(group.indicators):
            for what, other in mutants(indicator.points):
                inside = (*group.indicators[:k], replace(indicator, points=other), *group.indicators[k + 1 :])
                groups = (*book.groups[:i], replace(group, indicators=inside), *book.groups[i + 1 :])
                yield f"{indicator.head.id}: {what}", replace(book, groups=groups), {}
    for name in dict.fromkeys((one.list, one.subset) for one in aggregates(book)):
        yield from ((f"{'.'.join(name)}: {what}", book, {name: other}) for what, other in mutants(subset(*name)))


def aggregates(book: Rulebook) -> list[tree.Aggregate]:
    asked = [clause.condition for one in book.requirements for clause in one.walk() if clause.condition is not None]
    asked += [test for group in book.groups for one in group.indicators for test in points.conditions(one.points)]
    return [found for one in asked for found in tree.aggregates(one)]


def agrees(firm: Firm, expected: Case) -> bool:
    return (
        all(firm.scores(name) == span(given) for name, given in expected.points.items())
        and all(firm.says(name) is holds for name, holds in expected.holds.items())
        and (expected.score is None or span(expected.score) == firm.groups[""])
        and (expected.verdict is None or expected.verdict == WORDS[firm.verdict])
    )


def asked(book: Rulebook, purpose: str) -> Rulebook:
    """The book as asked for *purpose*; itself where no clause depends on it, for many are judged."""
    whole = all(clause.purpose is None for one in book.requirements for clause in one.walk())
    return book if whole else book.of(purpose)


def span(given: Any) -> tuple[Fraction, ...]:
    return tuple(Fraction(end) for end in (given if isinstance(given, tuple) else (given, given)))


def far(what: str, one: Example) -> bool:
    """Whether an example does not speak of what was changed: those are asked last."""
    name = what.split(": ", maxsplit=1)[0]
    return not any(said in one.expected.title for said in (f"{name}：", f"：{name.split('.')[0]}."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name[:4]}")
def test_every_change_is_noticed(path: Path) -> None:
    file, found = examples.load(path)
    (book,) = (one for one in shelf.editions(file.rulebook) if one.edition == file.edition)

    def judge(other: Rulebook, one: Example, conditions: dict[tuple[str, str], Any]) -> bool:
        return agrees(Firm(asked(other, one.expected.purpose), one.facts, file.as_of, conditions), one.expected)

    judged = [one for one in found if judge(book, one, {})]

    def survives(change: Changed) -> bool:
        what, other, conditions = change
        return all(judge(other, one, conditions) for one in sorted(judged, key=lambda one: far(what, one)))

    name = f"{file.rulebook}/{file.edition}"
    survivors = {f"{name} {change[0]}" for change in changes(book) if survives(change)}
    assert survivors == {one for one in SURVIVORS if one.startswith(f"{name} ")}
