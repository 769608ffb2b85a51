"""Until when titles run where nobody says, by the terms of the catalogue; what is stated counts first."""

from __future__ import annotations

import pytest

from making import code, home, put, rows, table
from rongtong.definitions.catalogue import catalogue
from rongtong.duties import assumption, ends_sql
from rongtong.qualify import assess


def settled(tmp_path, *titles: dict[str, str]):
    """A snapshot of one firm that holds *titles*."""
    firm = {"name": "青岛甲机械有限公司", "uscc": code(1)}
    held = [firm | {f"titles.{name}": value for name, value in one.items()} for one in titles]
    alliance = home(tmp_path / "home")
    put(alliance, table(held, list_id="titles"), [firm])
    return alliance.settle()


def ends(tmp_path, *titles: dict[str, str]) -> list[tuple[str, bool]]:
    """``(end, assumed)`` of each title of a firm that holds *titles*."""
    snapshot = settled(tmp_path, *titles)
    return rows(snapshot, f"SELECT CAST(valid_until AS VARCHAR), assumed FROM ({ends_sql(snapshot)}) ORDER BY number")


@pytest.mark.parametrize(("kind", "end"), [("省级专精特新", "2025-10-30"), ("科技型中小企业", "2023-10-30")])
def test_a_title_runs_as_long_as_its_kind_is_granted_for(kind, end, tmp_path):
    assert ends(tmp_path, {"kind": kind, "number": "1", "granted_on": "2022-10-31"}) == [(end, True)]


def test_a_stated_end_is_taken_as_it_is(tmp_path):
    held = {"kind": "省级专精特新", "number": "1", "granted_on": "2022-10-31", "valid_until": "2026-01-01"}
    assert ends(tmp_path, held) == [("2026-01-01", False)]


def test_of_a_title_granted_nobody_knows_when_no_end_is_assumed(tmp_path):
    assert ends(tmp_path, {"kind": "省级专精特新", "number": "1"}) == [(None, False)]


@pytest.mark.parametrize(("granted", "end"), [("2022-10-31", (None, False)), ("2025-10-31", ("2028-10-30", True))])
def test_no_end_is_assumed_while_one_of_the_same_kind_is_stated(granted, end, tmp_path):
    stated = {"kind": "省级专精特新", "number": "1", "granted_on": "2022-10-31", "valid_until": "2025-10-30"}
    found = ends(tmp_path, stated, {"kind": "省级专精特新", "number": "2", "granted_on": granted})
    assert found == [("2025-10-30", False), end]


def test_every_kind_has_one_term():
    titles = catalogue()["titles"]
    known = [kind for term in titles.valid.terms for kind in term.kinds]
    assert sorted(known) == sorted(titles.attribute("kind").values)


def test_an_assumption_says_that_its_years_are_not_verified():
    assert assumption("省级专精特新") == "按 3 年有效期推算（年数待核）"


def test_no_verdict_rests_on_an_assumed_end(tmp_path):
    snapshot = settled(tmp_path, {"kind": "省级专精特新", "number": "1", "granted_on": "2015-06-01"})
    judged = assess(snapshot, "cn/little-giant", as_of="2026-10-31", out=tmp_path / "judged")
    firm = rows(snapshot, "SELECT firm FROM firms")[0][0]
    clauses = {one["id"]: one["holds"] for one in judged.explain(firm)["clauses"]}
    assert clauses["prerequisite.srdi"] is None
