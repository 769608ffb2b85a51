"""The rule of size classes: every bound in every industry, known in part or in full, and which codes belong where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

from qualify.reference import Firm
from rongtong import qualify
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.expression import FirmScope
from rongtong.facts.imagined import snapshot
from rongtong.qualify import examples, shelf

DAY = date(2022, 10, 31)
FACT = FirmScope(catalogue()).fact("size_class", None, 1)
RULE = FACT.computed
assert isinstance(RULE, tree.Classified)
CLASSES = FACT.values
HUGE = 10**12


def firms() -> list[tuple[dict[str, Any], str]]:
    """A firm on, and one just below, every bound of every measure, the other measures boundless; and its class."""
    found = []
    for row in RULE.rows:
        for measure, bounds in row.bounds:
            others = {f"{other.name}[2021]": HUGE for other, _bounds in row.bounds if other != measure}
            step = 1 if measure.name == "staff" else 0.01
            for place, bound in enumerate(bounds):
                for less, name in ((0, CLASSES[place + 1]), (step, CLASSES[place])):
                    own = {f"{measure.name}[2021]": float(bound.value) - less}
                    found.append((others | own | {"industry_code": row.codes[0].ljust(4, "0")}, name))
    return found


def classes(tmp_path: Path, given: list[dict[str, Any]]) -> list[Any]:
    rows = qualify.assess(snapshot(tmp_path / "s", given), "cn/size-class", as_of=DAY).rows()
    return [next(one["values"]["size_class"] for one in row["clauses"]) for row in rows]


def test_a_firm_is_of_the_class_whose_bound_it_reaches(tmp_path: Path) -> None:
    told = firms()
    assert len(told) == 2 * 3 * sum(len(row.bounds) for row in RULE.rows) == 180
    assert classes(tmp_path, [firm for firm, _name in told]) == [name for _firm, name in told]


def test_what_is_known_in_part_never_says_another_class(tmp_path: Path) -> None:
    told = [
        ({slot: value for slot, value in firm.items() if slot != gone}, name)
        for firm, name in firms()
        for gone in firm
        if gone != "industry_code"
    ]
    found = classes(tmp_path, [firm for firm, _name in told])
    assert {said for said, (_firm, name) in zip(found, told, strict=True) if said != name} == {None}


def test_no_code_begins_two_rows() -> None:
    pairs = combinations([code for row in RULE.rows for code in row.codes], 2)
    assert [(a, b) for a, b in pairs if a.startswith(b) or b.startswith(a)] == []


def test_what_has_a_rule_of_its_own_gets_no_class(tmp_path: Path) -> None:
    codes = ["5310", "6620", "8310", "8411", "9110", "5910", "7040", "C", ""]
    firm = {"staff[2021]": 5, "revenue[2021]": 1, "total_assets[2021]": 1}
    assert classes(tmp_path, [firm | {"industry_code": code} for code in codes]) == [None] * len(codes)


def changed() -> Iterator[tuple[str, tree.Classified]]:
    """The rule with one bound raised or lowered by one step, or one row gone."""
    for r, row in enumerate(RULE.rows):
        before, after = RULE.rows[:r], RULE.rows[r + 1 :]
        yield f"{row.codes[0]} gone", replace(RULE, rows=(*before, *after))
        for what, bounds in moved(row):
            yield f"{row.codes[0]} {what}", replace(RULE, rows=(*before, replace(row, bounds=bounds), *after))


def moved(row: tree.ClassRow) -> Iterator[tuple[str, Any]]:
    for m, (measure, bounds) in enumerate(row.bounds):
        least = Decimal(1) if measure.name == "staff" else Decimal("0.01")
        for k, bound in enumerate(bounds):
            for by in (-least, least):
                own = (measure, (*bounds[:k], replace(bound, value=bound.value + by), *bounds[k + 1 :]))
                yield f"{measure.name} {bound.value} {by:+}", (*row.bounds[:m], own, *row.bounds[m + 1 :])


def test_every_change_of_a_bound_is_noticed_by_an_example() -> None:
    _file, cases = examples.load(shelf.shelf() / "cn/size-class/2011.examples.yaml")
    book = shelf.editions("cn/size-class")[0]
    told = [(one.facts, *said) for one in cases for said in one.expected.holds.items()]
    asked = [(facts, name.removeprefix("class."), holds) for facts, name, holds in told if name != "sme"]
    words = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}

    def noticed(rule: tree.Classified) -> bool:
        fact = replace(FACT, computed=rule)
        return any(Firm(book, facts, DAY).among(fact, (words[name],)) is not holds for facts, name, holds in asked)

    assert not noticed(RULE)
    assert [what for what, rule in changed() if not noticed(rule)] == []
