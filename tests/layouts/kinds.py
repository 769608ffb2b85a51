"""Dates, yes-or-no, levels and codes, in every hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from . import save
from .firms import Firm, check_character, firms
from .model import Layout
from .pages import Book, Col
from .summaries import CODE, CONTACTS, IDENTITY
from .writing import Writer, Written, cycle, flag, free, heads, now_and_then, own, passed, report

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


def yes_or_no(folder: Path) -> Layout:
    """是/否, √, 有/无, 1/0, Y/N, ticked boxes, answers with a reason."""
    book, group = Book(), firms(30, 11)
    page = book.page("资质情况")
    told = cycle(
        flag(4, "是（证书编号QMS-2020-117）", "否，正在办理"),
        flag(4, "已通过", "未通过"),
        flag(4, "☑是  □否", "□是  ☑否"),
    )
    unsure = {7: report("部分"), 14: report("是/否"), 21: report("待认定")}
    cols = [
        *IDENTITY,
        CODE,
        Col(("是否高新技术企业",), "titles.innovation_honour.any", flag(0)),
        Col(("是否属于战略性新兴产业（是的打√）",), "strategic_emerging", flag(1, "√", "")),
        Col(("是否有自主品牌",), "own_brand", flag(2, "有", "无")),
        Col(("是否属于工业六基领域（1是0否）",), "six_bases", flag(3, 1, 0)),
        Col(("是否通过质量管理体系认证",), "qms_certified", now_and_then(told, unsure)),
        Col(("是否中华老字号（Y/N）",), "time_honoured", flag(5, "Y", "N")),
        Col(("是否为龙头企业配套",), "serves_chain_leader", flag(6, "√", "×")),
        Col(("近三年是否获国家级省级科技奖励",), "awards.science.any[*]", flag(7)),
        Col(("是否列入经营异常名录",), "negative_records.abnormal.any[*]", lambda f, i: Written("否", False)),
        Col(("是否拟上市",), None, lambda f, i: passed("是" if i % 3 else "否")),
        Col(("是否同意公示",), None, lambda f, i: passed("是")),
    ]
    page.note(1, 1, "李沧区专精特新企业资质核对表", to_col=len(cols))
    page.table(3, cols, group)
    page.freeze = "D4"
    return book.layout("yes_or_no", save.xlsx(book, folder / "李沧区资质核对.xlsx"))


def _level(field: str, *shapes: str) -> Writer:
    """A level, plain or inside other words; “无” stays as it is."""

    def write(firm: Firm, index: int) -> Written:
        level = getattr(firm, field)
        plain = level in ("无", "市级以下")
        return Written(level if plain else shapes[index % len(shapes)].format(level), level)

    return write


def levels(folder: Path) -> Layout:
    """Levels plain, inside other words, in digits; levels nobody has."""
    book, group = Book(), firms(28, 12)
    page = book.page("等级")
    institution = now_and_then(
        _level("institution", "{}", "{}企业技术中心", " {}", "{}（工程研究中心）", "{}研发机构"),
        {6: report("院士工作站"), 12: report("省部级"), 18: report("待评")},
    )
    digital = now_and_then(
        _level("digital", "{}", "{}（自测）", "{}"), {3: report("五级"), 9: Written("3级", "三级"), 15: passed("—")}
    )
    size = now_and_then(_level("size_class", "{}", "{}企业"), {5: report("小微"), 17: report("规上")})
    cols = [
        *IDENTITY,
        CODE,
        Col(("企业规模",), "size_class", size),
        Col(("企业类型",), "legal_form", own("legal_form")),
        Col(("国民经济\n行业代码",), "industry_code", own("industry_code")),
        Col(("所属产业链",), "chain", own("chain")),
        Col(("建立研发机构级别",), "rd_institution_level", institution),
        Col(("数字化水平等级",), "digital_level", digital),
        Col(("主持或参与制修订标准数（项）",), "standards_count", own("standards")),
        Col(("企业信用等级",), None, lambda f, i: passed("AAA" if i % 2 else "AA")),
        Col(("培育库级别",), None, lambda f, i: passed("市级" if i % 2 else "省级")),
    ]
    page.table(2, cols, group, left=2)
    return book.layout("levels", save.xlsx(book, folder / "等级类.xlsx"))


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
        Col(("法人身份证号",), None, lambda f, i: passed(f"37020219{70 + i % 30}0101{i:03}X")),
        Col(("2021年末职工总数（人）",), "staff[2021]", heads("staff", 2021)),
        Col(("邮箱",), None, lambda f, i: passed(f"qy{i}@example.cn")),
    ]
    page.note(1, 1, "企业信息（代码待核）")
    page.table(2, cols, group)
    return book.layout("codes", save.xlsx(book, folder / "代码待核.xlsx"))


BUILDERS = (dates, yes_or_no, levels, codes)
