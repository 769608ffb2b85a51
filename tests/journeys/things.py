"""One thing of each kind that pages are about, made as people make it; where they stand in the demonstration."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page

from papers import pdf

WORKBOOK = (
    "企业名称,统一社会信用代码,2021年营业收入,上年员工人数\n青岛远洋样机有限公司,91370212MA3C0X,4448万,一百来人\n"
)
LIST = "序号,单位名称\n1,青岛远洋样机有限公司\n2,外地七号厂\n"
#: Seconds within which the worker has done anything, on any machine.
PATIENCE = 180
#: The table of the database that holds what a capability's pages are about.
TABLES = {
    "assessment": "assessment_conclusion",
    "authoring": "authoring_draft",
    "comparison": "comparison_comparison",
    "desk": "desk_notice",
    "filings": "filings_filing",
    "imports": "imports_upload",
    "introductions": "introductions_introduction",
    "jobs": "jobs_job",
    "meetings": "meetings_meeting",
    "membership": "membership_application",
    "message": "introductions_message",
    "people": "people_claim",
    "postings": "postings_posting",
    "statements": "statements_statement",
}


def file(name: str, kind: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": kind, "buffer": content}


DOCUMENT = file("凭证.pdf", "application/pdf", pdf(20))


def imported(officer: Page, workbook: str = WORKBOOK) -> None:
    officer.goto("/imports/")
    officer.get_by_label("表格", exact=True).set_input_files(file("区里报送.csv", "text/csv", workbook.encode()))
    officer.get_by_role("button", name="上传并读取").click()
    officer.get_by_role("link", name="下载带批注的原表").wait_for(timeout=60_000)


def compared(officer: Page, listed: str = LIST) -> None:
    officer.goto("/comparison/")
    officer.get_by_label("名单表格").set_input_files(file("名单.csv", "text/csv", listed.encode()))
    officer.get_by_role("button", name="开始比对").click()
    officer.get_by_role("link", name="下载回填好的名单").wait_for(timeout=60_000)


def published(secretariat: Page) -> None:
    secretariat.goto("/notices/new/")
    secretariat.get_by_label("标题").fill("关于组织会员企业参加供需对接会的通知")
    secretariat.get_by_label("正文").fill("各会员企业：\n定于下周三上午九时举行供需对接会，请派一位负责人参加。")
    secretariat.get_by_role("button", name="发布").click()
    secretariat.get_by_text("已发布，首页可见").wait_for()


def filed(owner: Page, document: dict[str, object] = DOCUMENT) -> str:
    """A fact with its document; the firm's id."""
    owner.goto("/data/")
    owner.get_by_role("link", name="补充或更正数据").click()
    owner.get_by_label("数据项").select_option("rd_expense[2021]")
    owner.get_by_label("填报值").fill("654.32万元")
    owner.get_by_label("凭证种类").select_option("audit_report")
    owner.get_by_label("凭证", exact=True).set_input_files(document)
    owner.get_by_label("在第几页").fill("17")
    owner.get_by_role("button", name="提交").click()
    owner.get_by_text("已提交，经办人确认后生效").wait_for()
    return owner.url.split("/firms/")[1].split("/")[0]


def until(page: Page, seen: Callable[[], bool], what: str) -> None:
    """Look again until *seen*: what the worker does in the background shows on no page by itself."""
    late = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < late, f"{page.url}: not {what} in {PATIENCE} s"
        page.wait_for_timeout(500)


def settled(page: Page, url: str) -> None:
    """Open *url*, as soon as nothing of it is still to be settled."""

    def seen() -> bool:
        page.goto(url)
        return page.get_by_text("处更正正在结算").count() == 0

    until(page, seen, "settled")


def applied(owner: Page, firm: str) -> None:
    owner.goto(f"/firms/{firm}/join/")
    owner.get_by_label("入会诉求").fill("找本地的密封件用户")
    owner.get_by_role("button", name="生成申请表").click()
    owner.get_by_label("盖章申请表").set_input_files(DOCUMENT)
    owner.get_by_role("button", name="提交申请").click()
    owner.get_by_text("已提交，秘书处审核后通知您").wait_for()


def claimed(owner: Page, firm: str) -> None:
    owner.goto(f"/firms/{firm}/")
    uscc = owner.locator("#uscc").inner_text()
    owner.goto("/claim/")
    owner.get_by_label("统一社会信用代码").fill(uscc)
    owner.get_by_label("授权身份").select_option(index=1)
    owner.get_by_label("加盖公章的授权书").set_input_files(DOCUMENT)
    owner.get_by_label("授权有效期至").fill("2023-10-25")
    owner.get_by_role("button", name="提交核验").click()
    owner.get_by_text("待核验").first.wait_for()


def concluded(officer: Page, firm: str) -> None:
    officer.goto(f"/firms/{firm}/assessment/cn/srdi-sme/")
    officer.get_by_label("初审结论").select_option("supplement")
    officer.get_by_label("经办意见").fill("研发费用待补审计报告，其余条款已逐条核对。")
    officer.get_by_role("button", name="提交复核").click()
    officer.get_by_text("初审结论：待复核").wait_for()


def checked(officer: Page, firm: str) -> None:
    officer.goto(f"/firms/{firm}/statements/well_known/?rulebook=cn/little-giant")
    officer.get_by_label("符合", exact=True).check()
    officer.get_by_label("核查方式").select_option("panel")
    officer.get_by_label("核查人或专家组").fill("专家组 3 人")
    officer.get_by_label("判断依据").fill("看了检测报告和三家用户的证明。")
    officer.get_by_label("佐证材料").set_input_files(DOCUMENT)
    officer.get_by_role("button", name="记录", exact=True).click()
    officer.get_by_text("已记录，结算后计入结论").wait_for()


def drafted(officer: Page) -> None:
    """A policy of the district's own, from the template."""
    officer.goto("/drafts/")
    officer.get_by_role("link", name="从空白模板开始").click()
    officer.get_by_label("政策名称").fill("崂山区专精特新企业奖补")
    officer.get_by_label("通知或办法的名称").fill("关于组织申报专精特新奖补的通知")
    officer.get_by_label("文号").fill("崂工信〔2022〕15号")
    officer.get_by_label("从哪天起受理").fill("2022-10-01")
    officer.get_by_role("button", name="开始写").click()


def needed(owner: Page) -> None:
    """A need with a drawing that waits for its review."""
    owner.goto("/needs/new/")
    owner.get_by_label("要什么、用在哪").fill("采购精密阀座，年用量 500 件，预算 20 万元，年底前送样。")
    owner.get_by_role("button", name="整理成条目").click()
    owner.get_by_label("图纸或技术文件").set_input_files(DOCUMENT)
    owner.get_by_role("button", name="提交", exact=True).click()
    owner.get_by_text("已提交审核，通过后公开").wait_for()


def met(officer: Page, need: int) -> None:
    """A meeting whose sheet has one row that is clear and one that is not."""
    officer.goto("/firms/")
    name = officer.locator(".rt-list b").first.inner_text()
    sheet = f"参会企业,对接需求（编号）,对接情况\n{name},{need},有意向，先送样\n青岛远洋样机厂,{need},待跟进\n"
    officer.goto("/meetings/new/")
    officer.get_by_label("对接会名称").fill("汽车零部件专场")
    officer.get_by_label("地点").fill("崂山区")
    officer.locator(f"input[name=needs][value='{need}']").check()
    officer.get_by_label("签到表", exact=True).set_input_files(file("签到表.csv", "text/csv", sheet.encode()))
    officer.get_by_role("button", name="读取签到表").click()
    officer.get_by_text("1 行要您核对").wait_for(timeout=60_000)


def held_against_rulebooks(officer: Page) -> None:
    """The titles that run out within a year, judged on the day on which they do."""
    officer.goto("/titles/ahead/")
    officer.locator(".rt-filter").wait_for(timeout=120_000)


def points(secretariat: Page) -> None:
    """Give every criterion of the posting that is opened four points, as soon as all of them stand on the page."""
    secretariat.get_by_role("button", name="提交评分").wait_for()
    for criterion in secretariat.locator(".rt-points").all():
        criterion.get_by_text("4", exact=True).click()


def scored(secretariat: Page) -> None:
    secretariat.get_by_role("button", name="提交评分").click()
    secretariat.get_by_text("已评分").wait_for()


def reminded(officer: Page, firm: str, until: str = "2026-10-25", kind: str = "") -> str:
    """Remind a firm of its titles that run out; the one-off link that this gives."""
    officer.goto(f"/firms/{firm}/")
    name = officer.get_by_role("heading", level=1).inner_text()
    officer.goto(f"/titles/?until={until}&kind={kind}")
    while officer.get_by_label(name, exact=True).count() == 0:
        officer.get_by_role("link", name="下一页").click()
        officer.wait_for_load_state()
    officer.get_by_label(name, exact=True).first.check()
    officer.get_by_role("button", name="催办勾选的企业").click()
    return officer.locator(".rt-code", has_text="/l/").inner_text()


def number(home: Path, capability: str, phone: str) -> int | None:
    """The last thing of *capability*; of jobs the last of the person with *phone*."""
    if capability not in TABLES:
        return None
    with closing(sqlite3.connect(home / "portal" / "portal.sqlite3")) as database:
        own = f" WHERE made_by_id = (SELECT id FROM people_user WHERE phone = '{phone}')"
        asked = f"SELECT max(id) FROM {TABLES[capability]}{own if capability == 'jobs' else ''}"
        return database.execute(asked).fetchone()[0]


_BEGIN = """
import django
django.setup()
from cooperation import buyers, open_need
from rongtong.portal.introductions import operations
from rongtong.portal.people.models import User
from rongtong.portal.registry.models import Firm
purchasing, _research, firm = buyers()
"""
_NEED = """
print(open_need(purchasing, firm, User.objects.get(phone="13800000004"), products=["泵"]).pk)
"""
_TALK = """
from django.core.files.uploadedfile import SimpleUploadedFile
from rongtong.portal.postings.models import Posting
paper = SimpleUploadedFile("阀座.pdf", b"%PDF-1.4 drawing")
need = Posting.objects.filter(side="need").latest("pk")
need.private_half.drawing.save("drawing.pdf", paper)
owner = User.objects.get(phone="13800000006")
its = Firm.objects.get(id=next(iter(owner.firms)))
made = operations.invite(actor=purchasing, need=need, firm=its)
operations.move(actor=owner, introduction=made, transition="agree")
operations.write(actor=owner, introduction=made, text="下周二可以送样。", attachment=paper)
from rongtong.portal.meetings.models import Meeting
Meeting.objects.create(title="专场", file="x.csv", name="x.csv", made_by=User.objects.get(phone="13800000001"))
print(made.pk)
"""


def need(home: Path) -> int:
    """A need that the large firm's purchasing has posted and that is open."""
    return _run(home, _NEED)


def talking(home: Path) -> int:
    """The sample owner's firm, introduced to that need; both sides have agreed and begun to talk."""
    return _run(home, _TALK)


def _run(home: Path, code: str) -> int:
    folders = os.pathsep.join([str(Path(__file__).parents[1] / "portal"), os.environ.get("PYTHONPATH", "")])
    here = {
        "RONGTONG_HOME": str(home),
        "RONGTONG_TODAY": "2022-10-25",
        "DJANGO_SETTINGS_MODULE": "rongtong.portal.settings",
        "PYTHONPATH": folders,
    }
    command = [sys.executable, "-c", _BEGIN + code]
    done = subprocess.run(command, env=os.environ | here, capture_output=True, text=True, check=True)
    return int(done.stdout)


def long_ago(home: Path, introduction: int) -> None:
    """An introduction has stood where it stands since July."""
    with closing(sqlite3.connect(home / "portal" / "portal.sqlite3")) as database, database:
        database.execute("UPDATE introductions_introduction SET since = '2022-07-01' WHERE id = ?", [introduction])
