"""Two firms that are one are merged, and un-merged again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys import things
from journeys.served import Portal
from rongtong import facts

pytestmark = pytest.mark.browser


def pairs(page: Page) -> int:
    page.goto("/queues/duplicates/")
    return page.get_by_role("button", name="是同一家，合并").count()


def bring_in(page: Page, portal: Portal, folder: Path) -> None:
    """Import a list that writes some firms' names without their city and without codes."""
    with facts.Alliance.open(portal.home).settle().connect() as connection:
        found = connection.execute("SELECT name FROM firms WHERE starts_with(name, '青岛') ORDER BY name LIMIT 40")
        names = [str(row[0]).removeprefix("青岛").removeprefix("市") for row in found.fetchall()]
    file = folder / "协会名单.csv"
    file.write_text(
        "企业名称,2021年全职员工数\n" + "".join(f"{name},{20 + n}\n" for n, name in enumerate(names)), "utf-8"
    )
    page.goto("/imports/")
    page.get_by_label("表格", exact=True).set_input_files(file)
    page.get_by_role("button", name="上传并读取").click()
    page.get_by_role("button", name=re.compile("导入 .* 个数据")).click(timeout=60_000)
    page.get_by_role("button", name="撤销这次导入").wait_for(timeout=60_000)


def wait_for_some(page: Page) -> int:
    things.until(page, lambda: pairs(page) > 0, "any pairs")
    return pairs(page)


def wait_for(page: Page, number: int) -> None:
    things.until(page, lambda: pairs(page) == number, f"{number} pairs")


def wait_until_one(page: Page, *addresses: str) -> None:
    """Until the pages of two firms are those of one: the pair is hidden as soon as it is decided."""

    def name(address: str) -> str:
        page.goto(address)
        return page.get_by_role("heading", level=1).inner_text()

    things.until(page, lambda: len(set(map(name, addresses))) == 1, "one firm")


def called(page: Page) -> None:
    """Note two calls about the firm whose page is open: they stand under what is one firm now."""
    page.goto(f"/titles/firms/{page.url.rstrip('/').rsplit('/', 1)[1]}/")
    for told in ("合并期间打的电话", "财务说下周补交审计报告"):
        page.get_by_label("联系情况").fill(told)
        page.get_by_role("button", name="记下").click()
        page.get_by_text(told).wait_for()


def test_an_officer_merges_two_firms_and_takes_it_back(reader, ends_in, portal, tmp_path):
    page = reader("city")
    bring_in(page, portal, tmp_path)
    before = wait_for_some(page)
    left = page.locator(".rt-pair a").first
    name, address = left.inner_text(), left.get_attribute("href")
    other = page.locator(".rt-pair a").nth(1).get_attribute("href")
    page.get_by_role("button", name="是同一家，合并").first.click()
    page.get_by_text("已记入台账").wait_for()
    wait_for(page, before - 1)
    wait_until_one(page, address, other)
    called(page)
    page.goto("/queues/duplicates/")
    page.get_by_role("button", name="撤回刚才的决定").click()
    wait_for(page, before)
    page.goto(address)
    assert page.get_by_role("heading", level=1).inner_text() == name
    page.goto("/queues/undivided/")
    row = page.get_by_role("listitem").filter(has_text="合并期间打的电话")
    ends_in(page, "handbook-undivided")
    row.get_by_role("button").first.click()
    page.get_by_text("已记下归哪家").wait_for()
    expect(row).to_have_count(0)
    page.goto("/queues/duplicates/")
    ends_in(page, "duplicate-merged-and-unmerged")
    page.goto("/queues/conflicts/")
    ends_in(page, "handbook-queues")


def test_the_city_chooses_how_much_people_are_asked_and_has_decisions_teach(reader, ends_in):
    page = reader("city")
    page.goto("/queues/bounds/")
    page.get_by_role("button", name="选这个点").last.click()
    page.get_by_text("已记入台账").wait_for()
    page.get_by_role("button", name="重新校准并评估").click()
    page.get_by_text("还不能启用").wait_for(timeout=60_000)
    ends_in(page, "handbook-bounds")
