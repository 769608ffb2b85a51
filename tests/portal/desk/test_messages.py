"""A firm is told when it is taken in, and whoever claimed one what came of it; nobody else is."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from rongtong.portal.desk import messages, queries
from rongtong.portal.membership import operations as membership
from rongtong.portal.membership.models import Application
from rongtong.portal.people import operations as people
from rongtong.portal.people.models import Claim, Role, User

DAY = datetime.date(2022, 10, 20)
PAGE = reverse("desk:messages")


@pytest.fixture
def application(person, own_firm) -> Application:
    return Application.objects.create(
        firm=own_firm.id, contact="甲", phone="13812345678", state="submitted", made_by=person(Role.FIRM)
    )


@pytest.fixture
def stranger(db) -> User:
    """Somebody who acts for nobody yet."""
    return User.objects.create_user("13900000009", name="周琪")


@pytest.fixture
def claim(stranger, own_firm) -> Claim:
    return Claim.objects.create(
        user=stranger, firm=own_firm.id, capacity="agent", letter="x.pdf", valid_until=datetime.date(2023, 10, 25)
    )


def told(user: User) -> list[str]:
    return [one.told for one in messages.unread(user)]


def test_a_firm_is_told_that_it_was_taken_in(application, person, own_firm):
    membership.accept(actor=person(Role.SECRETARIAT), application=application, since=DAY)
    assert told(person(Role.FIRM)) == [f"{own_firm.name}已成为联盟会员，入会日期 2022-10-20"]


def test_a_firm_is_told_why_its_application_came_back(application, person):
    membership.send_back(actor=person(Role.SECRETARIAT), application=application, reason="缺公章")
    assert told(person(Role.FIRM)) == ["入会申请被退回：缺公章"]


def test_who_claimed_a_firm_is_told_that_the_claim_holds(claim, person, stranger, own_firm):
    people.accept(actor=person(Role.DISTRICT_OFFICER), held=claim)
    assert told(stranger) == [f"{own_firm.name}的授权书已核验，您可以代表企业填报，至 2023-10-25 有效"]


def test_who_claimed_a_firm_is_told_why_it_was_refused_and_the_firm_is_not(claim, person, stranger, own_firm):
    people.refuse(actor=person(Role.DISTRICT_OFFICER), held=claim, reason="公章不清 {x}")
    assert (told(stranger), told(person(Role.FIRM))) == ([f"{own_firm.name}的授权书被退回：公章不清 {{x}}"], [])


def test_it_waits_on_the_workbench_and_in_the_head_of_every_page_until_it_was_opened(application, person, client_of):
    membership.send_back(actor=person(Role.SECRETARIAT), application=application, reason="缺公章")
    owner, page = person(Role.FIRM), client_of(Role.FIRM)
    before = [one.what for one in queries.waiting(owner) if one.about == "通知"]
    assert (before, "1 条新通知" in page.get("/").content.decode()) == (["入会申请被退回：缺公章"], True)
    assert "入会申请被退回：缺公章" in page.get(PAGE).content.decode()
    after = [one.what for one in queries.waiting(owner) if one.about == "通知"]
    assert (after, "条新通知" in page.get("/").content.decode()) == ([], False)


def test_another_reader_is_not_shown_it(application, person, client_of):
    membership.send_back(actor=person(Role.SECRETARIAT), application=application, reason="缺公章")
    for role in (Role.DISTRICT_OFFICER, Role.SECRETARIAT):
        assert "缺公章" not in client_of(role).get(PAGE).content.decode()
    assert told(person(Role.FIRM)) == ["入会申请被退回：缺公章"]


def test_it_is_told_in_the_readers_language(application, person):
    membership.send_back(actor=person(Role.SECRETARIAT), application=application, reason="no seal")
    with translation.override("en"):
        assert told(person(Role.FIRM)) == ["The application to join was returned: no seal"]
