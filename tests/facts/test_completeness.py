"""What a reply that is said to be complete settles, of whom, and where that stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from making import code
from rongtong import facts, qualify
from rongtong.facts import Alliance
from rongtong.report import labels

FIRMS = {"明": code(1), "金": code(2), "德": code(3), "海": code(4)}
NAMES = {name: f"青岛{name}远环保科技有限公司" for name in FIRMS}
COMPLETE = ("negative_records.environment:2019-2022",)
CLAUSE = "veto.environment"


def reply(folder: Path, heading: str, cells: dict[str, str], *, name: str = "复函.xlsx") -> Path:
    """A bureau's reply: a firm a row, from row 3."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["关于协助核查的复函"])
    sheet.append(["企业名称", "统一社会信用代码", heading])
    for firm, text in cells.items():
        sheet.append([NAMES[firm], FIRMS[firm], text or None])
    book.save(path := folder / name)
    return path


def clauses(alliance: Alliance) -> dict[str, dict[str, Any]]:
    """The veto on the environment by firm."""
    rows = qualify.assess(alliance.settle(), "cn/srdi-sme", as_of="2022-10-31").rows()
    found = {}
    for row in rows:
        (one,) = (clause for clause in row["clauses"] if clause["id"] == CLAUSE)
        found[str(row["name"])[2]] = one
    return found


def holds(alliance: Alliance) -> dict[str, bool | None]:
    return {firm: clause["holds"] for firm, clause in clauses(alliance).items()}


def test_a_stated_yes_beside_a_complete_reply_is_unknown(alliance: Alliance, tmp_path: Path) -> None:
    file = reply(tmp_path, "是否发生环境污染事故", {"明": "有", "海": "无"})
    alliance.import_file(file, source="bureau_reply", complete=COMPLETE)
    assert holds(alliance) == {"明": None, "海": True}


def test_a_stated_yes_of_other_years_too(alliance: Alliance, tmp_path: Path) -> None:
    file = reply(tmp_path, "2015-2020年是否发生环境污染事故", {"明": "有", "海": "无"})
    alliance.import_file(file, source="bureau_reply", complete=COMPLETE)
    assert holds(alliance) == {"明": None, "海": True}


@pytest.mark.parametrize("text", ["查无此企业", "说不清", "不详"])
def test_who_has_a_cell_that_was_not_read_gets_no_completeness(alliance: Alliance, tmp_path: Path, text: str) -> None:
    file = reply(tmp_path, "是否发生环境污染事故", {"金": text, "海": "无", "德": ""})
    alliance.import_file(file, source="bureau_reply", complete=COMPLETE)
    assert holds(alliance) == {"金": None, "海": True, "德": True}


def test_a_column_that_is_not_recognised_is_a_problem(alliance: Alliance, tmp_path: Path) -> None:
    file = reply(tmp_path, "甲乙丙丁情形", {"明": "有", "海": ""})
    found = alliance.import_file(file, source="bureau_reply", complete=COMPLETE)
    assert [(p["row"], p["column"]) for p in found.problems.to_pylist()] == [(0, "C")]
    assert holds(alliance) == {"明": None, "海": True}


def test_an_opinion_that_there_is_nothing_is_no_problem(alliance: Alliance, tmp_path: Path) -> None:
    file = reply(tmp_path, "复函意见", {"明": "2020年处罚1起", "海": "已核查", "德": "未发现违法行为", "金": "否"})
    found = alliance.import_file(file, source="bureau_reply", complete=COMPLETE)
    assert [(p["row"], p["column"]) for p in found.problems.to_pylist()] == [(0, "C")]
    assert holds(alliance) == {"明": None, "海": True, "德": True, "金": None}


def test_without_completeness_it_is_passed_over(alliance: Alliance, tmp_path: Path) -> None:
    found = alliance.import_file(reply(tmp_path, "甲乙丙丁情形", {"明": "有"}), source="bureau_reply")
    assert found.problems.num_rows == 0


@pytest.mark.parametrize("heading", ["有无重大环境污染事故", "是否存在环境污染事故", "重大环境污染事故"])
def test_how_bureaus_ask(alliance: Alliance, tmp_path: Path, heading: str) -> None:
    alliance.import_file(reply(tmp_path, heading, {"明": "有", "海": "未发现"}), source="bureau_reply")
    assert holds(alliance) == {"明": None, "海": True}


def test_the_no_of_a_complete_reply_cites_the_reply(alliance: Alliance, tmp_path: Path) -> None:
    file = reply(tmp_path, "备注", {"海": ""})
    alliance.import_file(file, source="bureau_reply", complete=COMPLETE)
    cited = [cell for cells in clauses(alliance)["海"]["sources"].values() for cell in cells]
    assert cited == [{"file": "复函.xlsx", "sheet": "Sheet", "cell": "A3", "kind": "bureau_reply"}]


def test_reading_again_gives_the_same_part(alliance: Alliance, tmp_path: Path) -> None:
    file = reply(tmp_path, "甲乙丙丁情形", {"明": "有", "金": "", "海": "无"})
    first = alliance.import_file(file, source="bureau_reply", complete=COMPLETE)
    assert alliance.import_file(file, source="bureau_reply", complete=COMPLETE).part == first.part


def test_a_no_that_is_not_the_bureaus_settles_nothing(alliance: Alliance, tmp_path: Path) -> None:
    alliance.import_file(reply(tmp_path, "是否发生环境污染事故", {"海": "否"}))
    clause = clauses(alliance)["海"]
    assert (clause["holds"], clause["sources"]) == (
        None,
        {"negative_records.environment[2019..2022]": [{"file": "复函.xlsx", "sheet": "Sheet", "cell": "C3"}]},
    )


def test_the_bureaus_no_settles_what_others_only_say(alliance: Alliance, tmp_path: Path) -> None:
    alliance.import_file(reply(tmp_path, "是否发生环境污染事故", {"海": "否", "明": "否"}))
    file = reply(tmp_path, "有无环境污染事故", {"海": "无", "明": "有"}, name="局.xlsx")
    alliance.import_file(file, source="bureau_reply")
    assert holds(alliance) == {"海": True, "明": None}


@pytest.mark.parametrize(("source", "settles"), [("firm_promise", None), ("firm_form", None), ("bureau_reply", True)])
def test_who_says_none_settles_it_only_as_a_bureau(
    alliance: Alliance, tmp_path: Path, source: str, settles: bool | None
) -> None:
    alliance.import_file(reply(tmp_path, "2019-2022年是否发生环境污染事故", {"海": "无"}), source=source)
    assert holds(alliance) == {"海": settles}


@pytest.mark.parametrize(
    ("source", "number", "said"),
    [
        ("bureau_reply", " 青环函〔2022〕5号", "（部门函询复函 青环函〔2022〕5号）"),
        ("firm_promise", "", "（企业承诺书）"),
        ("district_workbook", "", ""),
    ],
)
def test_a_clause_says_whose_word_it_rests_on(
    alliance: Alliance, tmp_path: Path, source: str, number: str, said: str
) -> None:
    complete = COMPLETE if source == "bureau_reply" else ()
    file = reply(tmp_path, "是否发生环境污染事故", {"海": "无"})
    alliance.import_file(file, source=source, number=number, complete=complete)
    (cells,) = clauses(alliance)["海"]["sources"].values()
    assert {labels.whose(one) for one in cells} == {said}
    assert all(check.holds for check in facts.verify(alliance, alliance.settle(), deep=True))


def test_a_reply_with_a_column_that_somebody_declined_is_read_again_as_it_was(
    alliance: Alliance, tmp_path: Path
) -> None:
    alliance.decide_heading("复函意见", "ignore", by="经办")
    alliance.import_file(reply(tmp_path, "复函意见", {"海": "已核查"}), source="bureau_reply", complete=COMPLETE)
    assert holds(alliance) == {"海": True}
    assert [check for check in facts.verify(alliance, alliance.settle(), deep=True) if not check.holds] == []
