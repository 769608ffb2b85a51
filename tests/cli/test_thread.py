"""The thread on the command line: import, facts, settle, assess, explain, decide, undo, verify."""

from __future__ import annotations

import csv
import json
import shlex

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


def test_a_person_reads_facts_as_officers_write_them(rongtong, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "2021年营业收入（元）", "2021年资产负债率", "成立日期", "自主品牌"])
    book.active.append([FIRM, 44488000, "41%", "2016-03-01", "是"])
    book.save(tmp_path / "shown.xlsx")
    lines = [line.split() for line in rongtong("facts", tmp_path / "shown.xlsx").out.splitlines()]
    assert {" ".join(words[3:-2]) for words in lines if words[0] == FIRM} == {"4,448.8 万元", "41%", "2016-03-01", "是"}


def test_the_journal_shows_a_value_as_officers_write_it(rongtong, imported, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    rongtong("decide", "reading", "members.xlsx", "汇总表", "C4", "3000万元", "--by", "经办")
    last = rongtong("undo").out.splitlines()[-1].split("  ")
    assert [part.strip() for part in last if part.strip()][-2:] == ["2021年营业收入", "3,000 万元"]


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
    assert (tmp_path / "members.rongtong" / "journal").is_dir()


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


def test_a_workbook_given_to_a_verb_has_a_folder_of_its_own(rongtong, members, tmp_path, monkeypatch):
    monkeypatch.setenv("RONGTONG_HOME", str(tmp_path / "alliance"))
    rongtong("import", members)
    before = rongtong("settle", "--json").json["snapshot"]
    assert rongtong("facts", members, "--year", 2021).code == 0
    assert (tmp_path / "members.rongtong" / "journal").is_dir()
    assert rongtong("settle", "--json").json["snapshot"] == before


def test_the_own_folder_holds_the_latest_state_of_the_workbook(rongtong, members):
    rongtong("facts", members)
    book = openpyxl.load_workbook(members)
    book.active.delete_rows(3)
    book.save(members)
    found = rongtong("facts", members, "--json").json["facts"]
    assert {row["name"] for row in found} == {"青岛璟碁软件有限公司"}


def test_two_workbooks_of_one_name_are_not_thrown_together(rongtong, members, tmp_path):
    rongtong("import", members, "--home", tmp_path / "other.rongtong")
    other = members.rename(tmp_path / "other.xlsx")
    answer = rongtong("facts", other, "--json").face("error", code=2)
    assert "members.xlsx" in answer["error"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_of_verdicts_holds_until_somebody_changes_a_cell(rongtong, members, tmp_path, language):
    path = tmp_path / "verdicts.xlsx"
    assert rongtong("assess", members, *AS_OF, "--out", path, "--lang", language).code == 0
    assert rongtong("verify", path, "--deep", "--json").face("verify")["holds"] is True
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["C2"] = "✓ 符合"
    book.save(path)
    answer = rongtong("verify", path, "--json").face("verify", code=1)
    assert f"{book.worksheets[1].title}!C2" in answer["first_difference"]


@pytest.mark.parametrize("name", ["id", "source", "software", "counts"])
def test_a_forged_line_of_a_manifest_is_found(rongtong, imported, tmp_path, name):
    path = tmp_path / "verdicts.json"
    rongtong("assess", *AS_OF, "--out", path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["manifest"][name] = "另一个"
    path.write_text(json.dumps(document), encoding="utf-8")
    answer = rongtong("verify", path, "--json").face("verify", code=1)
    assert answer["holds"] is False


@pytest.mark.parametrize(
    ("names", "what"),
    [(["catalogue"], "字段目录"), (["definition"], "规则"), (["catalogue", "definition"], "字段目录、规则")],
)
def test_of_a_result_by_other_definitions_that_is_said_first(rongtong, imported, tmp_path, names, what):
    path = tmp_path / "verdicts.json"
    rongtong("assess", *AS_OF, "--out", path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["manifest"] |= dict.fromkeys(names, "另一个") | {"software": "0.0.9"}
    path.write_text(json.dumps(document), encoding="utf-8")
    answer = rongtong("verify", path, "--json").face("verify", code=1)
    told = "不是按这个程序里的那一版做的，多半较早；请用当时的程序（融通 0.0.9）核对"
    assert answer["first_difference"] == f"{what}：{told}"


def test_a_key_given_twice_is_no_result(rongtong, imported, tmp_path):
    path = tmp_path / "verdicts.json"
    rongtong("assess", *AS_OF, "--out", path)
    text = path.read_text(encoding="utf-8").replace('{"manifest":', '{"manifest": {"snapshot": "x"}, "manifest":', 1)
    path.write_text(text, encoding="utf-8")
    rongtong("verify", path, "--json").face("error", code=2)


def test_what_is_to_be_decided_comes_with_the_command_that_decides_it(rongtong, tmp_path):
    for name, amount in (("甲", 100), ("乙", 200)):
        book = openpyxl.Workbook()
        book.active.append(["企业名称", "统一社会信用代码", "2021年营业收入（万元）"])
        book.active.append([FIRM, "91370212MA3C000039", amount])
        book.active.append(["青岛喆昇精密轴承厂有限公司", None, amount])
        book.save(tmp_path / f"{name}.xlsx")
        rongtong("import", tmp_path / f"{name}.xlsx", "--date", "2022-06-30")
    found = rongtong("questions", "--json").face("questions")
    assert (len(found["pairs"]), len(found["conflicts"])) == (1, 2)
    commands = [one["claims"][1]["decide"] for one in found["conflicts"]] + [found["pairs"][0]["decide"]["same"]]
    for command in commands:
        assert rongtong(*shlex.split(command)[1:]).code == 0
    assert rongtong("questions", "--json").face("questions") == {"pairs": [], "conflicts": []}


def test_bounds_are_chosen_from_a_curve_and_nothing_is_taught_by_nobody(rongtong, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "统一社会信用代码"])
    book.active.append([FIRM, "91370212MA3C000039"])
    book.active.append(["青岛喆昇精密轴承厂有限公司", None])
    book.save(tmp_path / "甲.xlsx")
    rongtong("import", tmp_path / "甲.xlsx", "--date", "2022-06-30")
    found = rongtong("identity", "--teach", "--json").face("identity")
    assert {one["questions"] for one in found["curve"]} == {found["questions"]} == {1}
    assert found["evaluation"]["better"] is False
    assert "20" in rongtong("identity", "--teach", "--use", "--json").face("error", code=2)["error"]
    assert rongtong("identity", "--use", "--json").face("error", code=2)["place"] == "--use"
    rongtong("identity", "--ask", "0.9999", "--same", "0.9999", "--json").face("identity")
    assert rongtong("identity", "--json").face("identity")["bounds"] == {"ask": 0.9999, "same": 0.9999, "taught": None}
    assert rongtong("questions", "--json").face("questions")["pairs"] == []
