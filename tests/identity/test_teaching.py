"""People's decisions teach: little when they are few, the same in any order, and never against the made-up cases."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made_cases as made_cases_tool
from identity_cases import CASES, SEED, cases, drawn
from rongtong.identity import compare, compare_all, evaluation, shipped
from rongtong.identity.cases import FEWEST, FEWEST_EACH, Case
from rongtong.identity.evaluation import evaluate, made_cases
from rongtong.identity.judge import STEP, Judge
from rongtong.identity.signals import SIGNALS
from rongtong.identity.teaching import EVIDENCE, Correction, fit

#: By how much a judge is put out, in log odds, whom people can put right.
DOUBT = 1.5
NOTHING = Correction(0.0, 1.0, (0.0,) * len(EVIDENCE))
ASKED = [
    case
    for case, found in zip(made_cases(), compare_all([case[:2] for case in made_cases()]), strict=True)
    if found.outcome == "ask"
]
row = st.lists(st.integers(0, 3), min_size=len(SIGNALS), max_size=len(SIGNALS))
decisions = st.lists(st.tuples(st.floats(-9, 9), row, st.booleans()), max_size=12)


def fitted(told: list) -> Correction:
    """The correction that decisions (odds, row of signals, same) teach."""
    rows = np.array([row for _odds, row, _same in told], float).reshape(len(told), len(SIGNALS))
    return fit(np.array([one[0] for one in told]), rows, np.array([one[2] for one in told], float))


def test_nobody_decided_nothing_learned() -> None:
    assert fitted([]) == NOTHING


@settings(max_examples=30, deadline=None)
@given(decisions, st.integers(0, 9))
def test_the_order_of_decisions_does_not_matter(told: list, seed: int) -> None:
    assert fitted(told) == fitted(Random(seed).sample(told, len(told)))


@settings(max_examples=30, deadline=None)
@given(decisions, st.lists(st.floats(-9, 9), min_size=2, max_size=5, unique=True))
def test_of_two_pairs_alike_in_evidence_the_likelier_stays_so(told: list, odds: list) -> None:
    rows = np.zeros((len(odds), len(SIGNALS)))
    corrected = fitted(told).applied(np.array(sorted(odds)), rows)
    assert all(one <= other for one, other in pairwise(corrected))


def test_made_cases_are_pairs_of_two_names_in_order_each_once() -> None:
    pairs = [case[:2] for case in made_cases()]
    assert (len(pairs) > 2000, len(set(pairs))) == (True, len(pairs))
    assert all(left < right for left, right in pairs)


def test_what_is_not_better_says_why() -> None:
    few = evaluate([Case("青岛喆昇精密轴承厂", "青岛喆昇精密轴承有限公司", same=True)], shipped())
    assert any(str(FEWEST) in one for one in few.against)
    turned = evaluate([one._replace(same=not one.same) for one in ASKED[:120]], shipped())
    assert any("自造例子" in one for one in turned.against)


def test_what_is_better_and_costs_little_is_switched_on() -> None:
    trees = shipped().trees
    value = trees.value.copy()
    value[0] -= DOUBT / STEP
    doubtful = shipped()._replace(trees=trees._replace(value=value))
    assert evaluate(Random(1).sample(made_cases(), 600), doubtful).against == ()


def test_people_who_are_too_sure_are_not_taken_at_their_word(taught) -> None:
    told, _judge = taught
    against = evaluate(told, shipped()).against
    assert [one.split("：")[0] for one in against] == ["在自造例子上变差", "在自造例子上答错太多"]


@pytest.mark.parametrize("same", [True, False])
def test_one_answer_alone_is_not_switched_on(same: bool) -> None:
    told = evaluate([case for case in ASKED if case.same == same][:60], shipped())
    assert f"每种至少要 {FEWEST_EACH} 例" in told.against[0]


@pytest.fixture(scope="module")
def taught() -> tuple[list[Case], Judge]:
    """Decisions of people who find it easier than the program, and the judge that they would teach."""
    likely = shipped().of_names(*zip(*(case[:2] for case in ASKED), strict=True))
    clear = [case for case, p in zip(ASKED, likely, strict=True) if (p > 0.8) == case.same and not 0.3 < p < 0.8]
    told = [case for case in clear if case.same][:25] + [case for case in clear if not case.same][:25]
    return told, shipped()._replace(correction=evaluate(told, shipped()).correction)


def test_taught_it_asks_less(taught) -> None:
    told, judge = taught
    before, after = ([compare(*case[:2], by).outcome for case in told].count("ask") for by in (shipped(), judge))
    assert after < before


def test_taught_or_not_a_branch_is_not_its_firm(taught) -> None:
    _told, judge = taught
    assert compare("青岛海德电子有限公司", "青岛海德电子有限公司胶州分公司", judge).outcome == "different"


@pytest.mark.slow
def test_the_made_cases_are_those_that_the_tool_makes(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("sys.argv", ["made", "--out", str(tmp_path / "cases.csv")])
    made_cases_tool.main()
    shipped_file = Path(evaluation.__file__).parent / "learned" / "cases.csv"
    assert (tmp_path / "cases.csv").read_bytes() == shipped_file.read_bytes()


@pytest.mark.slow
def test_the_shipped_trees_were_trained_on_the_cases_that_the_tool_draws() -> None:
    stated = json.loads((Path(evaluation.__file__).parent / "learned" / "model.json").read_text("utf-8"))
    made = cases(CASES, SEED)
    assert (stated["cases"], stated["drawn"]) == (len(made), drawn(made))
