"""State is the fold of the journal: imports, undo, undo of undo, superseding, dormant decisions."""

from __future__ import annotations

from typing import Any

import pytest

from making import put
from rongtong.errors import InputError
from rongtong.facts.journal import Entry
from rongtong.facts.state import fold


def entries(*given: tuple[str, Any]) -> list[Entry]:
    """Entries from short forms: import (source, part), undo n, same (left, right, sources), heading (text, slot)."""
    return [Entry(n, "", kind, "", "", _body(kind, what)) for n, (kind, what) in enumerate(given, 1)]


def _body(kind: str, what: Any) -> dict[str, Any]:
    match kind:
        case "import":
            return {"source": what[0], "part": what[1], "file": f"{what[0]}.xlsx"}
        case "undo":
            return {"entry": what}
        case "heading":
            return {"decision": {"heading": what[0], "slot": what[1]}, "sources": []}
        case _:
            return {"decision": {"left": what[0], "right": what[1]}, "sources": list(what[2])}


def parts_of(*given: tuple[str, Any]) -> list[str]:
    return [one.part for one in fold(entries(*given)).imports]


A, B = ("import", ("a", "a1")), ("import", ("b", "b1"))


def test_nothing_happened():
    state = fold([])
    assert (state.head, state.imports, state.decisions) == (0, (), ())


@pytest.mark.parametrize(
    ("then", "left"),
    [
        ([], ["a1", "b1"]),
        ([("undo", 1)], ["b1"]),
        ([("undo", 1), ("undo", 3)], ["a1", "b1"]),
        ([("undo", 1), ("undo", 3), ("undo", 4)], ["b1"]),
        ([("undo", 1), A], ["b1", "a1"]),
    ],
)
def test_what_is_in_force(then, left):
    assert sorted(parts_of(A, B, *then)) == sorted(left)


def test_a_later_reading_of_a_source_supersedes():
    assert parts_of(A, ("import", ("a", "a2"))) == ["a2"]


def test_undo_of_the_later_reading_brings_back_the_earlier():
    assert parts_of(A, ("import", ("a", "a2")), ("undo", 2)) == ["a1"]


def test_a_source_keeps_the_entry_it_was_first_known_by():
    (one,) = fold(entries(A, ("undo", 1), ("import", ("a", "a2")))).imports
    assert (one.first, one.entry) == (1, 3)


def test_a_decision_sleeps_while_its_source_is_out_of_force():
    state = fold(entries(A, ("same", ("m", "n", ["a"])), ("undo", 1)))
    assert ([e.number for e in state.decisions], [e.number for e in state.dormant]) == ([], [2])


def test_a_sleeping_decision_wakes_with_its_source():
    state = fold(entries(A, ("same", ("m", "n", ["a"])), ("undo", 1), ("undo", 3)))
    assert ([e.number for e in state.decisions], state.dormant) == ([2], ())


def test_of_two_decisions_on_one_pair_the_later_counts():
    state = fold(entries(A, ("same", ("m", "n", ["a"])), ("different", ("n", "m", ["a"]))))
    assert [e.number for e in state.of_kind("same", "different")] == [3]


def test_of_two_decisions_on_one_heading_the_later_counts():
    state = fold(entries(("heading", ("营收", "revenue")), ("heading", ("营收", "ignore"))))
    assert [e.body["decision"]["slot"] for e in state.of_kind("heading")] == ["ignore"]


def test_the_key_leads_back_after_undo():
    keys = [fold(entries(A, *then)).key for then in ([], [B], [B, ("undo", 2)])]
    assert (keys[0] == keys[2], keys[0] == keys[1]) == (True, False)


def test_the_key_does_not_depend_on_the_order_of_imports():
    assert fold(entries(A, B)).key == fold(entries(B, A)).key


def test_undo_gives_the_entry_and_the_decisions_that_sleep(alliance):
    put(alliance, [{"name": "青岛喆昇有限公司"}, {"name": "青岛璟碁有限公司"}])
    decided = alliance.decide_same("青岛喆昇有限公司", "青岛璟碁有限公司")
    number, dormant = alliance.undo(1)
    assert (number, [entry.number for entry in dormant]) == (3, [decided])


@pytest.mark.parametrize("number", [0, -1, 2, 99])
def test_what_did_not_happen_cannot_be_undone(alliance, number):
    put(alliance, [{"name": "青岛喆昇有限公司"}])
    with pytest.raises(InputError):
        alliance.undo(number)


def test_what_is_undone_cannot_be_undone_again(alliance):
    put(alliance, [{"name": "青岛喆昇有限公司"}])
    alliance.undo(1)
    with pytest.raises(InputError):
        alliance.undo(1)
    assert len(alliance.journal()) == 2
