"""Codes and tries are counted by telephone and by address, and nobody makes up the address they come from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import RequestFactory

from rongtong.errors import InputError
from rongtong.portal.people import operations
from rongtong.portal.people.views import address

pytestmark = pytest.mark.django_db
OURS, TOLD = "10.0.0.1", "1.1.1.1, 8.8.8.8,9.9.9.9"


def taken(ask: Callable[[int], object]) -> int:
    """How often one may ask until there is a pause, of a hundred times."""
    for n in range(100):
        try:
            ask(n)
        except InputError as error:
            if "尝试次数过多" in str(error):
                return n
    return 100


def phone(n: int) -> str:
    return f"139{n:08}"


def wrong(n: int, telephone: str, place: str) -> None:
    operations.sign_in_by_code(phone=telephone, code="no", address=place)


def test_a_telephone_is_sent_five_codes_wherever_they_are_asked_from():
    assert taken(lambda n: operations.send_code(phone=phone(1), address=f"1.1.1.{n}")) == 5


def test_an_address_is_sent_sixty_codes_whatever_the_telephones():
    assert taken(lambda n: operations.send_code(phone=phone(n), address="1.1.1.1")) == 60


def test_a_telephone_is_tried_five_times_wherever_from():
    assert taken(lambda n: wrong(n, phone(1), f"1.1.1.{n}")) == 5


def test_an_address_tries_sixty_times_whatever_the_telephones():
    assert taken(lambda n: wrong(n, phone(n), "1.1.1.1")) == 60


def test_tries_of_a_password_and_of_a_code_count_together():
    with pytest.raises(InputError, match="手机号或密码不对"):
        operations.sign_in_by_password(phone=phone(1), password="wrong", address="2.2.2.2")  # noqa: S106 -- none's
    assert taken(lambda n: wrong(n, phone(1), f"1.1.1.{n}")) == 4


def test_an_address_makes_sixty_accounts():
    assert taken(lambda n: operations.register(phone=phone(n), name="甲", address="1.1.1.1")) == 60


def test_another_telephone_at_another_address_goes_on():
    taken(lambda n: operations.send_code(phone=phone(1), address="1.1.1.1"))
    assert taken(lambda n: operations.send_code(phone=phone(2), address="2.2.2.2")) == 5


@pytest.mark.parametrize(
    ("proxy", "told", "found"),
    [(False, TOLD, OURS), (True, TOLD, "9.9.9.9"), (True, "1.1.1.1", "1.1.1.1"), (True, "", OURS), (False, "", OURS)],
)
def test_what_an_address_is_told_to_be_counts_behind_a_proxy_of_ours_alone_and_its_last_part(
    settings, proxy, told, found
):
    settings.BEHIND_PROXY = proxy
    headers = {"X-Forwarded-For": told} if told else {}
    assert address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=OURS)) == found


def test_sign_in_counts_by_that_address(settings, client):
    settings.BEHIND_PROXY = True
    client.post("/sign-in/", {"phone": phone(1)}, headers={"X-Forwarded-For": TOLD}, REMOTE_ADDR=OURS)
    keys = list(operations.Attempt.objects.order_by("pk").values_list("key", flat=True))
    assert keys == [f"code:{phone(1)}", "code@9.9.9.9"]
