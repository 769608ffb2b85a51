"""A decision on a pair, once taken, is not asked again: the file comes again, corrected, or is put back."""

from __future__ import annotations

import pytest

from making import code, put, rows
from rongtong.facts import Alliance, undecided

FIRM = {"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)}
ALIKE = {"name": "青岛喆昇精密轴承厂有限公司", "uscc": None}
SHORT = {"name": "喆昇轴承", "uscc": None}
NEXT = {"name": "青岛璟碁软件有限公司", "uscc": code(2)}


@pytest.fixture(params=[ALIKE, SHORT], ids=["whole", "short"])
def asked(alliance: Alliance, request) -> dict:
    """A firm from one file; from another, entry 2, one that may be the same."""
    put(alliance, [FIRM], file="甲")
    put(alliance, [request.param], file="乙")
    assert told(alliance) == (2, 1)
    return dict(request.param)


def told(alliance: Alliance) -> tuple[int, int]:
    """How many firms there are of the two, and how many questions."""
    snapshot = alliance.settle()
    [(count,)] = rows(snapshot, f"SELECT count(*) FROM firms WHERE name <> '{NEXT['name']}'")
    return count, len(undecided.pairs(snapshot))


def decide(alliance: Alliance, kind: str, asked: dict) -> tuple[int, int]:
    getattr(alliance, f"decide_{kind}")(asked["name"], FIRM["name"])
    return (1, 0) if kind == "same" else (2, 0)


@pytest.mark.parametrize("kind", ["same", "different"])
def test_it_survives_the_same_file_again(alliance, asked, kind):
    expected = decide(alliance, kind, asked)
    alliance.undo(2)
    put(alliance, [asked], file="乙")
    assert told(alliance) == expected


@pytest.mark.parametrize("kind", ["same", "different"])
def test_it_survives_a_corrected_file_in_the_place_of_the_old_one(alliance, asked, kind):
    expected = decide(alliance, kind, asked)
    put(alliance, [NEXT, asked], file="乙（更正）")
    alliance.undo(2)
    assert told(alliance) == expected


@pytest.mark.parametrize("kind", ["same", "different"])
def test_it_survives_a_corrected_file_of_the_other_side(alliance, asked, kind):
    expected = decide(alliance, kind, asked)
    alliance.undo(1)
    put(alliance, [NEXT, FIRM], file="甲（更正）")
    assert told(alliance) == expected


def test_it_survives_both_files_again_under_other_names(alliance, asked):
    expected = decide(alliance, "different", asked)
    alliance.undo(1)
    alliance.undo(2)
    put(alliance, [asked], file="丙")
    put(alliance, [FIRM], file="丁")
    assert told(alliance) == expected


def test_beside_the_old_file_a_corrected_one_does_not_ask_whether_two_kept_apart_are_one(alliance):
    put(alliance, [FIRM], file="甲")
    put(alliance, [SHORT], file="乙")
    decide(alliance, "different", SHORT)
    put(alliance, [NEXT, SHORT], file="乙（更正）")
    pairs = [{one["left_name"], one["right_name"]} for one in undecided.pairs(alliance.settle())]
    assert pairs == [{SHORT["name"]}]  # whether the two rows called so are one was never asked


def test_what_was_taken_back_is_asked_again(alliance, asked):
    decide(alliance, "different", asked)
    alliance.undo(3)
    alliance.undo(2)
    put(alliance, [asked], file="乙（更正）")
    assert told(alliance) == (2, 1)


def test_of_two_decisions_on_what_is_called_so_the_later_counts(alliance, asked):
    decide(alliance, "different", asked)
    alliance.undo(2)
    put(alliance, [NEXT, asked], file="乙（更正）")
    decide(alliance, "same", asked)
    alliance.undo(5)
    put(alliance, [asked], file="乙（再更正）")
    assert told(alliance) == (1, 0)


def test_of_several_called_so_which_one_was_meant_is_asked(alliance):
    put(alliance, [FIRM], file="甲")
    put(alliance, [SHORT], file="乙")
    decide(alliance, "same", SHORT)
    alliance.undo(2)
    put(alliance, [SHORT, SHORT], file="丙")
    assert told(alliance)[0] == 3
