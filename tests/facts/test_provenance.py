"""Provenance: every fact leads back to its file, sheet and cell."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from making import SHEET, code, put, table
from rongtong import facts
from rongtong.facts import Alliance

A = {"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)}
B = {"name": "青岛璟碁软件有限公司", "uscc": code(2)}
REVENUE = "revenue[2021]"


def cells(alliance: Alliance, field: str) -> list[tuple[Any, ...]]:
    """value, file and cell of a field's facts."""
    found = facts.facts_table(alliance.settle()).to_pylist()
    return [(row["value"], row["file"], row["cell"]) for row in found if row["field"] == field]


def test_a_fact_that_all_agree_on_has_one_place(alliance):
    for file in "甲乙":
        put(alliance, [{**A, REVENUE: "1.00"}], file=file)
    assert [(value, cell) for value, _file, cell in cells(alliance, "revenue")] == [("1.00", "C2")]


def test_a_contested_fact_has_the_place_of_the_winner(alliance):
    put(alliance, [{**A, REVENUE: "1.00"}], file="甲", date="2021-01-01")
    put(alliance, [B, {**A, REVENUE: "2.00"}], file="乙", date="2022-01-01")
    put(alliance, [{**A, REVENUE: "3.00"}], file="丙", date="2021-01-01")
    assert cells(alliance, "revenue") == [("2.00", "乙", "C3")]


def test_an_unknown_fact_has_no_row(alliance):
    for amount in ("1.00", "2.00"):
        put(alliance, [{**A, REVENUE: amount}], file=amount)
    assert cells(alliance, "revenue") == []


@pytest.mark.parametrize("first", [None, "1.00"])
def test_a_corrected_cell_is_the_place(alliance, first):
    put(alliance, [{**A, REVENUE: first}, {**B, REVENUE: "5.00"}])
    alliance.correct_reading(1, SHEET, "C2", "3元")
    assert sorted(cells(alliance, "revenue")) == [("3.00", "市南区.xlsx", "C2"), ("5.00", "市南区.xlsx", "C3")]


def test_a_corrected_cell_gives_way_as_any_claim(alliance):
    put(alliance, [{**A, REVENUE: None}], file="甲")
    put(alliance, [{**A, REVENUE: "9.00"}], file="乙", kind="audit_report")
    alliance.correct_reading(1, SHEET, "C2", "3元")
    assert cells(alliance, "revenue") == [("9.00", "乙", "C2")]


def test_a_records_attribute_has_the_cell_that_says_so(alliance):
    key = {**A, "item": "ZL1"}
    put(alliance, table([{**key, "ip.kind": None, "ip.title": "甲"}], list_id="ip"), file="甲", kind="patent_office")
    put(alliance, table([{**key, "ip.kind": "发明专利", "ip.title": "乙"}], list_id="ip"), file="乙")
    assert sorted(cells(alliance, "ip")) == sorted([("甲", "甲", "D2"), ("发明专利", "乙", "C2")])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_records_cell_is_of_the_source_that_won(alliance, order):
    given = [("甲", "patent_office"), ("乙", "district_workbook")]
    for title, kind in (given[n] for n in order):
        put(alliance, table([{**A, "item": "ZL1", "ip.title": title}], list_id="ip"), file=title, kind=kind)
    assert cells(alliance, "ip") == [("甲", "甲", "C2")]


def test_records_without_a_key_have_their_own_cells(alliance):
    put(alliance, table([{**A, "ip.title": "同名"}, {**A, "ip.title": "同名"}], list_id="ip"))
    assert sorted(cells(alliance, "ip")) == [("同名", "市南区.xlsx", "C2"), ("同名", "市南区.xlsx", "C3")]


def test_a_corrected_record_cell_is_the_place(alliance):
    put(alliance, table([{**A, "item": "ZL1", "ip.title": "错"}], list_id="ip"))
    alliance.correct_reading(1, SHEET, "C2", "对")
    assert cells(alliance, "ip") == [("对", "市南区.xlsx", "C2")]


def test_nothing_known_is_no_row(alliance):
    put(alliance, [A])
    assert facts.facts_table(alliance.settle()).num_rows == 0


def test_some_firms_only(alliance):
    put(alliance, [{**A, REVENUE: "1.00"}, {**B, REVENUE: "2.00"}])
    snapshot = alliance.settle()
    found = [facts.sources_of(snapshot, [REVENUE], numbers).num_rows for numbers in ([], [0], [0, 1], None)]
    assert found == [0, 1, 2, 2]


def test_what_is_not_known_has_no_provenance(alliance):
    put(alliance, [{**A, REVENUE: "1.00"}], complete=["ip:2020"])
    assert facts.sources_of(alliance.settle(), ["employees[2021]", "ip!from"]).num_rows == 0


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "六月'表"
    for row in (
        ["市南区汇总表（O'Brien）"],
        ["企业名称", "统一社会信用代码", "2021年营业收入（元）", "注册日期", "主导产品"],
        [A["name"], A["uscc"], 100.25, datetime.date(2020, 2, 29), "<b>轴承</b>'"],
        [B["name"], B["uscc"], 7, datetime.date(2016, 2, 29), '软件"璟碁"'],
    ):
        sheet.append(row)
    path = tmp_path_factory.mktemp("o'books") / "市南区 'x'.xlsx"
    book.save(path)
    return path


def test_every_fact_is_in_the_cell_it_names(book):
    found = facts.facts_table(facts.read(book).settle()).to_pylist()
    sheets = openpyxl.load_workbook(book)
    read = {(row["name"], row["field"], row["value"]): sheets[row["sheet"]][row["cell"]].value for row in found}
    assert {key: _text(key[1], there) for key, there in read.items()} == {key: key[2] for key in read}
    assert len(found) == 6


def _text(field: str, there: Any) -> str:
    if isinstance(there, datetime.datetime):
        return there.date().isoformat()
    return str(Decimal(str(there)).quantize(Decimal("0.01"))) if field == "revenue" else str(there)
