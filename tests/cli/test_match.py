"""``rongtong match``: two workbooks in, explained introductions out, and a result that verifies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rongtong.cli.guard import run
from rongtong.match.run import of_rows

NEEDS = (
    "需求单位,需求类型,需求名称,地区要求,资质要求,认证要求,数量,希望交付时间,吉祥物\n"
    "青岛甲有限公司,零部件,精密轴承,青岛,高企,最好有ISO9001,1200套,2027Q1,猫\n"
    "青岛丙有限公司,种树,电磁兼容检测,,,,,,\n"
)
OFFERS = (
    "企业名称,供给类型,产品名称,所属区市,资质\n"
    "青岛乙轴承有限公司,零部件,精密轴承,崂山区,高新技术企业（有效期至2027-11-30）\n"
    "烟台丁有限公司,零部件,精密轴承,烟台市,\n青岛戊检测有限公司,检测,电磁兼容检测,城阳区,\n"
)
DAY = ("--as-of", "2026-11-28")


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("needs.csv", NEEDS), ("offers.csv", OFFERS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "needs.csv", tmp_path / "offers.csv"


def test_two_workbooks_become_introductions(rongtong, lists):
    found = rongtong("match", *lists, *DAY, "--json").face("match")
    introduced = {n["need"]: [c["name"] for c in n["candidates"] if c["introduced"]] for n in found["needs"]}
    assert introduced == {"N1": ["青岛乙轴承有限公司"], "N2": ["青岛戊检测有限公司"]}
    assert found["needs"][0]["refused"] == {"region": 1}
    assert [(p["file"], p["row"], p["text"]) for p in found["problems"]] == [("needs.csv", 3, "种树")]


@pytest.mark.parametrize("suffix", ["xlsx", "json"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_verifies(rongtong, lists, tmp_path, suffix, language):
    out = tmp_path / f"matching.{suffix}"
    assert rongtong("match", *lists, *DAY, "--out", out, "--lang", language).code == 0
    assert rongtong("verify", out, "--lang", "zh", "--json").face("verify")["holds"]


def test_a_result_folder_verifies_until_it_is_changed(rongtong, lists):
    made = rongtong("match", *lists, *DAY, "--json").face("match")
    folder = Path("needs.rongtong") / "results" / made["manifest"]["id"]
    assert rongtong("verify", folder, "--json").face("verify")["holds"]
    table = pq.read_table(folder / "candidates.parquet")
    pq.write_table(table.slice(1), folder / "candidates.parquet")
    assert not rongtong("verify", folder, "--json").face("verify", code=1)["holds"]


def test_a_changed_workbook_or_document_does_not_hold(rongtong, lists, tmp_path):
    for suffix in ("xlsx", "json"):
        rongtong("match", *lists, *DAY, "--out", tmp_path / f"m.{suffix}")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    book["需求与候选"]["D3"] = "青岛别家有限公司"
    book.save(tmp_path / "m.xlsx")
    document = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    document["needs"][0]["candidates"][0]["success"] = 0.5
    (tmp_path / "m.json").write_text(json.dumps(document), encoding="utf-8")
    for suffix in ("xlsx", "json"):
        assert not rongtong("verify", tmp_path / f"m.{suffix}", "--json").face("verify", code=1)["holds"]


def test_the_workbook_shows_each_need_as_a_block(rongtong, lists, tmp_path):
    rongtong("match", *lists, *DAY, "--out", tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["说明", "需求与候选", "企业容量", "权衡"]
    rows = list(book["需求与候选"].iter_rows(min_row=2, values_only=True))
    assert [(row[0].splitlines()[0], *row[1:4]) for row in rows] == [
        ("N1 精密轴承　青岛甲有限公司　零部件与材料", None, None, None), ("N1", 1, "✓ 介绍", "青岛乙轴承有限公司"),
        ("N2 电磁兼容检测　青岛丙有限公司", None, None, None), ("N2", 1, "✓ 介绍", "青岛戊检测有限公司"),
    ]  # fmt: skip
    assert rows[0][0].splitlines()[1:] == [
        "要求：数量 1,200套；日期 2027-03-31；地区 青岛；称号 高新技术企业",
        "希望（不作硬条件）：认证 ISO 9001 质量管理体系认证",
        "因硬条件排除的供给：地区 1",
    ]


def test_what_was_not_read_is_told_everywhere(rongtong, lists, tmp_path):
    told = {"file": "needs.csv", "sheet": "", "column": "I", "heading": "吉祥物", "why": "未识别的栏目"}
    answer = rongtong("match", *lists, *DAY, "--out", tmp_path / "m.xlsx")
    assert "没有认出的栏目 1 个" in answer.out
    assert "吉祥物" in answer.out
    assert rongtong("match", *lists, *DAY, "--json").face("match")["manifest"]["passed_over"] == [told]
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["说明"].iter_rows(values_only=True)
    assert ("needs.csv I 列", "吉祥物：未识别的栏目") in list(page)


def test_a_need_told_twice_is_said(rongtong, lists):
    lists[0].write_text(NEEDS + NEEDS.splitlines()[1] + "\n", encoding="utf-8")
    assert "需求 N3 与 N1 说的是同一件事" in rongtong("match", *lists, *DAY).out


def test_a_workbook_moved_elsewhere_says_which_folder_it_lacks(rongtong, lists, tmp_path):
    rongtong("match", *lists, *DAY, "--out", tmp_path / "m.xlsx")
    (tmp_path / "else").mkdir()
    (tmp_path / "m.xlsx").rename(tmp_path / "else" / "m.xlsx")
    answer = rongtong("verify", tmp_path / "else" / "m.xlsx")
    assert (answer.code, "如 needs.rongtong" in answer.err.replace("\n", "")) == (2, True)


def test_registered_products_are_offers_of_a_snapshot(rongtong, lists, tmp_path):
    register = tmp_path / "members.csv"
    register.write_text("企业名称,所属区市,主导产品\n青岛庚轴承有限公司,崂山区,精密轴承\n", encoding="utf-8")
    home = tmp_path / "home"
    rongtong("import", register, "--date", "2026-06-30", "--year", "2025", "--home", home)
    found = rongtong("match", lists[0], "--home", home, "--out", tmp_path / "m.json", "--json").face("match")
    [one] = found["needs"][0]["candidates"]
    assert (one["name"], one["constraints"]["titles"], one["firm"][0]) == ("青岛庚轴承有限公司", None, "f")
    assert found["manifest"]["as_of"] == "2026-06-30"
    assert rongtong("verify", tmp_path / "m.json", "--home", home, "--deep", "--json").face("verify")["holds"]


def test_the_points_to_choose_from_are_shown(rongtong, lists):
    answer = rongtong("match", *lists, *DAY, "--spread", "0.02")
    assert "分散权重" in answer.out
    points = rongtong("match", *lists, *DAY, "--spread", "0.03", "--json").face("match")["tradeoff"]
    assert 0.03 in [point["spread"] for point in points]


@pytest.mark.parametrize(("name", "text"), [("needs.csv", "天气,温度\n晴,1\n"), ("needs.csv", ""), ("x.json", "{}")])
def test_a_file_that_lists_no_needs_is_told(rongtong, lists, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    answer = rongtong("match", tmp_path / name, lists[1], *DAY)
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err


def test_needs_that_are_not_there_are_told(rongtong, lists, tmp_path):
    assert rongtong("match", tmp_path / "none.xlsx", lists[1]).code == 2
    assert rongtong("match", lists[0], lists[1], "--as-of", "明天").code == 2
    assert rongtong("match", lists[0], lists[1], "--out", tmp_path / "m.doc").code == 2


@pytest.fixture(scope="module")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where ``m.json`` was written once."""
    folder = tmp_path_factory.mktemp("matched")
    for name, text in (("needs.csv", NEEDS), ("offers.csv", OFFERS)):
        (folder / name).write_text(text, encoding="utf-8")
    asked = (folder / "needs.csv", folder / "offers.csv", *DAY, "--out", folder / "m.json")
    assert run(["match", *map(str, asked)]) == 0
    return folder


@pytest.fixture
def document(matched, tmp_path) -> Path:
    """A copy of ``m.json`` with its result beside it."""
    shutil.copytree(matched, tmp_path, dirs_exist_ok=True)
    return tmp_path / "m.json"


@pytest.fixture
def result(document) -> Path:
    made = json.loads(document.read_text(encoding="utf-8"))
    return Path("needs.rongtong") / "results" / made["manifest"]["id"]


def restate(result: Path, **changed: object) -> None:
    file = result / "manifest.json"
    stated = json.loads(file.read_text(encoding="utf-8")) | changed
    file.write_text(json.dumps({name: one for name, one in stated.items() if one != "gone"}), encoding="utf-8")


CHOICES = {"top": 300, "keep": 50, "spread": 0.0, "floor": {"top": 3, "ahead": 0.1}, "seed": 0}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"choices": "gone"}, "choices"),
        ({"choices": CHOICES | {"top": 10**9}}, "choices.top"),
        ({"choices": CHOICES | {"floor": {}}}, "choices.floor.top"),
        ({"digests": None}, "digests"),
        ({"as_of": "2022-02-30"}, "as_of"),
        ({"as_of": "20220228"}, "as_of"),
        ({"software": 7}, "software"),
        ({"assessments": [{"rulebook": "../../x"}]}, "assessments.0.id"),
        ({"snapshot": "../../etc"}, "snapshot"),
        ({"counts": "x"}, "counts"),
        ({"doubts": "x"}, "doubts"),
        ({"more": 1}, "more"),
    ],
)
def test_a_manifest_that_no_run_writes_is_told_with_its_place(rongtong, result, changed, named):
    restate(result, **changed)
    told = rongtong("verify", result, "--json").face("error", code=2)
    assert (told["error"], told["place"]) == (
        f"结果清单里的 {named} 缺失或写法不对",
        str(result / "manifest.json"),
    )


def test_a_table_of_other_columns_does_not_hold(rongtong, result):
    other = pa.table({"need": ["N1"]})
    pq.write_table(other, result / "needs.parquet")
    digests = json.loads((result / "manifest.json").read_text(encoding="utf-8"))["digests"]
    restate(result, digests=digests | {"needs": of_rows(other)})
    told = rongtong("verify", result, "--json").face("verify", code=1)
    assert told["first_difference"] == "重算：needs 的列不同"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"extra": "伪造"}, "多出一项 extra，不是写出的结果"),
        ({"needs": "x"}, "needs：应为列表，文件里是 'x'"),
        ({"firms": None}, "firms：应为列表，文件里是 None"),
        ({"tradeoff": [1]}, "tradeoff：1 ≠ "),
    ],
)
def test_a_document_that_says_more_or_else_does_not_hold(rongtong, document, changed, told):
    stated = json.loads(document.read_text(encoding="utf-8"))
    document.write_text(json.dumps(stated | changed), encoding="utf-8")
    found = rongtong("verify", document, "--json").face("verify", code=1)["first_difference"]
    assert found.startswith(f"文件与结果一致：{told}")


def test_what_was_noted_while_reading_is_told_to_be_unchecked(rongtong, document):
    assert rongtong("verify", document, "--json").face("verify")["checks"][-1].startswith("problems 是读表时的记录")
