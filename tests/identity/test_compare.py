"""Same, different, or a question."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongtong.identity import compare, features
from rongtong.identity.compare import describe

from .cases import data

CASES = [
    (outcome, reason, *pair)
    for outcome, reasons in data("pairs.yaml").items()
    for reason, pairs in reasons.items()
    for pair in pairs
]
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


def test_weights_add_up_to_one() -> None:
    assert sum(feature.weight for feature in features.FEATURES) == pytest.approx(1)


def weighing(score: float, monkeypatch: pytest.MonkeyPatch) -> str:
    """The outcome for two names that no rule settles, when their likeness is *score*."""
    module = importlib.import_module("rongtong.identity.compare")
    alike = features.Feature("trade_name_alike", 1.0, lambda _a, _b: score)
    monkeypatch.setattr(module, "FEATURES", (alike,))
    return compare("青岛海德电子有限公司", "青岛金泰电子有限公司").outcome


@pytest.mark.parametrize(("score", "outcome"), [(0.6999, "different"), (0.7, "ask"), (0.7001, "ask")])
def test_from_which_likeness_a_person_is_asked(score: float, outcome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert weighing(score, monkeypatch) == outcome


@pytest.mark.parametrize(
    ("a", "b", "outcome", "score"),
    [
        ("山东安海德森精密机械股份有限公司", "山东海德森精密机械制造股份有限公司", "different", 0.6971),
        ("青岛海德精密机械股份有限公司", "海德瑞森精密机械制造有限公司", "ask", 0.7083),
        ("青岛海德电子有限公司", "青岛德海电子有限公司", "different", 0.55),
        ("青岛海德电子有限公司", "海德电子科技有限公司", "ask", 0.89),
    ],
)
def test_each_likeness_weighs_what_it_weighs(a: str, b: str, outcome: str, score: float) -> None:
    found = compare(a, b)
    assert (found.outcome, found.score) == (outcome, score)
