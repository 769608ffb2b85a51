"""What somebody could lose or be shown by our own verbs."""

from __future__ import annotations

import csv
import zipfile

import openpyxl
import pytest

from rongtong import facts
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


def test_a_cell_far_outside_excel_is_refused(tmp_path, book):
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b'r="A1"', b'r="ZZZA1"') if "sheet1" in name else content)
    with pytest.raises(InputError):
        facts.Alliance.open(tmp_path / "home", create=True).import_file(tmp_path / "far.xlsx")


@pytest.mark.parametrize("answers", [-1, 99])
def test_a_decision_cannot_answer_an_entry_that_is_not_there(tmp_path, book, answers):
    alliance = facts.Alliance.open(tmp_path / "home", create=True)
    alliance.import_file(book)
    with pytest.raises(InputError):
        alliance.decide_heading("营收", "revenue", answers=answers)
    assert len(alliance.journal()) == 1
