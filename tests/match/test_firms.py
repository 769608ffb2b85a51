"""Whose needs and offers are: names that no registry knows are told apart as the alliance judges names."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from making import code, home, put
from rongtong.match.firms import identify
from rongtong.match.schema import NEEDS, OFFERS

NAMES = ("青岛喆昇精密轴承有限公司", "喆昇轴承")


@pytest.mark.parametrize(("bounds", "alike"), [(None, True), (0.9999, False)])
def test_names_that_no_registry_knows_are_judged_by_the_alliances_own_bounds(tmp_path, bounds, alike):
    alliance = home(tmp_path / "alliance")
    put(alliance, [{"name": "烟台璟碁软件有限公司", "uscc": code(1)}])
    if bounds:
        alliance.judge_by(ask=bounds, same=bounds)
    needs = pa.Table.from_pylist([{"name": NAMES[0]}], schema=NEEDS)
    offers = pa.Table.from_pylist([{"name": NAMES[1], "source": "published"}], schema=OFFERS)
    [need] = identify(needs, offers, alliance.settle(), date(2022, 10, 25))[0].to_pylist()
    assert bool(need["perhaps"]) == alike


REGISTERED = [
    {"name": "青岛喆昇璟碁机械有限公司", "uscc": code(1), "district": "崂山区"},
    {"name": "烟台喆昇璟碁机械有限公司", "uscc": code(2), "district": "芝罘区"},
]


def offered(alliance, **said):
    """The firm of an offer, those of the registry that it may be, and those that the same firm's need may be of."""
    name = {"name": "喆昇璟碁"}
    needs = pa.Table.from_pylist([name], schema=NEEDS)
    offers = pa.Table.from_pylist([{**name, "source": "published", **said}], schema=OFFERS)
    found = identify(needs, offers, alliance.settle(), date(2022, 10, 25), alliance.answers())
    return found[1]["name"].to_pylist(), [one.called for one in found[2]], len(found[0]["perhaps"].to_pylist()[0] or ())


def test_a_name_that_may_be_several_firms_is_a_doubt_about_each_and_answers_settle_it(tmp_path):
    alliance = home(tmp_path / "alliance")
    put(alliance, REGISTERED)
    both = [one["name"] for one in REGISTERED]
    assert offered(alliance) == (["喆昇璟碁"], both, 2)
    alliance.answer((None, "喆昇璟碁"), both[0])
    assert offered(alliance) == ([both[0]], [], 0)


def test_where_an_offer_is_tells_which_of_two_firms_it_rather_is(tmp_path):
    alliance = home(tmp_path / "alliance")
    put(alliance, REGISTERED)
    rather = [offered(alliance, places=[place])[1][-2:] for place in ("崂山", "芝罘")]
    both = [one["name"] for one in REGISTERED]
    assert rather == [both, both[::-1]]
