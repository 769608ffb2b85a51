"""Where the unit stands."""

from __future__ import annotations

from pathlib import Path

from . import save
from .firms import firms
from .model import Layout
from .pages import Book, Col
from .summaries import CODE, IDENTITY
from .writing import (
    capital,
    heads,
    money,
    own,
    passed,
    quantity,
    share,
)


def units_in_a_row(folder: Path) -> Layout:
    """A row of units of its own below the headings."""
    book, group = Book(), firms(22, 6)
    page = book.page("企业数据")
    said: list[tuple[Col, str | None]] = [
        (IDENTITY[0], None),
        (IDENTITY[1], None),
        (CODE, "18位"),
        (Col(("注册资本",), "registered_capital", capital("万元")), "万元"),
        (Col(("2021年营业收入",), "revenue[2021]", money("revenue", 2021, "亿元", 4)), "亿元"),
        (Col(("2020年营业收入",), "revenue[2020]", money("revenue", 2020, "亿元", 4)), "亿元"),
        (Col(("2021年研发费用",), "rd_expense[2021]", money("rd_expense", 2021, "元")), "元"),
        (Col(("2021年研发费用占比",), "rd_intensity[2021]", share("rd_expense", "revenue", 2021, "points")), "%"),
        (Col(("从业人数",), "staff[2021]", heads("staff", 2021)), "人"),
        (Col(("细分市场年限",), "segment_years[2021]", own("segment_years")), "年"),
        (Col(("参与制修订标准",), "standards_count", own("standards")), "项"),
    ]
    cols = [col for col, _ in said]
    page.note(1, 1, "高新区企业运行监测数据（2021年度）", to_col=len(cols))
    page.table(3, cols, group, gap=1)
    for index, (_, unit) in enumerate(said, 1):
        page.note(4, index, unit)
    return book.layout("units_in_a_row", save.xlsx(book, folder / "高新区监测.xlsx"))


def units_after_a_slash(folder: Path) -> Layout:
    """Units after a slash, a comma or in square brackets; a sheet unit that single headings overrule."""
    book, group = Book(), firms(21, 7)
    page = book.page("Sheet1")
    cols = [
        Col(("单位名称",), "name", own("name")),
        Col(("信用代码",), "uscc", own("uscc")),
        Col(("2021年营业收入/万元",), "revenue[2021]", money("revenue", 2021)),
        Col(("2020年营业收入/万元",), "revenue[2020]", money("revenue", 2020)),
        Col(("2021年利润总额，亿元",), "total_profit[2021]", money("net_profit", 2021, "亿元", 4)),
        Col(("2021年纳税总额[万元]",), "tax_paid[2021]", money("tax_paid", 2021)),
        Col(("2021年资产总计【千元】",), "total_assets[2021]", money("total_assets", 2021, "千元")),
        Col(
            ("2021年负债合计(单位：百万元)",), "total_liabilities[2021]", money("total_liabilities", 2021, "百万元", 3)
        ),
        Col(("2021年研发投入",), "rd_expense[2021]", money("rd_expense", 2021, "元")),
        Col(("2021年研发投入强度/%",), "rd_intensity[2021]", share("rd_expense", "revenue", 2021, "points")),
        Col(("研发人员/人",), "rd_staff[2021]", heads("rd_staff", 2021)),
        Col(("研发设备原值/万元",), None, lambda f, i: passed(float(quantity(f.rd_expense[2020], "万元")))),
        Col(("研发费用加计扣除额/万元",), None, lambda f, i: passed(round(float(f.rd_expense[2021]) * 0.9e-4, 2))),
    ]
    page.note(1, 1, "市北区科技型企业数据采集")
    page.note(2, 1, "除另有说明外，金额单位：元")
    page.table(3, cols, group)
    return book.layout("units_after_a_slash", save.xlsx_with_formulas(book, folder / "市北区采集.xlsx"))


BUILDERS = (
    units_in_a_row,
    units_after_a_slash,
)
