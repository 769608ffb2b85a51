"""Working tables: helper columns, two blocks on a sheet, a park’s rooms, headings that say too little."""

from __future__ import annotations

from pathlib import Path

from . import save
from .firms import Firm, firms
from .model import Cell, Layout
from .pages import Book, Col, address
from .summaries import CODE, IDENTITY
from .writing import (
    Writer,
    Written,
    always,
    capital,
    cycle,
    day,
    flag,
    free,
    heads,
    money,
    now_and_then,
    own,
    passed,
    quantity,
    share,
)


def _unasked(field: str) -> Writer:
    """An amount of which nothing cell by cell is asked: the column says too little."""
    return lambda firm, _: free(float(quantity(getattr(firm, field)[2021], "万元")))


def _differing(firm: Firm, index: int) -> Written:
    """The firm's own figure, on every fourth row twice what the auditors found."""
    return free(float(quantity(firm.revenue[2021] * (1 if index % 4 else 2), "万元")))


def helper_columns(folder: Path) -> Layout:
    """Hidden columns, columns nobody knows, one fact in two columns, a firm without name or code."""
    book, group = Book(), firms(32, 17)
    page = book.page("底表")
    cols = [
        *IDENTITY,
        CODE,
        Col(("主键ID",), None, lambda f, i: passed(f"a{i:05x}")),
        Col(("2021年营业收入（万元）",), "revenue[2021]", _differing),
        Col(
            ("2021年营业收入（审计数）（万元）",),
            "revenue[2021]",
            _unasked("revenue"),
        ),
        Col(("2021年研发费用（万元）",), "rd_expense[2021]", money("rd_expense", 2021)),
        Col(("走访情况",), None, always("已走访")),
        Col(("拟扶持措施",), None, always("贷款贴息")),
        Col(("专利申请数（件）",), None, lambda f, i: passed(f.class_2 + 3)),
        Col(("有效发明专利数（件）",), "ip.invention", own("class_1")),
        Col(("大专以上学历人数",), None, lambda f, i: passed(f.staff[2021] // 2)),
        Col(("2021年末从业人员数（人）",), "staff[2021]", heads("staff", 2021)),
        Col(("2021年新增股权融资额（万元）",), "financing.qualified.amount[2021]", money("financing", 2021, digits=0)),
        Col(("出口额（万美元）",), None, lambda f, i: passed(12.5 + i)),
        Col(("区县意见",), None, always("同意推荐")),
    ]
    end = page.table(1, cols, group)
    page.hidden = [4, 9]
    for index in range(0, len(group), 4):
        book.must_report.append(Cell(page.name, address(index + 2, 5), "", "row"))
    page.put(end, 1, len(group) + 1)
    page.put(end, 7, 88.8)
    book.must_report.append(Cell(page.name, address(end, 7), "88.8", "row"))
    page.freeze = "D2"
    return book.layout("helper_columns", save.xlsx(book, folder / "底表.xlsx"))


def two_blocks(folder: Path) -> Layout:
    """Two tables one below the other, with other headings and units; text between them."""
    book, group = Book(), firms(36, 18)
    page = book.page("园区")
    page.note(1, 1, "园区企业情况（2021年）")
    page.note(2, 1, "一、产业园企业（单位：亿元）")
    first = [
        *IDENTITY,
        CODE,
        Col(("2021年营业收入",), "revenue[2021]", money("revenue", 2021, "亿元", 4)),
        Col(("2021年资产总额",), "total_assets[2021]", money("total_assets", 2021, "亿元", 4)),
        Col(("是否高新技术企业",), "titles.high_tech.any", flag(0)),
    ]
    end = page.table(3, first, group[:18])
    page.note(end, 1, "注：产业园企业数据由园区管理公司提供。")
    page.note(end + 2, 1, "二、孵化器企业（单位：万元）")
    second = [
        IDENTITY[0],
        Col(("统一社会信用代码",), "uscc", own("uscc")),
        Col(("公司名称",), "name", own("name")),
        Col(("成立时间",), "registered_on", day),
        Col(("2021年营业收入",), "revenue[2021]", money("revenue", 2021)),
        Col(("员工人数",), "staff[2021]", heads("staff", 2021)),
        Col(("注册资本",), "registered_capital", capital()),
    ]
    page.table(end + 3, second, group[18:])
    return book.layout("two_blocks", save.xlsx_with_formulas(book, folder / "园区企业.xlsx"))


def park_tenants(folder: Path) -> Layout:
    """A park operator's list: buildings and rooms, amounts in yuan, texts that hold numbers, a group's branch."""
    book, group = Book(), firms(45, 19)
    page = book.page("入驻企业台账")
    name = cycle(own("name"), own("name"), lambda f, i: Written(f" {f.name[:2]} {f.name[2:]}\n", f.name))
    cols = [
        Col(("楼宇房号",), None, lambda f, i: passed(f"{i // 9 + 1}号楼{i % 9 + 1:02}01室")),
        Col(("租赁面积（㎡）",), None, lambda f, i: passed(120 + 35 * (i % 7))),
        Col(("企业名称",), "name", name),
        Col(("税号",), "uscc", own("uscc")),
        Col(("所属行业",), "industry", own("industry")),
        Col(("主营产品",), "main_product", own("product")),
        Col(("2021年度营业收入（元）",), "revenue[2021]", money("revenue", 2021, "元")),
        Col(("2021年度实缴税金（元）",), "tax_paid[2021]", money("tax_paid", 2021, "元")),
        Col(("研发投入占比（2021）",), "rd_intensity[2021]", share("rd_expense", "revenue", 2021, "text")),
        Col(("在园人数",), None, lambda f, i: free(f.staff[2021])),
        Col(("租约到期日",), None, lambda f, i: passed(f.registered_on)),
        Col(("物业联系人",), None, lambda f, i: passed(f.person)),
        Col(
            ("注册资金",),
            "registered_capital",
            now_and_then(lambda f, i: Written(f"{f.capital / 10000}万元", f.capital), {7: passed("/")}),
        ),
    ]
    page.note(1, 1, "蓝谷科创园入驻企业台账  2022年5月更新", to_col=len(cols))
    page.note(page.table(2, cols, group) + 1, 1, f"共 {len(group)} 家")
    return book.layout("park_tenants", save.xlsx(book, folder / "入驻企业台账.xlsx"))


def nothing_said(folder: Path) -> Layout:
    """Money without any unit, per-year headings without any year, and no reporting year given."""
    book, group = Book(), firms(12, 20)
    page = book.page("Sheet1")
    cols: list[Col] = [
        *IDENTITY,
        CODE,
        Col(("营业收入",), None, _unasked("revenue")),
        Col(("研发费用",), None, _unasked("rd_expense")),
        Col(("职工人数",), None, lambda f, i: free(f.staff[2021])),
        Col(("主导产品",), "main_product", own("product")),
    ]
    page.table(1, cols, group)
    for col in (4, 5, 6):
        book.must_report.append(Cell(page.name, address(1, col), str(page.cells[1, col]), "column"))
    return book.layout("nothing_said", save.xlsx(book, folder / "未注明单位年度.xlsx"), None)


BUILDERS = (
    helper_columns,
    two_blocks,
    park_tenants,
    nothing_said,
)
