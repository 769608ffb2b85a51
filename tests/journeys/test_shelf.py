"""An officer reads a rulebook, finds who is one step short and exports whom to call, asks what if, compares two."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from browser import grave

pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])


def fits(page: Page) -> None:
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert (wide <= room, grave(page)) == (True, [])


def entry(page: Page, name: str, *, phone: bool) -> None:
    """Go by the menu, as people do."""
    page.locator(".rt-menu > summary" if phone else "summary:has-text('审核催办')").click()
    page.locator(".rt-menu" if phone else ".rt-nav").get_by_role("link", name=name).click()


def lines(taken: Download) -> list[list[str]]:
    """The rows of a CSV that was taken along."""
    return list(csv.reader(Path(taken.path()).read_text(encoding="utf-8-sig").splitlines()))


def count(page: Page, verdict: str) -> int:
    return int(page.locator("#figures .rt-figure", has_text=verdict).locator("> b").inner_text().replace(",", ""))


@both
def test_who_is_one_step_short_and_whom_to_call(reader, ends_in, phone):
    page = reader("city", phone=phone)
    entry(page, "只差一步", phone=phone)
    step = page.locator(".is-todo a").first
    firms = int(step.locator("span").inner_text().split()[0])
    step.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{firms} 家只差一步")
    page.get_by_role("link", name="显示联系人").click()
    expect(page.get_by_role("link", name="收起联系人")).to_be_visible()
    expect(page.get_by_text(re.compile("^120[0-9]{8}$")).first).to_be_visible()
    fits(page)
    if not phone:
        page.set_viewport_size({"width": 1280, "height": 800})
        ends_in(page, "handbook-short")
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出通讯录").click()
    assert taken.value.suggested_filename == "只差一步的企业通讯录_20221025.xlsx"
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    rows = lines(taken.value)
    assert len(rows) == 1 + firms


@both
def test_a_bound_is_moved_by_keyboard_and_the_counts_follow(reader, ends_in, phone):
    page = reader("city", phone=phone)
    entry(page, "调一调界限", phone=phone)
    before = count(page, "不符合")
    expect(page.get_by_role("status")).to_have_text("界限与规则一致，结论没有变化。")
    slider = page.get_by_role("slider", name="上年度研发费用不低于", exact=True)
    slider.focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("status")).to_contain_text("结论改变的")
    assert count(page, "不符合") < before
    assert "condition.2.amount=0" in page.url
    assert page.get_by_role("spinbutton", name="上年度研发费用不低于", exact=True).input_value() == "0"
    expect(page.locator("#moved tbody tr").first).to_be_visible()
    fits(page)
    if not phone:
        ends_in(page, "handbook-what-if")
    with page.expect_download() as taken:
        page.locator("#moved").get_by_role("link", name="导出 Excel").click()
    assert taken.value.suggested_filename == "结论改变的企业_20221025.xlsx"
    page.get_by_role("link", name="看卡在哪条").click()
    expect(page.locator(".rt-notice")).to_contain_text("上年度研发费用不低于 0 万元")
    fits(page)
    page.get_by_role("link", name="回去再调").click()
    page.get_by_role("spinbutton", name="上年度研发费用不低于", exact=True).fill("100")
    expect(page.get_by_role("status")).to_have_text("界限与规则一致，结论没有变化。")
    page.reload()
    assert count(page, "不符合") == before


def test_what_cannot_be_set_is_said_where_the_answer_stands(reader):
    page = reader("city")
    page.goto("/what-if/bounds/")
    page.locator("summary", has_text="精细化").click()
    page.get_by_role("spinbutton", name="得 5 分：上年度资产负债率不高于", exact=True).fill("65")
    expect(page.get_by_role("alert")).to_contain_text("分档重叠")


@both
def test_two_editions_compared(reader, ends_in, phone):
    page = reader("city", phone=phone)
    entry(page, "新旧版比较", phone=phone)
    page.get_by_role("link", name="出去", exact=True).click()
    expect(page.locator("#firms .rt-chip").first).to_have_text("出去")
    first = page.locator(".rt-facet a").first
    firms = int(page.locator(".rt-facet li").first.locator("span").inner_text())
    label = first.inner_text()
    first.click()
    expect(page.locator("#firms")).to_contain_text(label)
    fits(page)
    if not phone:
        ends_in(page, "handbook-difference")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    rows = lines(taken.value)
    assert len(rows) == 1 + firms
    assert all(label in row[-1] for row in rows[1:])


@both
def test_anybody_reads_a_rulebook_and_its_examples(reader, ends_in, phone):
    page = reader(phone=phone)
    page.goto("/rulebooks/")
    page.get_by_role("link", name="专精特新中小企业认定标准").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2022 版")
    fits(page)
    if not phone:
        page.set_viewport_size({"width": 1280, "height": 760})
        ends_in(page, "handbook-rulebook")
    page.get_by_role("link", name="逐个看算例").click()
    expect(page.locator("td .rt-chip.is-no")).to_have_count(0)
    fits(page)
