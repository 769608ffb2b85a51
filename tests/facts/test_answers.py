"""What people answer of rows on lists: told of every list that says the same, taken back, and taught."""

from __future__ import annotations

import pyarrow as pa
import pytest

from making import code, home, put
from rongtong import lists
from rongtong.errors import InputError, StaleDecisionError
from rongtong.facts import answers, taught

FIRM, OTHER, LATER = "青岛鑫瑞达机械有限公司", "济南鑫瑞达机械有限公司", "烟台鑫瑞达机械有限公司"
SHORT = "鑫瑞达"


@pytest.fixture
def alliance(tmp_path):
    made = home(tmp_path / "alliance")
    put(made, [{"name": FIRM, "uscc": code(1)}, {"name": OTHER, "uscc": code(2)}])
    return made


def told(alliance, *rows: tuple[str | None, str | None]) -> list[tuple[str, str | None, int | None]]:
    """Outcome, firm and answer of rows (name, code) on a list."""
    table = pa.table({
        "row": pa.array(range(1, len(rows) + 1), pa.int32()),
        "name": pa.array([name for name, _code in rows], pa.string()),
        "uscc": pa.array([code for _name, code in rows], pa.string()),
    })  # fmt: skip  # read by rows
    snapshot = alliance.settle()
    found = lists.answered(lists.compare(table, snapshot), snapshot, alliance.answers()).to_pylist()
    return [(one["outcome"], one["name"], one["answer"]) for one in found]


ASKED = ("ask", None, None)


def test_an_answer_holds_for_every_list_that_says_the_same(alliance):
    before = alliance.settle().id
    assert told(alliance, (SHORT, None)) == [ASKED]
    entry = alliance.answer((None, SHORT), FIRM, by="王敏")
    assert told(alliance, (" 鑫瑞达 ", None), ("鑫瑞", None)) == [("same", FIRM, entry), ASKED]
    assert alliance.settle().id == before


def test_the_last_answer_counts_and_taken_back_it_is_asked_again(alliance):
    alliance.answer((None, SHORT), FIRM)
    entry = alliance.answer((None, SHORT), OTHER)
    assert told(alliance, (SHORT, None)) == [("same", OTHER, entry)]
    answers.withdraw(alliance, entry)
    assert (told(alliance, (SHORT, None)), alliance.answers()) == ([ASKED], [])


def test_none_of_them_is_said_of_those_shown_and_a_new_firm_is_asked_about(alliance):
    entry = alliance.answer((None, SHORT), None, apart=(FIRM, OTHER))
    assert told(alliance, (SHORT, None)) == [("none", None, entry)]
    put(alliance, [{"name": LATER, "uscc": code(3)}], file="烟台.xlsx")
    assert told(alliance, (SHORT, None)) == [("ask", None, entry)]


def test_what_is_denied_adds_up_until_a_firm_is_named(alliance):
    alliance.answer((None, SHORT), None, apart=(FIRM,))
    alliance.answer((None, SHORT), None, apart=(OTHER, FIRM))
    alliance.answer((None, SHORT), None, apart=(OTHER,))
    [held] = alliance.answers()
    assert sorted(str(side.called[1]) for side in held.apart) == sorted([FIRM, OTHER])
    alliance.answer((None, SHORT), FIRM)
    assert [(one.firm.called[1], one.apart) for one in alliance.answers()] == [(FIRM, ())]


@pytest.mark.parametrize(
    ("given", "asked", "speaks"),
    [
        ((code(9), "甲字号"), ("乙字号", code(9)), True),
        ((code(9), LATER), (LATER, None), True),
        ((code(9), SHORT), (SHORT, None), False),
        ((None, SHORT), (SHORT, code(9)), False),
    ],
)
def test_a_code_speaks_for_any_name_and_a_whole_name_for_itself(alliance, given, asked, speaks):
    entry = alliance.answer(given, FIRM)
    assert (told(alliance, asked)[0][2] == entry) == speaks


def test_of_two_who_answer_the_slower_is_refused(alliance):
    alliance.answer((None, SHORT), FIRM, seen=0)
    with pytest.raises(StaleDecisionError):
        alliance.answer((None, SHORT), OTHER, seen=0)
    assert [one.firm.called[1] for one in alliance.answers()] == [FIRM]


@pytest.mark.parametrize(("wording", "firm"), [((None, " "), FIRM), ((None, SHORT), None), ((None, SHORT), "无此企业")])
def test_what_says_nothing_is_refused_and_nothing_is_entered(alliance, wording, firm):
    with pytest.raises(InputError):
        alliance.answer(wording, firm)
    assert alliance.state().head == 1


def test_an_answer_is_a_case_to_learn_from_until_it_is_taken_back(alliance):
    entry = alliance.answer((None, SHORT), FIRM)
    alliance.answer((None, "鑫瑞"), None, apart=(OTHER,))
    cases = taught.cases(alliance.state(), alliance.settle()).cases
    assert {(one.left, one.right): one.same for one in cases} == {
        tuple(sorted((SHORT, FIRM))): True,
        tuple(sorted(("鑫瑞", OTHER))): False,
    }
    answers.withdraw(alliance, entry)
    assert [one.same for one in taught.cases(alliance.state(), alliance.settle()).cases] == [False]


def test_the_firm_is_found_when_its_file_comes_again_corrected(alliance):
    entry = alliance.answer((None, SHORT), FIRM)
    alliance.undo(1)
    assert told(alliance, (SHORT, None)) == [("none", None, None)]
    put(alliance, [{"name": FIRM, "uscc": code(1)}], file="又一份.xlsx", date="2023-06-30")
    assert told(alliance, (SHORT, None)) == [("same", FIRM, entry)]
