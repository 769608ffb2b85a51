"""From an invitation to a contract, on a telephone and at a desk; what stands still is chased."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from journeys import things
from journeys.served import Portal, demonstration

pytestmark = pytest.mark.browser
DRAWING = {"name": "阀座图纸.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 drawing"}


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """A demonstration of its own, for it leaves introductions behind."""
    with demonstration(tmp_path_factory) as made:
        yield made


@pytest.fixture(scope="module")
def need(portal) -> int:
    return things.need(portal.home)


def confirm(page: Page, band: str) -> None:
    """Say what was contracted."""
    if not page.get_by_label("合作类型").is_visible():
        page.locator("summary", has_text="确认签约").click()
    page.get_by_label("合作类型").select_option(label="零部件和材料供货")
    page.get_by_label("金额档").last.select_option(label=band)
    page.get_by_label("签约日期").fill("2022-10-20")
    page.get_by_role("button", name="确认签约").click()


def test_a_small_firm_is_invited_agrees_talks_and_signs(reader, ends_in, need, portal):
    owner = reader("owner", phone=True)
    owner.goto("/data/")
    firm = owner.url.split("/firms/")[1].split("/")[0]
    owner.goto(f"/firms/{firm}/")
    name = owner.get_by_role("heading", level=1).inner_text()

    buyer = reader("purchasing")
    buyer.goto(f"/introductions/needs/{need}/candidates/?q={name}")
    buyer.get_by_role("button", name=f"邀请 {name}", exact=True).last.click()
    buyer.get_by_text("等答复").first.wait_for()
    page = buyer.url

    owner.goto("/today/")
    todo = owner.get_by_role("listitem").filter(has_text="高压共轨")
    todo.get_by_role("link", name="答复对接").click()
    expect(owner.get_by_text("双方同意后可见").first).to_be_visible()
    assert owner.get_by_text("13800000007").count() == 0
    ends_in(owner, "introduction-to-answer")
    owner.get_by_role("button", name="同意对接").click()
    expect(owner.get_by_role("link", name="13800000007")).to_be_visible()
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390

    buyer.goto(page)
    buyer.get_by_label("内容").fill("请先看图纸，下周二能送样吗？")
    buyer.get_by_label("附件").set_input_files(DRAWING)
    buyer.get_by_role("button", name="发送").click()
    owner.reload()
    with owner.expect_download() as given:
        owner.get_by_role("link", name="阀座图纸").click()
    assert given.value.suggested_filename == "阀座图纸.pdf"
    owner.get_by_label("内容").fill("可以，周二上午送到。")
    owner.get_by_role("button", name="发送").click()
    ends_in(owner, "introduction-talk")
    buyer.goto(page)
    expect(buyer.locator("#talk").get_by_text("已读")).to_be_visible()

    buyer.get_by_role("button", name="送样").click()
    confirm(buyer, "100—500 万元")
    owner.reload()
    expect(owner.get_by_text("已按对方填写的内容预填")).to_be_visible()
    assert owner.get_by_label("签约日期").input_value() == "2022-10-20"
    confirm(owner, "50—100 万元")
    expect(owner.get_by_text("不一致", exact=False).first).to_be_visible()
    ends_in(owner, "introduction-told-differently")
    confirm(owner, "100—500 万元")
    expect(owner.locator(".rt-steps [aria-current]")).to_contain_text("已签约")
    buyer.goto(page)
    expect(buyer.locator(".rt-three").get_by_text("100—500 万元")).to_be_visible()
    ends_in(buyer, "introduction-contracted")


def test_what_stands_still_is_chased_by_a_link_that_opens_one_page(reader, ends_in, need, portal):
    secretariat = reader("secretariat")
    secretariat.goto(f"/introductions/needs/{need}/candidates/?q=青岛")
    secretariat.get_by_role("button", name="推荐").last.click()
    number = int(secretariat.url.rstrip("/").rsplit("/", 1)[1])
    things.long_ago(portal.home, number)
    secretariat.goto("/introductions/")
    secretariat.get_by_role("link", name="催办停滞的").click()
    row = secretariat.get_by_role("row").filter(has=secretariat.locator(f"input[value='{number}|buyer']"))
    row.get_by_label("需求方").check()
    secretariat.get_by_role("button", name="催办勾选的一方").click()
    assert "高压共轨" not in secretariat.locator("#group-text").inner_text()
    secretariat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    secretariat.get_by_role("button", name="复制文字").click()
    expect(secretariat.get_by_role("button", name="已复制")).to_be_visible()
    copied = secretariat.evaluate("navigator.clipboard.readText()")
    assert ("【对接提醒】" in copied, "请登录平台办理" in copied, "13800000007" in copied) == (True, True, False)
    ends_in(secretariat, "introduction-chased")
    link = secretariat.locator(".rt-code", has_text="/l/").inner_text()

    stranger = reader(phone=True)
    stranger.goto(link)
    stranger.get_by_role("button", name="打开").click()
    expect(stranger.get_by_role("link", name="登录后办理")).to_be_visible()
    assert stranger.get_by_text("12000 件/年").count() == 0
    ends_in(stranger, "introduction-by-link")
    stranger.goto("/introductions/")
    assert "/sign-in/" in stranger.url
    secretariat.goto("/introductions/stuck/")
    expect(row.get_by_text("已读", exact=True)).to_be_visible()
    row.get_by_label("需求方").check()
    secretariat.get_by_label("联系情况").fill("周工说本周内答复")
    secretariat.get_by_role("button", name="勾选的已电话联系").click()
    expect(row.get_by_text("已电话联系：周工说本周内答复")).to_be_visible()
    ends_in(secretariat, "introduction-called")


def test_a_firm_switches_suggestions_off_and_everybody_sees_the_results(reader, ends_in):
    owner = reader("owner", phone=True)
    owner.goto("/introductions/")
    owner.get_by_role("link", name="个性化推荐").click()
    owner.get_by_role("button", name="关闭个性化推荐").click()
    expect(owner.get_by_text("已关闭", exact=True)).to_be_visible()
    public = reader(phone=True)
    public.goto("/introductions/results/")
    expect(public.get_by_role("heading", name="签约给了谁")).to_be_visible()
    ends_in(public, "introduction-results")


def test_the_secretariat_chooses_a_point_of_the_trade_off_and_proposes_what_it_brings_together(reader, ends_in):
    secretariat = reader("secretariat")
    secretariat.goto("/introductions/")
    secretariat.get_by_role("link", name="统筹分配").click()
    secretariat.get_by_role("button", name="开始计算").click()
    secretariat.get_by_role("heading", name="取舍").wait_for(timeout=120_000)
    secretariat.get_by_role("link", name="选这个点").nth(3).click()
    expect(secretariat.get_by_text("已选", exact=True)).to_be_visible()
    ends_in(secretariat, "assignment")
    for box in secretariat.locator("input[name=ticked]").all()[1:]:
        box.uncheck()
    secretariat.get_by_role("button", name="推荐勾选的").click()
    expect(secretariat.get_by_text("已推荐 1 条，等双方答复")).to_be_visible()
    phone = reader("secretariat", phone=True)
    phone.goto("/introductions/assignment/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    ends_in(phone, "assignment-on-a-telephone")
