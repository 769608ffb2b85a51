"""A meeting held offline: its messy sign-in sheet becomes forty introductions; read on a telephone."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from journeys.served import Portal, demonstration

pytestmark = pytest.mark.browser
TITLE = "汽车零部件专场"
PHONE = "13987654321"
SAID = ("有意向，先送样", "加微信，待跟进", "约下周验厂", "意向采购")


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """A demonstration of its own, for it leaves introductions behind."""
    with demonstration(tmp_path_factory) as made:
        yield made


def known(home: Path) -> tuple[list[tuple[int, str]], list[str]]:
    """Number and title of the open needs; names of firms that are in no introduction yet, each of its own name."""
    with closing(sqlite3.connect(home / "portal" / "portal.sqlite3")) as database:
        needs = database.execute("SELECT id, title FROM postings_posting WHERE side = 'need' AND state = 'open'")
        firms = database.execute(
            "SELECT min(name) FROM registry_firm WHERE uscc != '' AND id NOT IN ("
            "SELECT firm FROM introductions_introduction UNION SELECT firm FROM postings_posting) "
            "GROUP BY name HAVING count(*) = 1 ORDER BY 1 LIMIT 41"
        )
        return needs.fetchall(), [name for (name,) in firms]


def sheet(needs: list[tuple[int, str]], firms: list[str]) -> bytes:
    """As filled in at the door: title and place above a merged heading, needs by number or name, a total below."""
    book = Workbook()
    page = book.active
    page.title = "签到"
    page.append([f"“融通”{TITLE}对接会签到表"])
    page.append(["时间：2022年10月20日　地点：崂山区"])
    page.append(["序号", "参会企业", "", "", "对接需求（编号）", "对接情况", "意向金额（万元）"])
    page.append(["", "企业名称", "联系人", "电话", "", "", ""])
    for cells in ("A1:G1", "A2:G2", "A3:A4", "B3:D3", "E3:E4", "F3:F4", "G3:G4"):
        page.merge_cells(cells)
    (number, title), (other, _name) = needs[:2]
    told = (number, title, f"需求{other}", f"{number}号")
    for n, name in enumerate(firms[:39], 1):
        spaced = f"{name[:2]} {name[2:]}" if n % 7 == 0 else name
        page.append([n, spaced, "王工", PHONE, told[n % 4], SAID[n % 4], "约50" if n % 5 == 0 else None])
    page.append([40, "青岛新来的精密制造有限公司", "李工", PHONE, number, "有意向"])
    page.append([41, firms[40], "赵工", PHONE, number, "不合适"])
    page.append(["合计", "41家"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_sign_in_sheet_becomes_forty_introductions(reader, ends_in, portal):
    needs, firms = known(portal.home)
    file = {"name": "对接会签到表.xlsx", "mimeType": "application/octet-stream", "buffer": sheet(needs, firms)}
    secretariat = reader("secretariat")
    secretariat.goto("/meetings/new/")
    secretariat.get_by_label("对接会名称").fill(TITLE)
    secretariat.get_by_label("地点").fill("崂山区")
    for number, title in needs[:2]:
        secretariat.get_by_label(f"{number}　{title}").check()
    secretariat.get_by_label("签到表", exact=True).set_input_files(file)
    secretariat.get_by_role("button", name="读取签到表").click()
    secretariat.get_by_text("1 行要您核对").wait_for(timeout=60_000)
    secretariat.get_by_label("或写全称、代码").fill(firms[39])
    secretariat.get_by_role("button", name="确定").click()
    secretariat.get_by_role("button", name="形成 40 条对接").click()
    expect(secretariat.get_by_text("新增对接 40 条")).to_be_visible()
    assert PHONE not in secretariat.content()
    assert "王工" not in secretariat.content()
    ends_in(secretariat, "meeting-forty-introductions")

    phone = reader("secretariat", phone=True)
    phone.goto("/meetings/")
    expect(phone.get_by_role("row", name=TITLE)).to_contain_text("40")
    phone.get_by_role("link", name=TITLE).click()
    expect(phone.get_by_text("待双方同意").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    ends_in(phone, "meeting-on-a-telephone")
    phone.goto("/introductions/?q=" + needs[0][1])
    phone.get_by_role("main").get_by_role("link", name=needs[0][1]).first.click()
    expect(phone.get_by_text(f"在“{TITLE}”见面")).to_be_visible()
