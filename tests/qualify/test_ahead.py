"""Firms on a later day, all in one statement, are what the path of each says that it is then."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualify.firms import firms, forgetful
from rongtong.errors import InputError
from rongtong.facts.imagined import snapshot
from rongtong.qualify.ahead import ahead
from rongtong.qualify.paths import path

SINCE, AT = date(2022, 10, 31), date(2024, 3, 1)


@pytest.mark.parametrize("rulebook", ["cn/srdi-sme", "cn/innovative-sme"])
@settings(max_examples=2, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(firms.flatmap(forgetful), min_size=2, max_size=2))
def test_it_is_what_the_path_of_each_begins_from(rulebook, tmp_path_factory, drawn):
    frozen = snapshot(tmp_path_factory.mktemp("s") / "s", drawn)
    found = ahead(frozen, rulebook, [0, 1], since=SINCE, at=AT).to_pylist()
    each = [path(frozen, rulebook, f"f{n}", purpose="review", as_of=SINCE, at=AT).paths[0].verdict for n in (0, 1)]
    assert [one["verdict"] for one in found] == each


def test_figures_are_carried_forward_and_the_clauses_that_fail_are_named(tmp_path):
    small = {"revenue[2021]": Decimal(9_000_000), "rd_expense[2021]": Decimal(100)}
    frozen = snapshot(tmp_path / "s", [{}, small, {}])
    (one,) = ahead(frozen, "cn/srdi-sme", [1], since=SINCE, at=AT).to_pylist()
    assert (one["n"], one["verdict"]) == (1, "not_qualified")
    assert "condition.2.amount" in one["failing"]
    (nothing,) = ahead(frozen, "cn/srdi-sme", [0], since=SINCE, at=AT).to_pylist()
    assert (nothing["failing"], set(one["failing"]) <= set(nothing["open"])) == ([], True)


def test_a_part_that_fails_does_not_matter_where_another_will_do(tmp_path):
    small = {"revenue[2021]": Decimal(9_000_000), "financing.qualified.amount[2023]": 30_000_000}
    (one,) = ahead(snapshot(tmp_path / "s", [small]), "cn/srdi-sme", [0], since=SINCE, at=AT).to_pylist()
    assert [name for name in one["failing"] if name.startswith("condition.3")] == []
    less = small | {"financing.qualified.amount[2023]": 0, "financing.qualified.amount[2022]": 0}
    (one,) = ahead(snapshot(tmp_path / "t", [less]), "cn/srdi-sme", [0], since=SINCE, at=AT).to_pylist()
    assert [name for name in one["failing"] if name.startswith("condition.3")] == [
        "condition.3.revenue",
        "condition.3.financing",
    ]


@pytest.mark.parametrize(("said", "asked"), [({}, False), ({"purpose": "new"}, True)])
def test_it_is_a_re_examination_unless_said_otherwise(tmp_path, said, asked):
    frozen, days = snapshot(tmp_path / "s", [{}]), {"since": date(2026, 5, 1), "at": date(2027, 6, 1)}
    (one,) = ahead(frozen, "cn/little-giant", [0], **days, **said).to_pylist()
    assert ("business.growth" in one["open"]) is asked


def test_a_day_too_far_off_is_refused(tmp_path):
    with pytest.raises(InputError, match="太远：最多看到 2032-10-31"):
        ahead(snapshot(tmp_path / "s", [{}]), "cn/srdi-sme", [0], since=SINCE, at=date(2032, 11, 1))
