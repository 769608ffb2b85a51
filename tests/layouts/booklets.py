"""A workbook of several sheets: basics, figures, lists, a sheet of notes, an empty one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from . import save
from .firms import Firm, firms
from .lists import (
    PATENT_HEADINGS,
    PATENT_SLOTS,
    TITLE_HEADINGS,
    TITLE_SLOTS,
    Record,
    draw,
    patent_records,
    said,
    title_records,
)
from .model import Layout
from .pages import Book, Col
from .summaries import CODE, IDENTITY
from .writing import Written, day, heads, money, own


def _rounds(group: list[Firm], seed: int) -> Iterator[Record]:
    dice = random.Random(seed)
    for firm in group:
        amount, yes, year = (
            Decimal(dice.choice([300, 1500, 2650, 8000])),
            dice.random() < 0.6,
            dice.choice([2020, 2021]),
        )
        yield (
            firm,
            [
                said(dice.choice(["天使轮", "A轮", "B轮", "Pre-IPO轮"])),
                said(f"{dice.choice(['蓝湾', '海岳', '鼎砺'])}创业投资基金"),
                Written(float(amount), amount * 10_000),
                Written("是" if yes else "否", yes),
                Written(year, year),
            ],
        )


def _awards(group: list[Firm], seed: int) -> Iterator[Record]:
    dice = random.Random(seed)
    for firm in group:
        rank, year = dice.randint(1, 6), dice.choice([2019, 2020, 2021])
        level = dice.choice(["省级", "国家级", "市级"])
        yield (
            firm,
            [
                said(f"{firm.product}关键技术及应用"),
                said("科技奖励"),
                said(level),
                Written(rank if rank > 3 else f"第{'一二三'[rank - 1]}", rank),
                Written(f"{year}年", year),
            ],
        )


def several_sheets(folder: Path) -> Layout:
    """One workbook: basics, figures, lists of patents, titles, awards and rounds, a sheet of notes, an empty sheet."""
    book, group = Book(), firms(20, 30)
    notes = book.page("填表说明")
    for row, line in enumerate(
        (
            "填 表 说 明",
            "一、本表由企业如实填报。",
            "二、营业收入以2021年度审计报告为准，单位为万元。",
            "三、“上年度”指2021年。",
        ),
        1,
    ):
        notes.note(row, 1, line)
    book.page("Sheet2")
    basics = [
        *IDENTITY,
        CODE,
        Col(("成立日期",), "registered_on", day),
        Col(("注册地址",), "address", own("address")),
        Col(("所属产业链",), "chain", own("chain")),
    ]
    book.page("1.基本情况").table(1, basics, group)
    figures = [
        CODE,
        IDENTITY[1],
        *(Col((f"{y}年营业收入（万元）",), f"revenue[{y}]", money("revenue", y)) for y in (2020, 2021)),
        Col(("2021年研发费用（万元）",), "rd_expense[2021]", money("rd_expense", 2021)),
        Col(("2021年职工总数（人）",), "staff[2021]", heads("staff", 2021)),
    ]
    book.page("2.经营数据").table(2, figures, list(reversed(group)))
    draw(book.page("3.知识产权"), 1, PATENT_HEADINGS, PATENT_SLOTS, list(patent_records(group[:10], 30)), 2)
    draw(book.page("4.称号"), 1, TITLE_HEADINGS, TITLE_SLOTS, list(title_records(group[:8], 30)))
    draw(
        book.page("5.获奖情况"),
        1,
        ["获奖项目", "奖项类型", "奖励级别", "获奖单位排名", "获奖年度"],
        [f"awards.{a}" for a in ("name", "kind", "level", "rank", "year")],
        list(_awards(group[5:13], 30)),
    )
    draw(
        book.page("6.融资情况"),
        1,
        ["融资轮次", "投资机构名称", "融资金额（万元）", "是否合格机构投资者", "融资年度"],
        [f"financing.{a}" for a in ("round", "investor", "amount", "investor_qualified", "year")],
        list(_rounds(group[10:], 30)),
    )
    return book.layout("several_sheets", save.xlsx(book, folder / "企业申报数据（多表）.xlsx"))


BUILDERS = (several_sheets,)
