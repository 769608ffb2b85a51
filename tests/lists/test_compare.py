"""A code in which signs that look alike were mixed up is compared as the one that was meant, and that is said."""

from __future__ import annotations

import pyarrow as pa
import pytest

from making import code, home, put
from rongtong import lists
from rongtong.facts import Snapshot
from rongtong.workbooks import Sheet, texts_table

NAME, CODE = "青岛甲机械有限公司", code(1000)
ALIKE = CODE.replace("0", "O").replace("1", "I")
MENDED = f"代码相同（代码有形近字符误写，按 {CODE} 比对）"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    alliance = home(tmp_path_factory.mktemp("home") / "alliance")
    put(alliance, [{"name": NAME, "uscc": CODE}, {"name": "青岛乙电子有限公司", "uscc": code(2001)}])
    return alliance.settle()


@pytest.fixture
def compared(snapshot):
    def compare(*columns: list[str]) -> list[tuple[str, ...]]:
        sheet = Sheet("", texts_table([pa.array(column) for column in columns]))
        found = lists.compare(lists.find(sheet).rows(sheet), snapshot).to_pylist()
        return [(one["given_uscc"], one["outcome"], one["name"], one["why"]) for one in found]

    return compare


def test_letters_for_digits_are_the_digits(compared):
    assert compared([ALIKE, CODE]) == [(ALIKE, "same", NAME, MENDED), (CODE, "same", NAME, "代码相同")]


def test_a_mended_code_beside_another_firms_name_is_asked_about(compared):
    [(given, outcome, name, why)] = compared(["青岛丙化工有限公司"], [ALIKE])
    assert (given, outcome, name) == (ALIKE, "ask", NAME)
    assert why == f"代码是这一家的，名称却是别家的写法（代码有形近字符误写，按 {CODE} 比对）"


def test_a_code_that_is_merely_wrong_is_not_mended(compared):
    wrong = CODE[:-1] + ("A" if CODE[-1] != "A" else "B")
    assert compared([wrong])[0][1] != "same"


def outcomes(alliance, *names: str) -> list[tuple[str | None, ...]]:
    given = {"row": pa.array(range(len(names)), pa.int32()), "name": list(names), "uscc": pa.nulls(len(names))}
    found = lists.compare(pa.table(given), alliance.settle()).to_pylist()
    return [(one["outcome"], one["name"], one["why"]) for one in found]


def test_a_whole_english_name_is_a_name_and_a_bare_word_a_question(tmp_path):
    alliance, english = home(tmp_path / "alliance"), "Qingdao Boyuan Marine Equipment Co., Ltd."
    put(alliance, [{"name": english}, {"name": "蓝谷芯源"}])
    assert outcomes(alliance, "QINGDAO BOYUAN MARINE EQUIPMENT COMPANY LIMITED", "蓝谷芯源") == [
        ("same", english, "名称相同"),
        ("ask", "蓝谷芯源", "名称规范化后相同；名称没有写全，同名的可能不止一家"),
    ]


def test_a_code_that_nobody_bears_hides_no_firm_of_unknown_code(tmp_path):
    alliance = home(tmp_path / "alliance")
    put(alliance, [{"name": "威海铭沣阀门有限公司"}, {"name": NAME, "uscc": CODE}])
    names = ["威海铭沣阀门有限公司", "威海铭沣阀门股份有限公司", NAME, "青岛甲机械股份有限公司"]
    given = {"row": pa.array(range(4), pa.int32()), "name": names, "uscc": [code(n) for n in range(1, 5)]}
    found = lists.compare(pa.table(given), alliance.settle()).to_pylist()
    assert [(one["outcome"], one["name"]) for one in found] == [
        ("same", "威海铭沣阀门有限公司"),
        ("ask", "威海铭沣阀门有限公司"),
        ("ask", NAME),
        ("none", None),
    ]


def test_a_name_that_people_merged_into_a_firm_is_that_firm_on_any_list(tmp_path):
    alliance, other = home(tmp_path / "alliance"), "青岛宏远太橡塑科技有限公司"
    put(alliance, [{"name": "青岛宏远泰橡塑科技有限公司", "uscc": CODE}, {"name": other}])
    with alliance.settle().connect() as connection:
        alliance.decide_same(*(firm for (firm,) in connection.execute("SELECT firm FROM firms").fetchall()))
    assert outcomes(alliance, other) == [("same", "青岛宏远泰橡塑科技有限公司", "与来源中的另一写法相同")]


def test_a_row_that_may_be_several_firms_is_beside_the_data_of_none(tmp_path):
    alliance = home(tmp_path / "alliance")
    put(alliance, [{"name": "济南鑫瑞达机械有限公司"}, {"name": "青岛鑫瑞达机械有限公司"}])
    assert [one[:2] for one in outcomes(alliance, "鑫瑞达")] == [("ask", None)]


def test_a_name_that_is_merely_alike_says_why_part_by_part(tmp_path):
    alliance, name = home(tmp_path / "alliance"), "青岛喆昇泰机械有限公司"
    put(alliance, [{"name": name, "uscc": CODE, "former_name": "青岛宏远泰橡塑科技有限公司"}])
    parts = "写出的各部分都一致；字号相同；一方未写地区；行业用语相同；一方未写组织形式"
    assert outcomes(alliance, "喆昇泰机械", "宏远泰橡塑科技") == [
        ("same", name, parts),
        ("same", name, f"另一名称“青岛宏远泰橡塑科技有限公司”；{parts}"),
    ]


def test_a_list_is_judged_as_the_snapshot_was(tmp_path):
    alliance = home(tmp_path / "alliance")
    put(alliance, [{"name": "青岛喆昇精密轴承有限公司", "uscc": CODE}])
    outcomes = []
    for same in (None, 0.999):
        if same:
            alliance.judge_by(ask=same, same=same)
        rows = pa.table({"row": pa.array([2], pa.int32()), "name": ["喆昇轴承"], "uscc": pa.nulls(1, pa.string())})
        outcomes += lists.compare(rows, alliance.settle())["outcome"].to_pylist()
    assert outcomes == ["ask", "none"]


def test_of_a_name_that_many_firms_bear_some_are_listed_and_the_rest_counted(tmp_path):
    alliance = home(tmp_path / "alliance")
    put(alliance, [{"name": NAME, "uscc": code(1000 + n)} for n in range(30)])
    rows = pa.table({"row": [2], "name": [NAME], "uscc": pa.nulls(1, pa.string())})
    snapshot = alliance.settle()
    [found] = lists.answered(lists.compare(rows, snapshot), snapshot).to_pylist()
    assert (found["outcome"], len(found["candidates"])) == ("ask", lists.MOST)
    assert found["why"].endswith(f"候选 30 家，只列前 {lists.MOST} 家")


def test_a_list_names_a_firm_by_a_former_or_english_name(tmp_path):
    alliance = home(tmp_path / "alliance")
    former, english = "青岛昌隆轴承厂；青岛昌隆实业公司", "Qingdao Jia Machinery Co., Ltd."
    put(alliance, [{"name": NAME, "uscc": CODE, "former_name": former, "english_name": english}])
    put(alliance, [{"name": "青岛乙电子有限公司"}], file="乙.xlsx")
    asked = ["青岛昌隆实业公司", "青岛昌隆轴承厂", "QINGDAO JIA MACHINERY CO LTD", NAME]
    told = ["与曾用名相同", "与曾用名相同", "与英文名称相同", "名称相同"]
    assert outcomes(alliance, *asked) == [("same", NAME, why) for why in told]


def test_a_code_beside_a_former_name_is_no_contradiction(tmp_path):
    alliance = home(tmp_path / "alliance")
    put(alliance, [{"name": NAME, "uscc": CODE, "former_name": "青岛昌隆轴承厂"}])
    given = pa.table({"row": pa.array([1], pa.int32()), "name": ["青岛昌隆轴承厂"], "uscc": [CODE]})
    assert lists.compare(given, alliance.settle())["outcome"].to_pylist() == ["same"]
