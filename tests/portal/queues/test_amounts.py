"""An amount is not for an officer to change: it goes back to who reported it."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from making import code
from rongtong.errors import InputError
from rongtong.portal.imports import operations, tasks
from rongtong.portal.imports.models import Return, Upload
from rongtong.portal.people.models import Role
from rongtong.portal.registry.current import alliance

SHEET = "汇总表"


@pytest.fixture
def held(own_home, person, django_capture_on_commit_callbacks) -> Upload:
    """A workbook that was imported: an amount in column C, a product in column D."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.title = SHEET
    book.active.append(["企业名称", "统一社会信用代码", "2021年营业收入（万元）", "主导产品"])
    book.active.append(["青岛喆昇精密轴承有限公司", code(1), 4448.8, "轴承"])
    book.save(file)
    officer, given = person(Role.DISTRICT_OFFICER), SimpleUploadedFile("甲.xlsx", file.getvalue())
    with django_capture_on_commit_callbacks(execute=True):
        made = operations.upload(
            actor=officer, file=given, source="district_workbook", date=datetime.date(2022, 6, 30), year=2021
        )
    made = operations.confirm(actor=officer, held=made)
    tasks.bring_in(job=made.job, progress=lambda _step, _share: None, upload=made.pk)
    return Upload.objects.get(pk=made.pk)


@pytest.mark.parametrize(("cell", "amount"), [("C2", True), ("D2", False), ("A2", False)])
def test_columns_of_money_hold_amounts(held, cell, amount):
    assert operations.is_amount(held, SHEET, cell) is amount


def test_an_amount_is_not_changed(held, person):
    before = alliance().state().head
    with pytest.raises(InputError, match="金额只能由填报单位更正"):
        operations.correct(actor=person(Role.DISTRICT_OFFICER), held=held, sheet=SHEET, cell="C2", value="5000")
    assert alliance().state().head == before


def test_the_way_a_word_is_read_is_corrected(held, person):
    before = alliance().state().head
    entry = operations.correct(actor=person(Role.DISTRICT_OFFICER), held=held, sheet=SHEET, cell="D2", value="精密轴承")
    assert (entry, alliance().state().head) == (before + 1, before + 1)


def test_an_amount_is_sent_back_once(held, client_of):
    officer, sent = client_of(Role.DISTRICT_OFFICER), {"sheet": SHEET, "cell": "C2", "note": "请核对单位"}
    for _twice in range(2):
        officer.post(f"/imports/{held.pk}/send-back/", sent)
    assert list(Return.objects.values_list("cell", "note")) == [("C2", "请核对单位")]


def test_the_page_says_to_send_it_back(held, client_of):
    sent = {"sheet": SHEET, "cell": "C2", "value": "5000"}
    answer = client_of(Role.DISTRICT_OFFICER).post(f"/imports/{held.pk}/correct/", sent, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["汇总表 C2：金额只能由填报单位更正。请用“退回核实”"]
