"""A policy officer writes a district's own policy from its notice and tries it; an owner follows a path to qualify."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from journeys import things

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_an_author_writes_a_district_policy(a_reader, ends_in, phone):
    complaints: list[str] = []
    officer = a_reader("officer", phone=phone, complaints=complaints)
    things.drafted(officer)
    officer.get_by_role("link", name="加一条 条件").click()
    officer.get_by_label("名称", exact=True).fill("上年度营业收入 1000 万元以上")
    officer.get_by_label("条件", exact=True).fill("revenu[Y] >= 1000万元")
    officer.get_by_role("button", name="保存").click()
    told = officer.locator(".invalid-feedback")
    expect(told).to_contain_text(re.compile(r"-2022\.yaml:\d+：未知的字段 revenu"))
    officer.get_by_label("条件", exact=True).fill("revenue[Y] >= 1000万元")
    officer.get_by_role("button", name="保存").click()

    officer.get_by_role("link", name="改 认定奖励").click()
    officer.get_by_label("得", exact=True).first.fill("60万元")
    officer.get_by_role("button", name="保存").click()
    officer.get_by_role("button", name="删除 研发补助").click()
    expect(officer.get_by_text("60万元 ← any(titles.little_giant valid)")).to_be_visible()

    officer.get_by_role("button", name="在全部企业上试算").click()
    officer.get_by_role("heading", name="要备多少钱").wait_for(timeout=60_000)
    expect(officer.locator(".rt-stated")).to_contain_text("万元")
    assert officer.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1280)
    ends_in(officer, f"author-writes-a-policy-{'phone' if phone else 'desktop'}")
    assert [one for one in complaints if "422" not in one] == []  # the form that was sent back


def test_a_copy_of_an_official_rulebook_is_changed_and_compared(reader, ends_in):
    city = reader("city")
    city.goto("/drafts/")
    city.get_by_label("官方规则").select_option("cn/srdi-sme@2022")
    city.get_by_role("button", name="复制一份").click()
    city.get_by_role("link", name="改 研发费用总额不低于 100 万元").click()
    city.get_by_label("条件", exact=True).fill("rd_expense[Y] >= 80万元")
    city.get_by_role("button", name="保存").click()
    expect(city.locator(".rt-diff .is-new").last).to_contain_text("80万元")
    city.get_by_role("button", name="在全部企业上试算").click()
    city.get_by_text("官方规则", exact=False).first.wait_for()
    city.get_by_role("link", name="进来").first.wait_for(timeout=60_000)
    ends_in(city, "copy-compared-with-official")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_an_owner_follows_a_path_to_qualified(reader, ends_in, phone):
    owner = reader("owner", phone=phone)
    owner.get_by_role("link", name="看怎么达标").click()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("怎么达到")
    later = owner.locator(".rt-days a", has_text=re.compile("要办|什么都不用做")).last
    later.wait_for()
    later.click()
    owner.wait_for_url("**at=20*")
    owner.get_by_label("打算哪天申请").fill("2025-06-30")
    owner.get_by_role("heading", name=re.compile("2025-06-30")).wait_for()
    expect(owner.locator(".rt-path > li")).not_to_have_count(0)
    assert owner.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1280)
    ends_in(owner, f"owner-follows-a-path-{'phone' if phone else 'desktop'}")
    owner.locator(".rt-path a").first.click()
    expect(owner.get_by_role("heading", name="补充或更正数据")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_an_officer_is_led_from_a_title_that_will_not_stand_to_the_firms_path(reader, ends_in, phone):
    city = reader("city", phone=phone)
    city.goto("/titles/")
    city.get_by_role("link", name="到期复核预警").click()
    city.get_by_label("到那天的结论").wait_for(timeout=120_000)
    city.get_by_role("link", name="不符合").click()
    first = city.locator("tbody a").first
    name = first.inner_text()
    assert city.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1280)
    if not phone:
        with city.expect_download() as file:
            city.get_by_role("link", name="导出 Excel").click()
        assert file.value.suggested_filename == "到期复核预警_20221025.xlsx"
        ends_in(city, "titles-that-will-not-stand")
    first.click()
    expect(city.get_by_role("link", name=name)).to_be_visible()
    expect(city.get_by_label("用途")).to_have_value("review")
