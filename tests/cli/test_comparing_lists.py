"""``rongtong compare``: what a person and a program get of a list."""

from __future__ import annotations

import shlex

import openpyxl
import pytest

SAME, ASK, NONE = "青岛喆昇精密轴承有限公司", "青岛璟碁软件", "烟台无此机械有限公司"


@pytest.fixture
def listed(tmp_path):
    """A list under a title, as another office sends it."""
    book = openpyxl.Workbook()
    for row in (["参会名单", None], ["序号", "单位"], [1, SAME], [2, NONE], [3, ASK], ["", "合计"]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    return tmp_path / "名单.xlsx"


@pytest.fixture
def registry(rongtong, tmp_path):
    path = tmp_path / "企业库.csv"
    lines = ("企业名称,所属区市", f"{SAME},市南区", "青岛璟碁软件有限公司,崂山区", "青岛璟碁软件股份有限公司,市北区")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert rongtong("import", path).code == 0


@pytest.mark.usefixtures("registry")
def test_a_program_gets_each_row_with_its_candidates(rongtong, listed):
    found = rongtong("compare", listed, "--json").face("compare")
    assert found["counts"] == {"rows": 3, "same": 1, "ask": 1, "none": 1}
    assert (found["name_column"], found["code_column"]) == ("B", None)
    assert {one["row"]: (one["outcome"], len(one["candidates"])) for one in found["rows"]} == {
        3: ("same", 0), 4: ("none", 0), 5: ("ask", 2),
    }  # fmt: skip  # read by rows


@pytest.mark.usefixtures("registry")
def test_none_of_them_is_said_of_those_denied_before_too(rongtong, listed):
    [*_rows, asked] = rongtong("compare", listed, "--json").face("compare")["rows"]
    rongtong("decide", "listed", ASK, "--not", asked["candidates"][0]["firm"])
    [*_rows, asked] = rongtong("compare", listed, "--json").face("compare")["rows"]
    assert (asked["outcome"], len(asked["candidates"])) == ("ask", 1)
    rongtong(*shlex.split(asked["decide"]["different"])[1:])
    [*_rows, asked] = rongtong("compare", listed, "--json").face("compare")["rows"]
    assert asked["outcome"] == "none"


@pytest.mark.usefixtures("registry")
def test_the_list_comes_back_filled_and_a_person_reads_what_wants_a_look(rongtong, listed, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    answer = rongtong("compare", listed, "--out", tmp_path / "比对.xlsx")
    lines = list(openpyxl.load_workbook(tmp_path / "比对.xlsx").active.iter_rows(values_only=True))
    assert lines[1] == ("序号", "单位", "比对结果", "库内企业名称", "库内统一社会信用代码", "比对依据", "候选企业")
    assert [line[:4] for line in lines[2:4]] == [(1, SAME, "一致", SAME), (2, NONE, "库内没有", None)]
    assert lines[4][1:5] == (ASK, "待核", None, None)
    assert sorted(lines[4][6].split("；")) == ["青岛璟碁软件有限公司", "青岛璟碁软件股份有限公司"]
    assert set(lines[5][2:]) == {None}
    told = [line.split() for line in answer.out.splitlines()]
    assert ["一致", "1"] in told
    assert ["4", NONE, "—", "库内没有", "—", "库内没有这个名称或代码"] in told


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("甲,乙\n1,2\n", (), ("没有找到企业名称或代码", "坏.csv")),
        ("", (), ("文件是空的", "坏.csv")),
        (f"企业名称\n{SAME}\n", ("--name", "D"), ("表里没有 D 列", "坏.csv")),
        (f"企业名称\n{SAME}\n", ("--code", "7"), ("不是列：7", "--code")),
    ],
)
def test_what_is_no_list_is_refused_with_place_and_mend_and_nothing_is_written(rongtong, tmp_path, text, options, said):
    path, out = tmp_path / "坏.csv", tmp_path / "比对.xlsx"
    path.write_text(text, encoding="utf-8")
    answer = rongtong("compare", path, *options, "--out", out, "--json").face("error", code=2)
    assert (answer["error"], answer["place"]) == said
    assert answer["mend"]
    assert not out.exists()


def test_a_folder_is_no_list(rongtong, tmp_path):
    error = rongtong("compare", tmp_path, "--json").face("error", code=2)
    assert (error["error"], error["place"], error["mend"]) == ("这是文件夹，不是文件", str(tmp_path), "请给出文件")
