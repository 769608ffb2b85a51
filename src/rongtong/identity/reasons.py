"""Why two names are or are not one firm, part by part, and in words."""

from __future__ import annotations

from collections.abc import Iterable

from rongtong.i18n import _, mark
from rongtong.identity.edits import between
from rongtong.identity.parts import Parts
from rongtong.identity.shortened import shortened
from rongtong.identity.signals import ordered

_CLOSE = 2

#: What each reason is called. A rule's key is the name of its function, a field's its name and ``_same`` or ``_other``.
WORDS = {
    "blank": mark("名称为空"),
    "branch_and_firm": mark("一为企业、一为分支机构，或为不同分支机构"),
    "subsidiary": mark("疑为母公司与子公司"),
    "other_city": mark("行政区划不同"),
    "other_trade": mark("行业用语不同"),
    "equal": mark("名称规范化后相同"),
    "equal_without_brackets": mark("除括号外相同"),
    "same_parts": mark("写出的各部分都一致"),
    "misspelt": mark("行业用语或组织形式有一字误写"),
    "place_moved": mark("地名一方在前、一方在括号里"),
    "trades_confused": mark("行业用语常被混写"),
    "place_or_trade_name": mark("一方的地名可能是另一方的字号"),
    "trade_name_differs": mark("字号并非完全一致"),
    "common_trade_name": mark("字号仅两字，且一方未写地区"),
    "short_name": mark("一为另一的简称"),
    "not_whole": mark("名称没有写全，同名的可能不止一家"),
    "trade_name_same": mark("字号相同"),
    "trade_name_sound": mark("字号有同音字"),
    "trade_name_shape": mark("字号有形近字"),
    "trade_name_alike": mark("字号相近"),
    "trade_name_other": mark("字号不同"),
    "region_same": mark("地区相同"),
    "region_unsaid": mark("双方均未写地区"),
    "region_one_side": mark("一方未写地区"),
    "region_other": mark("地区写法不同"),
    "business_same": mark("行业用语相同"),
    "business_unsaid": mark("双方均未写行业用语"),
    "business_one_side": mark("一方未写行业用语"),
    "business_other": mark("行业用语写法不同"),
    "form_same": mark("组织形式相同"),
    "form_unsaid": mark("双方均未写组织形式"),
    "form_one_side": mark("一方未写组织形式"),
    "form_other": mark("组织形式不同"),
    "several": mark("多家企业符合"),
    "other_code": mark("统一社会信用代码不同"),
    "address_same": mark("注册地址相同"),
    "address_near": mark("注册地址同一门牌"),
    "address_other": mark("注册地址不同"),
    "industry_code_same": mark("行业代码相同"),
    "industry_code_near": mark("行业大类相同"),
    "industry_code_other": mark("行业代码不同"),
    "registered_on_same": mark("成立日期相同"),
    "registered_on_near": mark("成立年月相同"),
    "registered_on_other": mark("成立日期不同"),
    "english_name_same": mark("英文名称相同"),
    "english_name_near": mark("英文名称开头相同"),
    "english_name_other": mark("英文名称不同"),
    "near_code": mark("统一社会信用代码只差一个字符，其中有误"),
    "failing_code": mark("失效代码相同，但缺少名称"),
    "intended_code": mark("代码的可能写法属于该企业，但缺少名称"),
    "namesakes": mark("另有 {n} 家同字号企业"),
    "known_as": mark("另一名称“{name}”"),
}

#: What need not be said beside a reason.
_SAID_BY = {
    "common_trade_name": ("region_one_side",),
    **dict.fromkeys(
        ("short_name", "trade_name_sound", "trade_name_shape", "trade_name_alike", "trade_name_other"),
        ("trade_name_differs",),
    ),
    "other_city": ("region_other",),
    "other_trade": ("business_other",),
}

#: Reasons of questions in which it is not the likeness of names that counts.
BEYOND_LIKENESS = frozenset(("equal", "other_code", "failing_code", "intended_code"))


def parting(reasons: Iterable[str]) -> list[str]:
    """Those of *reasons* that tell in what two names differ; all of them where none does."""
    told = list(reasons)
    return [one for one in told if not one.endswith(("_same", "_unsaid"))] or told


def of_parts(a: Parts, b: Parts) -> tuple[str, ...]:
    """What is to be said of trade name, region, business and legal form, and whether one is short for the other."""
    short = shortened(*ordered(a, b))
    if short and short.missing == 0 and a.trade_name != b.trade_name:
        return ("short_name",)
    parts = (of_trade_names(a, b), _said("region", "".join(a.region), "".join(b.region)))
    return (*parts, _said("business", a.business, b.business), _said("form", a.form, b.form))


def of_trade_names(a: Parts, b: Parts) -> str:
    """How far two trade names agree; those that are not even alike are ``trade_name_other``."""
    if a.trade_name == b.trade_name:
        return "trade_name_same"
    edits = between(a.trade_name, b.trade_name)
    wrong = edits.sound + edits.shape + edits.stranger + edits.added
    if wrong > _CLOSE or wrong >= min(len(a.trade_name), len(b.trade_name)):
        return "trade_name_other"
    if wrong == edits.sound:
        return "trade_name_sound"
    return "trade_name_shape" if wrong == edits.sound + edits.shape else "trade_name_alike"


def _said(part: str, one: str, other: str) -> str:
    if one == other:
        return f"{part}_same" if one else f"{part}_unsaid"
    return f"{part}_one_side" if not (one and other) else f"{part}_other"


def describe_all(reasons: Iterable[str]) -> list[str]:
    """:func:`describe` for the reasons of one pair; what one says, another does not say again."""
    keys = list(reasons)
    again = {key for told, more in _SAID_BY.items() if told in keys for key in more}
    return [describe(key) for key in keys if key not in again]


def describe(reason: str) -> str:
    """A reason of a comparison, of a question that linking asks, or of a pair of firms, in the reader's language.

    A reason may bear a number or a name: ``namesakes:3``, ``known_as:青岛海德电子厂``.
    """
    key, _colon, told = reason.partition(":")
    return _(WORDS[key], n=told, name=told)
