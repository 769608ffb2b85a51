"""On which clauses firms are stuck: those that share the verdict, with all that they are part of."""

from __future__ import annotations

import duckdb
import pytest

from rongtong import qualify
from rongtong.facts.imagined import snapshot
from rongtong.qualify.stuck import stuck

RULEBOOK = """
kind: rulebook
id: t
edition: "1"
title: 试
source: {document: 试, verified: false}
authority: 试
territory: 试
in_force: [{purpose: new, from: 2020-01-01}]
conditions:
  - {id: brand, title: 品牌, when: own_brand}
  - id: money
    title: 收入或研发
    any_of:
      - {id: revenue, title: 收入, when: "revenue[Y] >= 1000万元"}
      - {id: research, title: 研发, when: "rd_expense[Y] >= 100万元"}
"""
MUCH, LITTLE = 50_000_000, 1
FIRMS = {
    "qualified": ({"own_brand": True, "revenue[2021]": MUCH}, None),
    "not met, whatever is not known": ({"own_brand": False, "revenue[2021]": LITTLE}, ["brand"]),
    "no part met": ({"own_brand": True, "revenue[2021]": LITTLE, "rd_expense[2021]": LITTLE}, ["revenue", "research"]),
    "one part not met, one not known": ({"own_brand": True, "revenue[2021]": LITTLE}, ["research"]),
    "nothing known": ({}, ["brand", "revenue", "research"]),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[int, list[str]]:
    folder = tmp_path_factory.mktemp("stuck")
    file = folder / "t.yaml"
    file.write_text(RULEBOOK, encoding="utf-8")
    frozen = snapshot(folder / "s", [facts for facts, _said in FIRMS.values()])
    judged = qualify.assess(frozen, file, as_of="2022-10-25", out=folder)
    with duckdb.connect() as connection:
        return dict(connection.sql(stuck(judged)).fetchall())


@pytest.mark.parametrize("firm", FIRMS)
def test_the_clauses_that_make_the_verdict_what_it_is(firm: str, found: dict[int, list[str]]) -> None:
    assert found.get(list(FIRMS).index(firm)) == FIRMS[firm][1]
