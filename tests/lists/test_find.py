"""Where the names of a list stand, and that its heading is no firm."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rongtong import lists
from rongtong.workbooks import Sheet, texts_table


@pytest.mark.parametrize(
    "heading", ["单位名称", "Firm name", "Company Name", "NAME", "企业简称", "申报企业（全称）*", "单 位"]
)
def test_a_heading_is_no_firm(heading):
    sheet = Sheet("", texts_table([pa.array([heading, "喆昇轴承", "Name Tag 有限公司"])]))
    assert lists.find(sheet).rows(sheet)["name"].to_pylist() == ["喆昇轴承", "Name Tag 有限公司"]


def sheet(*rows: str) -> Sheet:
    return Sheet("", texts_table([pa.array(column) for column in zip(*(row.split() for row in rows), strict=True)]))


@pytest.mark.parametrize(
    ("rows", "names", "heading"),
    [
        (["序号 区市 简称", "1 市南区 喆昇", "2 市北区 *ST铭沣", "3 李沧区 百昊"], ["喆昇", "*ST铭沣", "百昊"], 1),
        (["联系人 企业简称", "张三 喆昇", "李四 铭沣"], ["喆昇", "铭沣"], 1),
        (["编号 推荐单位 获奖者", "1 甲中心 喆昇公司", "2 甲中心 铭沣公司"], ["喆昇公司", "铭沣公司"], 1),
        (["1 喆昇企业", "2 铭沣企业"], ["喆昇企业", "铭沣企业"], 0),
    ],
)
def test_names_stand_where_the_column_is_called_so_or_says_most(rows, names, heading):
    found = lists.find(sheet(*rows))
    assert (found.rows(sheet(*rows))["name"].to_pylist(), found.heading) == (names, heading)


def test_columns_are_known_by_what_heads_them_and_former_names_are_no_list():
    given = sheet("序号 企业简称 区市 曾用名 住所 推荐区市 联系人", "1 喆昇 崂山 青岛昌隆轴承厂 香港路1号 市南区 张三")
    [row] = lists.find(given).rows(given).to_pylist()
    told = {"former_name": "青岛昌隆轴承厂", "district": "崂山", "address": "香港路1号"}
    assert row == {"row": 2, "name": "喆昇", "uscc": None, **told}


def test_a_heading_merged_over_two_rows_counts_and_a_sum_beside_the_names_is_no_firm():
    lines = [
        ["序号", "企业基本情况", "", "曾用名"],
        ["", "企业名称", "所属区市", ""],
        ["1", "青岛甲机械有限公司", "崂山区", "青岛甲机械厂"],
        ["合计", "1家", "", ""],
    ]
    sheet = Sheet("", texts_table([pa.array(column, pa.string()) for column in zip(*lines, strict=True)]))
    found = lists.find(sheet)
    assert (found.heading, found.fields) == (2, {"district": 2, "former_name": 3})
    assert found.rows(sheet)["row"].to_pylist() == [3]
