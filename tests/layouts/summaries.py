"""The summary tables that districts send up: titles, levels of headings, year blocks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from . import save
from .firms import YEARS, Firm, firms
from .model import Layout
from .pages import Book, Col, Page
from .writing import (
    Writer,
    always,
    capital,
    day,
    flag,
    heads,
    money,
    own,
    passed,
    person,
    phone,
    quantity,
    serial,
    share,
)

IDENTITY = [Col(("序号",), None, serial), Col(("企业名称",), "name", own("name"))]
CODE = Col(("统一社会信用代码",), "uscc", own("uscc"))
CONTACTS = [Col(("联系人",), None, person), Col(("联系电话",), None, phone)]


def total(page: Page, row: int, cols: list[Col], group: list[Firm], label: str = "合计") -> None:
    """A row of sums under the money columns."""
    page.note(row, 1, label)
    for index, col in enumerate(cols, 1):
        slot = col.slot or ""
        if slot.startswith(("revenue[", "net_profit[", "rd_expense[")):
            field, year = slot[:-1].split("[")
            page.note(
                row, index, float(sum((quantity(getattr(f, field)[int(year)], "万元") for f in group), Decimal(0)))
            )


def annex_summary(folder: Path) -> Layout:
    """附件2 with three title lines, a line with the unit, one row of headings, a total and notes."""
    book, group = Book(), firms(38, 1)
    page = book.page("汇总表")
    cols = [
        *IDENTITY,
        CODE,
        Col(("成立时间",), "registered_on", day),
        Col(("注册资本",), "registered_capital", capital()),
        Col(("所属行业",), "industry", own("industry")),
        Col(("主导产品",), "main_product", own("product")),
        Col(("2020年营业收入",), "revenue[2020]", money("revenue", 2020)),
        Col(("2021年营业收入",), "revenue[2021]", money("revenue", 2021)),
        Col(("2021年净利润",), "net_profit[2021]", money("net_profit", 2021)),
        Col(("2021年研发费用",), "rd_expense[2021]", money("rd_expense", 2021)),
        Col(("全职员工数（人）",), "staff[2021]", heads("staff", 2021)),
        Col(("研发人员数（人）",), "rd_staff[2021]", heads("rd_staff", 2021)),
        Col(("Ⅰ类知识产权数量（件）",), "ip.class_1", own("class_1")),
        *CONTACTS,
        Col(("备注",), None, always("材料齐全")),
    ]
    wide = len(cols)
    page.note(1, 1, "附件2")
    page.note(2, 1, "崂山区2022年度“专精特新”企业情况汇总表", to_col=wide)
    page.note(3, 1, "填报单位（盖章）：崂山区工业和信息化局          填报日期：2022年6月20日", to_col=wide)
    page.note(4, 1, "单位：万元", to_col=wide)
    end = page.table(5, cols, group)
    total(page, end, cols, group)
    page.note(end + 1, 1, "注：1.财务数据以年度审计报告为准；2.本表由区级主管部门汇总后加盖公章报送。", to_col=wide)
    page.note(end + 2, 1, "填表人：王一诺    联系电话：0532-80000000    审核人：李沐言", to_col=wide)
    page.freeze = "C6"
    return book.layout("annex_summary", save.xlsx(book, folder / "附件2 专精特新企业情况汇总表.xlsx"))


def three_levels_by_year(folder: Path) -> Layout:
    """Three levels: group, year, indicator with its unit."""
    book, group = Book(), firms(24, 2)
    page = book.page("Sheet1")
    cols = [
        *IDENTITY,
        CODE,
        Col(("基本情况", "所属区市"), "district", own("district")),
        Col(("基本情况", "成立日期"), "registered_on", day),
    ]
    for year in YEARS:
        for label, field in (
            ("营业收入（万元）", "revenue"),
            ("净利润（万元）", "net_profit"),
            ("研发费用（万元）", "rd_expense"),
        ):
            cols.append(Col(("主要经济指标", f"{year}年", label), f"{field}[{year}]", money(field, year)))
    cols += [
        Col(("从业人员（人）", "总数"), "staff[2021]", heads("staff", 2021)),
        Col(("从业人员（人）", "其中：研发人员"), "rd_staff[2021]", heads("rd_staff", 2021)),
        Col(("知识产权（件）", "Ⅰ类知识产权"), "ip.class_1", own("class_1")),
        Col(("知识产权（件）", "Ⅱ类知识产权"), "ip.class_2", own("class_2")),
    ]
    page.note(1, 1, "城阳区专精特新中小企业培育库企业基本情况表", to_col=len(cols))
    page.table(2, cols, group)
    page.freeze = "C5"
    return book.layout("three_levels_by_year", save.xlsx(book, folder / "城阳区培育库.xlsx"))


def indicator_then_year(folder: Path) -> Layout:
    """Two levels: the indicator with its unit above, bare years (numbers) below; total rows first."""
    book, group = Book(), firms(30, 3)
    page = book.page("2019-2021年经济指标")
    cols = [*IDENTITY, CODE]
    for label, field in (
        ("营业收入（万元）", "revenue"),
        ("主营业务收入（万元）", "main_revenue"),
        ("上缴税金（万元）", "tax_paid"),
        ("资产总额（万元）", "total_assets"),
        ("负债总额（万元）", "total_liabilities"),
    ):
        cols += [Col((label, year), f"{field}[{year}]", money(field, year, digits=1)) for year in YEARS]
    cols += [Col(("年末从业人员（人）", year), f"staff[{year}]", heads("staff", year)) for year in YEARS]
    cols += [
        Col(
            ("增长情况", "2021年人均营业收入（万元/人）"),
            None,
            lambda f, i: passed(round(float(f.revenue[2021]) / 1e4 / f.staff[2021], 2)),
        )
    ]
    page.note(1, 1, "即墨区重点企业近三年主要指标", to_col=len(cols))
    page.table(2, cols, group)
    return book.layout("indicator_then_year", save.xlsx_with_formulas(book, folder / "即墨区三年指标.xlsx"), None)


def this_and_last_year(folder: Path) -> Layout:
    """Years said relative to the reporting year; numbered headings with stars and line breaks."""
    book, group = Book(), firms(20, 4)
    page = book.page("推荐表")
    said = {2021: "本年度", 2020: "上年度", 2019: "上上年度"}
    cols = [Col(("1.企业名称*",), "name", own("name")), Col(("2.统一社会\n信用代码*",), "uscc", own("uscc"))]
    number = 3
    for label, field in (("营业收入", "revenue"), ("净利润", "net_profit")):
        for year, words in said.items():
            cols.append(Col((f"{number}.{words}\n{label}\n（万元）*",), f"{field}[{year}]", money(field, year)))
            number += 1
    cols += [
        Col((f"{number}.本年度全职\n员工数量（人）",), "staff[2021]", heads("staff", 2021)),
        Col((f"{number + 1}.是否通过质量\n管理体系认证",), "qms_certified", flag(0)),
        Col((f"{number + 2}.参与制修订\n标准数（项）",), "standards_count", own("standards")),
        Col((f"{number + 3}.备 注",), None, always("无其他说明")),
    ]
    page.note(1, 1, "2021年度专精特新企业推荐表（本年度指2021年）", to_col=len(cols))
    page.table(3, cols, group)
    return book.layout("this_and_last_year", save.xlsx(book, folder / "推荐表.xlsx"))


def _part_of(year: int) -> Writer:
    """A figure that is no year's: a half, a forecast."""
    return lambda firm, _: passed(round(float(firm.revenue[year]) * 0.48e-4, 2))


def explained_years(folder: Path) -> Layout:
    """“上年度（2021年）”, notes in brackets after the heading, two-digit years, traps for half years and forecasts."""
    book, group = Book(), firms(26, 5)
    page = book.page("sheet")
    cols = [
        Col(("企业全称（与营业执照一致）",), "name", own("name")),
        Col(("统一社会信用代码（18位）",), "uscc", own("uscc")),
        Col(("上年度（2021年）营业收入（万元）（以审计报告为准）",), "revenue[2021]", money("revenue", 2021)),
        Col(("上上年度（2020年）营业收入（万元）（以审计报告为准）",), "revenue[2020]", money("revenue", 2020)),
        Col(("2022年1-6月营业收入（万元）",), None, _part_of(2021)),
        Col(("2022年预计营业收入（万元）",), None, _part_of(2020)),
        Col(("21年净利润（万元）",), "net_profit[2021]", money("net_profit", 2021)),
        Col(("20年净利润（万元）",), "net_profit[2020]", money("net_profit", 2020)),
        Col(("近2年主营业务收入平均增长率（%）",), None, lambda f, i: passed(8.5 + i)),
        Col(
            ("2021年主营业务收入占营业收入比重（%）",),
            "main_revenue_share[2021]",
            share("main_revenue", "revenue", 2021, "points"),
        ),
        Col(
            ("2021年末资产负债率（%）",), "debt_ratio[2021]", share("total_liabilities", "total_assets", 2021, "points")
        ),
        Col(("截至2021年末从事特定细分市场年限（年）",), "segment_years[2021]", own("segment_years")),
        Col(("截至2021年12月31日企业在职职工人数",), "staff[2021]", heads("staff", 2021)),
        Col(("法定代表人",), None, person),
        Col(("手机号码",), None, phone),
    ]
    page.table(1, cols, group)
    page.freeze = "B2"
    return book.layout("explained_years", save.xlsx(book, folder / "胶州市企业摸底表.xlsx"))


BUILDERS = (annex_summary, three_levels_by_year, indicator_then_year, this_and_last_year, explained_years)
