"""What decisions teach, and by which bounds names are judged: an entry of the journal like any other."""

from __future__ import annotations

import pytest

from making import anything, code, put, rows
from rongtong.errors import InputError, StaleDecisionError
from rongtong.facts import Alliance, judging, taught, undecided, verify
from rongtong.facts.taught import Cases, cases
from rongtong.identity import curve, shipped
from rongtong.identity.cases import FEWEST, Case
from rongtong.identity.judge import ASK, SAME
from rongtong.identity.teaching import EVIDENCE, Correction

FIRM = {"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)}
ALIKE = {"name": "青岛喆昇精密轴承厂有限公司", "uscc": None}
FAR = {"name": "青岛璟碁软件有限公司", "uscc": code(2)}
OTHER = {"name": "青岛璟碁软件开发有限公司", "uscc": code(3)}
NAMELESS = {"name": None, "uscc": code(4)}
CORRECTION = Correction(-9.0, 1.0, (0.0,) * len(EVIDENCE))
GOOD = judging.written(CORRECTION, 20)


@pytest.fixture
def asked(alliance: Alliance) -> Alliance:
    """A firm, and one that may be the same."""
    put(alliance, [FIRM, FAR, OTHER, NAMELESS], file="甲")
    put(alliance, [ALIKE], file="乙")
    return alliance


def taught_by(alliance: Alliance) -> Cases:
    return cases(alliance.state(), alliance.settle())


def asked_about(alliance: Alliance) -> int:
    return len(undecided.pairs(alliance.settle()))


# what is a training case


def test_a_decision_is_a_case_of_two_names(asked):
    asked.decide_different(FIRM["name"], ALIKE["name"], by="王")
    assert taught_by(asked) == ([Case(ALIKE["name"], FIRM["name"], same=False, by="王")], {})


def test_what_names_did_not_decide_is_none(asked):
    asked.decide_different(FAR["name"], OTHER["name"])
    asked.decide_different(FAR["name"], NAMELESS["uscc"])
    assert taught_by(asked) == ([], {"by_code": 1, "nameless": 1})


def test_what_stands_against_the_codes_is_none_and_is_told(asked):
    asked.decide_same(FAR["name"], OTHER["name"], sure=True)
    assert taught_by(asked) == ([], {"against_code": 1})


def test_who_is_far_from_everybody_else_is_left_out_and_nothing_is_switched_on(asked, monkeypatch):
    hasty = [Case(f"喆昇{sign}", f"青岛喆昇{sign}有限公司", same=False, by="李") for sign in "德瑞丰泰恒源通汇博远" * 3]
    monkeypatch.setattr(taught, "cases", lambda _state, _snapshot: Cases(hasty, {"equal": 1}))
    found = asked.teach()
    assert (found.cases, found.sifted.deciders[0].far) == (Cases([], {"equal": 1, "far": 30}), True)
    with pytest.raises(InputError, match="0 例"):
        found.decision()


def test_what_was_taken_back_or_said_otherwise_since_is_none(asked):
    asked.decide_different(FIRM["name"], ALIKE["name"])
    number = asked.decide_same(FIRM["name"], ALIKE["name"])
    assert [case.same for case in taught_by(asked).cases] == [True]
    asked.undo(number)
    assert [case.same for case in taught_by(asked).cases] == [False]


def test_a_decision_teaches_when_its_file_is_gone(asked):
    asked.decide_different(FIRM["name"], ALIKE["name"])
    asked.undo(2)
    assert len(taught_by(asked).cases) == 1


def test_of_one_pair_of_names_said_to_be_one_and_two_nothing_is_learned(asked):
    put(asked, [{**FIRM, "uscc": code(7)}], file="丙")
    ids = [
        row[0] for row in rows(asked.settle(), f"SELECT firm FROM firms WHERE name = '{FIRM['name']}' ORDER BY uscc")
    ]
    asked.decide_different(ids[0], ALIKE["name"])
    asked.decide_same(ids[1], ALIKE["name"])
    assert taught_by(asked) == ([], {"contradictory": 1})


def test_too_few_are_not_switched_on(asked):
    asked.decide_different(FIRM["name"], ALIKE["name"])
    with pytest.raises(InputError, match=str(FEWEST)):
        asked.teach().decision()


# in force


def test_without_an_entry_the_judge_is_the_programs_own(asked):
    snapshot = asked.settle()
    assert (judging.of_snapshot(snapshot), "judging" in snapshot.manifest) == (shipped(), False)


def test_other_bounds_are_other_questions_until_taken_back(asked):
    before = asked.settle().id
    assert asked_about(asked) == 1
    number = asked.judge_by(ask=curve.MOST, same=curve.MOST)
    assert (asked_about(asked), judging.of_snapshot(asked.settle()).same) == (0, curve.MOST)
    asked.undo(number)
    assert (asked_about(asked), asked.settle().id) == (1, before)


def test_what_was_taught_is_judged_by_and_bounds_chosen_later_keep_it(asked):
    asked.judge_by(taught=judging.written(CORRECTION, 20))
    assert asked_about(asked) == 0
    asked.judge_by(same=0.999)
    assert judging.of_snapshot(asked.settle())[1:4] == (CORRECTION, ASK, 0.999)
    assert [check for check in verify(asked, asked.settle()) if not check.holds] == []


def test_a_correction_of_other_trees_is_left_out(asked):
    asked.judge_by(taught=judging.written(CORRECTION, 20) | {"model": "other"})
    assert judging.of_snapshot(asked.settle()) == shipped()


def test_settled_again_it_is_the_same(asked):
    asked.judge_by(ask=0.5, taught=judging.written(CORRECTION, 20))
    snapshot = asked.settle()
    for check in verify(asked, snapshot, deep=True):
        assert check.holds or "原件" in check.what, check


@pytest.mark.parametrize(("ask", "same"), [(0.0, 0.9), (0.5, 0.4), (0.2, 1.0), (float("nan"), 0.9)])
def test_what_is_no_bound_is_refused(asked, ask, same):
    before = asked.state().head
    with pytest.raises(InputError, match="门槛"):
        asked.judge_by(ask=ask, same=same)
    assert asked.state().head == before


def test_of_two_who_choose_at_once_the_second_looks_again(asked):
    seen = asked.state().head
    asked.judge_by(ask=0.3, answers=seen)
    with pytest.raises(StaleDecisionError):
        asked.judge_by(same=SAME, answers=seen)


@pytest.mark.parametrize(
    "change",
    [
        {"ask": float("nan")}, {"ask": "少"}, {"ask": 0.9, "same": 0.1}, {"same": None}, {"taught": "是"},
        {"taught": {}}, {"taught": {**GOOD, "bias": float("nan")}}, {"taught": {**GOOD, "scale": -1.0}},
        {"taught": {**GOOD, "weights": []}}, {"taught": {**GOOD, "weights": {"sound": float("inf")}}},
    ],
)  # fmt: skip
def test_an_entry_with_strange_numbers_is_named_as_damaged(asked, change):
    decision = {"ask": ASK, "same": SAME, "taught": None} | change
    asked.log.append("judging", {"decision": decision, "sources": []}, by="", check=anything)
    with pytest.raises(InputError, match="台账条目已损坏") as refused:
        asked.state()
    assert "000003.json" in refused.value.place
