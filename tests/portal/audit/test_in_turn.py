"""Who comes second waits for the first to end, also where there is no row yet that could be held."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from portal.cooperation import buyers, open_need
from rongtong.errors import InputError
from rongtong.portal.audit.models import name_of
from rongtong.portal.days import today
from rongtong.portal.desk import operations as desk
from rongtong.portal.filings import operations as filings
from rongtong.portal.introductions import operations as introductions
from rongtong.portal.meetings import operations as meetings
from rongtong.portal.membership import operations as membership
from rongtong.portal.people import operations as people
from rongtong.portal.people.models import Capacity, Contact, Grant, Role

PHONE = "13911112222"
LETTER = {"capacity": Capacity.AGENT, "letter": ContentFile(b"%PDF-1.4", "x.pdf")}


def _meet(person, _firm):
    large, _research, own = buyers()
    secretariat, sheet = person(Role.SECRETARIAT), SimpleUploadedFile("签到.csv", "企业名称\n甲\n".encode())
    need = open_need(large, own, secretariat)
    made = meetings.enter(actor=secretariat, title="专场", on=today(), place="", needs=[need], file=sheet)
    return f"meetings.meeting:{made.sha256}"


def _appoint(person, _firm):
    people.grant(actor=person(Role.ADMINISTRATOR), phone=PHONE, name="甲", role=Role.SECRETARIAT)
    return f"people.user:{PHONE}"


def _register(_person, _firm):
    people.register(phone=PHONE, name="甲", address="")
    return f"people.user:{PHONE}"


def _dismiss(person, _firm):
    by = person(Role.ADMINISTRATOR)
    people.revoke(actor=by, held=people.grant(actor=by, phone=PHONE, name="甲", role=Role.ADMINISTRATOR))
    return "people.grant:administrator"


def _publish(person, _firm):
    desk.publish(actor=person(Role.SECRETARIAT), title="通知", body="…")
    return "desk.notice:通知"


def _about(operation, **given):
    def do(person, firm):
        operation(actor=person(Role.FIRM), firm=firm, **given)
        return name_of(firm)

    return do


@pytest.mark.parametrize(
    "act",
    [
        _meet, _appoint, _register, _dismiss, _publish,
        _about(membership.apply, kind="member", contact="甲", phone=PHONE),
        _about(filings.consent, field="revenue", given=True),
        _about(people.claim, valid_until=today() + timedelta(days=9), **LETTER),
        _about(introductions.limit, most=3),
    ],
)  # fmt: skip
def test_who_does_the_same_waits(act, person, own_firm):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    assert _free(act(person, own_firm)) is False


def _free(name: str) -> bool:
    """Whether somebody else could do what is called *name* now."""
    found: list[bool] = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            found.append(cursor.fetchone()[0])
        connection.close()

    other = threading.Thread(target=look)
    other.start()
    other.join()
    return found[0]


def test_what_somebody_else_has_just_deleted_is_told(person, own_firm):
    made = Contact.objects.create(firm=own_firm.id, name="周琪", phone=PHONE)
    people.remove_contact(actor=person(Role.FIRM), contact=Contact.objects.get(pk=made.pk))
    with pytest.raises(InputError, match="刚刚被删除"):
        people.remove_contact(actor=person(Role.FIRM), contact=made)


def test_a_role_given_twice_is_one_that_can_be_taken_back(client_of):
    client = client_of(Role.ADMINISTRATOR)
    given = {"phone": PHONE, "name": "甲", "role": Role.SECRETARIAT}
    told = [client.post("/accounts/", given) for _click in range(2)]
    assert [one.status_code for one in told] == [302, 422]
    assert f"{PHONE}：甲已经有这个角色" in told[1].content.decode()
    assert Grant.objects.in_force().filter(user__phone=PHONE).count() == 1


def test_a_notice_is_published_once(client_of):
    given = {"title": "通知", "body": "…"}
    client = client_of(Role.SECRETARIAT)
    assert [client.post("/notices/new/", given).status_code for _click in range(2)] == [302, 422]
