"""``rongtong diff``: editions, files and results."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

RULEBOOK = """\
kind: rulebook
id: test/small
edition: "{edition}"
title: 小
source: {{document: 小}}
authority: 小
territory: 小
in_force: [{{purpose: new, from: 2020-01-01}}]
conditions:
  - {{id: rd, title: 研发, when: "rd_expense[Y] >= {amount}"}}
  - {{id: either, title: 任一, any_of: [{{id: either.qms, title: 认证, when: qms_certified}},
     {{id: either.brand, title: 品牌, when: own_brand}}]}}
"""
LINES = ("青岛甲轴承有限公司,90,是,否", "青岛乙软件有限公司,200,是,否", "青岛丙材料有限公司,90,否,否")
DAY = ("--as-of", "2022-10-25")


@pytest.fixture
def members(tmp_path):
    for name, amount in (("old", "100万元"), ("new", "80万元")):
        (tmp_path / f"{name}.yaml").write_text(RULEBOOK.format(edition=name, amount=amount), encoding="utf-8")
    head = "企业名称,2021年研发费用（万元）,是否通过管理体系认证,是否拥有自主品牌"
    (tmp_path / "firms.csv").write_text("\n".join((head, *LINES)) + "\n", encoding="utf-8")
    return tmp_path / "firms.csv"


def test_who_enters_and_on_which_clause(rongtong, members):
    found = rongtong("diff", "old.yaml", "new.yaml", members, *DAY, "--json").face("diff")
    assert [(one["name"], one["way"], one["old"], one["new"]) for one in found["firms"]] == [
        ("青岛甲轴承有限公司", "enters", ["rd"], [])
    ]
    assert (found["counts"], found["old"]["edition"]) == ({"enters": 1, "drops_out": 0, "opens": 0, "other": 0}, "old")


def test_who_drops_out_goes_to_a_file(rongtong, members, tmp_path):
    assert rongtong("diff", "new.yaml", "old.yaml", members, *DAY, "--out", tmp_path / "d.csv").code == 0
    with (tmp_path / "d.csv").open(encoding="utf-8-sig") as file:
        assert [(row["name"], row["way"], row["new"]) for row in csv.DictReader(file)] == [
            ("青岛甲轴承有限公司", "drops_out", "rd")
        ]


def test_two_results_are_compared_as_they_are(rongtong, members):
    made = [rongtong("assess", members, "--rulebook", "cn/srdi-sme", *DAY, "--json").face("assess") for _ in range(1)]
    folder = Path("firms.rongtong") / "results" / made[0]["manifest"]["id"]
    found = rongtong("diff", folder, folder, "--json").face("diff")
    assert (found["firms"], found["new"]["id"]) == ([], made[0]["manifest"]["id"])


def test_an_edition_can_be_named(rongtong, members):
    found = rongtong("diff", "cn/srdi-sme@2022", "cn/innovative-sme@2022", members, *DAY, "--json").face("diff")
    assert [found[side]["rulebook"] for side in ("old", "new")] == ["cn/srdi-sme", "cn/innovative-sme"]


def test_a_person_reads_the_first_firms(rongtong, members, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    lines = [line.split() for line in rongtong("diff", "old.yaml", "new.yaml", members, *DAY).out.splitlines()]
    assert ["青岛甲轴承有限公司", "进来", "✗", "不符合", "✓", "符合", "rd", "研发"] in lines


@pytest.mark.parametrize(
    ("new", "mend"),
    [("cn/srdi-sme", "请写明版本：cn/srdi-sme@2022、cn/srdi-sme@2026"), ("new.yaml", "请用 --as-of 写适用期内的日期")],
)
def test_where_no_edition_applies_it_says_how_diff_takes_one(rongtong, members, new, mend):
    answer = rongtong("diff", new, new, members, "--as-of", "2015-01-01")
    assert (answer.code, mend in answer.err, "--edition" in answer.err) == (2, True, False)
