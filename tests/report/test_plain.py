"""What decides a clause, in plain words."""

from __future__ import annotations

import pytest

from rongtong import i18n
from rongtong.definitions import expression_tree as tree
from rongtong.qualify.points import conditions
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import editions, known
from rongtong.report.plain import Plain

EQUITY = "合格机构投资者的股权融资实缴额"
BOOKS = {(book.id, book.edition): book for name in known() for book in editions(name)}


def asked(book: Rulebook) -> dict[str, tree.Condition]:
    """The condition of each clause by its id."""
    clauses = (clause for one in book.requirements for clause in one.walk())
    return {one.head.id: one.condition for one in clauses if one.condition is not None}


@pytest.mark.parametrize(
    ("book", "edition", "clause", "told"),
    [
        ("cn/srdi-sme", "2022", "condition.2.share", "上年度研发费用占营业收入比重不低于 3%"),
        ("cn/srdi-sme", "2022", "condition.3.financing", f"近 2 个完整年度{EQUITY}合计不低于 2,000 万元"),
        ("cn/srdi-sme", "2022", "direct.2", "上年度研发费用、前年度研发费用的平均数不低于 1,000 万元"),
        ("cn/srdi-sme", "2022", "basic.size", "企业规模为 微型、小型、中型"),
        ("cn/srdi-sme", "2022", "basic.product", "产品是否属禁止、限制或淘汰类：否"),
        ("cn/srdi-sme", "2022", "veto.abnormal", "申请日没有：列入经营异常名录"),
        ("cn/srdi-sme", "2022", "veto.tax", "近 3 个完整年度和申请当年没有：偷漏税"),
        ("cn/srdi-sme", "2022", "prerequisite.innovative", "申请日持有有效的创新型中小企业称号"),
        ("cn/srdi-sme", "2026", "score.platform.this", "申请当年专精特新发展评价得分不低于 50 分"),
        ("cn/innovative-sme", "2022", "condition.score.innovation", "“创新能力”得分不低于 20 分"),
        ("cn/single-champion", "2023", "share", "上年度全球细分市场排名在前 3"),
        ("cn/little-giant", "2026", "business.growth", "营业收入近 2 年复合增长率不低于 5%"),
        ("cn/potential-unicorn", "2017", "unlisted", "是否上市：否"),
    ],
)
def test_a_clause_is_told_as_an_officer_would_write_it(book: str, edition: str, clause: str, told: str) -> None:
    found = BOOKS[book, edition]
    assert Plain(found).condition(asked(found)[clause]) == told


def test_what_is_joined_within_is_bracketed() -> None:
    book = BOOKS["cn/shandong-gazelle", "2020"]
    assert Plain(book).condition(asked(book)["growth.4"]) == (
        "上年度营业收入不低于 40,000 万元，且"
        "（营业收入近 2 年复合增长率不低于 10%，或净利润近 2 年复合增长率不低于 10%）"
    )


@pytest.mark.parametrize("book", BOOKS.values(), ids=lambda book: f"{book.id}@{book.edition}")
def test_every_condition_of_every_rulebook_has_words_in_either_language(book: Rulebook) -> None:
    scored = [test for group in book.groups for one in group.indicators for test in conditions(one.points)]
    for test in (*asked(book).values(), *scored):
        told = Plain(book).condition(test)
        with i18n.using("en"):
            english = Plain(book).condition(test)
        assert told != english
        assert english == english.strip()
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english), english
