"""Which mentions are one firm: one case a test."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rongtong.identity import link

from .cases import CODES, asked, roots, table

A, B, C, *_ = CODES
HAIDE, JINTAI = "青岛海德利电子有限公司", "青岛金泰来机械有限公司"


def test_one_code_is_one_firm_whatever_the_names() -> None:
    assert roots(link(table([("m1", A, HAIDE), ("m2", A, JINTAI)]))) == {"m1": "m1", "m2": "m1"}


def test_two_codes_are_two_firms_and_one_name_is_a_question() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", B, HAIDE)]))
    assert (roots(links), asked(links)) == ({"m1": "m1", "m2": "m2"}, [("m1", "m2")])


def test_without_a_code_the_name_of_one_firm_links() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", None, "青岛海德利电子有限责任公司")]))
    assert links.groups.to_pylist() == [
        {"mention": "m1", "root": "m1", "why": "code"},
        {"mention": "m2", "root": "m1", "why": "name"},
    ]


def test_name_of_several_firms_is_asked_of_each() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", B, HAIDE), ("m3", None, HAIDE)]))
    assert (roots(links)["m3"], asked(links)) == ("m3", [("m1", "m2"), ("m1", "m3"), ("m2", "m3")])


def test_former_name_links() -> None:
    links = link(table([("m1", A, HAIDE, JINTAI), ("m2", None, JINTAI)]))
    assert roots(links) == {"m1": "m1", "m2": "m1"}


def test_former_name_of_the_uncoded_mention_links() -> None:
    links = link(table([("m1", A, JINTAI), ("m2", None, HAIDE, JINTAI)]))
    assert roots(links) == {"m1": "m1", "m2": "m1"}


def test_equal_full_names_without_codes_are_one_firm() -> None:
    assert roots(link(table([("m1", None, HAIDE), ("m2", "无", HAIDE)]))) == {"m1": "m1", "m2": "m1"}


def test_equal_short_names_without_codes_are_asked() -> None:
    links = link(table([("m1", None, "海德"), ("m2", None, "海德")]))
    assert (roots(links), asked(links)) == ({"m1": "m1", "m2": "m2"}, [("m1", "m2")])


def test_legacy_code_on_both_sides_links_names_that_may_be_one() -> None:
    legacy = "91350211M0000XUF46"
    links = link(table([("m1", legacy, HAIDE), ("m2", legacy, "海德利电子")]))
    assert roots(links) == {"m1": "m1", "m2": "m1"}


def test_legacy_code_on_both_sides_leaves_different_names_apart() -> None:
    legacy = "91350211M0000XUF46"
    assert roots(link(table([("m1", legacy, HAIDE), ("m2", legacy, JINTAI)]))) == {"m1": "m1", "m2": "m2"}


def test_intended_code_links_a_name_that_may_be_one() -> None:
    wrong = A.replace("0", "O")
    links = link(table([("m1", A, HAIDE), ("m2", wrong, "海德利电子")]))
    assert links.links.to_pylist() == [{"left": "m1", "right": "m2", "kind": "code", "score": 0.9}]


def test_intended_code_does_not_link_another_name() -> None:
    assert roots(link(table([("m1", A, HAIDE), ("m2", A.replace("0", "O"), JINTAI)])))["m2"] == "m2"


def test_misspelt_trade_links_by_likeness() -> None:
    links = link(table([("m1", A, "青岛海德利塑料有限公司"), ("m2", None, "青岛海德利苏料有限公司")]))
    assert links.groups.to_pylist()[1] == {"mention": "m2", "root": "m1", "why": "similar"}
    assert links.links.to_pylist() == [{"left": "m1", "right": "m2", "kind": "similar", "score": 0.9987}]


def test_what_is_the_same_as_several_is_asked_before_what_may_be_one() -> None:
    one, other = "青岛海德利塑料有限公司", "青岛海德利苏料有限公司"
    links = link(table([("m1", A, one), ("m2", B, one), ("m3", None, other)]))
    found = [question for question in links.questions.to_pylist() if "m3" in (question["left"], question["right"])]
    assert [(each["score"], each["reasons"][:2]) for each in found] == [(0.4997, ["several", "misspelt"])] * 2


def test_short_name_is_asked() -> None:
    links = link(table([("m1", A, "青岛海德新材料科技股份有限公司"), ("m2", None, "海德新材")]))
    assert (roots(links)["m2"], asked(links)) == ("m2", [("m1", "m2")])


def test_other_city_is_neither_linked_nor_asked() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", None, "济南海德利电子有限公司")]))
    assert (roots(links)["m2"], asked(links)) == ("m2", [])


def test_name_without_region_does_not_bridge_two_cities() -> None:
    rows = [("m1", A, HAIDE), ("m2", None, "济南海德利电子有限公司"), ("m3", None, "海德利电子有限公司")]
    links = link(table(rows))
    assert (roots(links), asked(links)) == ({"m1": "m1", "m2": "m2", "m3": "m3"}, [("m1", "m3"), ("m2", "m3")])


def test_decided_same_joins_two_codes() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", B, HAIDE), ("m3", B, JINTAI)]), [("m1", "m3")])
    assert (set(roots(links).values()), asked(links)) == ({"m1"}, [])


def test_unmerging_leads_back() -> None:
    rows = table([("m1", A, HAIDE), ("m2", B, HAIDE), ("m3", None, "海德利电子")])
    assert link(rows, [("m1", "m2")], []).groups != link(rows).groups == link(rows, [], []).groups


def test_second_of_a_pair_decided_different_leaves_its_code() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", A, HAIDE), ("m3", A, HAIDE)]), [], [("m3", "m1")])
    assert (roots(links), asked(links)) == ({"m1": "m1", "m2": "m2", "m3": "m2"}, [])


def test_decided_different_is_not_joined_by_a_third() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", None, HAIDE), ("m3", None, HAIDE)]), [], [("m1", "m2")])
    assert roots(links) == {"m1": "m1", "m2": "m2", "m3": "m1"}


def test_decided_different_is_not_asked_again() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", B, HAIDE)]), [], [("m1", "m2")])
    assert asked(links) == []


def test_decision_on_a_mention_that_is_gone_is_ignored() -> None:
    rows = table([("m1", A, HAIDE), ("m2", B, JINTAI)])
    assert link(rows, [("m1", "gone")], [("gone", "m2")]).groups == link(rows).groups


def test_no_mentions() -> None:
    assert link(table([])).groups.num_rows == 0


def test_mention_that_says_nothing_stands_alone() -> None:
    assert link(table([("m1", None, None)])).groups.to_pylist() == [{"mention": "m1", "root": "m1", "why": "alone"}]


def test_placeholder_code_of_many_firms_links_none() -> None:
    rows = [(f"m{n:02}", "1" * 18, f"青岛{chr(0x4E00 + n)}海利电子有限公司") for n in range(30)]
    assert len(set(roots(link(table(rows))).values())) == 30


def test_rare_characters_tell_firms_apart() -> None:
    rows = [("m1", A, "青岛喆昇电子有限公司"), ("m2", B, "青岛喆升电子有限公司"), ("m3", None, "青岛喆昇电子有限公司")]
    assert roots(link(table(rows)))["m3"] == "m1"


def test_same_mention_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="unique"):
        link(table([("m1", A, HAIDE), ("m1", B, HAIDE)]))


def test_table_without_former_names_will_do() -> None:
    rows = pa.table({"mention": ["m1"], "uscc": [A], "name": [HAIDE]})
    assert link(rows).groups.num_rows == 1


def test_of_firms_with_codes_a_name_is_one_at_most() -> None:
    names = ["青岛海德塑料有限公司", "济南海德塑料有限公司", "海德塑料"]
    asked = link(table([("m1", A, names[0]), ("m2", B, names[1]), ("m3", None, names[2])])).questions.to_pylist()
    assert [(one["right"], one["alone"] > 0.9, round(one["score"], 2)) for one in asked] == [("m3", True, 0.5)] * 2
    apart = [("m1", "m3")]
    [left] = link(
        table([("m1", A, names[0]), ("m2", B, names[1]), ("m3", None, names[2])]), [], apart
    ).questions.to_pylist()
    assert left["score"] == left["alone"]


def test_question_gives_its_score_and_reasons() -> None:
    links = link(table([("m1", A, HAIDE), ("m2", B, HAIDE)]))
    assert links.questions.to_pylist() == [
        {"left": "m1", "right": "m2", "score": 1.0, "reasons": ["equal", "other_code"], "alone": 1.0}
    ]


NOW, BEFORE = "青岛恒固轴承制造有限公司", "青岛恒固机械厂"


@pytest.mark.parametrize("told", [f"（原{BEFORE}）", f"(曾用名：{BEFORE})", f"（原名称：{BEFORE}，2019年更名）"])
@pytest.mark.parametrize("known", [NOW, BEFORE])
def test_a_name_with_a_former_one_in_brackets_links_by_either(told: str, known: str) -> None:
    links = link(table([("m1", A, known), ("m2", None, NOW + told)]))
    assert roots(links) == {"m1": "m1", "m2": "m1"}


def test_equal_names_with_a_former_one_are_one_firm() -> None:
    name = f"{NOW}（原{BEFORE}）"
    assert roots(link(table([("m1", None, name), ("m2", None, name)]))) == {"m1": "m1", "m2": "m1"}


@pytest.mark.parametrize(
    "name", ["青岛（原）食品有限公司", "青岛原生（原）", "青岛德远（原料）有限公司", "德远（原料）"]
)
def test_other_brackets_are_no_former_name(name: str) -> None:
    links = link(table([("m1", A, "青岛德远食品有限公司"), ("m2", None, name)]))
    assert roots(links)["m2"] == "m2"


@pytest.mark.parametrize("other", [JINTAI, "青岛喆昇机械厂"])
def test_any_of_several_former_names_links(other: str) -> None:
    links = link(table([("m1", A, HAIDE, f"1.{JINTAI}；2.青岛喆昇机械厂（2015年更名）"), ("m2", None, other)]))
    assert roots(links) == {"m1": "m1", "m2": "m1"}


ABROAD = "Qingdao Haideli Electronics Co., Ltd."


def in_english(*rows: tuple[str | None, ...]) -> pa.Table:
    """Rows of code, name and English name."""
    codes, names, english = (pa.array(column, pa.string()) for column in zip(*rows, strict=True))
    mentions = pa.array([f"m{n}" for n in range(1, len(rows) + 1)])
    return pa.table({"mention": mentions, "uscc": codes, "name": names, "english_name": english})


@pytest.mark.parametrize("code", [A, None])
@pytest.mark.parametrize("called", [(None, ABROAD, None), (None, None, "QINGDAO HAIDELI ELECTRONICS COMPANY LIMITED")])
def test_who_is_called_in_english_is_the_firm_of_that_english_name(
    code: str | None, called: tuple[str | None, ...]
) -> None:
    for rows in ([(code, HAIDE, ABROAD), called], [called, (code, HAIDE, ABROAD)]):
        links = link(in_english(*rows))
        assert (roots(links), asked(links)) == ({"m1": "m1", "m2": "m1"}, [])


@pytest.mark.parametrize("code", [A, None])
def test_of_one_english_name_of_several_it_is_asked(code: str | None) -> None:
    links = link(in_english((code, HAIDE, ABROAD), (None, JINTAI, ABROAD), (None, ABROAD, None)))
    assert (roots(links), asked(links)) == ({"m1": "m1", "m2": "m2", "m3": "m3"}, [("m1", "m3"), ("m2", "m3")])


@pytest.mark.parametrize("codes", [(A, B), (A, None), (None, None)])
def test_one_english_name_makes_no_firms_one_and_asks_nothing(codes: tuple[str | None, ...]) -> None:
    links = link(in_english((codes[0], HAIDE, ABROAD), (codes[1], JINTAI, ABROAD)))
    assert (roots(links), asked(links)) == ({"m1": "m1", "m2": "m2"}, [])
