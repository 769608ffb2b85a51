"""What is read out of a need written as people talk, and what of it stays private."""

from __future__ import annotations

import datetime
import time
from decimal import Decimal

import pytest

from rongtong.match.cues import cues
from rongtong.match.numbers import amounts, quantities, values
from rongtong.match.structure import Vocabulary, Wishes, clauses, moved, structure
from rongtong.match.words import words

TODAY = datetime.date(2022, 10, 25)
KNOWN = Vocabulary({"精密阀座": "新能源汽车", "家电控制板": "智能家电"}, ("新能源汽车", "智能家电"))
VALVES = (
    "采购高压共轨喷油器用精密阀座，年用量 12000 件，预算 360 万元以内，材料为轴承钢，密封面粗糙度 Ra0.2 以内。"
    "要求通过 IATF 16949 认证，10月底前送样，青岛市本地优先。"
)


def read(text: str):
    return structure(text, TODAY, KNOWN)


def test_a_need_is_read_whole():
    found = read(VALVES)
    assert (found.title, found.kind, found.products, found.segment, found.quantity, found.budget, found.needed_by) == (
        "高压共轨喷油器用精密阀座", "parts", ("精密阀座",), "新能源汽车", "年用量 12000 件", 3_600_000,
        datetime.date(2022, 10, 31),
    )  # fmt: skip
    assert (found.certificates, found.regions, found.titles) == (("IATF16949",), (), ())
    assert found.wishes == Wishes(regions=("青岛市",))


def test_the_public_half_is_the_text_without_its_figures():
    found = read(VALVES)
    assert (found.public, found.private) == (
        "采购高压共轨喷油器用精密阀座，材料为轴承钢，密封面粗糙度 Ra0.2 以内。"
        "要求通过 IATF 16949 认证，10月底前送样，青岛市本地优先。",
        "",
    )


def test_figures_that_are_no_field_go_to_the_private_half():
    found = read("年产值 20 亿元，采购家电控制板 12 万套/年，单价不超过 35 元，预算 400 万元")
    assert (found.public, found.private, found.quantity, found.budget) == (
        "采购家电控制板", "年产值 20 亿元；单价不超过 35 元", "12 万套/年", 4_000_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("预算360万元", 3_600_000),
        ("预算 3.6 百万元", 3_600_000),
        ("预算约一百二十万元", 1_200_000),
        ("总投入不超过1.2亿元", 120_000_000),
        ("预算300-360万元", 3_600_000),
        ("预算36万", 360_000),
        ("预算１２，０００元", 12_000),
        ("金额：1,200,000元", 1_200_000),
    ],
)
def test_amounts_in_their_units(text, yuan):
    assert [one.value for one in amounts(text)] == [yuan]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("年用量12000件左右", ["年用量12000件左右"]),
        ("每月约500批次", ["每月约500批次"]),
        ("需要钢板 8 吨/月", ["8 吨/月"]),
        ("年需求量为一万二千套", ["年需求量为一万二千套"]),
        ("两个月内供货", []),
        ("直径 300 mm，误差 0.5%", []),
        ("预算 360 万元", []),
    ],
)
def test_quantities(text, told):
    assert [one.text for one in quantities(text)] == told


@pytest.mark.parametrize("text", ["12000", "12,000", "1.2万", "一万二千", "１２０００"])
def test_a_number_is_the_same_however_it_is_written(text):
    assert values(text) == {Decimal(12000)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10月底前", (2022, 10, 31)),
        ("十月底前", (2022, 10, 31)),
        ("3月15日前到货", (2023, 3, 15)),
        ("2023年3月15日前到货", (2023, 3, 15)),
        ("明年2月底", (2023, 2, 28)),
        ("2023-01-05 前", (2023, 1, 5)),
        ("两个月内供货", (2022, 12, 25)),
        ("30天内", (2022, 11, 24)),
        ("年底前", (2022, 12, 31)),
        ("11月中旬交样", (2022, 11, 20)),
        ("明年一季度要", (2023, 3, 31)),
        ("三季度交货", (2023, 9, 30)),
        ("2023Q2 前", (2023, 6, 30)),
    ],
)
def test_the_day_by_which_it_is_wanted(text, day):
    assert read(text).needed_by == datetime.date(*day)


@pytest.mark.parametrize("text", ["2019年5月6日投产的生产线", "13月前", "保修 24 个月", "2 月 30 日"])
def test_what_is_no_day_to_come(text):
    assert read(text).needed_by is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("联合研发高速轴承诊断算法", "research"),
        ("共享设备：闲置的三坐标测量机，按机时收费", "equipment"),
        ("委托第三方检测，CNAS 认可", "testing"),
        ("委托加工一批支架，来料加工", "order"),
        ("上一套 MES，做数字化", "digital"),
        ("今天天气很好", None),
    ],
)
def test_the_kind_of_which_most_is_said(text, kind):
    assert read(text).kind == kind


def test_every_kind_has_cues_and_every_cue_a_kind():
    assert sorted(cues().cues) == sorted(one.id for one in words().kinds)


def test_titles_and_certificates_are_read_once_each():
    found = read("专精特新“小巨人”优先，须有ISO9001和IATF16949，或 ISO 14001")
    assert (found.titles, found.wishes) == ((), Wishes(titles=("专精特新小巨人",)))
    assert found.certificates == ("ISO9001", "IATF16949", "ISO14001")


def test_a_clause_is_moved_and_the_rest_stays_a_text():
    public, private = moved("采购阀座，我方为行业龙头，要求耐高温。", "年用量大", "行业龙头")
    assert (public, private) == ("采购阀座，要求耐高温。", "年用量大；我方为行业龙头")


def test_what_stands_in_the_private_half_already_is_moved_once():
    assert moved("采购阀座。用于新平台。", "用于新平台", "用于新平台") == ("采购阀座。", "用于新平台")


def test_nothing_is_read_out_of_nothing():
    found = read("")
    assert (found.title, found.public, found.private, found.kind, found.budget) == ("", "", "", None, None)


def test_a_comma_inside_a_number_ends_no_clause():
    assert clauses("年需100,003件，急用,2022,共1,234,567元") == ["年需100,003件，", "急用,", "2022,", "共1,234,567元"]


@pytest.mark.parametrize("text", ["9" * 900 + "元", "预算" + "9" * 300 + "亿元", "9" * 900 + "件"])
def test_what_nobody_counts_with_is_no_number(text):
    found = read(text)
    assert (found.budget, found.quantity) == (None, "")


@pytest.mark.parametrize(
    ("text", "asked", "wished"),
    [
        ("要求胶东五市企业", ("胶东五市",), ()),
        ("供应商须在青岛", ("青岛",), ()),
        ("限青岛或烟台的企业", ("青岛", "烟台"), ()),
        ("本市企业优先", (), ("本市",)),
        ("须在青岛、潍坊等地交货", (), ()),
        ("要求高新企业", (), ()),
        ("不限于青岛", (), ()),
    ],
)
def test_places_that_running_text_asks_for(text, asked, wished):
    found = read(f"采购阀座，{text}")
    assert (found.regions, found.wishes.regions) == (asked, wished)


@pytest.mark.parametrize("row", ["：", "约为", "想要", "万", " ", "\t", "1", *cues().volume, *cues().budget])
def test_a_long_row_of_anything_is_read_in_time(row):
    """The box of the portal takes 2,000 characters, and other people wait meanwhile."""
    begun = time.process_time()
    read((row * 2000)[:2000])
    assert time.process_time() - begun < 3
