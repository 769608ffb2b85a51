"""Same, different, or a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongtong.identity import compare, describe, shipped
from rongtong.identity.rules import GUARDS, PROOFS, QUESTIONS, VETOES, Test
from rongtong.identity.teaching import EVIDENCE, Correction

from .cases import data

CASES = [
    (outcome, reason, *pair)
    for outcome, reasons in data("pairs.yaml").items()
    for reason, pairs in reasons.items()
    for pair in pairs
]
VETOED = {test.__name__ for test in VETOES}
NAMES = sorted({name for _, _, *pair in CASES for name in pair})


@pytest.mark.parametrize(("outcome", "reason", "a", "b"), CASES)
def test_outcome(outcome: str, reason: str, a: str, b: str) -> None:
    assert compare(a, b).outcome == outcome


@pytest.mark.parametrize(("outcome", "reason", "a", "b"), [case for case in CASES if case[1]])
def test_reason(outcome: str, reason: str, a: str, b: str) -> None:
    assert compare(a, b).reasons[0] == reason


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_order_of_the_two_does_not_matter(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_every_reason_can_be_told(a: str, b: str) -> None:
    assert all(describe(reason) for reason in compare(a, b).reasons)


@pytest.mark.parametrize("rule", [*QUESTIONS, *VETOES, *PROOFS, *GUARDS])
def test_every_rule_can_be_told(rule: Test) -> None:
    assert describe(rule.__name__)


@pytest.mark.parametrize(("outcome", "reason", "a", "b"), [case for case in CASES if case[0] == "same"])
def test_no_likelihood_beats_a_proof(outcome: str, reason: str, a: str, b: str) -> None:
    never = Correction(bias=-40, scale=1, weights=(0.0,) * len(EVIDENCE))
    found = compare(a, b, shipped()._replace(correction=never))
    assert (found.outcome, found.reasons[0]) == (outcome, reason)


def test_a_place_that_can_only_be_a_trade_name_is_read_so() -> None:
    found = compare("永康堂机械", "济宁永康堂机械有限公司")
    assert (found.outcome, found.score > 0.9) == ("ask", True)


def test_a_question_that_a_veto_would_settle_tells_why_it_is_asked() -> None:
    found = compare("朝阳橡胶有限公司", "杭州朝阳橡胶有限公司济南分公司")
    assert (found.outcome, found.reasons[0]) == ("ask", "place_or_trade_name")


@pytest.mark.parametrize(("_outcome", "reason", "a", "b"), [case for case in CASES if case[1] in VETOED])
def test_no_likelihood_beats_a_veto(_outcome: str, reason: str, a: str, b: str) -> None:
    certain = shipped()._replace(correction=Correction(30.0, 1.0, (0.0,) * len(EVIDENCE)))
    found = compare(a, b, certain)
    assert (found.outcome, found.reasons[0]) == ("different", reason)
