"""Dates and codes, in every hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from . import save
from .firms import Firm, check_character, firms
from .model import Layout
from .pages import Book, Col
from .summaries import CODE, CONTACTS, IDENTITY
from .writing import Writer, Written, cycle, free, heads, now_and_then, own, passed, report

EPOCH = date(1899, 12, 30)


def _wide(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("z"))})


def _date(style: str) -> Writer:
    """One way to write a date; month-only ways mean the month."""

    def write(firm: Firm, _: int) -> Written:
        d = firm.registered_on
        month = f"{d:%Y-%m}"
        return {
            "excel": Written(d, d, format="yyyy/m/d"),
            "excel month": Written(d, d, format='yyyy"年"m"月"'),
            "dotted": Written(f"{d.year}.{d.month}.{d.day}", d),
            "dotted padded": Written(f"{d:%Y.%m.%d}", d),
            "slash": Written(f"{d.year}/{d.month}/{d.day}", d),
            "iso": Written(f"{d:%Y-%m-%d}", d),
            "chinese": Written(f"{d.year}年{d.month}月{d.day}日", d),
            "chinese spaced": Written(f"{d.year} 年 {d.month} 月 {d.day} 日", d),
            "month": Written(f"{d.year}年{d.month}月", month),
            "dotted month": Written(f"{d.year}.{d.month:02}", month),
            "dash month": Written(f"{d.year}-{d.month}", month),
            "wide": Written(_wide(f"{d.year}") + "年" + _wide(f"{d.month}") + "月", month),
            "digits": Written(int(f"{d:%Y%m%d}"), d),
            "digit text": Written(f"{d:%Y%m%d}", d),
            "serial": Written((d - EPOCH).days, d),
            "time": Written(f"{d:%Y-%m-%d} 00:00:00", d),
        }[style]

    return write


def dates(folder: Path) -> Layout:
    """Dates as Excel keeps them and as people type them; numbers such as 2019.1 that lost a zero."""
    book, group = Book(), firms(40, 10)
    page = book.page("成立日期")
    styles = (
        "excel",
        "dotted",
        "month",
        "iso",
        "dotted month",
        "slash",
        "digits",
        "chinese",
        "excel month",
        "digit text",
        "dash month",
        "dotted padded",
        "serial",
        "chinese spaced",
        "wide",
        "time",
    )
    odd = {
        5: report("2019.13"),
        11: report("2019年2月30日"),
        16: report(2019.1),
        20: Written(2019.5, "2019-05"),
        24: Written("2019.5", "2019-05"),
        28: report("05/06/2019"),
        33: report("待查"),
        36: passed("—"),
        38: free(2018),
    }
    cols = [
        *IDENTITY,
        CODE,
        Col(("成立日期",), "registered_on", now_and_then(cycle(*map(_date, styles)), odd)),
        Col(("注册地址",), "address", own("address")),
        *CONTACTS,
        Col(("填报日期",), None, lambda f, i: passed(date(2022, 6, 1 + i % 28))),
    ]
    page.note(1, 1, "莱西市企业名录")
    page.table(2, cols, group)
    return book.layout("dates", save.xlsx(book, folder / "莱西市企业名录.xlsx"))


def _code(style: str) -> Writer:
    """One way in which a right code is written."""

    def write(firm: Firm, _: int) -> Written:
        c = firm.uscc
        groups = f"{c[:4]} {c[4:8]} {c[8:12]} {c[12:16]} {c[16:]}"
        shown = {
            "plain": c,
            "lower": c.lower(),
            "spaced": groups,
            "wide": _wide(c),
            "edges": f" {c}\u00a0",
            "tab": f"\t{c}",
        }
        return Written(shown[style], c)

    return write


def _spoiled(style: str) -> Writer:
    """One way in which a code goes wrong."""

    def write(firm: Firm, _: int) -> Written:
        c = firm.uscc
        wrong = next(x for x in "0123456789" if x not in (c[17], check_character(c[:17])))
        broken: dict[str, Any] = {
            "O for 0": c[:2] + c[2:].replace("0", "O", 1),
            "check": c[:17] + wrong,
            "short": c[:16],
            "long": c + "1",
            "number": 9.1370212e17,
            "old": "370212230012345",
            "none": "办理中",
            "I for 1": c.replace("1", "I", 1),
        }
        return report(broken[style])

    return write


def codes(folder: Path) -> Layout:
    """Codes with spaces, in lower case, full-width, with O for 0, with a wrong check character, as rounded numbers."""
    book, group = Book(), firms(36, 13)
    page = book.page("企业代码")
    spoiled = {4: "O for 0", 8: "check", 12: "short", 16: "number", 20: "old", 24: "none", 28: "long", 32: "I for 1"}
    right = cycle(*map(_code, ("plain", "lower", "spaced", "wide", "edges", "plain", "tab")))
    cols = [
        Col(("编号",), None, lambda f, i: passed(f"QY{i + 1:03}")),
        Col(("单位全称",), "name", own("name")),
        Col(("曾用名",), "former_name", now_and_then(own("former_name"), {2: passed("无"), 10: passed("/")})),
        Col(("社会信用代码",), "uscc", lambda f, i: _spoiled(spoiled[i])(f, i) if i in spoiled else right(f, i)),
        Col(("法定代表人",), None, lambda f, i: passed(f.person)),
        Col(("法人身份证号",), None, lambda f, i: passed(f"37020200000000{i:03}X")),
        Col(("2021年末职工总数（人）",), "staff[2021]", heads("staff", 2021)),
        Col(("邮箱",), None, lambda f, i: passed(f"qy{i}@example.cn")),
    ]
    page.note(1, 1, "企业信息（代码待核）")
    page.table(2, cols, group)
    return book.layout("codes", save.xlsx(book, folder / "代码待核.xlsx"))


BUILDERS = (
    dates,
    codes,
)
