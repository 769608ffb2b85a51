"""Taking a transition: who may, from where, with which answers; each refused with its reason."""

from __future__ import annotations

import pytest

from rongtong.errors import InputError
from rongtong.workflows import NotYoursError, take, workflow

BOTH = {"buyer", "supplier"}


def refused(name: str, **given) -> tuple[str, str]:
    with pytest.raises(InputError) as raised:
        take(workflow(name), **given)
    return raised.value.what, raised.value.mend


@pytest.mark.parametrize(
    ("transition", "parties"), [("agree", set()), ("agree", {"officer"}), ("nominate", {"supplier"}), ("steal", BOTH)]
)
def test_what_is_not_ones_own_or_is_none_is_refused_whatever_the_state(transition, parties):
    for state in workflow("introduction").state_of:
        with pytest.raises(NotYoursError):
            take(workflow("introduction"), transition, state=state, parties=parties)


@pytest.mark.parametrize(
    ("transition", "state", "told"),
    [
        ("agree", "talking", "已经是“洽谈中”，不能再同意对接"),
        ("sample", "sampling", "已经是“送样”，不能再送样"),
        ("sample", "declined", "已经是“已谢绝”，不能再送样"),
    ],
)
def test_what_comes_too_late_is_told(transition, state, told):
    assert refused("introduction", transition=transition, state=state, parties=BOTH) == (told, "")


def test_answers_are_asked_for():
    assert (
        refused("introduction", transition="decline", state="proposed", parties=BOTH, reason="不想")[0] == "请选择原因"
    )
    posting = {"transition": "send_back", "state": "reviewing", "parties": {"reviewer"}}
    assert refused("posting", **posting, reason="  ")[0] == "请说明原因"
    contract = {"transition": "contract", "state": "talking", "parties": {"buyer"}, "labels": {"day": "签约日期"}}
    assert refused("introduction", **contract, said={"kind"}) == ("请填写band、签约日期", "")
    assert take(workflow("introduction"), **contract, said={"kind", "band", "day"}).to == "contracted"


def test_a_state_is_led_into_itself_only_by_what_is_for_that():
    posting, introduction = workflow("posting"), workflow("introduction")
    assert take(posting, "renew", state="open", parties={"author"}).to == "open"
    assert "renew" in [one.id for one in posting.ways("open", frozenset({"author"}))]
    assert "sample" not in [one.id for one in introduction.ways("sampling", frozenset(BOTH))]
