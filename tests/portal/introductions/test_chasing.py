"""Whom to call of what stands still, with what is known of reminders, and where both sides differ."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from rongtong.portal.audit.models import Trail
from rongtong.portal.introductions import operations
from rongtong.portal.masking import masked
from rongtong.portal.people.models import Role

TERMS = {"kind": "parts", "band": "100-500", "day": "2022-10-20"}


@pytest.fixture
def stuck(talking, settings):
    settings.BUSINESS_DAY = talking.since.replace(month=12, day=20)
    return talking


def page(client):
    return client.get(reverse("introductions:stuck")).content.decode()


def test_who_sees_contacts_is_told_whom_to_call_and_that_is_kept(stuck, owner, client_of):
    shown = page(client_of(Role.DISTRICT_OFFICER))
    assert f'href="tel:{owner.phone}"' in shown
    told = Trail.objects.get(act="introductions.look_up")
    assert (told.detail["introductions"], owner.phone in str(told.detail)) == (f"[{stuck.pk}]", False)


def test_others_read_a_masked_number_and_nothing_is_kept(stuck, owner, client_of):
    shown = page(client_of(Role.SECRETARIAT))
    assert (owner.phone in shown, masked(owner.phone) in shown, owner.name in shown) == (False, True, True)
    assert not Trail.objects.filter(act="introductions.look_up").exists()


def test_nobody_is_named_of_a_firm_that_is_not_to_be_known(proposed, buyer, client_of, settings):
    settings.BUSINESS_DAY = proposed.since.replace(month=12)
    shown = page(client_of(Role.DISTRICT_OFFICER))
    assert (proposed.need.title in shown, buyer.name in shown, buyer.phone[-4:] in shown) == (True, False, False)


def test_the_export_tells_of_reminders_and_calls_and_of_no_number(stuck, owner, buyer, person, client_of):
    by = person(Role.CITY_OFFICER)
    operations.remind(actor=by, introduction=stuck, side="supplier")
    operations.call(actor=by, introduction=stuck, side="supplier", note="下周答复")
    operations.see(actor=owner, introduction=stuck)
    answer = client_of(Role.CITY_OFFICER).get(reverse("introductions:stuck"), {"export": "xlsx"})
    head, *rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    told = {row[head.index("该找谁")]: dict(zip(head, row, strict=True)) for row in rows}
    assert {name: bool(told["供应方"][name]) for name in ("催办", "已读", "已电话联系")} == dict.fromkeys(
        ("催办", "已读", "已电话联系"), True
    )
    assert (told["供应方"]["联系情况"], told["需求方"]["催办"]) == ("下周答复", None)
    assert [one for one in (owner.phone, buyer.phone) if one in str(rows)] == []


def test_what_both_have_told_differently_is_said(stuck, owner, buyer, client_of):
    operations.move(actor=buyer, introduction=stuck, transition="contract", terms=TERMS)
    operations.move(actor=owner, introduction=stuck, transition="contract", terms=TERMS | {"day": "2022-10-19"})
    assert "双方确认的不一致：签约日期" in page(client_of(Role.SECRETARIAT))
