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
