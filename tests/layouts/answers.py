"""Yes-or-no and levels, in every hand."""

from __future__ import annotations

from pathlib import Path

from . import save
from .firms import Firm, firms
from .model import Layout
from .pages import Book, Col
from .summaries import CODE, IDENTITY
from .writing import Writer, Written, cycle, flag, now_and_then, own, passed, report


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
        Col(("是否高新技术企业",), "titles.high_tech.any", flag(0)),
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


BUILDERS = (
    yes_or_no,
    levels,
)
