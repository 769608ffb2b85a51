"""A row that is no firm of the registry is beside the firms nearest to it, with where their names differ."""

from __future__ import annotations

from itertools import product
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_firms import firms
from making import code, home, put
from noise import dropped, in_traditional, noted, spaced, typed
from rongtong import lists
from rongtong.facts import Snapshot
from rongtong.identity import normalise

FIRM, SHORT_OF, FORMER = "青岛海德森精密机械有限公司", "北京首都开发股份有限公司", "青岛昌隆轴承厂"
MADE = [one.name() for one in firms(60, Random(7))]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    alliance = home(tmp_path_factory.mktemp("near") / "alliance")
    own = [{"name": FIRM, "uscc": code(1)}, {"name": SHORT_OF, "uscc": code(2), "former_name": FORMER}]
    put(alliance, [*own, *({"name": name} for name in MADE)])
    return alliance.settle()


def compared(snapshot: Snapshot, *names: str, uscc: str | None = None) -> list[dict]:
    rows = {"row": pa.array(range(len(names)), pa.int32()), "name": list(names), "uscc": [uscc] * len(names)}
    columns = {**rows, "uscc": pa.array(rows["uscc"], pa.string())}
    return lists.compare(pa.table(columns), snapshot).to_pylist()


def near(snapshot: Snapshot, name: str, uscc: str | None = None) -> tuple[str, str, list[tuple[str, str]]]:
    [row] = compared(snapshot, name, uscc=uscc)
    among = lists.candidates(pa.Table.from_pylist([row], schema=lists.MATCHES), snapshot)
    return row["outcome"], row["why"], [(among[one["firm"]]["name"], one["why"]) for one in row["near"]]


NOBODY = "库内没有这个名称或代码"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("济南海德森精密机械有限公司", [(FIRM, "行政区划不同")]),
        ("青岛海德森橡胶有限公司", [(FIRM, "行业用语不同")]),
        ("青岛海得森橡胶有限公司", [(FIRM, "行业用语不同；字号有同音字")]),
        ("济南昌隆轴承厂", [(SHORT_OF, "另一名称“青岛昌隆轴承厂”；行政区划不同")]),
        ("烟台无此机械有限公司", []),
    ],
)
def test_the_nearest_are_told_with_the_parts_that_differ_and_strangers_are_not(snapshot, name, told):
    assert near(snapshot, name) == ("none", NOBODY, told)


def test_a_short_name_that_shares_little_is_near_where_it_is_likely(snapshot):
    assert near(snapshot, "首开股份") == ("none", NOBODY, [(SHORT_OF, "字号仅两字，且一方未写地区；一为另一的简称")])


def test_a_firm_of_another_code_is_told_as_that(snapshot):
    name = FIRM.replace("有限", "股份有限")
    assert near(snapshot, name, code(9)) == ("none", NOBODY, [(FIRM, "统一社会信用代码不同；组织形式不同")])


@pytest.mark.parametrize("head", [FIRM, FIRM.replace("有限", "有限责任")])
def test_a_branch_is_not_its_firm_and_says_that_its_head_office_is_there(snapshot, head):
    apart = [(FIRM, "一为企业、一为分支机构，或为不同分支机构")]
    for branch in ("城阳分公司", "第二分厂"):
        assert near(snapshot, head + branch) == ("none", f"{NOBODY}；分支机构，总公司在库：{FIRM}", apart)


@settings(max_examples=3)
@given(st.integers(0, 99))
def test_how_a_name_is_written_does_not_matter_and_who_is_asked_about_is_not_near(snapshot, seed):
    chance = Random(seed)
    noise = product((typed, dropped, spaced, noted, in_traditional), MADE[:20])
    names = [spoil(name, chance) + chance.choice(("", "市南分公司")) for spoil, name in noise]
    written, plain = (compared(snapshot, *each) for each in (names, map(normalise, names)))
    assert [row["near"] for row in written] == [row["near"] for row in plain]
    for row in written:
        assert not (row["near"] and (row["candidates"] or row["firm"]))
        assert len({one["firm"] for one in row["near"]}) == len(row["near"]) <= 3
