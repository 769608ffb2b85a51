"""Sheets made for the eye: street headings, printed pages, helper columns, several blocks."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from . import save
from .firms import Firm, firms
from .model import Cell, Layout
from .pages import Book, Col, Page, address
from .summaries import CODE, CONTACTS, IDENTITY, total
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


def by_street(folder: Path) -> Layout:
    """Firms under street headings, each street with its subtotal; the serial number starts again."""
    book, group = Book(), sorted(firms(36, 14), key=lambda f: (f.district, f.street))
    page = book.page("分街道")
    cols = [
        *IDENTITY,
        CODE,
        Col(("2021年营业收入（万元）",), "revenue[2021]", money("revenue", 2021)),
        Col(("2021年净利润（万元）",), "net_profit[2021]", money("net_profit", 2021)),
        Col(("从业人数",), "staff[2021]", heads("staff", 2021)),
        *CONTACTS,
    ]
    page.note(1, 1, "专精特新企业分街道统计表", to_col=len(cols))
    heading = page.head(2, 1, cols)
    row = heading + 1
    for number, (street, members) in enumerate(groupby(group, key=lambda f: f.street), 1):
        found = list(members)
        page.note(row, 1, f"（{number}）{street}（{len(found)}家）", to_col=len(cols))
        for index, firm in enumerate(found):
            page.line(row + 1 + index, 1, cols, firm, index, heading)
        row += len(found) + 1
        total(page, row, cols, found, "小计")
        row += 1
    total(page, row, cols, group, "总计")
    return book.layout("by_street", save.xlsx(book, folder / "分街道统计.xlsx"))


def merged_districts(folder: Path) -> Layout:
    """The district merged beside its firms; a blank first column and rows above."""
    book, group = Book(), sorted(firms(34, 15), key=lambda f: f.district)
    page = book.page("区市汇总")
    cols = [
        Col(("企业名称",), "name", own("name")),
        CODE,
        Col(("主导产品",), "main_product", own("product")),
        Col(("营业收入\n2021年\n（千元）",), "revenue[2021]", money("revenue", 2021, "千元", 0)),
        Col(("营业收入\n2020年\n（千元）",), "revenue[2020]", money("revenue", 2020, "千元", 0)),
        Col(("研发费用\n2021年\n（千元）",), "rd_expense[2021]", money("rd_expense", 2021, "千元", 0)),
    ]
    page.note(3, 2, "各区市专精特新企业汇总", to_col=8)
    page.put(5, 2, "推荐区市")
    page.table(5, cols, group, left=3)
    row = 6
    for district, members in groupby(group, key=lambda f: f.district):
        found = list(members)
        first = Written(district, district)
        page.place(row, 2, first, "district", found[0], address(5, 2))
        page.put(row, 2, district, row + len(found) - 1, 2)
        row += len(found)
    return book.layout("merged_districts", save.xlsx(book, folder / "各区市汇总.xlsx"))


def printed_pages(folder: Path) -> Layout:
    """The headings again on every printed page, with page numbers and page sums between."""
    book, group = Book(), firms(40, 16)
    page = book.page("打印版")
    cols = [
        *IDENTITY,
        CODE,
        Col(("营业收入（万元）", "2020年"), "revenue[2020]", money("revenue", 2020)),
        Col(("营业收入（万元）", "2021年"), "revenue[2021]", money("revenue", 2021)),
        Col(("研发费用（万元）", "2021年"), "rd_expense[2021]", money("rd_expense", 2021)),
        Col(("职工人数（人）", "2021年"), "staff[2021]", heads("staff", 2021)),
    ]
    row, index = 1, 0
    while index < len(group):
        found = group[index : index + 12]
        page.note(row, 1, "西海岸新区专精特新企业名单" + ("（续表）" if index else ""), to_col=len(cols))
        heading = page.head(row + 1, 1, cols)
        if index:
            _ignore_headings(page, row + 1, heading)
        for offset, firm in enumerate(found):
            page.line(heading + 1 + offset, 1, cols, firm, index + offset, heading)
        row = heading + 1 + len(found)
        total(page, row, cols, found, "本页小计")
        index += len(found)
        page.note(row + 1, 1, f"第 {-(-index // 12)} 页  共 4 页", to_col=len(cols))
        row += 3
    return book.layout("printed_pages", save.xlsx(book, folder / "西海岸打印版.xlsx"))


def _ignore_headings(page: Page, top: int, bottom: int) -> None:
    for (row, col), shown in sorted(page.cells.items()):
        if top <= row <= bottom:
            page.book.must_ignore.append(Cell(page.name, address(row, col), str(shown)))


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
    page = book.page("规上规下")
    page.note(1, 1, "园区企业情况（2021年）")
    page.note(2, 1, "一、规模以上企业（单位：亿元）")
    first = [
        *IDENTITY,
        CODE,
        Col(("2021年营业收入",), "revenue[2021]", money("revenue", 2021, "亿元", 4)),
        Col(("2021年资产总额",), "total_assets[2021]", money("total_assets", 2021, "亿元", 4)),
        Col(("是否高新技术企业",), "titles.innovation_honour.any", flag(0)),
    ]
    end = page.table(3, first, group[:18])
    page.note(end, 1, "注：规模以上指年主营业务收入2000万元及以上。")
    page.note(end + 2, 1, "二、规模以下企业（单位：万元）")
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


BUILDERS = (by_street, merged_districts, printed_pages, helper_columns, two_blocks, park_tenants, nothing_said)
