"""A list of 300 names is compared and comes back filled, in its order."""

from __future__ import annotations

import openpyxl
import pytest

from rongtong import facts

pytestmark = pytest.mark.browser


def test_an_officer_compares_a_list_of_three_hundred(reader, ends_in, portal, tmp_path):
    names = names_of(portal.home)
    given = [
        *names[:150],
        *(name.replace("有限公司", "") for name in names[150:280]),
        *(f"外地{n}号厂" for n in range(20)),
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["拟表彰企业名单"])
    sheet.append(["序号", "单位名称"])
    for number, name in enumerate(given, 1):
        sheet.append([number, name])
    book.save(tmp_path / "名单.xlsx")

    page = reader("officer")
    page.goto("/comparison/")
    page.get_by_label("名单表格").set_input_files(tmp_path / "名单.xlsx")
    page.get_by_role("button", name="开始比对").click()
    page.get_by_role("link", name="下载回填好的名单").wait_for(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载回填好的名单").click()
    download.value.save_as(tmp_path / "filled.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "filled.xlsx").active.iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows] == given
    assert [row[2] for row in rows[:150]] == ["一致"] * 150
    assert [row[3] for row in rows[:150]] == names[:150]
    assert [row[2] for row in rows[280:]] == ["库内没有"] * 20
    ends_in(page, "list-of-300-compared")


def names_of(home) -> list[str]:
    with facts.Alliance.open(home).settle().connect() as connection:
        found = connection.execute(
            "SELECT name FROM firms WHERE name IS NOT NULL GROUP BY 1 HAVING count(*) = 1 ORDER BY 1"
        )
        return [str(row[0]) for row in found.fetchall()]
