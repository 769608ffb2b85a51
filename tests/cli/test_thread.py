"""The thread on the command line: import, facts, settle, assess, explain, decide, undo, verify."""

from __future__ import annotations

import csv
import json

import openpyxl
import pyarrow.parquet as pq
import pytest

FIRM = "青岛喆昇精密轴承有限公司"
AS_OF = ("--as-of", "2022-10-25")


@pytest.fixture
def imported(rongtong, members):
    return rongtong("import", members, "--date", "2022-06-30", "--json").face("import")


def test_import_accounts_for_every_cell(imported):
    counts = imported["counts"]
    assert counts["cells"] == counts["used"] + counts["ignored"] + counts["problems"]
    assert counts["problems"] == len([p for p in imported["problems"] if p.get("severity") != "warning"])
    assert [(p["sheet"], p["row"], p["text"]) for p in imported["problems"]] == [("汇总表", 4, "约三千")]


def test_the_same_workbook_twice_is_once(rongtong, members, imported):
    again = rongtong("import", members, "--date", "2022-06-30", "--json").face("import")
    assert (again["already"], again["entry"]) == (True, imported["entry"])


def test_facts_name_their_cell(rongtong, imported):
    rows = rongtong("facts", "--json").face("facts")["facts"]
    found = [row for row in rows if row["name"] == FIRM and row["field"] == "revenue"]
    assert [(row["year"], float(row["value"]), row["file"], row["sheet"], row["cell"]) for row in found] == [
        (2021, 44_488_000, "members.xlsx", "汇总表", "C3")
    ]


def test_facts_straight_from_a_workbook(rongtong, members):
    rows = rongtong("facts", members, "--json").face("facts")["facts"]
    assert {row["uscc"] for row in rows} == {"91370212MA3C000039", "91370203MA3D00004X"}


def test_facts_go_to_a_file_in_the_format_of_its_suffix(rongtong, imported, tmp_path):
    answers = [
        rongtong("facts", "--out", tmp_path / f"f.{suffix}", "--json").face("facts")
        for suffix in ("parquet", "csv", "json")
    ]
    count = pq.read_table(tmp_path / "f.parquet").num_rows
    with (tmp_path / "f.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    written = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["facts"]
    assert [answer["rows"] for answer in answers] == [count, len(rows), len(written)]
    assert sorted(tmp_path.glob(".*")) == []


def test_settling_twice_is_the_same_snapshot(rongtong, imported):
    first, second = (rongtong("settle", "--json").face("settle")["snapshot"] for _ in range(2))
    assert first == second


def test_assess_gives_every_firm_a_verdict_with_clauses(rongtong, imported):
    found = rongtong("assess", "--rulebook", "cn/srdi-sme", *AS_OF, "--json").face("assess")
    assert sorted(firm["name"] for firm in found["firms"]) == sorted([FIRM, "青岛璟碁软件有限公司"])
    assert {firm["verdict"] for firm in found["firms"]} <= {"not_qualified", "undetermined"}


def test_assess_straight_from_a_workbook_into_excel(rongtong, members, tmp_path):
    answer = rongtong("assess", members, *AS_OF, "--out", tmp_path / "verdicts.xlsx")
    assert answer.code == 0, answer.err
    book = openpyxl.load_workbook(tmp_path / "verdicts.xlsx")
    assert sorted(cell.value for cell in book["企业结论"]["A"][1:]) == sorted([FIRM, "青岛璟碁软件有限公司"])
    assert (tmp_path / "verdicts.rongtong" / "journal").is_dir()


def test_a_suffix_nobody_can_write_is_refused_before_the_work(rongtong, members, tmp_path):
    answer = rongtong("assess", members, "--out", tmp_path / "verdicts.doc", "--json")
    answer.face("error", code=2)
    assert sorted(tmp_path.iterdir()) == [members]


def test_explain_goes_down_to_the_cell(rongtong, imported):
    rongtong("explain", FIRM, *AS_OF, "--json").face("explain")
    answer = rongtong("explain", FIRM, *AS_OF)
    assert answer.code == 0
    assert "members.xlsx 汇总表!C3" in answer.out


def test_a_firm_nobody_knows_is_bad_input(rongtong, imported):
    rongtong("explain", "没有这家公司", *AS_OF, "--json").face("error", code=2)


def test_undo_leads_back_to_the_same_snapshot(rongtong, imported):
    before = rongtong("settle", "--json").face("settle")["snapshot"]
    correction = ("decide", "reading", "members.xlsx", "汇总表", "D3", "180万")
    entry = rongtong(*correction, "--by", "王敏", "--json").face("decide")["entry"]
    between = rongtong("settle", "--json").face("settle")["snapshot"]
    rongtong("undo", entry, "--json").face("undo")
    after = rongtong("settle", "--json").face("settle")["snapshot"]
    assert (between != before, after) == (True, before)


def test_the_journal_is_listed_with_its_authors(rongtong, members):
    rongtong("import", members, "--by", "王敏")
    entries = rongtong("undo", "--json").face("undo")["entries"]
    assert [(entry["entry"], entry["kind"], entry["by"]) for entry in entries] == [(1, "import", "王敏")]


def test_a_result_holds_until_somebody_changes_it(rongtong, imported, tmp_path):
    path = tmp_path / "verdicts.json"
    assert rongtong("assess", *AS_OF, "--out", path, "--home", "rongtong-home").code == 0
    home = ("--home", "rongtong-home")
    assert rongtong("verify", path, *home, "--json").face("verify")["holds"] is True
    assert rongtong("verify", path, *home, "--deep", "--json").face("verify")["holds"] is True
    document = json.loads(path.read_text(encoding="utf-8"))
    document["firms"][0]["verdict"] = "qualified"
    path.write_text(json.dumps(document), encoding="utf-8")
    answer = rongtong("verify", path, *home, "--json").face("verify", code=1)
    assert answer["holds"] is False
    assert answer["first_difference"]


@pytest.mark.parametrize("name", ["none.xlsx", "text.xlsx", "empty.csv", "folder.xlsx"])
def test_what_is_no_workbook_is_bad_input_and_nothing_is_written(rongtong, tmp_path, name):
    (tmp_path / "text.xlsx").write_text("这不是表格", encoding="utf-8")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder.xlsx").mkdir()
    rongtong("import", tmp_path / name, "--json").face("error", code=2)
    assert list((tmp_path / "rongtong-home").rglob("*.json")) == []


@pytest.mark.parametrize("verb", [("settle",), ("undo",), ("assess",), ("explain", FIRM), ("facts",)])
def test_without_an_alliance_folder_there_is_a_mend(rongtong, tmp_path, verb):
    answer = rongtong(*verb, "--json").face("error", code=2)
    assert answer["mend"]
    assert list(tmp_path.iterdir()) == []
