"""Lists of records: patents and titles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from . import save
from .firms import Firm, firms
from .model import Layout
from .pages import Book, Page, address
from .writing import Written, passed, report

Record = tuple[Firm, list[Written]]

_PATENTS = {
    "发明专利": "发明专利",
    "发明": "发明专利",
    "实用新型": "实用新型",
    "实用新型专利": "实用新型",
    "外观设计": "外观设计",
    "软件著作权": "软件著作权",
    "计算机软件著作权": "软件著作权",
    "集成电路布图设计专有权": "集成电路布图设计专有权",
}
_TITLES = {
    "创新型中小企业": "创新型中小企业",
    "市级“专精特新”企业": "市级专精特新",
    "市级专精特新": "市级专精特新",
    "省级专精特新中小企业": "省级专精特新",
    "省级专精特新": "省级专精特新",
    "国家级专精特新“小巨人”企业": "专精特新小巨人",
    "专精特新小巨人": "专精特新小巨人",
    "国家高新技术企业": "高新技术企业",
    "高新技术企业": "高新技术企业",
    "省级瞪羚企业": "省级瞪羚企业",
    "科技型中小企业": "科技型中小企业",
}


def said(value: Any) -> Written:
    """A cell that means what it shows."""
    return Written(value, value)


def _day(dice: random.Random) -> date:
    return date(dice.randint(2016, 2021), dice.randint(1, 12), dice.randint(1, 28))


def draw(  # noqa: PLR0917 -- a drawn block has that many sides
    page: Page, top: int, headings: list[str], slots: list[str | None], records: list[Record], item: int = -1
) -> int:
    """Serial number, name, code and the attributes of each record; the row after the last."""
    for col, heading in enumerate(["序号", "企业名称", "统一社会信用代码", *headings], 1):
        page.put(top, col, heading)
    for number, (firm, values) in enumerate(records, 1):
        number_shown = str(values[item].shown) if item >= 0 else ""
        cells = [passed(number), said(firm.name), said(firm.uscc), *values]
        for col, (slot, written) in enumerate(zip([None, "name", "uscc", *slots], cells, strict=True), 1):
            page.place(top + number, col, written, slot, firm, address(top, col), number_shown)
    return top + len(records) + 1


def patent_records(group: list[Firm], seed: int) -> Iterator[Record]:
    """One to three intellectual properties a firm."""
    dice = random.Random(seed)
    for firm in group:
        for _ in range(dice.randint(1, 3)):
            shown, kind = dice.choice(list(_PATENTS.items()))
            number = f"ZL{dice.randint(2015, 2020)}10{dice.randint(10**6, 10**7 - 1)}.{dice.choice('123X')}"
            granted, yes = _day(dice), dice.random() < 0.7
            style = dice.choice(
                [Written(granted, granted, format="yyyy-mm-dd"), Written(f"{granted:%Y.%m.%d}", granted)]
            )
            yield (
                firm,
                [
                    said(f"一种{firm.product}的加工装置"),
                    Written(shown, kind),
                    said(number),
                    style,
                    Written("是" if yes else "否", yes),
                    Written("自主研发", True) if yes else Written("否", False),
                ],
            )


PATENT_HEADINGS = ["专利名称", "专利类型", "专利（登记）号", "授权公告日", "是否与主导产品相关", "是否自主研发"]
PATENT_SLOTS: list[str | None] = [
    "ip.title",
    "ip.kind",
    "ip.number",
    "ip.granted_on",
    "ip.related",
    "ip.own_development",
]


def patents(folder: Path) -> Layout:
    """附件3: one intellectual property a row, a sum below, kinds the catalogue does not know."""
    book = Book()
    page = book.page("知识产权清单")
    page.note(1, 1, "附件3")
    page.note(2, 1, "企业知识产权明细表", to_col=9)
    records = list(patent_records(firms(22, 28), 28))
    for index, odd in ((4, "PCT"), (15, "商标")):
        records[index][1][1] = report(odd)
    end = draw(page, 3, PATENT_HEADINGS, PATENT_SLOTS, records, 2)
    page.note(end, 1, f"合计：{len(records)}件")
    page.freeze = "A4"
    return book.layout("patents", save.xlsx(book, folder / "附件3 知识产权明细.xlsx"))


def title_records(group: list[Firm], seed: int) -> Iterator[Record]:
    """Two titles a firm."""
    dice = random.Random(seed)
    for firm in group:
        for shown, kind in dice.sample(list(_TITLES.items()), 2):
            granted = _day(dice)
            until = granted.replace(year=granted.year + 3)
            yield (
                firm,
                [
                    Written(shown, kind),
                    said("青岛市民营经济发展局"),
                    said(f"第{dice.choice('一二三四')}批"),
                    said(f"青民营字〔{granted.year}〕{dice.randint(1, 99)}号"),
                    Written(f"{granted.year}年{granted.month}月", f"{granted:%Y-%m}"),
                    Written(until, until, format="yyyy-mm-dd"),
                ],
            )


TITLE_HEADINGS = ["获得称号", "认定部门", "批次", "文号", "认定时间", "有效期至"]
TITLE_SLOTS: list[str | None] = [
    f"titles.{a}" for a in ("kind", "authority", "batch", "number", "granted_on", "valid_until")
]


def titles(folder: Path) -> Layout:
    """称号清单: names of titles as papers write them; a bare “专精特新中小企业” that could be two titles."""
    book = Book()
    page = book.page("称号清单")
    records = list(title_records(firms(26, 29), 29))
    for index, odd in ((3, "专精特新中小企业"), (20, "优秀民营企业")):
        records[index][1][0] = report(odd)
    records[9][1][5] = passed("—")
    records[31][1][5] = report("2025年2月30日")
    page.note(1, 1, "企业获得称号情况（截至2022年6月）", to_col=9)
    draw(page, 2, TITLE_HEADINGS, TITLE_SLOTS, records)
    return book.layout("titles", save.xlsx_with_formulas(book, folder / "称号清单.xlsx"))


BUILDERS = (
    patents,
    titles,
)
