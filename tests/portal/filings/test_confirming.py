"""A filing is confirmed once, by somebody else than who made it, and only while it waits."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from rongtong.errors import InputError
from rongtong.portal.filings import operations
from rongtong.portal.filings.models import Filing
from rongtong.portal.filings.source import slip
from rongtong.portal.people.models import Grant, Role
from rongtong.portal.registry.current import alliance


@pytest.fixture
def filing(own_home, person, own_firm) -> Filing:
    return operations.file(
        actor=person(Role.FIRM), firm=own_firm, slot="revenue[2021]", value="4448.8万元", source="firm_form"
    )


@pytest.fixture
def again(filing) -> Filing:
    """The same filing as a page held it that was opened before anything was decided."""
    return Filing.objects.get(pk=filing.pk)


def imported() -> int:
    return alliance().state().head


def test_an_officer_in_charge_confirms_it_which_imports_one_file(filing, person):
    before = imported()
    done = operations.confirm(actor=person(Role.DISTRICT_OFFICER), filing=filing)
    assert (done.state, done.entry, imported()) == ("confirmed", before + 1, before + 1)


def test_who_made_it_does_not_confirm_it_be_it_as_an_officer(filing, person, own_firm):
    before, owner = imported(), person(Role.FIRM)
    Grant.objects.create(user=owner, role=Role.DISTRICT_OFFICER, district=own_firm.district)
    with pytest.raises(PermissionDenied):
        operations.confirm(actor=type(owner).objects.get(pk=owner.pk), filing=filing)
    assert (Filing.objects.get(pk=filing.pk).state, imported()) == ("waiting", before)


def test_who_made_it_does_not_send_it_back_either(filing, person, own_firm):
    owner = person(Role.FIRM)
    Grant.objects.create(user=owner, role=Role.DISTRICT_OFFICER, district=own_firm.district)
    with pytest.raises(PermissionDenied):
        operations.send_back(actor=type(owner).objects.get(pk=owner.pk), filing=filing, reason="重填")


def test_confirmed_twice_is_imported_once(filing, again, person):
    operations.confirm(actor=person(Role.DISTRICT_OFFICER), filing=filing)
    before = imported()
    with pytest.raises(InputError, match="已经处理过：已确认"):
        operations.confirm(actor=person(Role.CITY_OFFICER), filing=again)
    assert imported() == before


def test_withdrawn_and_then_confirmed_is_not_imported(filing, again, person):
    operations.withdraw(actor=person(Role.FIRM), filing=filing)
    before = imported()
    with pytest.raises(InputError, match="已经处理过：已撤回"):
        operations.confirm(actor=person(Role.DISTRICT_OFFICER), filing=again)
    assert (Filing.objects.get(pk=filing.pk).state, imported()) == ("withdrawn", before)


def test_confirmed_and_then_withdrawn_stays_confirmed(filing, again, person):
    operations.confirm(actor=person(Role.DISTRICT_OFFICER), filing=filing)
    with pytest.raises(InputError, match="已经处理过：已确认"):
        operations.withdraw(actor=person(Role.FIRM), filing=again)
    assert Filing.objects.get(pk=filing.pk).state == "confirmed"


def test_the_second_to_confirm_is_told_and_finds_no_failure(filing, person, client_of):
    operations.confirm(actor=person(Role.DISTRICT_OFFICER), filing=filing)
    answer = client_of(Role.DISTRICT_OFFICER).post(f"/filings/{filing.pk}/confirm/", follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["这条填报已经处理过：已确认"]


def test_a_slip_is_called_by_the_day_on_which_the_firm_filed_here(own_firm, person):
    made = Filing.objects.create(firm=own_firm.id, slot="staff[2021]", value="9", made_by=person(Role.FIRM))
    made.made_at = datetime.datetime(2022, 10, 24, 21, 25, tzinfo=datetime.UTC)
    assert slip(made, own_firm).name == f"企业填报_{own_firm.name}_20221025_{made.pk}.csv"
