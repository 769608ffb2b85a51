"""``rongtong duplicates``: what a person and a program get."""

from __future__ import annotations

import openpyxl
import pytest

NAME, TWICE = "青岛喆昇精密轴承有限公司", "青岛喆昇精密轴承股份有限公司"


@pytest.fixture
def firms(tmp_path):
    path = tmp_path / "firms.csv"
    lines = ("企业名称,统一社会信用代码,成立日期", f"{NAME},91370212MA3C000039,2011-03-04", f"{TWICE},,2011-03-04",
             "青岛璟碁软件有限公司,91370203MA3D00004X,2015-06-07")  # fmt: skip  # read by rows
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_program_gets_the_pair_and_its_command_decides_it(rongtong, firms):
    assert rongtong("import", firms).code == 0
    found = rongtong("duplicates", "--json").face("duplicates")
    [pair] = found["pairs"]
    assert (found["firms"], {pair["left"]["name"], pair["right"]["name"]}) == (3, {NAME, TWICE})
    assert rongtong(*pair["decide"]["different"].split()[1:]).code == 0
    found = rongtong("duplicates", "--json").face("duplicates")
    assert (found["pairs"], found["decided"]) == ([], 1)


def test_a_person_reads_how_likely_and_why_and_the_workbook_says_the_same(rongtong, firms, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    answer = rongtong("duplicates", firms, "--out", tmp_path / "查重.xlsx")
    assert "企业 3 家，可能重复的 1 对。" in answer.out
    head, line = openpyxl.load_workbook(tmp_path / "查重.xlsx").worksheets[0].iter_rows(values_only=True)
    assert head[0] == "可能性"
    assert {line[1], line[3]} == {NAME, TWICE}
    for told in (line[0], line[5], line[6]):
        assert told in answer.out
    assert "成立日期相同" in line[5]


def test_a_workbook_is_never_written_over_its_source(rongtong, firms):
    answer = rongtong("duplicates", firms, "--out", firms, "--json").face("error", code=2)
    assert answer["error"] == "写入的文件就是来源文件"
