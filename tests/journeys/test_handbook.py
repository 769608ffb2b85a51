"""A district officer's first day, as ``docs/handbook.zh.md`` tells it; with ``RONGTONG_PICTURES=1`` its pictures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from journeys import things
from journeys.served import Portal, demonstration

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STORY = "/firms/{firm}/assessment/cn/srdi-sme/"
AUDIT = """<body style="font: 20px/2 sans-serif; padding: 60px; width: 580px"><h2>审计报告　第 17 页</h2>
<p>附注七　研发费用</p><table border="1" cellpadding="8" style="border-collapse: collapse; width: 100%">
<tr><td>人员人工</td><td>3,610,200.00</td></tr><tr><td>直接投入</td><td>2,933,000.00</td></tr>
<tr><td><b>合计</b></td><td><b>6,543,200.00</b></td></tr></table></body>"""


WORKBOOK = """企业名称,统一社会信用代码,2021年营业收入(万元),2021年全职员工数,研发费用
青岛远洋样机有限公司,91370212MA3C0X,4448,一百来人,312.5万元
青島海鼎密封件有限公司,,１２，６００,约180人,980万
青岛海鼎密封件有限公司崂山分公司,,—,36,无
青岛铭沣阀门股份有限公司,9137O212MA3DKD1W7A,1.2亿,240,
合计,,,,
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """A demonstration that other journeys do not find used."""
    with demonstration(tmp_path_factory) as made:
        yield made


def photographed(page: Page) -> dict[str, object]:
    """A page of a report as a firm photographs it."""
    page.set_content(AUDIT)
    return things.file("审计报告.png", "image/png", page.screenshot())


def listed(officer: Page) -> str:
    """A list as another office sends it: whole names, short ones, and two that nobody knows."""
    officer.goto("/firms/")
    names = officer.locator(".rt-list b").all_inner_texts()
    short = [name.removeprefix("青岛").removesuffix("有限公司").removesuffix("股份") for name in names[4:12]]
    rows = [*names[:4], *short, "外地七号厂", "青岛远洋样机有限公司"]
    return "序号,企业简称\n" + "".join(f"{number},{name}\n" for number, name in enumerate(rows, 1))


def test_an_officers_first_day(reader, ends_in, browser):
    with browser.new_page(viewport={"width": 700, "height": 600}) as blank:
        document = photographed(blank)
    owner, officer = reader("owner"), reader("officer")
    firm = things.filed(owner, document)
    owner.goto(f"/firms/{firm}/sharing/")
    ends_in(owner, "handbook-consent")

    things.imported(officer, WORKBOOK)
    ends_in(officer, "handbook-import")
    things.compared(officer, listed(officer))
    ends_in(officer, "handbook-comparison")
    for url, name in {
        "/today/": "today",
        "/titles/": "due",
        "/assessment/": "assessment",
    }.items():
        officer.goto(url)
        ends_in(officer, f"handbook-{name}")
    officer.goto("/filings/")
    officer.frame_locator("iframe").first.locator("img").wait_for()
    ends_in(officer, "handbook-filings")


def test_two_people_conclude_a_first_examination(reader, ends_in):
    officer, reviewer = reader("officer"), reader("reviewer")
    officer.goto("/assessment/?verdict=undetermined")
    officer.locator(".rt-table tbody a").last.click()
    firm = officer.url.split("/firms/")[1].split("/")[0]
    things.concluded(officer, firm)

    reviewer.goto("/today/")
    reviewer.get_by_role("link", name="复核初审结论").click()
    reviewer.get_by_role("main").locator(f'a[href="{STORY.format(firm=firm)}"]').click()
    reviewer.get_by_role("button", name="同意这个结论").wait_for()
    reviewer.set_viewport_size({"width": 1280, "height": 760})
    ends_in(reviewer, "handbook-review")
    reviewer.get_by_role("button", name="退回经办").click()
    reviewer.get_by_text("退回要说明原因").wait_for()
    reviewer.get_by_role("button", name="同意这个结论").click()
    reviewer.get_by_text("初审结论：已复核").wait_for()
    officer.reload()
    assert officer.locator("#conclusion").get_by_text("已复核").count() == 1


def test_a_need_is_reviewed_introduced_chased_and_met_offline(reader, ends_in, portal):
    things.needed(reader("owner"))
    secretariat = reader("secretariat")
    secretariat.goto("/postings/review/")
    secretariat.get_by_role("main").locator(".rt-todo a").first.click()
    things.points(secretariat)
    ends_in(secretariat, "handbook-posting")
    things.scored(secretariat)

    need = things.need(portal.home)
    secretariat.goto(f"/introductions/needs/{need}/candidates/")
    secretariat.get_by_role("button", name="推荐").first.wait_for()
    ends_in(secretariat, "handbook-candidates")
    secretariat.goto("/introductions/stuck/")
    ends_in(secretariat, "handbook-stuck")
    things.met(secretariat, need)
    ends_in(secretariat, "handbook-meeting")
