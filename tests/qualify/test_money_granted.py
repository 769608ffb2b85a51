"""What a rulebook grants is an interval of money: exact where the facts are known, capped, and never a verdict."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongtong import qualify
from rongtong.definitions.loader import DefinitionError
from rongtong.facts.imagined import snapshot
from rongtong.qualify.paths import path
from rongtong.qualify.shelf import load

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


SHARED = (
    BOOK[: BOOK.index("    - id: rd")]
    + """\
    - {id: rd, title: 研发补助, value: "rd_expense[Y]", share: 10%, cap: 20万元}
"""
)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"rd_expense[2021]": Decimal("1234567.89")}, [123_456.789, 123_456.789]),
        ({"rd_expense[2021]": 2_000_000}, [200_000, 200_000]),
        ({"rd_expense[2021]": Decimal("2000000.01")}, [200_000, 200_000]),
        ({"rd_expense[2021]": Decimal("9999999999999999")}, [200_000, 200_000]),
        ({"rd_expense[2021]": 0}, [0, 0]),
        ({}, [0, 200_000]),
    ],
)
def test_a_share_of_a_figure_is_exact_or_anything_up_to_its_cap(tmp_path, facts, told):
    frozen = snapshot(tmp_path / "s", [{"qms_certified": True} | NONE | facts])
    row = next(qualify.assess(frozen, book(tmp_path, SHARED)).rows())
    assert {one["id"]: one["points"] for one in row["clauses"]} == {
        "c": None,
        "tier": [0, 0],
        "rd": told,
        "grant": told,
    }


def test_a_share_without_a_cap_of_its_own_ends_at_that_of_all(tmp_path):
    text = SHARED.replace(", cap: 20万元", "")
    row = next(qualify.assess(snapshot(tmp_path / "s", [{}]), book(tmp_path, text)).rows())
    assert row["clauses"][-2]["points"] == [0, 350_000]


@given(
    known=st.lists(st.decimals(-1_000, 10**8, places=2), min_size=1, max_size=20),
    percent=st.integers(1, 100),
    cap=st.integers(0, 10**6),
)
@settings(max_examples=15)
def test_what_is_known_lies_between_what_was_possible(tmp_path_factory, known, percent, cap):
    folder = tmp_path_factory.mktemp("shares")
    text = SHARED.replace("10%", f"{percent}%").replace("20万元", f"{cap}元").replace("rd_expense[Y]", "net_profit[Y]")
    firms = [{}, *({"net_profit[2021]": one} for one in known)]
    (least, most), *exact = [
        row["clauses"][-2]["points"] for row in qualify.assess(snapshot(folder, firms), book(folder, text)).rows()
    ]
    wanted = [float(min(max(one * percent / 100, Decimal(0)), Decimal(cap))) for one in known]
    assert [low for low, high in exact] == [high for low, high in exact] == wanted
    assert all(least <= one <= most for one in wanted)


def test_what_is_granted_decides_nothing_and_is_not_missed(tmp_path):
    row = next(qualify.assess(snapshot(tmp_path / "s", [{"qms_certified": True}]), book(tmp_path)).rows())
    assert (row["verdict"], row["score"], row["missing"]) == ("qualified", None, [])


def test_a_grant_is_read_by_its_title_and_has_its_items_below_it(tmp_path):
    told = qualify.assess(snapshot(tmp_path / "s", [{}]), book(tmp_path)).explain("f0")["clauses"][-1]
    assert (told["kind"], [(one["kind"], one["title"], one["max"]) for one in told["parts"]]) == (
        "grants",
        [("grant", "认定奖励", 300_000.0), ("grant", "研发补助", 100_000.0)],
    )


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
        ("value: rd_expense[Y]", "share: 10%", 17, "须写分档或按比例，只写一样"),
        ("value: rd_expense[Y]", "cap: 1万元", 19, "分档的不写 cap"),
    ],
)
def test_an_amount_that_is_none_is_told_with_its_line(tmp_path, old, new, line, told):
    refused_at(tmp_path, BOOK.replace(old, new, 1), line, told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("share: 10%", "share: 10万元", "“10万元”不是比例"),
        ("share: 10%", "share: 110%", "“110%”不是比例"),
        ("rd_expense[Y]", "rd_intensity[Y]", "按比例补的，value 须是金额"),
        ("rd_expense[Y]", "sum(financing.qualified.amount during Y..Y)", "按比例补的，value 须是金额"),
        ('value: "rd_expense[Y]", ', "", "按比例补的，value 须是金额"),
        (", cap: 20万元", "", "按比例补的要有上限"),
    ],
)
def test_a_share_that_is_none_is_told_with_its_line(tmp_path, old, new, told):
    refused_at(tmp_path, SHARED.replace("  cap: 35万元\n", "").replace(old, new, 1), 16, told)


def refused_at(tmp_path: Path, text: str, line: int, told: str) -> None:
    with pytest.raises(DefinitionError, match=told) as refused:
        load(book(tmp_path, text))
    assert refused.value.place.endswith(f":{line}")
