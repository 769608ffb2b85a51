"""The public finds a firm by pinyin."""

from __future__ import annotations

import pytest
from pypinyin import Style, lazy_pinyin

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_somebody_finds_a_firm_by_its_initials(reader, ends_in, phone):
    page = reader(phone=phone)
    page.goto("/firms/")
    name = page.locator(".rt-list b").nth(3).inner_text()
    initials = "".join(lazy_pinyin(name.replace("（", "").replace("）", ""), style=Style.FIRST_LETTER))
    page.goto("/")
    page.get_by_label("找企业").fill(initials)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=name, exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == name
    assert page.get_by_text("营业收入").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1280)
    ends_in(page, f"public-finds-a-firm-{'phone' if phone else 'desktop'}")
