"""An officer finds what waits for a judgement, records it with its ground and corrects it; the firm reads it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from journeys import things

pytestmark = pytest.mark.browser
PDF = {"name": "专家意见.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 opinion"}
BOOK = "cn/little-giant"


def due(officer: Page) -> None:
    """Open the queue of the rulebook, as soon as everybody is judged by it."""
    officer.goto("/statements/")
    officer.get_by_role("link", name=re.compile("小巨人")).click()
    officer.wait_for_url("**rulebook=**")

    def judged() -> bool:
        officer.reload()
        return officer.get_by_label("核查事项").count() > 0

    things.until(officer, judged, "judged")


def found(officer: Page, outcome: str, why: str) -> None:
    """Fill in what was found."""
    officer.get_by_label(outcome, exact=True).check()
    officer.get_by_label("核查方式").select_option("panel")
    officer.get_by_label("核查人或专家组").fill("专家组 3 人")
    officer.get_by_label("判断依据").fill(why)


def record(officer: Page) -> None:
    officer.get_by_role("button", name="记录", exact=True).click()


def test_a_judgement_is_found_recorded_corrected_and_read_by_the_firm(reader, ends_in):
    owner = reader("owner", phone=True)
    owner.goto("/data/")
    firm = owner.url.split("/firms/")[1].split("/")[0]
    story = f"/firms/{firm}/assessment/{BOOK}/"

    officer = reader("officer")
    due(officer)
    officer.get_by_label("核查事项").select_option("well_known")
    officer.get_by_role("button", name="筛选").click()
    officer.get_by_role("link", name="是否享有较高知名度和影响力").first.click()
    expect(officer.get_by_text("由审核人员判断").first).to_be_visible()

    officer.goto(f"/firms/{firm}/statements/well_known/?rulebook={BOOK}")
    found(officer, "不符合", "专家组看了检测报告，认为知名度一般。")
    officer.get_by_label("佐证材料").set_input_files(PDF)
    record(officer)
    officer.get_by_text("已记录，结算后计入结论").wait_for()

    things.settled(officer, story)
    officer.locator("summary", has_text="特色化").first.click()
    officer.get_by_role("link", name="查看或更正").first.click()
    found(officer, "符合", "企业补交了三家用户的证明。")
    officer.get_by_label("更正原因").fill("专家组补充意见")
    record(officer)
    officer.get_by_text("已记录，结算后计入结论").wait_for()
    things.settled(officer, f"/firms/{firm}/statements/well_known/?rulebook={BOOK}")
    expect(officer.get_by_text("现在采用的数据")).to_be_visible()
    assert officer.locator(".rt-timeline .rt-chip").all_inner_texts() == ["有效", "已更正"]
    ends_in(officer, "judgement-recorded")

    owner.goto(story)
    owner.locator("summary", has_text="特色化").first.click()
    expect(owner.locator(".rt-asked", has_text="已核查").first).to_be_visible()
    assert owner.get_by_text("专家组 3 人").count() == 0
    assert owner.get_by_role("link", name="查看或更正").count() == 0
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390
