"""What a rulebook grants is an interval of money: exact where the facts are known, capped, and never a verdict."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rongtong import qualify
from rongtong.definitions.loader import DefinitionError
from rongtong.facts.imagined import snapshot
from rongtong.qualify.paths import path
from rongtong.qualify.rulebook import load

BOOK = """\
kind: rulebook
id: test/grant
edition: "1"
title: 补
source: {document: 补}
authority: 补
territory: 补
in_force: [{purpose: new, from: 2020-01-01}]
conditions:
  - {id: c, title: 认证, when: qms_certified}
grants:
  cap: 35万元
  items:
    - id: tier
      title: 认定奖励
      bands: [{amount: 30万元, when: any(titles.innovative valid)}, {amount: 0元, otherwise: true}]
    - id: rd
      title: 研发补助
      value: rd_expense[Y]
      bands: [{amount: 10万元, from: 500万元}, {amount: 5.5万元, from: 100万元, below: 500万元}, {amount: 0元, below: 100万元}]
"""  # noqa: E501 -- bands are read as one line
TITLE = {"titles": [{"kind": "创新型中小企业", "granted_on": "2021-01-01", "valid_until": "2025-01-01"}]}
NONE = {"titles!from": 1949, "titles!to": 2022}


def book(folder: Path, text: str = BOOK) -> Path:
    file = folder / "book.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def amounts(tmp_path: Path, facts: dict[str, Any]) -> dict[str, list[float]]:
    row = next(qualify.assess(snapshot(tmp_path / "s", [{"qms_certified": True} | facts]), book(tmp_path)).rows())
    return {one["id"]: one["points"] for one in row["clauses"] if one["points"]}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (TITLE | NONE | {"rd_expense[2021]": 5_000_000}, ([300_000, 300_000], [100_000, 100_000], [350_000, 350_000])),
        (NONE | {"rd_expense[2021]": Decimal("4999999.99")}, ([0, 0], [55_000, 55_000], [55_000, 55_000])),
        ({"rd_expense[2021]": 0}, ([0, 300_000], [0, 0], [0, 300_000])),
        ({}, ([0, 300_000], [0, 100_000], [0, 350_000])),
    ],
)
def test_an_amount_is_exact_or_an_interval_and_capped(tmp_path, facts, told):
    assert amounts(tmp_path, facts) == dict(zip(("tier", "rd", "grant"), told, strict=True))


def test_what_is_granted_decides_nothing_and_is_not_missed(tmp_path):
    row = next(qualify.assess(snapshot(tmp_path / "s", [{"qms_certified": True}]), book(tmp_path)).rows())
    assert (row["verdict"], row["score"], row["missing"]) == ("qualified", None, [])


def test_a_grant_is_read_by_its_title_and_has_its_items_below_it(tmp_path):
    told = qualify.assess(snapshot(tmp_path / "s", [{}]), book(tmp_path)).explain("f0")["clauses"][-1]
    assert (told["kind"], [(one["kind"], one["title"], one["max"]) for one in told["parts"]]) == (
        "grants", [("grant", "认定奖励", 300_000.0), ("grant", "研发补助", 100_000.0)],
    )  # fmt: skip


def test_a_path_moves_no_lever_for_money(tmp_path):
    found = path(snapshot(tmp_path / "s", [{"qms_certified": False, "rd_expense[2021]": 1}]), book(tmp_path), "f0",
                 at="2024-10-31")  # fmt: skip
    assert [(one.slot, dict(one.points)) for one in found.paths[0].steps] == [("qms_certified", {})]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("cap: 35万元", "cap: 35人", 12, "“35人”不是金额"),
        ("amount: 30万元", "amount: 30分", 16, "“30分”不是金额"),
        ("amount: 5.5万元", "amount: 12万元", 20, "分档没有从高分到低分排列"),
        ("id: rd", "id: tier", 17, "条款编号 tier 用了两次"),
    ],
)
def test_an_amount_that_is_none_is_told_with_its_line(tmp_path, old, new, line, told):
    with pytest.raises(DefinitionError, match=told) as refused:
        load(book(tmp_path, BOOK.replace(old, new, 1)))
    assert refused.value.place.endswith(f":{line}")
