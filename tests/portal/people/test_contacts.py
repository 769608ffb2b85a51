"""The numbers of the people to reach at a firm are read by the firm and the officers in charge, by nobody else."""

from __future__ import annotations

import pytest

from rongtong.portal.masking import masked
from rongtong.portal.people.models import Contact, Role

PHONE, MASKED = "13812345678", "138****5678"
IN_CHARGE = [Role.FIRM, Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER, Role.CITY_OFFICER]


@pytest.fixture
def shown(client_of):
    """The telephones on the page of a firm as somebody sees it, and whether the number stands anywhere on it."""

    def look(role: str | None, firm) -> tuple[list[str], bool]:
        Contact.objects.create(firm=firm.id, name="王敏", phone=PHONE)
        answer = client_of(role).get(f"/firms/{firm.id}/")
        found = answer.context.get("contacts") or []
        return [one["shown_phone"] for one in found], PHONE in answer.content.decode()

    return look


@pytest.mark.parametrize("role", IN_CHARGE)
def test_who_is_in_charge_of_the_firm_reads_them(shown, own_firm, role):
    assert shown(role, own_firm) == ([PHONE], True)


def test_the_secretariat_knows_whom_to_ask_for_and_not_the_number(shown, own_firm):
    assert shown(Role.SECRETARIAT, own_firm) == ([MASKED], False)


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER])
def test_officers_of_another_district_do_not_read_them(shown, far_firm, role):
    assert shown(role, far_firm) == ([MASKED], False)


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR])
def test_who_may_not_see_the_firms_file_is_shown_nobody(shown, own_firm, role):
    assert shown(role, own_firm) == ([], False)


def test_another_firm_is_shown_nobody(shown, far_firm):
    assert shown(Role.FIRM, far_firm) == ([], False)


@pytest.mark.parametrize(("phone", "left"), [(PHONE, MASKED), ("88881234", "888****1234"), ("1234567", "****")])
def test_a_short_number_is_masked_whole(phone, left):
    assert masked(phone) == left
