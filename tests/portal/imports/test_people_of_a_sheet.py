"""People of a sheet come among the contacts of its firms by an officer's tick alone, and are shown to whoever may."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from rongtong.portal.audit.models import Trail
from rongtong.portal.imports import contacts, operations
from rongtong.portal.imports.models import Upload
from rongtong.portal.people.models import Contact, Role
from rongtong.portal.registry import current

PHONE, MAIL, CARD = "13812345678", "zhouqi@example.com", "370212199001011234"
HEAD = "企业名称,统一社会信用代码,2021年营业收入（万元）,联系人,职务,联系电话,电子邮箱,身份证号,法定代表人"


@pytest.fixture
def sheet(own_firm, far_firm) -> str:
    """A sheet with a contact of a firm of the officer's district and one of another's."""
    people = [(own_firm, "周琪", PHONE), (far_firm, "吴越", "13912345678")]
    return "\n".join(
        [HEAD, *(f"{f.name},{f.uscc},4448,{who},经理,{phone},{MAIL},{CARD},郑重" for f, who, phone in people)]
    )


@pytest.fixture
def imported(uploaded, person, sheet, django_capture_on_commit_callbacks):
    """The sheet imported by the district's officer, with the tick or without."""

    def do(*, tick: bool) -> Upload:
        held = uploaded(sheet)
        with django_capture_on_commit_callbacks(execute=True):
            operations.confirm(actor=person(Role.DISTRICT_OFFICER), held=held, contacts=tick)
        held.refresh_from_db()
        assert held.state == "imported"
        return held

    return do


def kept() -> list[tuple[object, ...]]:
    return list(Contact.objects.values_list("firm", "name", "position", "phone", "source", "date"))


def test_without_the_tick_nobody_is_taken(imported):
    imported(tick=False)
    assert kept() == []


def test_with_it_the_people_of_ones_own_firms_are_with_source_and_date(imported, own_firm):
    imported(tick=True)
    day = datetime.date(2022, 6, 30)
    assert kept() == [(own_firm.id, "周琪", "经理", PHONE, "区里报送.csv 第 2 行", day)]


def test_the_tick_and_what_came_of_it_stand_in_the_trail_without_the_number(imported):
    held = imported(tick=True)
    trail = Trail.objects.filter(subject=f"imports.upload:{held.pk}", act__in=["imports.confirm", "imports.contacts"])
    told = list(trail.order_by("number").values_list("act", "detail"))
    assert told == [("imports.confirm", {"contacts": True}), ("imports.contacts", {"taken": 1})]


def test_they_are_no_facts(imported, own_firm):
    imported(tick=True)
    said = {str(claim.value) for fact in current.facts_of(own_firm.id) for claim in fact.claims}
    assert said & {"周琪", PHONE, MAIL, CARD, "郑重"} == set()


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.DISTRICT_OFFICER, PHONE), (Role.FIRM, PHONE), (Role.SECRETARIAT, "138****5678")]
)
def test_who_may_see_the_number_reads_it(imported, client_of, own_firm, role, shown):
    imported(tick=True)
    found = client_of(role).get(f"/firms/{own_firm.id}/").context["contacts"]
    assert [(one["name"], one["shown_phone"]) for one in found] == [("周琪", shown)]


def test_taken_back_with_the_import(imported, person):
    held = imported(tick=True)
    operations.undo(actor=person(Role.DISTRICT_OFFICER), held=held)
    assert kept() == []


def test_one_is_removed_and_that_stands_in_the_trail(imported, client_of, own_firm):
    imported(tick=True)
    number = Contact.objects.get().pk
    client_of(Role.FIRM).post(reverse("people:remove-contact", args=[number]))
    trail = Trail.objects.filter(act="people.remove_contact").values_list("subject", flat=True)
    assert (kept(), list(trail)) == ([], [f"people.contact:{number}"])


@pytest.mark.parametrize(("role", "offered"), [(Role.DISTRICT_OFFICER, True), (Role.SECRETARIAT, False)])
def test_the_tick_is_offered_to_whoever_may_see_contacts_and_is_not_set(uploaded, client_of, sheet, role, offered):
    page = client_of(role).get(reverse("imports:upload", args=[uploaded(sheet, role).pk])).content.decode()
    assert ("联系人（D）、职务（E）、联系电话（F）" in page, "checked" in page) == (offered, False)


@pytest.mark.parametrize(
    ("cell", "name", "phone"),
    [
        ("周琪 13812345678", "周琪", "13812345678"),
        ("０５３２-８８８８１２３４（吴越）", "吴越", "0532-88881234"),
        ("370212199001011234", "", ""),
        ("—", "", ""),
    ],
)
def test_a_name_may_stand_beside_the_number_and_an_identity_number_is_none(cell, name, phone):
    assert contacts.read({"phone": cell}) == {"name": name, "phone": phone, "position": ""}
