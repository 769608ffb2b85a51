"""Long tables: a row a year, or a row an indicator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import save
from .firms import YEARS, Firm, firms
from .model import Layout
from .pages import Book, Page, address
from .writing import Writer, Written, heads, money, own, passed, share

_COLUMNS: list[tuple[str, str, Any]] = [
    ("营业收入（万元）", "revenue", money),
    ("净利润（万元）", "net_profit", money),
    ("研发费用（万元）", "rd_expense", money),
    ("从业人员（人）", "staff", heads),
    ("研发人员（人）", "rd_staff", heads),
]


def _headings(page: Page, row: int, headings: list[Any]) -> None:
    for col, heading in enumerate(headings, 1):
        page.put(row, col, heading)


def _once(page: Page, row: int, firm: Firm, number: int, down: int, merged: bool) -> None:  # noqa: PLR0917 -- a drawn block has that many sides
    """Serial number, name and code on the first of *down* rows, merged or with blanks below."""
    page.place(row, 1, passed(number), None, firm)
    page.place(row, 2, Written(firm.name, firm.name), "name", firm, address(2, 2))
    page.place(row, 3, Written(firm.uscc, firm.uscc), "uscc", firm, address(2, 3))
    if merged:
        page.merges += [(row, col, row + down - 1, col) for col in (1, 2, 3)]


def _firm_by_year(folder: Path, name: str, file: str, seed: int, years: dict[int, Any], merged: bool) -> Layout:  # noqa: PLR0917 -- a drawn block has that many sides
    book, group = Book(), firms(18, seed)
    page = book.page("分年度")
    page.note(1, 1, "企业分年度经营情况", to_col=9)
    _headings(page, 2, ["序号", "企业名称", "统一社会信用代码", "年度", *(label for label, _, _ in _COLUMNS)])
    for number, firm in enumerate(group):
        top = 3 + number * len(years)
        _once(page, top, firm, number + 1, len(years), merged)
        for row, (year, shown) in enumerate(years.items(), top):
            page.put(row, 4, shown)
            for col, (_, field, writer) in enumerate(_COLUMNS, 5):
                page.place(row, col, writer(field, year)(firm, 0), f"{field}[{year}]", firm, address(2, col))
    return book.layout(name, save.xlsx(book, folder / file), None)


def firm_by_year(folder: Path) -> Layout:
    """Firm × year, the firm merged over its years, newest first."""
    return _firm_by_year(
        folder, "firm_by_year", "分年度经营情况.xlsx", 24, {y: f"{y}年" for y in reversed(YEARS)}, True
    )


def firm_by_year_blank(folder: Path) -> Layout:
    """Firm × year, the firm named on its first row only and the cells below left empty."""
    return _firm_by_year(folder, "firm_by_year_blank", "分年度（未合并）.xlsx", 25, {y: y for y in YEARS}, False)


_INDICATORS: list[tuple[str, str, str, Any]] = [
    ("营业收入", "万元", "revenue", lambda y: money("revenue", y)),
    ("研发费用", "元", "rd_expense", lambda y: money("rd_expense", y, "元")),
    ("全职员工数", "人", "staff", lambda y: heads("staff", y)),
    ("资产负债率", "%", "debt_ratio", lambda y: share("total_liabilities", "total_assets", y, "points")),
]


def indicator_rows(folder: Path) -> Layout:
    """Firm × indicator × year × value, each row with its unit; name and code on every row."""
    book, group = Book(), firms(6, 26)
    page = book.page("指标明细")
    _headings(page, 1, ["企业名称", "统一社会信用代码", "指标名称", "年份", "数值", "计量单位"])
    row = 2
    for firm in group:
        for label, unit, field, writer in [*_INDICATORS, ("用电量", "万千瓦时", "", None)]:
            for year in (2020, 2021):
                write: Writer = writer(year) if writer else lambda f, i: passed(123.4)
                page.place(row, 1, own("name")(firm, 0), "name", firm, "A1")
                page.place(row, 2, own("uscc")(firm, 0), "uscc", firm, "B1")
                page.put(row, 3, label)
                page.put(row, 4, year)
                page.place(row, 5, write(firm, 0), f"{field}[{year}]" if field else None, firm, "E1")
                page.put(row, 6, unit)
                row += 1
    return book.layout("indicator_rows", save.xlsx_with_formulas(book, folder / "指标明细.xlsx"))


def indicator_rows_by_year(folder: Path) -> Layout:
    """Firm × indicator down, years across; the firm merged over its indicators; the unit beside the indicator."""
    book, group = Book(), firms(12, 27)
    page = book.page("三年指标")
    page.note(1, 1, "重点企业三年指标对照表", to_col=8)
    _headings(page, 2, ["序号", "企业名称", "统一社会信用代码", "指标", "单位", *(f"{year}年" for year in YEARS)])
    for number, firm in enumerate(group):
        top = 3 + number * len(_INDICATORS)
        _once(page, top, firm, number + 1, len(_INDICATORS), True)
        for row, (label, unit, field, writer) in enumerate(_INDICATORS, top):
            page.put(row, 4, label)
            page.put(row, 5, unit)
            for col, year in enumerate(YEARS, 6):
                page.place(row, col, writer(year)(firm, 0), f"{field}[{year}]", firm, address(2, col))
    return book.layout("indicator_rows_by_year", save.xlsx(book, folder / "三年指标对照.xlsx"))


BUILDERS = (firm_by_year, firm_by_year_blank, indicator_rows, indicator_rows_by_year)
