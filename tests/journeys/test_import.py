"""Ten messy workbooks become settled facts, and agree cell for cell with the command line."""

from __future__ import annotations

import re

import pytest

from rongtong import facts, sample

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    """The workbooks that ten districts send in for other firms than the demonstration's."""
    made = sample.generate(tmp_path_factory.mktemp("other"), seed=7, firms=100)
    return [(made.path / one["file"], one) for one in made.imports if one["source"] == "district_workbook"][:10]


@pytest.mark.slow
def test_an_officer_imports_ten_workbooks(reader, ends_in, workbooks, tmp_path):
    alone = facts.Alliance.open(tmp_path / "alone", create=True)
    page = reader("city")
    for path, one in workbooks:
        page.goto("/imports/")
        page.get_by_label("表格", exact=True).set_input_files(path)
        page.get_by_label("数据日期").fill(one["reference_date"])
        page.get_by_label("报告年度").fill(str(one["year"] or ""))
        page.get_by_role("button", name="上传并读取").click()
        page.get_by_role("button", name=re.compile("导入 .* 个数据")).click(timeout=60_000)
        page.get_by_role("button", name="撤销这次导入").wait_for(timeout=60_000)
        page.wait_for_load_state()
        shown = [int(text.replace(",", "")) for text in page.locator(".rt-figure b").all_inner_texts()]
        expected = alone.import_file(path, source=one["source"], date=one["reference_date"], year=one["year"]).counts
        assert shown == [expected[name] for name in ("cells", "used", "ignored", "problems")], path.name
    assert len(workbooks) == 10
    ends_in(page, "import-ten-workbooks")


def test_the_workbook_comes_back_marked_and_the_import_is_undone(reader, ends_in, workbooks):
    path, one = workbooks[0]
    page = reader("officer")
    page.goto("/imports/")
    page.get_by_label("表格", exact=True).set_input_files(path)
    page.get_by_label("数据日期").fill("2022-07-01")
    page.get_by_label("报告年度").fill(str(one["year"] or ""))
    page.get_by_role("button", name="上传并读取").click()
    page.get_by_role("link", name="下载带批注的原表").wait_for(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载带批注的原表").click()
    assert download.value.suggested_filename == f"{path.stem}_批注.xlsx"
    page.get_by_role("button", name=re.compile("导入 .* 个数据")).click()
    page.get_by_role("button", name="撤销这次导入").click(timeout=60_000)
    page.get_by_text("已撤销这次导入").wait_for()
    ends_in(page, "import-undone")
