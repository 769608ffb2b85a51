"""Whose a need is: who may be the buyer itself, where the buyer is, and which needs say the same."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from match.test_holds import DAY, need, offer
from rongtong import match
from rongtong.match.schema import NEEDS, OFFERS

BUYER = {"firm": None, "name": "帆裕（青岛）金属科技有限公司", "uscc": "91370212MA3YFHKX93", "product": "精密减速器"}


def made(asked: list[dict[str, Any]], told: list[dict[str, Any]]) -> match.Matching:
    needs = pa.Table.from_pylist(asked, schema=NEEDS)
    return match.match(needs, pa.Table.from_pylist(told, schema=OFFERS), as_of=DAY)


def sold(number: int, name: str, **said: Any) -> dict[str, Any]:
    return offer(offer=f"O{number}", firm=None, name=name, product="精密减速器", **said)


@pytest.fixture(scope="module")
def met() -> match.Matching:
    own = [
        sold(1, "帆裕（青岛）金属科技有限公司", uscc="9137O212MA3YFHKX93"), sold(2, "帆裕（青岛）金属科技有限公司"),
        sold(3, "帆裕金属科技"), sold(4, "青岛博精电气有限公司", uscc="913702021471346369"),
    ]  # fmt: skip
    return made([need(**BUYER)], own)


def test_a_buyer_is_not_introduced_to_itself_under_any_writing_of_its_name(met: match.Matching) -> None:
    assert {row["offer"]: row["own"] for row in met.table.to_pylist()} == {"O3": "unknown", "O4": "yes"}
    assert [one["what"] for one in met.explain("N1", "O1")["refused"]] == ["供需双方是同一家企业"]


def test_whether_a_like_name_is_the_buyer_is_asked(met: match.Matching) -> None:
    assert [one["question"] for one in met.explain("N1", "O3")["unknown"]] == [
        "这条需求是不是贵公司自己（含曾用名、简称）提出的？"
    ]


def test_one_buyer_under_two_names_and_codes_that_look_alike_is_one() -> None:
    names = {"91370200MA3C1O2X4Y": "青岛海弘智能装备股份有限公司", "91370200MA3C102X4Y": "海弘智能装备（青岛）"}
    asked = [need(need=code, firm=None, uscc=code, name=name) for code, name in names.items()]
    found = made(asked, [sold(1, "青岛博精电气有限公司")]).part("needs")["firm"].to_pylist()
    assert found[0] == found[1]


def test_a_need_that_is_told_twice_takes_no_places_twice() -> None:
    asked = [need(**BUYER | {"need": one, "wanted": 1}) for one in ("N1", "N2")]
    found = made(asked, [sold(n, f"青岛第{n}传动有限公司") for n in (1, 2)])
    assert [(row["need"], row["repeats"], row["none"]) for row in found.rows()] == [
        ("N1", None, None),
        ("N2", "N1", "repeats"),
    ]
    assert found.introductions["need"].to_pylist() == ["N1"]


@pytest.mark.parametrize(
    ("name", "asked", "meant"),
    [
        ("青岛蓝湾生物制药有限公司", ["本市"], ["青岛"]),
        ("青岛蓝湾生物制药有限公司", ["本省", "上海"], ["山东", "上海"]),
        ("蓝湾生物", ["本市"], ["本市"]),
    ],
)
def test_places_are_as_the_buyer_means_them(name: str, asked: list[str], meant: list[str]) -> None:
    table = made([need(firm=None, name=name, regions=asked)], [sold(1, "青岛博精电气有限公司")]).part("needs")
    assert table["regions"].to_pylist() == [meant]


def test_wishes_are_told_and_rule_nobody_out() -> None:
    wishes = [{"constraint": "region", "asked": ["青岛"]}, {"constraint": "certificates", "asked": ["ISO9001"]}]
    found = made(
        [need(**BUYER, wishes=wishes)],
        [
            sold(1, "青岛第一传动有限公司", places=["青岛", "山东"]),
            sold(2, "烟台第二传动有限公司", places=["烟台", "山东"]),
        ],
    )
    told = {one: found.explain("N1", one) for one in ("O1", "O2")}
    assert [one["what"] for one in told["O1"]["why"] if one["kind"] == "wish"] == [
        "需求方希望的地区：青岛（企业：青岛、山东）"
    ]
    assert [one["what"] for one in told["O2"]["against"] if one["kind"] == "wish"] == [
        "需求方希望的地区是青岛，企业是烟台、山东"
    ]
    assert [(one["constraint"], one["wish"]) for one in told["O2"]["unknown"]] == [("certificates", True)]
    assert found.introductions["success"].to_pylist() == [1.0, 1.0]


def test_what_is_needed_is_asked_for_and_not_how_to_cooperate_on_it() -> None:
    asked = [
        need(**BUYER | {"need": "N1", "product": "精密减速器联合研发"}),
        need(**BUYER | {"need": "N2", "product": "联合研发", "text": "精密减速器国产化替代"}),
    ]
    found = made(asked, [sold(1, "青岛博精电气有限公司")])
    assert found.table.select(["need", "offer"]).to_pylist() == [
        {"need": "N1", "offer": "O1"},
        {"need": "N2", "offer": "O1"},
    ]


def test_where_nothing_is_alike_nobody_is_introduced_and_that_is_said() -> None:
    told = [offer(firm=None, name="青岛晨光食品有限公司", product="速冻水饺")]
    [row] = made([need(**BUYER | {"product": "脱硝催化剂", "text": "钒钛系"})], told).rows()
    assert (row["candidates"], row["refused"], row["none"]) == ([], {}, "nothing_alike")
