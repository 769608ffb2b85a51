"""Importing: a workbook is in force whole or not at all, twice is once, and the same everywhere."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from making import SHEET, code, home, values
from rongtong import facts
from rongtong.errors import InputError
from rongtong.facts import Alliance, importing

NAME = "青岛喆昇精密轴承有限公司"


def book(path: Path, *rows: list[object], heading: str = "2021年营业收入（万元）") -> Path:
    made = openpyxl.Workbook()
    made.active.title = SHEET
    for row in (["企业名称", "统一社会信用代码", heading], *rows):
        made.active.append(row)
    made.save(path)
    return path


@pytest.fixture
def members(tmp_path: Path) -> Path:
    return book(tmp_path / "市南区.xlsx", [NAME, code(1), 4448.8], ["青岛璟碁软件有限公司", code(2), 96])


def left(alliance: Alliance) -> list[str]:
    """The files of the folder, but for the journal's folder itself."""
    return sorted(path.name for path in alliance.home.rglob("*") if path.is_file())


def test_a_workbook_straight_to_a_snapshot(members):
    assert values(facts.read(members).settle(), "revenue[2021]") == {
        NAME: "44488000.00",
        "青岛璟碁软件有限公司": "960000.00",
    }


def test_twice_is_once_while_in_force(alliance, members):
    first, again = (alliance.import_file(members) for _ in range(2))
    assert ((again.already, again.entry), len(alliance.journal())) == ((True, first.entry), 1)


def test_the_same_bytes_by_another_name_are_the_same(alliance, members):
    alliance.import_file(members)
    copy = members.rename(members.with_name("副本 'x' (1).xlsx"))
    assert alliance.import_file(copy).already


def test_after_undo_once_more_is_in_force_and_the_same(alliance, members):
    alliance.import_file(members)
    before = alliance.settle().id
    alliance.undo(1)
    again = alliance.import_file(members)
    assert (again.already, again.entry, alliance.settle().id) == (False, 3, before)


def test_another_date_supersedes(alliance, members):
    for date in ("2022-06-30", "2022-07-31"):
        alliance.import_file(members, date=date)
    assert ([one.entry for one in alliance.state().imports], alliance.settle().manifest["reference_date"]) == (
        [2],
        "2022-07-31",
    )


def test_a_decided_heading_supersedes_and_undo_leads_back(alliance, tmp_path):
    path = book(tmp_path / "x.xlsx", [NAME, code(1), 5], heading="去年进账（元）")
    alliance.import_file(path)
    before = alliance.settle().id
    alliance.decide_heading("去年进账（元）", "revenue[2021]")
    again = alliance.import_file(path)
    assert (again.already, values(alliance.settle(), "revenue[2021]")) == (False, {NAME: "5.00"})
    alliance.undo(again.entry)
    assert alliance.settle().id == before


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", "天气晴".encode(), "公司名单\n无\n".encode("gb18030"), b"\0" * 99]
)
def test_a_file_of_nothing_leaves_nothing(alliance, tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError):
        alliance.import_file(path)
    assert left(alliance) == []


@pytest.mark.parametrize("path", ["没有.xlsx", "."])
def test_no_file_leaves_nothing(alliance, tmp_path, path):
    with pytest.raises(InputError):
        alliance.import_file(tmp_path / path)
    assert left(alliance) == []


@pytest.mark.parametrize(
    "said",
    [
        {"source": "hearsay"}, {"date": "2022-02-30"}, {"date": "昨天"}, {"year": 21}, {"complete": ["ip"]},
        {"complete": ["ip:2022-2019"]}, {"complete": ["revenue:2021"]}, {"complete": ["ip.nothing:2021"]},
        {"complete": ["ip:2021\n"]},
    ],
)  # fmt: skip  # read by rows
def test_what_is_said_about_a_file_is_checked(alliance, members, said):
    with pytest.raises(InputError):
        alliance.import_file(members, **said)
    assert left(alliance) == []


def test_a_file_changed_while_it_is_read_is_refused(alliance, members, monkeypatch):
    read = importing.read_workbook

    def meanwhile(path, **given):
        found = read(path, **given)
        book(path, [NAME, code(1), 1])
        return found

    monkeypatch.setattr(importing, "read_workbook", meanwhile)
    with pytest.raises(InputError, match="被改动"):
        alliance.import_file(members)
    assert alliance.journal() == []


def test_a_name_in_an_old_encoding_is_read(alliance, members, tmp_path):
    old = os.fsdecode(os.fsencode(tmp_path) + b"/" + "崂山区.xlsx".encode("gb18030"))
    Path(members).rename(old)
    alliance.import_file(Path(old))
    assert [one.file for one in alliance.state().imports] == ["崂山区.xlsx"]


def test_one_file_at_once_is_one_entry(alliance, members):
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _n: Alliance.open(alliance.home).import_file(members), range(3)))
    assert (sorted(one.already for one in found), {one.entry for one in found}) == ([False, True, True], {1})


def test_two_files_at_once_are_two_entries(alliance, members, tmp_path):
    other = book(tmp_path / "市北区.xlsx", ["青岛海右化工有限公司", code(3), 1])
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(alliance.import_file, [members, other]))
    assert (sorted(one.entry for one in found), len(alliance.log.verify())) == ([1, 2], 2)


def test_a_file_in_two_homes_is_one_snapshot(tmp_path, members):
    ids = set()
    for place in ("甲", "乙"):
        there = home(tmp_path / place)
        there.import_file(members, date="2022-06-30", by=place)
        ids.add(there.settle().id)
    assert len(ids) == 1


def test_no_folder_no_alliance(tmp_path):
    with pytest.raises(InputError):
        Alliance.open(tmp_path / "没有")
    assert list(tmp_path.iterdir()) == []


def test_what_a_firm_says_of_its_own_standing_is_passed_over_with_the_reason(alliance, tmp_path):
    row = [NAME, code(1), "是"]
    file = book(tmp_path / "自评.xlsx", row, heading="市场占有率是否较为靠前")
    own = alliance.import_file(file, source="firm_form")
    assert [one["reason"] for one in own.ignored if one["where"] == "C"] == [
        "这一项只采用：部门函询复函、审核记录、梯度培育平台填报表、区市汇总表"
    ]
    assert "share_leading" not in alliance.settle().columns
    alliance.import_file(file, source="platform_form")
    assert values(alliance.settle(), "share_leading") == {NAME: "true"}


def test_only_a_reply_says_that_there_are_no_other_records(alliance, members):
    with pytest.raises(InputError, match="企业承诺书不能说明“负面记录”没有别的记录"):
        alliance.import_file(members, source="firm_promise", complete=["negative_records.tax:2019-2022"])
    assert alliance.journal() == []
