"""Other kinds of file, formulas, and headings in two languages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from . import save
from .firms import YEARS, Firm, firms
from .model import Layout
from .pages import Book, Col, address
from .summaries import CODE, CONTACTS, IDENTITY, total
from .writing import (
    Formula,
    Written,
    always,
    capital,
    cycle,
    day,
    flag,
    grouped,
    heads,
    money,
    now_and_then,
    own,
    passed,
    quantity,
    report,
    share,
)


def bilingual(folder: Path) -> Layout:
    """Headings in English and Chinese, on one line or two."""
    book, group = Book(), firms(24, 31)
    page = book.page("Company List")
    cols = [
        Col(("No.",), None, lambda f, i: passed(i + 1)),
        Col(("企业名称\nCompany Name",), "name", own("name")),
        Col(("统一社会信用代码\nUnified Social Credit Code",), "uscc", own("uscc")),
        Col(("成立日期 Date of Establishment",), "registered_on", day),
        Col(("主导产品 / Main Product",), "main_product", own("product")),
        Col(("2021年营业收入（万元）\nOperating Revenue 2021 (RMB 10,000)",), "revenue[2021]", money("revenue", 2021)),
        Col(("2021年净利润（万元）\nNet Profit 2021 (RMB 10,000)",), "net_profit[2021]", money("net_profit", 2021)),
        Col(("2021年研发费用（万元）\nR&D Expense 2021 (RMB 10,000)",), "rd_expense[2021]", money("rd_expense", 2021)),
        Col(("2021年员工人数 Number of Employees 2021",), "staff[2021]", heads("staff", 2021)),
        Col(("是否高新技术企业 High-tech Enterprise (Y/N)",), "titles.high_tech.any", flag(0, "Y", "N")),
        Col(("联系人 Contact Person",), None, lambda f, i: passed(f.person)),
        Col(("E-mail",), None, lambda f, i: passed(f"c{i}@example.com")),
    ]
    page.note(1, 1, "德国中心推介会参会企业名单 List of Participating Companies", to_col=len(cols))
    page.table(2, cols, group)
    return book.layout("bilingual", save.xlsx_with_formulas(book, folder / "参会企业 Company List.xlsx"), None)


def old_excel(folder: Path) -> Layout:
    """Excel 97–2003 with merged headings and dates."""
    book, group = Book(), firms(28, 32)
    page = book.page("企业情况")
    cols = [
        *IDENTITY,
        CODE,
        Col(("成立时间",), "registered_on", day),
        Col(("注册资本（万元）",), "registered_capital", capital()),
    ]
    cols += [Col(("营业收入（万元）", f"{year}年"), f"revenue[{year}]", money("revenue", year)) for year in YEARS]
    cols += [Col(("研发费用（万元）", f"{year}年"), f"rd_expense[{year}]", money("rd_expense", year)) for year in YEARS]
    cols += [Col(("2021年末职工人数",), "staff[2021]", heads("staff", 2021)), *CONTACTS]
    page.note(1, 1, "胶州市中小企业情况表", to_col=len(cols))
    end = page.table(2, cols, group)
    total(page, end, cols, group)
    return book.layout("old_excel", save.xls(book, folder / "胶州市中小企业情况表.xls"))


def csv_gb18030(folder: Path) -> Layout:
    """A system's export in GB18030: a line of title, codes held as text by a tab, rare characters."""
    book, group = Book(), firms(40, 33)
    page = book.page("")
    cols = [
        Col(("纳税人识别号",), "uscc", lambda f, i: Written(f"\t{f.uscc}", f.uscc)),
        Col(("纳税人名称",), "name", own("name")),
        Col(("注册地址",), "address", own("address")),
        Col(("2021年营业收入(元)",), "revenue[2021]", grouped("revenue", 2021, "元")),
        Col(("2021年实缴税金(元)",), "tax_paid[2021]", grouped("tax_paid", 2021, "元")),
        Col(
            ("2021年研发费用(元)",),
            "rd_expense[2021]",
            now_and_then(grouped("rd_expense", 2021, "元"), {3: passed("-"), 8: report("未申报*")}),
        ),
        Col(("主管税务所",), None, always("第一税务所")),
    ]
    page.note(1, 1, "纳税人信息查询结果（导出时间：2022-06-01 10:22:31）")
    page.table(2, cols, group)
    return book.layout("csv_gb18030", save.text(book, folder / "纳税人信息.csv", "gb18030"), None)


def csv_utf8(folder: Path) -> Layout:
    """UTF-8 with a mark, quoted line breaks in headings and cells, commas inside values."""
    book, group = Book(), firms(30, 34)
    page = book.page("")
    cols = [
        Col(("提交时间",), None, lambda f, i: passed(f"2022-06-{i % 28 + 1:02} 14:0{i % 10}")),
        Col(("1、企业名称\n（请填写全称）",), "name", own("name")),
        Col(("2、统一社会信用代码",), "uscc", own("uscc")),
        Col(("3、2021年营业收入\n（单位：万元）",), "revenue[2021]", grouped("revenue", 2021)),
        Col(("4、2021年研发费用占营业收入比重",), "rd_intensity[2021]", share("rd_expense", "revenue", 2021, "text")),
        Col(("5、是否通过ISO9001认证",), "qms_certified", cycle(flag(0), flag(0, "A.是", "B.否"))),
        Col(("6、企业需求",), None, always("希望对接：\n1.融资，2.场地；\n3.“链主”订单")),
        Col(("7、联系人及电话",), None, lambda f, i: passed(f"{f.person}，{f.phone}")),
        Col(("8、成立日期",), "registered_on", lambda f, i: Written(f"{f.registered_on:%Y/%m/%d}", f.registered_on)),
    ]
    page.table(1, cols, group)
    return book.layout("csv_utf8", save.text(book, folder / "问卷结果.csv", "utf-8-sig", "\n"))


def formulas(folder: Path) -> Layout:
    """Amounts, shares and sums as formulas with the values last computed; a division by zero; a link outside."""
    book, group = Book(), firms(26, 35)
    page = book.page("测算表")
    cols = [
        *IDENTITY,
        CODE,
        Col(("2020年营业收入（万元）",), "revenue[2020]", money("revenue", 2020)),
        Col(("2021年营业收入（万元）",), "revenue[2021]", _sum),
        Col(("2021年研发费用（万元）",), "rd_expense[2021]", money("rd_expense", 2021)),
        Col(
            ("2021年研发费用占比",),
            "rd_intensity[2021]",
            now_and_then(
                _share, {9: report(Formula("=F11/0", "#DIV/0!")), 14: report(Formula("='[上年.xlsx]表'!C3", "#REF!"))}
            ),
        ),
        Col(
            ("2021年从业人员",),
            "staff[2021]",
            lambda f, i: Written(Formula(f"={f.staff[2021] - 3}+3", f.staff[2021]), f.staff[2021]),
        ),
        Col(
            ("营业收入增长率",),
            "revenue_growth[2021]",
            lambda f, i: Written(Formula(f"=E{i + 2}/D{i + 2}-1", float(_growth(f))), _growth(f)),
        ),
    ]
    end = page.table(1, cols, group)
    page.note(end, 2, "合计")
    for col, field, year in ((4, "revenue", 2020), (5, "revenue", 2021), (6, "rd_expense", 2021)):
        letter = address(1, col)[0]
        whole = float(sum(quantity(getattr(f, field)[year], "万元") for f in group))
        page.note(end, col, Formula(f"=SUM({letter}2:{letter}{end - 1})", whole))
    return book.layout("formulas", save.xlsx_with_formulas(book, folder / "测算表.xlsx"))


def _sum(firm: Firm, _: int) -> Written:
    whole, part = quantity(firm.revenue[2021], "万元"), quantity(firm.main_revenue[2021], "万元")
    return Written(Formula(f"={part}+{whole - part}", float(whole)), whole * 10_000, format="#,##0.00")


def _growth(firm: Firm) -> Decimal:
    return round(Decimal(firm.revenue[2021]) / Decimal(firm.revenue[2020]) - 1, 6)


def _share(firm: Firm, index: int) -> Written:
    part, whole = quantity(firm.rd_expense[2021], "万元"), quantity(firm.revenue[2021], "万元")
    value = (part / whole).quantize(Decimal("0.00000001"))
    return Written(Formula(f"=F{index + 2}/E{index + 2}", float(part / whole)), value, format="0.00%")


BUILDERS = (bilingual, old_excel, csv_gb18030, csv_utf8, formulas)
