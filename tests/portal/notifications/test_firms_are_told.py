"""A firm is told when it is taken in, and whoever claimed one what came of it; nobody else is."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from rongtong import i18n
from rongtong.portal.membership import operations as membership
from rongtong.portal.membership.models import Application
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people import operations as people
from rongtong.portal.people.models import Claim, Role, User

DAY = datetime.date(2022, 10, 20)


@pytest.fixture
def application(person, own_firm) -> Application:
    return Application.objects.create(
        firm=own_firm.id, contact="甲", phone="13812345678", state="submitted", made_by=person(Role.FIRM)
    )


@pytest.fixture
def claim(own_firm) -> Claim:
    """The claim of somebody who acts for nobody yet."""
    stranger = User.objects.create_user("13900000009", name="周琪")
    until = datetime.date(2023, 10, 25)
    return Claim.objects.create(user=stranger, firm=own_firm.id, capacity="agent", letter="x.pdf", valid_until=until)


def told() -> list[tuple[User, str]]:
    return [(one.user, one.text) for one in Notification.objects.all()]


def test_a_firm_is_told_that_it_was_taken_in(application, person, own_firm):
    membership.accept(actor=person(Role.SECRETARIAT), application=application, since=DAY)
    assert told() == [(person(Role.FIRM), f"{own_firm.name}的入会申请已通过，入会日期 2022-10-20。")]


def test_a_firm_is_told_why_its_application_came_back(application, person, own_firm):
    membership.send_back(actor=person(Role.SECRETARIAT), application=application, reason="缺公章")
    assert told() == [(person(Role.FIRM), f"{own_firm.name}的入会申请需要修改：缺公章")]


def test_who_claimed_a_firm_is_told_that_the_claim_holds(claim, person, own_firm):
    people.accept(actor=person(Role.DISTRICT_OFFICER), held=claim)
    assert told() == [(claim.user, f"您已可以代表{own_firm.name}办理业务，授权有效期至 2023-10-25。")]


def test_who_claimed_a_firm_is_told_why_it_was_refused_and_the_firm_is_not(claim, person, own_firm):
    people.refuse(actor=person(Role.DISTRICT_OFFICER), held=claim, reason="章不清楚")
    assert told() == [(claim.user, f"{own_firm.name}的授权书未通过核验：章不清楚")]


def test_who_reads_english_is_told_in_english(claim, person, own_firm):
    people.accept(actor=person(Role.DISTRICT_OFFICER), held=claim)
    with translation.override("en"), i18n.using("en"):
        assert told() == [(claim.user, f"You may act for {own_firm.name} until 2023-10-25.")]
