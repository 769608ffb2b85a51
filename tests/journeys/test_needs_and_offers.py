"""A large firm's people post needs, at a desk and on a telephone; the secretariat scores them; a firm finds them."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from journeys import things

pytestmark = pytest.mark.browser
#: Seconds that somebody needs for a character typed, and for looking at a suggestion.
TYPED, LOOKED_AT = 0.8, 3
SAID = "采购高压喷油器用精密阀座，年用量 12000 件，预算 360 万元，要求 IATF 16949，12月底前送样。"
SUGGESTED = {
    "标题": "高压喷油器用精密阀座",
    "类型": "parts",
    "公开说明": "采购高压喷油器用精密阀座，要求 IATF 16949，12月底前送样。",
    "数量": "年用量 12000 件",
    "预算（万元）": "360",
    "最晚需要日期": "2022-12-31",
    "必须有的认证": "IATF 16949 汽车质量管理体系认证",
}


def posted(page: Page, text: str) -> float:
    """A need from the workbench to its handing in; the seconds that it takes somebody."""
    began = time.monotonic()
    page.goto("/postings/")
    page.get_by_role("main").get_by_role("link", name="发布需求").first.click()
    page.get_by_label("要什么、用在哪").fill(text)
    expect(page.get_by_label("标题", exact=True)).not_to_have_value("")
    return time.monotonic() - began + TYPED * len(text)


def handed_in(page: Page) -> None:
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("已提交审核，通过后公开").wait_for()


def scored(secretariat: Page, title: str) -> None:
    secretariat.goto("/postings/review/")
    secretariat.get_by_role("link", name=title).first.click()
    things.points(secretariat)
    things.scored(secretariat)


def test_a_large_firm_posts_a_need_in_under_two_minutes_and_a_firm_finds_it(reader, ends_in):
    buyer = reader("purchasing")
    spent = posted(buyer, SAID)
    found = {label: buyer.get_by_label(label, exact=True).input_value() for label in SUGGESTED}
    assert found == SUGGESTED
    ends_in(buyer, "need-posted")
    handed_in(buyer)
    assert spent + LOOKED_AT * len(SUGGESTED) < 120

    secretariat = reader("secretariat")
    secretariat.goto("/postings/review/")
    scored(secretariat, SUGGESTED["标题"])

    owner = reader("owner", phone=True)
    owner.goto("/needs/?q=jmfz")
    owner.get_by_role("link", name=SUGGESTED["标题"]).click()
    expect(owner.get_by_text("保密部分已隐去")).to_be_visible()
    assert [word for word in ("12000", "12,000", "360", "周喆") if word in owner.content()] == []
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390
    ends_in(owner, "need-found-by-a-firm")


def test_on_a_telephone_a_sentence_that_gives_the_firm_away_is_moved_by_one_tap(reader, ends_in):
    buyer = reader("research", phone=True)
    posted(buyer, "联合研发轴承在线诊断算法，误报率低于 0.5%，明年3月前完成。")
    name = buyer.get_by_label("公开说明", exact=True)
    name.fill("联合研发轴承在线诊断算法，我方为行业龙头，年产值 20 亿元。误报率低于 0.5%。")
    buyer.get_by_role("button", name="移到不公开部分").first.click()
    expect(buyer.get_by_label("不公开说明", exact=True)).not_to_have_value("")
    assert buyer.evaluate("document.documentElement.scrollWidth") <= 390
    ends_in(buyer, "sentence-moved-to-the-private-half")
    handed_in(buyer)
