"""Forms of a single firm: label to the left, value to the right, in pairs of columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import save
from .firms import YEARS, Firm, firms
from .model import Layout
from .pages import Book, Page, address
from .writing import Writer, capital, day, flag, heads, money, own, passed, person, phone, share

Pair = tuple[str, str | None, Writer]


def _pairs(page: Page, top: int, firm: Firm, pairs: list[Pair], columns: tuple[int, ...], span: int) -> int:  # noqa: PLR0917 -- a drawn block has that many sides
    """Labels and values in pairs of columns, the value merged over *span* columns; the row after the last."""
    for index, (label, slot, write) in enumerate(pairs):
        row, col = top + index // len(columns), columns[index % len(columns)]
        page.put(row, col, label)
        page.place(row, col + 1, write(firm, 0), slot, firm, address(row, col))
        if span > 1:
            page.merges.append((row, col + 1, row, col + span))
    return top + -(-len(pairs) // len(columns))


def _identity() -> list[Pair]:
    return [
        ("企业名称", "name", own("name")),
        ("统一社会信用代码", "uscc", own("uscc")),
        ("注册地址", "address", own("address")),
        ("成立时间", "registered_on", day),
        ("注册资本（万元）", "registered_capital", capital()),
        ("企业类型", "legal_form", own("legal_form")),
        ("所属行业", "industry", own("industry")),
        ("主导产品", "main_product", own("product")),
        ("法定代表人", None, person),
        ("联系电话", None, phone),
    ]


def _indicators(page: Page, top: int, firm: Firm) -> int:
    """The usual block in the middle of a form: indicators down, years across."""
    page.put(top, 1, "经济效益和经营情况")
    for col, year in enumerate(YEARS, 2):
        page.put(top, col, f"{year}年")
    rows: list[tuple[str, str, Any]] = [
        ("营业收入（万元）", "revenue", money),
        ("其中：主营业务收入（万元）", "main_revenue", money),
        ("净利润（万元）", "net_profit", money),
        ("资产总额（万元）", "total_assets", money),
        ("负债总额（万元）", "total_liabilities", money),
        ("研发费用总额（万元）", "rd_expense", money),
        ("全职员工数量（人）", "staff", heads),
        ("研发人员数量（人）", "rd_staff", heads),
    ]
    for offset, (label, field, writer) in enumerate(rows, 1):
        page.put(top + offset, 1, label)
        for col, year in enumerate(YEARS, 2):
            page.place(
                top + offset, col, writer(field, year)(firm, 0), f"{field}[{year}]", firm, address(top + offset, 1)
            )
    return top + len(rows) + 1


def one_firm(folder: Path) -> Layout:
    """企业基本情况表: pairs of columns, a block of indicators by year, a long text, signatures."""
    book, (firm,) = Book(), firms(1, 21)
    page = book.page("企业基本情况表")
    page.note(1, 1, "企业基本情况表", to_col=4)
    row = _pairs(page, 2, firm, _identity(), (1, 3), 1)
    row = _indicators(page, row, firm)
    more: list[Pair] = [
        ("从事特定细分市场年限（年）", "segment_years[2021]", own("segment_years")),
        ("是否通过质量管理体系认证", "qms_certified", flag(0)),
        ("参与制修订标准（项）", "standards_count", own("standards")),
        ("研发机构级别", "rd_institution_level", own("institution")),
        ("Ⅰ类知识产权（件）", "ip.class_1", own("class_1")),
        ("Ⅱ类知识产权（件）", "ip.class_2", own("class_2")),
        ("数字化水平", "digital_level", own("digital")),
        ("2021年资产负债率", "debt_ratio[2021]", share("total_liabilities", "total_assets", 2021, "text")),
    ]
    row = _pairs(page, row, firm, more, (1, 3), 1)
    page.put(row, 1, "企业简介")
    page.note(row, 2, "公司成立以来专注细分领域，2021年营业收入再创新高，拥有发明专利若干。", to_col=4)
    page.note(row + 1, 1, "企业负责人（签字）：                企业（盖章）：              2022年6月18日", to_col=4)
    return book.layout("one_firm", save.xlsx(book, folder / "企业基本情况表.xlsx"))


def a_sheet_a_firm(folder: Path) -> Layout:
    """An agency's workbook: ten firms, each on a sheet of its own, the value merged over two columns."""
    book = Book()
    more: list[Pair] = [
        (f"{year}年{label}（万元）", f"{field}[{year}]", money(field, year))
        for label, field in (("营业收入", "revenue"), ("研发费用", "rd_expense"))
        for year in (2020, 2021)
    ]
    more += [
        ("2021年末员工总数（人）", "staff[2021]", heads("staff", 2021)),
        ("2021年末研发人员数（人）", "rd_staff[2021]", heads("rd_staff", 2021)),
        ("是否高新技术企业", "titles.high_tech.any", flag(0)),
        ("企业规模", "size_class", own("size_class")),
    ]
    for number, firm in enumerate(firms(10, 22), 1):
        page = book.page(f"{number:02}")
        page.note(1, 1, "专精特新申报预评估信息采集表", to_col=6)
        row = _pairs(page, 2, firm, _identity() + more, (1, 4), 2)
        page.note(row, 1, "以上信息由企业提供，代理机构仅作汇总。", to_col=6)
    return book.layout("a_sheet_a_firm", save.xlsx(book, folder / "预评估采集表.xlsx"))


def a_column_of_labels(folder: Path) -> Layout:
    """One pair of columns only, with a number before each label and the unit in a third column."""
    book, (firm,) = Book(), firms(1, 23)
    page = book.page("填报表")
    page.note(1, 1, "中小企业信息填报表（2021年度）", to_col=4)
    rows: list[tuple[str, str, Writer, str]] = [
        ("企业名称", "name", own("name"), ""),
        ("统一社会信用代码", "uscc", own("uscc"), ""),
        ("所属区市", "district", own("district"), ""),
        ("成立日期", "registered_on", day, ""),
        ("2021年营业收入", "revenue[2021]", money("revenue", 2021), "万元"),
        ("2020年营业收入", "revenue[2020]", money("revenue", 2020), "万元"),
        ("2021年净利润", "net_profit[2021]", money("net_profit", 2021), "万元"),
        ("2021年上缴税金", "tax_paid[2021]", money("tax_paid", 2021), "万元"),
        ("2021年末从业人员", "staff[2021]", heads("staff", 2021), "人"),
        ("2021年研发强度", "rd_intensity[2021]", share("rd_expense", "revenue", 2021, "points"), "%"),
        ("有效发明专利数", "ip.invention", own("class_1"), "件"),
        ("是否有自主品牌", "own_brand", flag(3), ""),
    ]
    for col, heading in enumerate(("序号", "指标", "填报内容", "计量单位"), 1):
        page.put(2, col, heading)
    for offset, (label, slot, write, unit) in enumerate(rows, 3):
        page.place(offset, 1, passed(offset - 2), None, firm)
        page.put(offset, 2, label)
        page.place(offset, 3, write(firm, 0), slot, firm, address(offset, 2))
        page.put(offset, 4, unit or None)
    return book.layout("a_column_of_labels", save.xlsx_with_formulas(book, folder / "信息填报表.xlsx"))


BUILDERS = (one_firm, a_sheet_a_firm, a_column_of_labels)
