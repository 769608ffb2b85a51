"""Sheets made for the eye: street headings, merged districts, printed pages."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from . import save
from .firms import firms
from .model import Cell, Layout
from .pages import Book, Col, Page, address
from .summaries import CODE, CONTACTS, IDENTITY, total
from .writing import (
    Written,
    heads,
    money,
    own,
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


BUILDERS = (
    by_street,
    merged_districts,
    printed_pages,
)
