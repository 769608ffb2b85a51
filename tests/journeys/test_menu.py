"""The menu: one line at a desk, one button on a telephone, by keyboard alone and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import DESKTOP, PHONE, context, grave

pytestmark = pytest.mark.browser
#: Those who have most in it.
WIDEST = ("city", "secretariat", "purchasing")
LINE = 64


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_a_group_opens_and_closes_by_keyboard(reader):
    page = reader("city")
    group, entry = page.locator("summary", has_text="供需对接"), page.get_by_role("link", name="对接成效")
    group.focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    assert grave(page) == []
    page.locator("summary", has_text="数据整理").click()
    expect(entry).to_be_hidden()
    group.click()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(group).to_be_focused()
    page.keyboard.press("Enter")
    for _until_results in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/introductions/results/")
    expect(page.locator("summary[aria-current]")).to_have_text("供需对接")


@pytest.mark.parametrize("role", WIDEST)
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_bar_is_one_line_in_either_language(reader, role, phone):
    page = reader(role, phone=phone)
    heights = [bar(page)]
    page.locator(".rt-menu > summary" if phone else ".rt-who summary").click()
    assert grave(page) == []
    page.get_by_role("button", name="English").click()
    heights.append(bar(page))
    assert [height for height in heights if height > LINE] == []


def bar(page: Page) -> float:
    return page.locator(".rt-bar").bounding_box()["height"]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_it_works_without_javascript(browser: Browser, portal, phone):
    with context(browser, base_url=portal.url, java_script_enabled=False, **(PHONE if phone else DESKTOP)) as made:
        page = made.new_page()
        page.goto("/")
        if phone:
            page.locator("summary", has_text="菜单").click()
        page.get_by_role("link", name="对接成效").click()
        assert heading(page) == "对接成效"
