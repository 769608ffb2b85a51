"""A firm's people: find what is missing, correct a fact, renew a title, join the alliance; all on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from journeys import things

pytestmark = pytest.mark.browser
PDF = {"name": "凭证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 evidence"}


def test_a_firm_finds_what_it_lacks_and_corrects_a_fact(reader, ends_in):
    owner = reader("owner", phone=True)
    owner.goto("/data/")
    firm = owner.url
    owner.get_by_role("link", name="补充或更正数据").click()
    owner.get_by_label("数据项").select_option("rd_expense[2021]")
    owner.get_by_label("填报值").fill("654.32万元")
    owner.get_by_label("凭证种类").select_option("audit_report")
    owner.get_by_label("凭证", exact=True).set_input_files(PDF)
    owner.get_by_label("在第几页").fill("17")
    owner.get_by_role("button", name="提交").click()
    owner.get_by_text("已提交，经办人确认后生效").wait_for()

    officer = reader("officer")
    officer.goto("/filings/")
    officer.get_by_label("公章已核").first.check()
    officer.get_by_role("button", name="确认", exact=True).first.click()
    officer.get_by_text("已处理").wait_for()

    things.settled(owner, firm)
    owner.locator(".rt-topic").evaluate_all("topics => topics.forEach((one) => { one.open = true; })")
    expect(owner.get_by_text("654.32 万元").first).to_be_visible()
    assert owner.evaluate("document.documentElement.scrollWidth") <= 390
    ends_in(owner, "firm-corrects-a-fact")


def test_a_lapsing_title_is_chased_to_its_renewal(reader, ends_in, portal):
    owner = reader("owner", phone=True)
    owner.goto("/titles/mine/")
    firm = owner.url.rstrip("/").rsplit("/", 1)[1]
    first = owner.locator(".is-todo li").first
    kind = first.inner_text().split("\n")[0].split(" ")[1]

    officer = reader("officer")
    link = things.reminded(officer, firm, "2023-10-25", kind)

    stranger = reader(phone=True)
    stranger.goto(link)
    stranger.get_by_role("button", name="打开").click()
    expect(stranger.get_by_role("heading", name="到期事项")).to_be_visible()
    stranger.goto(f"/firms/{firm}/data/")
    assert "/sign-in/" in stranger.url

    owner.goto(f"/firms/{firm}/data/title/")
    owner.get_by_label("称号", exact=True).select_option(kind)
    owner.get_by_label("认定文号").fill("QD-2022-99999")
    owner.get_by_label("认定机关").fill("青岛市民营经济发展局")
    owner.get_by_label("认定日期").fill("2022-10-20")
    owner.get_by_label("有效期至").fill("2028-10-20")
    owner.get_by_label("认定文件或证书").set_input_files(PDF)
    owner.get_by_role("button", name="提交").click()
    officer.goto("/filings/")
    officer.get_by_label("公章已核").first.check()
    officer.get_by_role("button", name="确认", exact=True).first.click()
    officer.get_by_text("已处理").wait_for()

    things.settled(owner, f"/firms/{firm}/data/")
    officer.goto(f"/titles/firms/{firm}/")
    assert officer.locator(".is-todo li", has_text=kind).count() == 0
    expect(officer.get_by_text(re.compile("催办.*已读"))).to_be_visible()
    ends_in(officer, "title-chased-to-its-renewal")


def test_a_firm_joins_the_alliance(reader, ends_in):
    owner = reader("owner", phone=True)
    owner.get_by_role("link", name="申请入会").click()
    owner.get_by_label("入会诉求").fill("找本地的密封件用户")
    owner.get_by_role("button", name="生成申请表").click()
    owner.get_by_label("盖章申请表").set_input_files(PDF)
    owner.get_by_role("button", name="提交申请").click()
    owner.get_by_text("已提交，秘书处审核后通知您").wait_for()

    secretariat = reader("secretariat")
    secretariat.goto("/applications/")
    secretariat.get_by_role("button", name="通过").first.click()
    secretariat.goto("/members/")
    expect(secretariat.get_by_role("heading", level=1)).to_contain_text("会员")
    ends_in(secretariat, "firm-joins-the-alliance")
