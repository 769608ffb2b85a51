"""Needs and offers from workbooks as people send them: every cell ends as used, passed over or reported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rongtong import match
from rongtong.errors import InputError
from rongtong.match import listing
from rongtong.match.cells import held, quantity, regions, required, where
from rongtong.match.places import places, places_in
from rongtong.match.words import words

NEEDS = [
    ["2026年大企业采购需求汇总表"],
    ["序号", "需求单位", "需求类型", "需求名称", "需求描述", "预计采购金额（万元）", "采购数量", "交货日期",
     "地区要求", "资质要求", "是否独家", "联系人", "电话"],
    [1, "青岛海星电子有限公司", "零部件", "精密轴承", "伺服电机用P4级", "50", "500套", "2026-12-31", "青岛市",
     "高企或小巨人、ISO9001", "否", "张三", "13800000000"],
    [2, "青岛海星电子有限公司", "种树", "EMC检测", "", "面议", "", "", "不限", "首台套", "", "李四", ""],
    [3, "", "联合研发", "", "碳纤维缠绕工艺", "", "", "", "", "", "", "", ""],
    ["合计", "", "", "", "", "50"],
]  # fmt: skip  # read by rows


def saved(rows: list[list[Any]], path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def needs(tmp_path: Path) -> match.Listing:
    return match.read(saved(NEEDS, tmp_path / "needs.xlsx"), "needs")


def said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name not in {"file", "sheet", "row"}}


def test_a_need_is_read_with_its_conditions(needs: match.Listing) -> None:
    assert said(needs.table.to_pylist()[0]) == {
        "need": "N1", "name": "青岛海星电子有限公司", "kind": "parts", "title": "精密轴承", "text": "伺服电机用P4级",
        "quantity": Decimal(500), "unit": "套", "budget": Decimal(500_000), "needed_by": date(2026, 12, 31),
        "regions": ["青岛"], "titles": ["高新技术企业或专精特新小巨人"], "certificates": ["ISO9001"],
        "exclusive": False,
    }  # fmt: skip  # read by rows


def test_a_need_without_a_firm_counts_by_its_text(needs: match.Listing) -> None:
    assert said(needs.table.to_pylist()[2]) == {"need": "N3", "kind": "research", "text": "碳纤维缠绕工艺"}


def test_every_cell_is_accounted_for(needs: match.Listing) -> None:
    counts = needs.counts
    assert counts["cells"] == counts["used"] + counts["ignored"] + counts["problems"]
    assert counts["cells"] == sum(1 for row in NEEDS for cell in row if cell not in {"", None})


def test_what_is_not_understood_is_reported_with_its_place(needs: match.Listing) -> None:
    told = [(p["row"], p["column"], p["text"], p["severity"]) for p in needs.problems.to_pylist()]
    assert told == [(4, "C", "种树", "problem"), (4, "F", "面议", "problem"), (4, "J", "首台套", "warning")]


def test_a_requirement_that_nobody_knows_is_kept_as_it_is_written(needs: match.Listing) -> None:
    assert said(needs.table.to_pylist()[1])["titles"] == ["首台套"]


def test_contacts_are_not_taken(needs: match.Listing) -> None:
    assert {one.heading: one.how for one in needs.columns if one.how == "contact"} == {
        "联系人": "contact",
        "电话": "contact",
    }


def test_headings_of_machines_are_in_yuan(tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_text("need,text,kind,budget\n甲,精密轴承,parts,500000\n", encoding="utf-8")
    [row] = match.read(path, "needs").table.to_pylist()
    assert said(row) == {"need": "甲", "text": "精密轴承", "kind": "parts", "budget": Decimal(500_000)}


def test_an_offer_is_read_with_what_its_firm_holds(tmp_path: Path) -> None:
    path = tmp_path / "offers.csv"
    path.write_text(
        "企业名称,产品名称,供给类型,所属区市,资质,体系认证,产能,可承接对接数,报价（万元）\n"
        "青岛甲轴承有限公司,轴承,零部件、检测,崂山区,高新技术企业（有效期至2027-11-30）,IATF16949,2万套,5,30\n",
        encoding="utf-8",
    )
    [row] = match.read(path, "offers").table.to_pylist()
    assert said(row) == {
        "offer": "O1", "name": "青岛甲轴承有限公司", "source": "published", "kinds": ["parts", "testing"],
        "product": "轴承", "places": ["崂山", "青岛", "山东"],
        "titles": [{"kind": "高新技术企业", "since": None, "until": date(2027, 11, 30)}],
        "certificates": ["IATF16949", "ISO9001"], "quantity": Decimal(20_000), "unit": "套", "capacity": 5,
        "price": Decimal(300_000),
    }  # fmt: skip  # read by rows


def test_a_file_without_needs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("天气,温度\n晴,20\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有找到需求"):
        match.read(path, "needs")


def test_texts_alone_are_needs(tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_text("需求描述\n1、精密轴承500套\n2、碳纤维\n合计\n", encoding="utf-8")
    found = match.read(path, "needs")
    assert found.table["text"].to_pylist() == ["1、精密轴承500套", "2、碳纤维"]
    assert found.counts == {"cells": 4, "used": 2, "ignored": 2, "problems": 0}


def test_ids_given_twice_give_way_to_numbers(tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_text("编号,需求描述\nA,轴承\nA,齿轮\nN1,电机\n", encoding="utf-8")
    assert match.read(path, "needs").table["need"].to_pylist() == ["N1'", "N2", "N1"]


class Told(str):
    """An id that counts how often it is compared."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Told.compared += 1
        return str.__eq__(self, other)


def test_ids_of_a_long_list_are_compared_a_few_times_each() -> None:
    rows: list[dict[str, Any]] = [{"need": Told(f"A{n % 900}")} for n in range(1000)]
    listing._name(rows, "need", "N")
    assert len({row["need"] for row in rows}) == 1000
    assert Told.compared < 10_000


PLACES = [
    ("青岛西海岸新区", ("西海岸", "青岛", "山东")), ("黄岛区", ("西海岸", "青岛", "山东")),
    ("山东省青岛市崂山区松岭路1号", ("崂山", "青岛", "山东")), ("青岛", ("青岛", "山东")), ("山东省", ("山东",)),
    ("江苏省昆山市", ("昆山", "苏州", "江苏")), ("云中县", ("云中",)),
]  # fmt: skip  # read by rows


@pytest.mark.parametrize(("text", "found"), PLACES)
def test_a_place_lies_in_others(text: str, found: tuple[str, ...]) -> None:
    assert places(text) == found


def test_cells_say_several_things() -> None:
    assert required("小巨人/高企，CMA").values == {"titles": ["专精特新小巨人或高新技术企业"], "certificates": ["CMA"]}
    assert required("无要求").values == {}
    assert regions("青岛、烟台市").values == {"regions": ["青岛", "烟台"]}
    assert where("烟台市芝罘区").values == {"places": ["芝罘", "烟台", "山东"]}
    assert quantity("约2万件").values == {"quantity": Decimal(20_000), "unit": "件"}
    assert quantity("若干").values == {}


def test_titles_of_the_words_are_those_of_the_catalogue() -> None:
    from rongtong.definitions.catalogue import catalogue  # noqa: PLC0415 -- one comparison

    kind = catalogue()["titles"].attribute("kind")
    assert kind is not None
    assert set(words().titles) == set(kind.values)


TWO_ROWS = [
    ["链主企业需求汇总表（第三批）"],
    ["需求单位", "", "需求内容", "", "数量", "预算", "希望交付时间", "不希望对接的企业", "吉祥物"],
    ["企业名称", "统一社会信用代码", "产品名称", "技术要求", "", "（万元）", "", "", ""],
    [
        "青岛海弘智能装备股份有限公司",
        "",
        "谐波减速器",
        "背隙≤1弧分",
        "12000套",
        "350",
        "2027年一季度",
        "青岛某某减速机",
        "猫",
    ],
]
MERGED = ("A2:B2", "C2:D2", "E2:E3", "G2:G3", "H2:H3", "I2:I3")


@pytest.mark.parametrize("merged", [(), MERGED])
def test_two_rows_of_headings_are_read_together(merged: tuple[str, ...], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(saved(TWO_ROWS, tmp_path / "plain.xlsx"))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(tmp_path / "needs.xlsx")
    [row] = match.read(tmp_path / "needs.xlsx", "needs").table.to_pylist()
    assert said(row) == {
        "need": "N1", "name": "青岛海弘智能装备股份有限公司", "product": "谐波减速器", "requirements": "背隙≤1弧分",
        "quantity": Decimal(12_000), "unit": "套", "budget": Decimal(3_500_000), "needed_by": date(2027, 3, 31),
        "excludes": ["青岛某某减速机"],
    }  # fmt: skip  # read by rows


def test_columns_that_nobody_knows_are_told(tmp_path: Path) -> None:
    found = match.read(saved(TWO_ROWS, tmp_path / "needs.xlsx"), "needs").passed_over
    assert found == [
        {"file": "needs.xlsx", "sheet": "Sheet", "column": "I", "heading": "吉祥物", "why": "未识别的栏目"}
    ]


def test_the_prices_and_titles_of_an_offer_have_other_headings_too(tmp_path: Path) -> None:
    path = tmp_path / "offers.csv"
    path.write_text(
        "企业名称,产品名称,单价（元）,专精特新称号,获得认证\n青岛甲轴承有限公司,轴承,1200,国家专精特新“小巨人”,DNV\n",
        encoding="utf-8",
    )
    [row] = match.read(path, "offers").table.to_pylist()
    assert (row["unit_price"], row["certificates"], [one["kind"] for one in row["titles"]]) == (
        Decimal(1200), ["DNV"], ["专精特新小巨人"],
    )  # fmt: skip  # read by rows


TERMS = [
    ("高新技术企业（有效期至2025年）", None, date(2025, 12, 31)),
    ("高企（2027-11-30）", None, date(2027, 11, 30)),
    ("高企（有效期至2027年11月）", None, date(2027, 11, 30)),
    ("高企（2023年认定）", date(2023, 1, 1), None),
    ("高企（2022-12-01至2025-11-30）", date(2022, 12, 1), date(2025, 11, 30)),
    ("高企（GR202337100123）", None, None),
    ("高企", None, None),
]


@pytest.mark.parametrize(("text", "since", "until"), TERMS)
def test_the_remarks_behind_a_title_tell_its_term(text: str, since: date | None, until: date | None) -> None:
    assert held(text).values["titles"] == [{"kind": "高新技术企业", "since": since, "until": until}]


@pytest.mark.parametrize("quotes", ["“”", "「」", "『』", "《》", '""', "‘’", "〝〞", "＂＂", "【】"])
def test_a_title_is_known_in_quotes_of_any_kind(quotes: str) -> None:
    found = held(f"国家专精特新{quotes[0]}小巨人{quotes[1]}").values["titles"]
    assert [one["kind"] for one in found] == ["专精特新小巨人"]


ASKED_FOR = [
    ("胶东五市", ["青岛", "烟台", "威海", "潍坊", "日照"], True),
    ("省会经济圈", ["济南", "淄博", "泰安", "聊城", "德州", "滨州", "东营"], True),
    ("限青岛市内", ["青岛"], True),
    ("市内", ["本市"], True),
    ("烟台市芝罘区", ["烟台市芝罘区"], True),
    ("就近", ["就近"], False),
]


@pytest.mark.parametrize(("text", "found", "known"), ASKED_FOR)
def test_places_that_are_asked_for(text: str, found: list[str], known: bool) -> None:
    told = regions(text)
    assert (told.values, not told.reason) == ({"regions": found}, known)
    assert known or told.mend == "请写明省、市或区县，例如 青岛、崂山区；不限地区请写“不限”"


@pytest.mark.parametrize(("text", "asked"), [("供应商须在青岛", ["青岛"]), ("限青岛或烟台的企业", ["青岛", "烟台"])])
def test_a_cell_of_places_is_read_as_running_text_is(text: str, asked: list[str]) -> None:
    assert (regions(text).values, regions("、".join(places_in(text))).values) == ({"regions": asked},) * 2


def test_the_unit_in_the_cell_goes_before_that_of_a_column_on_either_side(tmp_path: Path) -> None:
    rows = [["需求名称", "计量单位", "数量"], ["轴承", "台", "500套"], ["阀座", "件", "12000"], ["线束", "套", "80套"]]
    path = tmp_path / "needs.csv"
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    needs = match.read(path, "needs")
    told = [(row["quantity"], row["unit"]) for row in needs.table.to_pylist()]
    assert told == [(Decimal(500), "套"), (Decimal(12_000), "件"), (Decimal(80), "套")]
    assert [(one["row"], one["column"], one["reason"], one["severity"]) for one in needs.problems.to_pylist()] == [
        (2, "B", "数量栏已写单位“套”，这一栏没有用", "warning")
    ]
