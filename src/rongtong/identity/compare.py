"""One question, three answers: are two names the same firm, different firms, or is it for a person to say?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rongtong.i18n import _
from rongtong.identity.features import FEATURES, PROOFS, QUESTIONS, VETOES, Test
from rongtong.identity.parts import Parts, split

Outcome = Literal["same", "different", "ask"]

ASK_FROM = 0.7
"""Score from which a pair that no rule settles is put before a person."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer, a score 0 … 1 to order questions by, and the reasons (keys of :func:`describe`)."""

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]


def compare(a: str, b: str) -> Comparison:
    """Compare two firm names as written; symmetric.

    A wrong “same” does more harm than a question: another city, another trade, a branch, a subsidiary are
    “different” at any likeness, and only names that agree in all they say (or in all but a misspelt trade word)
    are “same”. Blank names are never the same as anything.
    """
    left, right = split(min(a, b)), split(max(a, b))
    if not (left.text and right.text):
        return Comparison("different", 0.0, ("blank",))
    if against := _holding(VETOES, left, right):
        return Comparison("different", 0.0, against)
    if proofs := _holding(PROOFS, left, right):
        return Comparison("same", 1.0 if "equal" in proofs else 0.95, proofs[:1])
    return _weigh(left, right)


def _holding(tests: tuple[Test, ...], a: Parts, b: Parts) -> tuple[str, ...]:
    return tuple(test.__name__ for test in tests if test(a, b))


def _weigh(a: Parts, b: Parts) -> Comparison:
    values = {feature.name: feature.of(a, b) for feature in FEATURES}
    score = round(sum(feature.weight * values[feature.name] for feature in FEATURES), 4)
    asked = _holding(QUESTIONS, a, b)
    reasons = asked + tuple(name for name, value in values.items() if value >= 0.8)
    return Comparison("ask" if asked or score >= ASK_FROM else "different", score, reasons)


def describe(reason: str) -> str:
    """A reason of a comparison, or of a question that linking asks, in the reader's language."""
    return {
        "blank": _("名称为空"),
        "branch_and_firm": _("一为企业、一为分支机构，或为不同分支机构"),
        "subsidiary": _("疑为母公司与子公司"),
        "other_city": _("行政区划不同"),
        "other_trade": _("行业用语不同"),
        "equal": _("名称规范化后相同"),
        "equal_without_brackets": _("除括号外相同"),
        "same_parts": _("各组成部分一致"),
        "misspelt": _("行业用语或组织形式有一字误写"),
        "trade_name_alike": _("字号相近"),
        "core_alike": _("字号与行业用语相近"),
        "one_character": _("仅一字之差"),
        "short_name": _("一为另一的简称"),
        "contained": _("一方字词依次包含于另一方"),
        "region_agrees": _("行政区划一致"),
        "form_agrees": _("组织形式一致"),
        "several": _("多家企业符合"),
        "other_code": _("统一社会信用代码不同"),
        "failing_code": _("失效代码相同，但缺少名称"),
        "intended_code": _("代码的可能写法属于该企业，但缺少名称"),
    }[reason]
