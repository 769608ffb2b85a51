"""``rongtong path``: what a person and a program get."""

from __future__ import annotations

import pytest

FIRM = "青岛喆昇精密轴承有限公司"
HEADINGS = ("企业名称", "2021年研发费用（万元）", "数字化水平", "是否通过管理体系认证")
RULEBOOK = """\
kind: rulebook
id: test/small
edition: "1"
title: 小
source: {document: 小}
authority: 小
territory: 小
in_force: [{purpose: new, from: 2020-01-01}]
conditions:
  - {id: rd, title: 研发, when: "rd_expense[Y] >= 100万元"}
  - {id: digital, title: 数字化, when: digital_level >= 三级}
  - {id: qms, title: 认证, when: qms_certified}
"""
ASKED = ("--rulebook", "small.yaml", "--as-of", "2022-10-25", "--at", "2024-01-31")


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "small.yaml").write_text(RULEBOOK, encoding="utf-8")
    (tmp_path / "firm.csv").write_text(f"{','.join(HEADINGS)}\n{FIRM},95.5,二级,\n", encoding="utf-8")
    return tmp_path / "firm.csv"


def test_a_program_gets_supply_and_levers_apart(rongtong, firm):
    found = rongtong("path", FIRM, firm, *ASKED, "--json").face("path")
    (one,) = found["paths"]
    assert [(s["fact"], s["settled_by"], s["clauses"]) for s in one["supplies"]] == [
        ("qms_certified", "认定或表彰文件", ["qms"])
    ]
    assert [(s["slot"], s["before"], s["after"], s["day"], s["clauses"]) for s in one["steps"]] == [
        ("digital_level", "二级", "三级", "2022-11-25", ["digital"]),
        ("rd_expense[2023]", 955_000, 1_000_000, "2023-12-31", ["rd"]),
    ]
    assert (found["waiting"], one["possible"], one["effort"]) == (None, True, 4)
    assert one["assumptions"] == [{"slot": "rd_expense[2023]", "from": "rd_expense[2021]", "value": 955_000}]


def test_a_person_reads_steps(rongtong, firm, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    lines = [line.split() for line in rongtong("path", FIRM, firm, *ASKED).out.splitlines()]
    assert ["管理体系认证", "认定或表彰文件", "qms", "认证"] in [
        [words[0].removeprefix("是否通过"), *words[1:]] for words in lines
    ]
    assert [
        "2023年研发费用",
        "95.5",
        "万元",
        "100",
        "万元",
        "中",
        "2023-12-31",
        "rd",
        "研发",
        "研发费用专项审计报告、研发支出辅助账",
    ] in lines


def test_nothing_to_do_but_to_wait(rongtong, firm, tmp_path):
    head = RULEBOOK.split("conditions:", maxsplit=1)[0]
    rulebook = f'{head}conditions:\n  - {{id: a, title: 年, when: "segment_years[Y] >= 7年"}}\n'
    (tmp_path / "small.yaml").write_text(rulebook, encoding="utf-8")
    (tmp_path / "firm.csv").write_text(f"企业名称,2021年从事细分市场年限（年）\n{FIRM},5.5\n", encoding="utf-8")
    found = rongtong("path", FIRM, firm, *ASKED[:4], "--json").face("path")
    assert (found["waiting"], [one["waiting"] for one in found["paths"]]) == ("2024-10-25", [False, False, True])


def test_a_day_before_the_facts_is_refused(rongtong, firm):
    answer = rongtong("path", FIRM, firm, *ASKED[:4], "--at", "2021-01-01")
    assert (answer.code, answer.out) == (2, "")
    assert "申请日期 2021-01-01 早于数据的日期 2022-10-25" in answer.err


def test_a_day_too_far_off_is_refused_before_anything_is_worked_out(rongtong, firm):
    answer = rongtong("path", FIRM, firm, *ASKED[:4], "--at", "2100-01-01")
    assert (answer.code, answer.out) == (2, "")
    assert "申请日期 2100-01-01 太远：最多看到 2032-10-25" in answer.err


def test_a_title_to_obtain_first_is_told_with_the_commands_that_lead_there(rongtong, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    base = "requires: [{id: base, title: 称号, holds: titles.technology_or_innovative}]\nconditions:"
    (tmp_path / "small.yaml").write_text(RULEBOOK.replace("conditions:", base), encoding="utf-8")
    firm = tmp_path / "firm.csv"
    firm.write_text(f"{','.join(HEADINGS)}\n{FIRM},95.5,三级,是\n", encoding="utf-8")
    said = ("--source", "bureau_reply", "--date", "2022-10-25", "--complete", "titles:1949-2022", "--home", tmp_path)
    assert rongtong("import", firm, *said).code == 0
    asked = ("path", FIRM, *ASKED, "--home", tmp_path)
    (one,) = rongtong(*asked, "--json").face("path")["paths"]
    assert one["priors"] == [{
        "title": "titles.technology_or_innovative", "clause": "base",
        "rulebooks": ["cn/technology-sme", "cn/innovative-sme"],
    }]  # fmt: skip  # read by rows
    ways = "；".join(f"rongtong path {FIRM} --rulebook {name}" for name in ("cn/technology-sme", "cn/innovative-sme"))
    lines = rongtong(*asked).out.splitlines()
    assert f"  先取得“科技和创新型中小企业称号”，怎样取得：{ways}" in lines
    assert "  取得以后，别的条款还要办这些：" in lines


def test_where_nothing_acts_in_time_the_day_on_which_it_would_is_told(rongtong, firm, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    (firm.parent / "small.yaml").write_text(RULEBOOK.split("  - {id: digital", maxsplit=1)[0], encoding="utf-8")
    out = rongtong("path", FIRM, firm, *ASKED[:4], "--at", "2023-10-25").out
    assert [line.strip() for line in out.splitlines()][1:] == [
        "2023-10-25 申请（1 版）：照目前的情况 ✗ 不符合",
        "没有可行的办法：可改变的事项都来不及，或者不够。",
        "够不到的条款：rd 研发",
        "再往后就有办法：最早 2023-12-31 见效，可用于 2024 年的申请（--at 2024-10-25）。",
    ]
