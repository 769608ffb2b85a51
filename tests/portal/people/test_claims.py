"""A claim to act for a firm is checked once, by somebody else than who made it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rongtong.errors import InputError
from rongtong.portal.days import today
from rongtong.portal.people import operations
from rongtong.portal.people.models import OF_FIRMS, Capacity, Claim, Grant, Role


@pytest.fixture
def claim(own_firm, db):
    """A claim of somebody's to act for the firm of the sample's owner."""

    def make(user) -> Claim:
        given = {"firm": own_firm.id, "capacity": "agent", "letter": "x.pdf", "valid_until": today()}
        return Claim.objects.create(user=user, **given)

    return make


def agents() -> int:
    return Grant.objects.filter(capacity="agent").count()


def test_who_made_a_claim_does_not_accept_it(claim, person):
    officer = person(Role.DISTRICT_OFFICER)
    with pytest.raises(PermissionDenied):
        operations.accept(actor=officer, held=claim(officer))
    assert agents() == 0


def test_a_colleague_accepts_it_until_the_day_that_the_letter_says(claim, person):
    made = operations.accept(actor=person(Role.CITY_OFFICER), held=claim(person(Role.DISTRICT_OFFICER)))
    assert (made.user, made.capacity, made.valid_until) == (person(Role.DISTRICT_OFFICER), "agent", today())


def test_accepted_twice_is_one_authorisation(claim, person):
    made = claim(person(Role.SECRETARIAT))
    again = Claim.objects.get(pk=made.pk)
    operations.accept(actor=person(Role.DISTRICT_OFFICER), held=made)
    with pytest.raises(InputError, match="已经处理过：已通过"):
        operations.accept(actor=person(Role.CITY_OFFICER), held=again)
    assert agents() == 1


def test_refused_and_then_accepted_is_none(claim, person):
    made = claim(person(Role.SECRETARIAT))
    again = Claim.objects.get(pk=made.pk)
    operations.refuse(actor=person(Role.DISTRICT_OFFICER), held=made, reason="公章不清")
    with pytest.raises(InputError, match="已经处理过：已退回"):
        operations.accept(actor=person(Role.CITY_OFFICER), held=again)
    assert agents() == 0


def test_who_acts_for_a_firm_by_a_claim_does_not_end_it_as_an_officer(person, own_firm):
    officer = person(Role.CITY_OFFICER)
    held = Grant.objects.create(user=officer, role=Role.FIRM, firm=own_firm.id, capacity="agent")
    with pytest.raises(PermissionDenied):
        operations.revoke_claimed(actor=officer, held=held)
    assert Grant.objects.get(pk=held.pk).revoked_at is None


def test_the_city_ends_an_authorisation_that_somebody_else_holds(person, own_firm):
    held = Grant.objects.create(user=person(Role.FIRM), role=Role.FIRM, firm=own_firm.id, capacity="agent")
    ended = operations.revoke_claimed(actor=person(Role.CITY_OFFICER), held=held)
    assert list(Grant.objects.in_force().filter(pk=ended.pk)) == []


def test_a_large_firms_purchasing_comes_by_a_claim(own_home, person, own_firm):
    letter = SimpleUploadedFile("x.pdf", b"%PDF-1.4")
    owner = person(Role.FIRM)
    held = operations.claim(
        actor=owner, firm=own_firm, capacity=Capacity.PURCHASING, letter=letter, valid_until=today()
    )
    granted = operations.accept(actor=person(Role.DISTRICT_OFFICER), held=held)
    assert (granted.role, granted.capacity) == (Role.LARGE_FIRM, Capacity.PURCHASING)


@pytest.mark.parametrize("role", OF_FIRMS)
def test_the_administrator_appoints_nobody_to_act_for_a_firm(client_of, person, role):
    given = {"phone": "13900000007", "name": "甲", "role": role}
    assert client_of(Role.ADMINISTRATOR).post(reverse("people:accounts"), given).status_code == 422
    with pytest.raises(PermissionDenied):
        operations.grant(actor=person(Role.ADMINISTRATOR), **given)
