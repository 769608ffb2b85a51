"""``rongtong what-if``: what a person and a program get."""

from __future__ import annotations

import csv

import pytest

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
  - {id: qms, title: 认证, when: qms_certified}
"""
LINES = ("青岛甲轴承有限公司,市南区,90,是", "青岛乙软件有限公司,市北区,200,", "青岛丙材料有限公司,市北区,200,是")
ASKED = ("--rulebook", "small.yaml", "--as-of", "2022-10-25")


@pytest.fixture
def firms(tmp_path):
    (tmp_path / "small.yaml").write_text(RULEBOOK, encoding="utf-8")
    head = "企业名称,所属区市,2021年研发费用（万元）,是否通过管理体系认证"
    (tmp_path / "firms.csv").write_text("\n".join((head, *LINES)) + "\n", encoding="utf-8")
    return tmp_path / "firms.csv"


def test_counts_before_and_after_and_who_moves(rongtong, firms):
    found = rongtong("what-if", firms, *ASKED, "--set", "rd=80万元", "--json").face("what-if")
    assert [(one["bound"], one["value"], one["set"]) for one in found["bounds"]] == [("rd", 1_000_000, "80万元")]
    assert (found["before"]["qualified"], found["after"]["qualified"]) == (1, 2)
    assert [(one["name"], one["before"], one["after"]) for one in found["firms"]] == [
        ("青岛甲轴承有限公司", "not_qualified", "qualified")
    ]
    assert [(one["district"], one["after"]["qualified"]) for one in found["by_district"]] == [
        ("市北区", 1),
        ("市南区", 1),
    ]


def test_who_is_one_step_short_goes_to_a_file(rongtong, firms, tmp_path):
    found = rongtong("what-if", firms, *ASKED, "--short", "--out", tmp_path / "short.csv", "--json").face("what-if")
    assert sorted((one["name"], one["steps"][0]["id"], one["steps"][0]["margin"]) for one in found["short"]) == [
        ("青岛乙软件有限公司", "qms_certified", None),
        ("青岛甲轴承有限公司", "rd_expense[2021]", -100_000),
    ]
    with (tmp_path / "short.csv").open(encoding="utf-8-sig") as file:
        assert sorted((row["name"], row["kind"]) for row in csv.DictReader(file)) == [
            ("青岛乙软件有限公司", "fact"),
            ("青岛甲轴承有限公司", "lever"),
        ]


def test_a_person_reads_the_bounds_there_are(rongtong, firms):
    lines = [line.split() for line in rongtong("what-if", firms, *ASKED).out.splitlines()]
    assert ["rd", "100", "万元"] in lines
    assert ["企业", "1", "→", "1", "1", "→", "1", "1", "→", "1"] in lines


@pytest.mark.parametrize(("said", "what"), [("rd", "不是“界限=值”：rd"), ("x=1", "规则“test/small”没有界限 x")])
def test_what_cannot_be_set_is_refused(rongtong, firms, said, what):
    answer = rongtong("what-if", firms, *ASKED, "--set", said)
    assert answer.code == 2
    assert what in answer.err


def test_an_unknown_district_is_unknown_and_a_clause_has_its_name(rongtong, firms):
    lines = (*LINES, "青岛丁化工有限公司,,200,否")
    firms.write_text(firms.read_text(encoding="utf-8").replace("\n".join(LINES), "\n".join(lines)), encoding="utf-8")
    small = firms.parent / "small.yaml"
    small.write_text(RULEBOOK + '  - {id: old, title: 年限, when: "segment_years[Y] >= 2年"}\n', encoding="utf-8")
    head, *rows = firms.read_text(encoding="utf-8").splitlines()
    grown = [f"{head},2021年从事细分市场年限（年）", *(f"{row},{'1' if '丙' in row else '5'}" for row in rows)]
    firms.write_text("\n".join(grown) + "\n", encoding="utf-8")
    told = [line.split() for line in rongtong("what-if", firms, *ASKED, "--short").out.splitlines()]
    assert ["未知", "0", "→", "0", "1", "→", "1", "0", "→", "0"] in told
    assert ["old", "年限", "1"] in told
