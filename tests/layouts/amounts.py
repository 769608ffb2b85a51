"""Amounts, heads and shares as people write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from . import save
from .firms import Firm, firms
from .model import Layout
from .pages import Book, Col
from .summaries import CODE, IDENTITY
from .writing import (
    Written,
    always,
    cycle,
    grouped,
    heads,
    now_and_then,
    passed,
    quantity,
    report,
    share,
)


def _amount(style: str) -> Any:
    """One way in which people write an amount under a heading in 万元."""

    def write(firm: Firm, _: int) -> Written:
        amount = firm.revenue[2021]
        wan, yi = quantity(amount, "万元"), quantity(amount, "亿元")
        small = quantity(amount, "万元", 0)
        means = {"亿": yi * 10**8, "亿元": yi * 10**8, "约": small * 10_000, "元": amount}.get(style, wan * 10_000)
        wide = str(wan).translate({ord(a): chr(ord(a) + 0xFEE0) for a in "0123456789."})
        shown = {
            "亿": f"{yi}亿",
            "亿元": f"{yi} 亿元",
            "万元": f"{wan}万元",
            "万": f"{wan}万",
            "约": f"约{small}万元",
            "元": f"{amount:,}元",
            "full": wide,
            "comma": f"{wan:,}",
            "wide comma": f"{wan:,}".replace(",", "，"),
            "space": f"  {wan} ",
            "text": str(wan),
            "number": float(wan),
        }[style]
        return Written(shown, means)

    return write


def as_people_write(folder: Path) -> Layout:
    """1.2亿, full-width digits, separators, dashes, “约300人”, ranges, references to other papers."""
    book, group = Book(), firms(40, 8)
    page = book.page("汇总")
    styles = ("number", "comma", "full", "亿", "万元", "亿元", "space", "万", "约", "元", "wide comma", "text")
    broken = {
        13: report("1200-1500"),
        17: report("详见审计报告"),
        22: report("1200/1300"),
        27: report("＞1000"),
        29: passed("—"),
        31: passed("/"),
        34: passed("--"),
        36: report("保密"),
    }
    losses = {
        2: Written("-123.45", Decimal("-1234500")),
        6: Written("－58.2", Decimal("-582000")),
        9: Written(0, Decimal(0)),
        12: passed("/"),
        15: report("亏损"),
        21: passed("—"),
        25: Written("−7.05", Decimal("-70500")),
    }
    people = {
        1: Written("约300人", 300),
        4: Written("285人", 285),
        7: Written("２８６", 286),
        10: Written(" 77 ", 77),
        13: report("50-100"),
        16: passed("—"),
        19: Written("1,204", 1204),
        23: report("12.5"),
        26: report("同上年"),
        30: Written("约 45", 45),
        33: Written("38名", 38),
        37: report(-6),
    }
    cols = [
        *IDENTITY,
        CODE,
        Col(("2021年营业收入（万元）",), "revenue[2021]", now_and_then(cycle(*map(_amount, styles)), broken)),
        Col(("2021年净利润（万元）",), "net_profit[2021]", now_and_then(grouped("net_profit", 2021), losses)),
        Col(
            ("2020年资产总额（万元）",),
            "total_assets[2020]",
            now_and_then(grouped("total_assets", 2020), {5: report("#REF!")}),
        ),
        Col(("从业人员",), "staff[2021]", now_and_then(heads("staff", 2021), people)),
        Col(("注册资本（万元）",), "registered_capital", _capitals()),
    ]
    page.note(1, 1, "平度市企业情况统计表", to_col=len(cols))
    page.table(2, cols, group)
    return book.layout("as_people_write", save.xlsx(book, folder / "平度市统计表.xlsx"))


def _capitals() -> Any:
    def written(firm: Firm, index: int) -> Written:
        wan = firm.capital / 10_000
        shown = (f"{wan}万元", f"{wan:,.2f}", f"{wan}万元人民币", f"人民币{wan}万元", f"{wan}万")[index % 5]
        return Written(shown, firm.capital)

    return now_and_then(written, {8: report("200万美元"), 18: report("待定")})


def _mixed(firm: Firm, index: int) -> Written:
    """5.23%, 5.23 and 0.0523 in one column."""
    return share("rd_expense", "revenue", 2019, ("text", "points", "fraction")[index % 3])(firm, index)


def shares(folder: Path) -> Layout:
    """Shares as points, as text with %, as fractions, and as numbers shown by their format as a percentage."""
    book, group = Book(), firms(24, 9)
    page = book.page("占比")
    debt = now_and_then(
        share("total_liabilities", "total_assets", 2021, "text"), {3: report("45.3%/44.1%"), 9: passed("—")}
    )
    staff = now_and_then(share("rd_staff", "staff", 2021, "text"), {4: report("150%"), 11: report("-5%")})
    cols = [
        *IDENTITY,
        CODE,
        Col(
            ("2021年研发费用占营业收入比重（%）",), "rd_intensity[2021]", share("rd_expense", "revenue", 2021, "points")
        ),
        Col(("2020年研发费用占营业收入比重",), "rd_intensity[2020]", share("rd_expense", "revenue", 2020, "fraction")),
        Col(("2019年研发费用占营业收入比重",), "rd_intensity[2019]", _mixed),
        Col(("2021年资产负债率",), "debt_ratio[2021]", debt),
        Col(("2020年资产负债率（%）",), "debt_ratio[2020]", share("total_liabilities", "total_assets", 2020, "format")),
        Col(("2021年研发人员占比",), "rd_staff_share[2021]", staff),
        Col(("2021年主营业务收入占比(%)",), "main_revenue_share[2021]", share("main_revenue", "revenue", 2021, "text")),
        Col(("2021年主营业务收入增长率",), "main_revenue_growth[2021]", _growth),
        Col(("市场占有率（%）",), None, always(12.5)),
    ]
    page.table(1, cols, group)
    return book.layout("shares", save.xlsx(book, folder / "占比类指标.xlsx"))


def _growth(_: Firm, index: int) -> Written:
    points = Decimal(f"{index - 4}.{index % 10}") if index >= 4 else Decimal(f"-{4 - index}.5")
    return Written(f"{points}%", points / 100)


BUILDERS = (
    as_people_write,
    shares,
)
