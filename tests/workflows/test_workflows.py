"""Workflows: what the two that come with the package promise, and what a bad file is told."""

from __future__ import annotations

import pytest

from rongtong.definitions.loader import DefinitionError, read
from rongtong.workflows import Workflow, workflow

SMALL = """\
kind: workflow
id: small
title: 小
parties: {a: 甲, b: 乙}
things: {name: 名称}
states:
  - {id: begun, label: 开始, reads: {a: [name]}}
  - {id: done, label: 结束, reads: {}, end: true}
transitions:
  - {id: finish, label: 完成, from: [begun], to: done, by: [a, b], both: true}
"""


def small(tmp_path, old: str = "", new: str = "") -> Workflow:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    return read(path).parse(Workflow)


def test_ways_and_readings_are_those_of_the_parties(tmp_path):
    found = small(tmp_path)
    assert [one.id for one in found.ways("begun", frozenset({"b"}))] == ["finish"]
    assert found.ways("done", frozenset({"a", "b"})) == []
    assert found.reads("begun", frozenset({"a", "b"})) == frozenset({"name"})
    assert found.reads("begun", frozenset({"b"})) == frozenset()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("by: [a, b]", "by: [a, c]", "no such party: c"),
        ("to: done", "to: gone", "no such state: gone"),
        ("[name]", "[phone]", "no such thing: phone"),
        ("end: true", "end: true, kinds: [won]", "no such kind: won"),
        ("end: true", "end: false", "a state that nothing leaves: done"),
        ("from: [begun]", "from: [begun, done]", "an end that is left, or a state that nothing leaves: done"),
        ("both: true", "alike: [day]", "alike without both"),
        ("both: true", "notice: {id: told, to: c}", "no such party: c"),
        ("{a: [name]}}", "{a: [name]}, asks: 请办理}", "asks without call"),
        ("id: done", "id: begun", "two of one id: state"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, old, new, told):
    with pytest.raises(DefinitionError, match=r"small\.yaml") as raised:
        small(tmp_path, old, new)
    assert told in str(raised.value)


def test_an_introduction_shows_contacts_only_once_both_have_agreed():
    found = workflow("introduction")
    open_to = {
        (state.id, party)
        for state in found.states
        for party in found.parties
        if found.reads(state.id, frozenset({party})) & {"contacts", "thread"}
    }
    assert {party for _state, party in open_to} == {"buyer", "supplier"}
    assert {state for state, _party in open_to}.isdisjoint({"proposed", "declined"})
    into = [one for one in found.transitions if one.to == "talking"]
    assert [(one.id, one.both, one.by) for one in into] == [("agree", True, ("buyer", "supplier"))]


def test_who_has_not_agreed_does_not_learn_the_buyer():
    reads = workflow("introduction").reads
    assert reads("proposed", frozenset({"supplier"})) & {"buyer", "private_half"} == frozenset()
    assert reads("declined", frozenset({"supplier"})) & {"buyer", "private_half"} == frozenset()


def test_what_states_have_in_common_follows_from_the_definition():
    found = workflow("introduction")
    kinds = {kind: set(states) for kind, states in found.of_kind.items()}
    every = {one.id for one in found.states}
    assert kinds["under_way"] | kinds["won"] | kinds["gone"] == every
    assert len(kinds["under_way"]) + len(kinds["won"]) + len(kinds["gone"]) == len(every)
    contacts = {one.id for one in found.states if "contacts" in found.reads(one.id, frozenset({"supplier"}))}
    assert kinds["agreed"] == contacts
    assert workflow("posting").of_kind == {
        "editable": ("draft",), "scored": ("reviewing",), "open": ("open",), "met": ("met",),
    }  # fmt: skip  # read by rows


def test_every_state_can_be_reached_and_every_stuck_one_says_whom_to_call():
    for name in ("introduction", "posting"):
        found = workflow(name)
        reached = {found.start} | {one.to for one in found.transitions}
        assert reached == set(found.state_of)
        assert [one.id for one in found.states if bool(one.stuck_after) != bool(one.call)] == []
