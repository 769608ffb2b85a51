"""What settling leaves to people: by district, a piece at a time."""

from __future__ import annotations

import pytest

from making import code, put
from rongtong.facts import Snapshot, undecided

ONE, OTHER = "青岛喆昇精密轴承有限公司", "青岛璟碁软件有限公司"


@pytest.fixture
def snapshot(alliance) -> Snapshot:
    """Two firms in two districts, each with revenue told twice; beside the first one that may be the same."""
    for file, amount in (("甲", 100), ("乙", 200)):
        firms = [
            {"name": ONE, "uscc": code(1), "district": "崂山区", "revenue[2021]": amount},
            {"name": OTHER, "uscc": code(2), "district": "市南区", "revenue[2021]": amount},
        ]
        put(alliance, firms, file=file, date="2022-06-30")
    put(alliance, [{"name": "青岛喆昇精密轴承厂有限公司", "uscc": None, "district": "李沧区"}], file="丙")
    return alliance.settle()


def test_a_tie_is_shown_with_every_claim(snapshot):
    [found, other] = undecided.conflicts(snapshot)
    assert (found["name"], found["slot"], other["name"]) == (ONE, "revenue[2021]", OTHER)
    assert [(k["file"], float(k["value"])) for k in found["claims"]] == [("甲", 100), ("乙", 200)]


@pytest.mark.parametrize(("districts", "names"), [({"市南区"}, [OTHER]), (set(), []), (None, [ONE, OTHER])])
def test_a_district_sees_its_own(snapshot, districts, names):
    assert [one["name"] for one in undecided.conflicts(snapshot, districts=districts)] == names
    assert undecided.counts(snapshot, districts=districts) == {"open": len(names), "ranked": 0}


def test_the_pieces_are_the_whole(snapshot):
    pieces = [undecided.conflicts(snapshot, start=start, most=1) for start in range(3)]
    assert [one["name"] for piece in pieces for one in piece] == [ONE, OTHER]


@pytest.mark.parametrize(("districts", "count"), [({"崂山区"}, 1), ({"李沧区"}, 1), ({"市南区"}, 0), (None, 1)])
def test_a_pair_is_of_both_districts(snapshot, districts, count):
    found = undecided.pairs(snapshot, districts=districts)
    assert [{one["left_name"], one["right_name"]} for one in found] == [{ONE, "青岛喆昇精密轴承厂有限公司"}] * count
