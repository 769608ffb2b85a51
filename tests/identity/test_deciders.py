"""Somebody who says “the same” of everything teaches nothing; whoever is careful, or knows better together, does."""

from __future__ import annotations

from random import Random

import pytest

from rongtong.identity import compare_all, shipped, split
from rongtong.identity.cases import Case
from rongtong.identity.deciders import UNLIKELY, sifted
from rongtong.identity.evaluation import made_cases

CASES = made_cases()
FOUND = compare_all([case[:2] for case in CASES])
ASKED = [case for case, found in zip(CASES, FOUND, strict=True) if found.outcome == "ask"]
Random(1).shuffle(ASKED)


@pytest.fixture(scope="module")
def careful() -> list[Case]:
    """Decisions of somebody who is always right."""
    return [case._replace(by="王") for case in ASKED[:300]]


@pytest.fixture(scope="module")
def hasty() -> list[Case]:
    """Decisions of somebody who says “the same” of everything."""
    return [case._replace(by="李", same=True) for case in ASKED[300:450]]


def test_who_says_the_same_of_everything_is_left_out(careful, hasty) -> None:
    found = sifted(careful + hasty, shipped())
    assert [(one.by, one.far) for one in found.deciders] == [("李", True), ("王", False)]
    assert found.kept == careful


def test_alone_they_are_told_as_well(hasty) -> None:
    found = sifted(hasty, shipped())
    assert (found.kept, found.deciders[0][:3]) == ([], ("李", 150, 0))


def test_so_is_who_says_it_of_nothing(careful, hasty) -> None:
    found = sifted(careful + [case._replace(same=False) for case in hasty], shipped())
    assert {one.by for one in found.deciders if one.far} == {"李"}


def test_few_answers_tell_nobody_apart(careful, hasty) -> None:
    assert sifted(careful + hasty[:30], shipped()).kept == careful + hasty[:30]


def test_where_everybody_knows_better_than_the_program_nobody_is_far(careful, hasty) -> None:
    def crowded(case: Case) -> Case:
        called = min(len(split(name).trade_name) for name in case[:2])
        return case._replace(same=case.same and called > 2)

    told = list(map(crowded, careful + hasty))
    assert not any(one.far for one in sifted(told, shipped()).deciders)
    assert [one.far for one in sifted(told[:300], shipped()).deciders] == [True]


def test_the_least_likely_answers_are_told_the_least_likely_first(careful) -> None:
    sure = Case("青岛海德利塑料", "青岛海德利塑料有限公司", same=False, by="王")
    found = sifted([*careful, sure], shipped()).unlikely
    assert sure in {case for case, _share in found}
    shares = [share for _case, share in found]
    assert shares == sorted(shares)
    assert shares[-1] <= UNLIKELY


def test_nobody_is_nobody() -> None:
    assert sifted([], shipped()) == ([], [], [])
