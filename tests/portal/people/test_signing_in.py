"""Signing in: by code once, by password, both slowed down; links that lead to one page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.portal.people import operations
from rongtong.portal.people.models import AccessLink, OneTimeCode, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(person) -> str:
    return person(Role.DISTRICT_OFFICER).phone


def test_a_code_opens_the_account_once(phone, person):
    code = operations.send_code(phone=phone, address="1.1.1.1")
    assert operations.sign_in_by_code(phone=phone, code=code, address="1.1.1.1") == person(Role.DISTRICT_OFFICER)
    with pytest.raises(InputError):
        operations.sign_in_by_code(phone=phone, code=code, address="1.1.1.1")


def test_the_code_itself_is_not_kept(phone):
    code = operations.send_code(phone=phone, address="1.1.1.1")
    assert code not in str(OneTimeCode.objects.values_list("digest", flat=True))


def test_guessing_is_stopped_for_the_right_code_too(phone):
    code = operations.send_code(phone=phone, address="1.1.1.1")
    for n in range(operations.TRIES):
        with pytest.raises(InputError):
            operations.sign_in_by_code(
                phone=phone, code="000000" if code != "000000" else "111111", address=f"1.1.1.{n}"
            )
    with pytest.raises(InputError, match="尝试次数过多"):
        operations.sign_in_by_code(phone=phone, code=code, address="1.1.2.1")


def test_a_password_opens_the_account(phone, person):
    user = person(Role.DISTRICT_OFFICER)
    right, wrong = "correct horse battery", "wrong"
    user.set_password(right)
    user.save()
    assert operations.sign_in_by_password(phone=phone, password=right, address="1") == user
    with pytest.raises(InputError):
        operations.sign_in_by_password(phone=phone, password=wrong, address="1")


def test_signing_in_leads_only_to_our_own_pages(phone):
    client = Client()
    client.post("/sign-in/", {"phone": phone})
    code = operations.send_code(phone=phone, address="2")
    answer = client.post("/sign-in/code/", {"phone": phone, "code": code, "next": "https://evil.example/"})
    assert answer["Location"] == "/today/"


def test_a_link_opens_its_page_and_no_other(person, own_firm):
    link = operations.link_for(firm=own_firm.id, path=f"/titles/firms/{own_firm.id}/", made_by=None)
    client, address = Client(), f"/l/{operations.token_of(link)}/"
    answer = client.post(address, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, link.path)
    assert client.get(f"/firms/{own_firm.id}/data/").status_code == 302
    assert client.get("/today/").status_code == 302


def test_a_link_is_used_up_by_who_opens_it_not_by_who_looks(person, own_firm):
    link = operations.link_for(firm=own_firm.id, path=f"/titles/firms/{own_firm.id}/", made_by=None)
    mine, address = Client(), f"/l/{operations.token_of(link)}/"
    assert [Client().get(address).status_code for _look in range(2)] == [200, 200]
    assert mine.post(address).status_code == 302
    assert [mine.get(address).status_code, Client().get(address).status_code, Client().post(address).status_code] == [
        302, 410, 410,
    ]  # fmt: skip


def test_whoever_knew_the_session_before_a_link_was_opened_does_not_come_along(own_firm):
    link = operations.link_for(firm=own_firm.id, path=f"/titles/firms/{own_firm.id}/", made_by=None)
    known, opener = Client(), Client()
    session = known.session
    session["anything"] = True
    session.save()
    opener.cookies["sessionid"] = known.cookies["sessionid"] = session.session_key
    opener.post(f"/l/{operations.token_of(link)}/")
    assert [one.get(link.path).status_code for one in (opener, known)] == [200, 302]


def test_a_link_that_has_expired_opens_nothing(person, own_firm):
    link = operations.link_for(firm=own_firm.id, path=f"/titles/firms/{own_firm.id}/", made_by=None)
    client, address = Client(), f"/l/{operations.token_of(link)}/"
    client.post(address)
    AccessLink.objects.update(expires_at=timezone.now())
    assert client.get(link.path).status_code == 302
    assert Client().post(address).status_code == 410


def test_a_forged_link_is_refused():
    assert Client().get("/l/forged/").status_code == 410
