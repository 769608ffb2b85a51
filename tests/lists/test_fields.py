"""What a list says beside names and codes: former names lead to firms, districts and addresses tell them apart."""

from __future__ import annotations

from random import Random

import pyarrow as pa
import pytest

from made_firms import firms
from making import code, home, put
from rongtong import lists
from rongtong.facts import Snapshot

ROAD = "山东省青岛市崂山区香港东路1号"
PUMPS, BOLTS, SHAFTS = "青岛海德泵业有限公司", "青岛海德紧固件有限公司", "青岛喆昇泰精密轴承有限公司"
FIRMS = [
    {"name": PUMPS, "uscc": code(1), "district": "崂山区", "address": ROAD},
    {
        "name": BOLTS,
        "uscc": code(2),
        "district": "青岛西海岸新区",
        "industry": "通用零部件制造",
        "english_name": "Qingdao Haide Bolts Co., Ltd.",
    },
    {"name": SHAFTS, "uscc": code(3), "address": "青岛市城阳区春阳路88号", "former_name": "青岛昌隆轴承厂"},
]
OTHERS = [
    {"name": one.name(), "address": f"青岛市市北区登州路{n}号", "industry": "软件开发"}
    for n, one in enumerate(firms(60, Random(7)))
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    alliance = home(tmp_path_factory.mktemp("fields") / "alliance")
    put(alliance, [*FIRMS, *OTHERS])
    return alliance.settle()


def compared(snapshot: Snapshot, name: str, uscc: str | None = None, **said: str | None) -> tuple[str, list[str], str]:
    given = {name: pa.array([value], pa.string()) for name, value in {"name": name, "uscc": uscc, **said}.items()}
    table = lists.compare(pa.table({"row": pa.array([2], pa.int32()), **given}), snapshot)
    [row] = table.to_pylist()
    among = lists.candidates(table, snapshot)
    return row["outcome"], [among[firm]["name"] for firm in row["candidates"]] or [row["name"]], row["why"]


COMMON = "字号仅两字，且一方未写地区；字号相同；一方未写行业用语；一方未写组织形式；另有 1 家同字号企业"
OF_PLACE = "名单写的所属区市与在库一致"


@pytest.mark.parametrize(
    ("said", "firms", "told"),
    [
        ({}, [PUMPS, BOLTS], ""),
        ({"district": "无"}, [PUMPS, BOLTS], ""),
        ({"district": "城阳区"}, [PUMPS, BOLTS], f"；其中{PUMPS}：所属区市不同：名单写城阳区，在库崂山区"),
        ({"district": "黄岛区"}, [BOLTS, PUMPS], f"；其中{BOLTS}：{OF_PLACE}：青岛西海岸新区"),
        ({"address": "黄岛区长江路9号"}, [BOLTS, PUMPS], f"；其中{BOLTS}：{OF_PLACE}：青岛西海岸新区"),
        ({"industry": "通用零部件制造"}, [BOLTS, PUMPS], f"；其中{BOLTS}：名单写的所属行业与在库一致：通用零部件制造"),
        ({"address": ROAD, "district": "崂山"}, [PUMPS, BOLTS], f"；其中{PUMPS}：名单写的注册地址与在库一致：{ROAD}"),
    ],
)
def test_of_firms_called_alike_that_of_the_place_comes_first_and_none_is_sure(snapshot, said, firms, told):
    outcome, found, why = compared(snapshot, "海德", **said)
    assert (outcome, found, why.removeprefix(COMMON)) == ("ask", firms, told)


MISSPELT = "青岛喆昇太精密轴承有限公司"
PARTS = "字号有同音字；地区相同；行业用语相同；组织形式相同"


@pytest.mark.parametrize(
    ("said", "outcome", "told"),
    [
        ({}, "ask", ""),
        ({"district": "城阳区"}, "ask", f"；{OF_PLACE}：城阳"),
        ({"address": "城阳区春阳路88号3楼"}, "same", "；名单写的注册地址与在库相近：青岛市城阳区春阳路88号"),
    ],
)
def test_a_whole_name_with_a_sign_wrong_is_sure_by_its_address(snapshot, said, outcome, told):
    assert compared(snapshot, MISSPELT, **said)[::2] == (outcome, PARTS + told)


def test_a_short_name_is_never_sure_by_an_address_that_daughters_may_share(snapshot):
    assert compared(snapshot, "喆昇泰轴承", address="青岛市城阳区春阳路88号")[:2] == ("ask", [SHAFTS])


NEW = "青岛宏大科技有限公司"
LED = "名单写的曾用名与在库企业的名称一致"


@pytest.mark.parametrize(
    ("name", "uscc", "found"),
    [
        (NEW, None, ("same", [SHAFTS], LED)),
        (NEW, code(3), ("same", [SHAFTS], f"代码相同；{LED}")),
        (NEW, code(1), ("ask", [PUMPS], "代码是这一家的，名称却是别家的写法")),
        (NEW, code(9), ("none", [None], "库内没有这个名称或代码")),
        (SHAFTS, None, ("same", [SHAFTS], "名称相同")),
        (PUMPS, None, ("ask", [PUMPS, SHAFTS], "名单写的名称与曾用名在库内不是同一家")),
    ],
)
def test_a_former_name_leads_to_a_firm_but_not_beside_a_code_or_another_name(snapshot, name, uscc, found):
    assert compared(snapshot, name, uscc, former_name="青岛昌隆轴承厂") == found


def test_an_english_name_asks(snapshot):
    outcome, found, why = compared(snapshot, NEW, english_name="QINGDAO HAIDE BOLTS CO LTD")
    assert (outcome, found, why.split("；")[0]) == ("ask", [BOLTS], "名单写的英文名称与在库企业的名称一致")


def test_another_district_unsettles_no_name_but_is_told(snapshot):
    told = "名称相同；所属区市不同：名单写城阳区，在库崂山区"
    assert compared(snapshot, PUMPS, district="城阳区") == ("same", [PUMPS], told)
    assert compared(snapshot, PUMPS, code(1), district="城阳区") == ("same", [PUMPS], "代码相同")


@pytest.mark.parametrize(
    ("name", "uscc", "said", "against"),
    [
        ("喆昇泰轴承", None, {}, False),
        ("喆昇泰轴承", None, {"address": "青岛市城阳区正阳路1号"}, True),
        ("青岛海德泵业有限公司", code(2), {}, False),
        ("烟台璟碁软件有限公司", code(2), {}, True),
    ],
)
def test_what_speaks_against_the_one_firm_that_a_row_may_be_is_known(snapshot, name, uscc, said, against):
    given = {name: pa.array([value], pa.string()) for name, value in {"name": name, "uscc": uscc, **said}.items()}
    [row] = lists.compare(pa.table({"row": pa.array([2], pa.int32()), **given}), snapshot).to_pylist()
    assert row["against"] == against
