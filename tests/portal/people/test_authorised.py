"""An authorisation gives what it gives from its first day to its last, and nothing once it was revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from rongtong.portal.days import today
from rongtong.portal.people import operations
from rongtong.portal.people.models import Grant, Role, User

DAY = timedelta(days=1)
#: What makes an authorisation give nothing.
OVER = {
    "expired": lambda: {"valid_until": today() - DAY},
    "not begun": lambda: {"valid_from": today() + DAY},
    "revoked": lambda: {"revoked_at": timezone.now()},
}
over = pytest.mark.parametrize("why", OVER)


@pytest.fixture
def without(person):
    """The sample's person of a role whose authorisation is over; there is a client of theirs from before."""

    def end(role: str, **changes: object) -> User:
        user = person(role)
        Grant.objects.filter(user=user).update(**changes)
        return User.objects.get(pk=user.pk)

    return end


@over
def test_an_authorisation_that_is_over_acts_for_no_firm(without, why):
    assert without(Role.FIRM, **OVER[why]()).firms == frozenset()


@over
def test_an_authorisation_that_is_over_works_for_no_district(without, why):
    assert without(Role.DISTRICT_OFFICER, **OVER[why]()).districts == frozenset()


@over
@pytest.mark.parametrize("role", Role.values)
def test_an_authorisation_that_is_over_is_no_role(without, why, role):
    assert without(role, **OVER[why]()).acts_as(*Role.values) is False


@over
def test_the_page_of_the_firm_is_closed_to_who_is_signed_in_still(client_of, without, own_firm, why):
    client = client_of(Role.FIRM)
    before = client.get(f"/firms/{own_firm.id}/data/").status_code
    without(Role.FIRM, **OVER[why]())
    assert (before, client.get(f"/firms/{own_firm.id}/data/").status_code) == (200, 403)


@over
def test_no_link_is_made_for_who_acts_for_the_firm_no_longer(without, own_firm, why):
    without(Role.FIRM, **OVER[why]())
    assert operations.link_for(firm=own_firm.id, path="/", made_by=None) is None


def test_an_authorisation_holds_on_its_last_day(without, own_firm):
    assert without(Role.FIRM, valid_until=today()).firms == {own_firm.id}


def test_an_authorisation_holds_on_its_first_day(without, own_firm):
    assert without(Role.FIRM, valid_from=today()).firms == {own_firm.id}


def test_who_is_switched_off_may_nothing_whatever_the_authorisation(person, own_firm):
    user = person(Role.FIRM)
    user.is_active = False
    assert user.has_perm("filings.file", own_firm) is False
