"""What somebody could lose or be shown by our own verbs."""

from __future__ import annotations

import csv
import json
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest

from rongtong import facts, qualify
from rongtong.errors import InputError


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["企业名称", "统一社会信用代码", "所属区市"])
    made.active.append(["=HYPERLINK(1)青岛甲有限公司", "91370211622145765L", "+崂山区"])
    made.save(tmp_path / "甲.xlsx")
    return tmp_path / "甲.xlsx"


def test_a_demonstration_replaces_only_what_a_demonstration_made(rongtong, tmp_path):
    (tmp_path / "x" / "home").mkdir(parents=True)
    (tmp_path / "x" / "home" / "precious.txt").write_text("mine", encoding="utf-8")
    rongtong("demo", "--out", tmp_path / "x", "--firms", 200, "--json").face("error", code=2)
    assert (tmp_path / "x" / "home" / "precious.txt").read_text(encoding="utf-8") == "mine"


def test_verdicts_are_never_written_over_their_source(rongtong, book, tmp_path):
    before = book.read_bytes()
    asked = ("assess", book, "--rulebook", "cn/srdi-sme", "--as-of", "2022-10-25", "--out", book, "--json")
    assert rongtong(*asked).face("error", code=2)["error"] == "写入的文件就是来源文件"
    assert book.read_bytes() == before


def test_a_csv_for_spreadsheets_holds_no_formula(rongtong, book, tmp_path):
    rongtong("facts", book, "--out", tmp_path / "f.csv", "--json")
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'+崂山区" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []


@pytest.mark.parametrize("far", [b'r="ZZZA1"', b'r="A10485760"'])
def test_a_cell_far_outside_excel_is_refused_before_it_is_read(tmp_path, book, far):
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b'r="A1"', far) if "sheet1" in name else content)
    with pytest.raises(InputError, match="超出 Excel 的 1048576 行 16384 列"):
        facts.Alliance.open(tmp_path / "home", create=True).import_file(tmp_path / "far.xlsx")


@pytest.mark.parametrize("answers", [-1, 99])
def test_a_decision_cannot_answer_an_entry_that_is_not_there(tmp_path, book, answers):
    alliance = facts.Alliance.open(tmp_path / "home", create=True)
    alliance.import_file(book)
    with pytest.raises(InputError):
        alliance.decide_heading("营收", "revenue", answers=answers)
    assert len(alliance.journal()) == 1


def test_a_quote_without_its_partner_is_named_by_its_line(rongtong, tmp_path):
    lines = [
        "企业名称,所属区市,地址",
        '青岛甲有限公司,崂山区,"海尔路',
        *(f"青岛{n}有限公司,崂山区,路{n}" for n in range(5)),
    ]
    path = tmp_path / "甲.csv"
    path.write_text("\n".join([*lines, '青岛尾有限公司,崂山区,"路']), encoding="utf-8")
    answer = rongtong("import", path, "--json").face("error", code=2)
    assert "引号不成对" in answer["error"]
    path.write_text("\n".join([*lines, '青岛尾有限公司,崂山区,路"']), encoding="utf-8")
    answer = rongtong("import", path, "--json").face("error", code=2)
    assert (answer["error"], answer["place"]) == ("引号不成对，后面的行会被并进一个单元格", "甲.csv 第 2 行")


def test_a_cell_of_several_lines_is_no_stray_quote(rongtong, tmp_path):
    path = tmp_path / "甲.csv"
    path.write_text('企业名称,所属区市,地址\n青岛甲有限公司,崂山区,"海尔路 1 号,\n西门"\n', encoding="utf-8")
    assert rongtong("import", path).code == 0


def test_what_a_file_holds_cannot_steer_the_terminal(rongtong, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "2021年营业收入（万元）"])
    book.active.append(["青岛甲有限公司", "约\x9b2J" + "长" * 5_000])
    book.save(tmp_path / "甲.xlsx")
    answer = rongtong("import", tmp_path / "甲.xlsx")
    assert answer.code == 0, answer.err
    assert ("约␥2J" in answer.out, "\x9b" in answer.out) == (True, False)
    assert max(map(len, answer.out.splitlines())) < 200


@pytest.mark.parametrize(
    "change",
    [{"kind": "dream"}, {"body": {}}, {"body": {"source": "x", "part": "y"}}, {"extra": 1}],
    ids=["kind", "body", "file", "key"],
)
def test_an_entry_that_is_none_is_named(rongtong, book, tmp_path, change):
    rongtong("import", book)
    path = tmp_path / "rongtong-home" / "journal" / "000001.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), encoding="utf-8")
    answer = rongtong("settle", "--json").face("error", code=2)
    assert answer["place"].endswith("000001.json")


@pytest.mark.parametrize("pattern", ["claims/*/0.parquet", "snapshots/*/firms.parquet", "snapshots/*/manifest.json"])
def test_a_damaged_file_is_named_with_its_mend(rongtong, book, tmp_path, pattern):
    rongtong("import", book)
    if pattern.startswith("snapshots"):
        rongtong("settle")
    [path] = (tmp_path / "rongtong-home").glob(pattern)
    path.write_bytes(b"damaged")
    answer = rongtong("facts", "--json").face("error", code=2)
    assert answer["place"].endswith(path.name)
    assert answer["mend"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_no_difference(rongtong, book, tmp_path):
    rongtong("assess", book, "--as-of", "2022-10-25", "--out", tmp_path / "v.json")
    for original in (tmp_path / "甲.rongtong" / "sources").iterdir():
        original.chmod(0)
    rongtong("verify", tmp_path / "v.json", "--deep", "--json").face("error", code=2)


def test_a_week_is_no_date(rongtong, book):
    answer = rongtong("import", book, "--date", "2022-W01", "--json").face("error", code=2)
    assert answer["place"] == "--date"


def test_one_snapshot_is_assessed_by_many_at_once(tmp_path, book):
    alliance = facts.Alliance.open(tmp_path / "home", create=True)
    alliance.import_file(book)
    snapshot, out = alliance.settle(), tmp_path / "results"

    def once(_number):
        return qualify.assess(snapshot, "cn/srdi-sme", as_of="2022-10-25", out=out).manifest["id"]

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(once, range(12)))
    assert [path.name for path in out.iterdir()] == list(found)


def test_the_marked_copy_is_made_by_the_import(rongtong, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "2021年营业收入（万元）", "吉祥物"])
    book.active.append(["青岛甲有限公司", "说不清", "海豚"])
    book.save(tmp_path / "甲.xlsx")
    answer = rongtong("import", tmp_path / "甲.xlsx", "--marked", tmp_path / "标注.xlsx")
    assert answer.code == 0, answer.err
    assert "Sheet!C 吉祥物" in answer.out
    assert openpyxl.load_workbook(tmp_path / "标注.xlsx").worksheets[0]["B2"].comment is not None
    refused = rongtong("import", tmp_path / "甲.xlsx", "--marked", tmp_path / "甲.xlsx", "--json")
    assert refused.face("error", code=2)["error"] == "写入的文件就是来源文件"
