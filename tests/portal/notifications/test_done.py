"""A notice about a thing that is done, or that somebody has looked at, is read; the day is the portal's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from portal.cooperation import POINTS, buyers, draft
from rongtong.portal.days import today
from rongtong.portal.introductions import operations as introductions
from rongtong.portal.notifications.models import Notification
from rongtong.portal.notifications.queries import unread
from rongtong.portal.people.models import Role
from rongtong.portal.postings import operations

BACKEND = "rongtong.portal.people.backends.ByPassword"


@pytest.fixture
def people(person):
    return {"secretariat": person(Role.SECRETARIAT), "owner": person(Role.FIRM), "buyer": buyers()[0]}


@pytest.fixture
def need(people):
    by, _research, firm = buyers()
    return operations.hand_in(actor=by, posting=draft(by, firm))


def counts(people) -> dict[str, int]:
    return {name: unread(one) for name, one in people.items()}


def opened(user, path: str) -> None:
    client = Client()
    client.force_login(user, backend=BACKEND)
    assert client.get(path).status_code == 200


def test_what_was_asked_is_read_when_it_is_done(people, need, own_firm):
    assert counts(people)["secretariat"] == 1
    need = operations.review(actor=people["secretariat"], posting=need, points=POINTS)
    assert counts(people) == {"secretariat": 0, "owner": 0, "buyer": 1}
    made = introductions.recommend(actor=people["secretariat"], need=need, firm=own_firm, origin="officer")
    assert counts(people) == {"secretariat": 0, "owner": 1, "buyer": 2}
    introductions.move(actor=people["owner"], introduction=made, transition="agree")
    assert counts(people) == {"secretariat": 0, "owner": 0, "buyer": 2}
    introductions.move(actor=people["buyer"], introduction=made, transition="agree")
    left = Notification.objects.filter(user__in=people.values(), read_at=None).values_list("wording", flat=True)
    assert sorted(left) == ["introduction_agreed", "introduction_agreed", "posting_published"]


def test_what_somebody_has_looked_at_is_read_for_them_alone(people, need):
    need = operations.review(actor=people["secretariat"], posting=need, points=POINTS)
    opened(people["secretariat"], reverse("postings:posting", args=[need.pk]))
    assert counts(people)["buyer"] == 1
    opened(people["buyer"], reverse("postings:posting", args=[need.pk]))
    assert counts(people)["buyer"] == 0


def test_a_message_that_was_read_asks_no_more(people, need, own_firm):
    need = operations.review(actor=people["secretariat"], posting=need, points=POINTS)
    made = introductions.recommend(actor=people["secretariat"], need=need, firm=own_firm, origin="officer")
    for name in ("owner", "buyer"):
        introductions.move(actor=people[name], introduction=made, transition="agree")
    made.refresh_from_db()
    introductions.write(actor=people["buyer"], introduction=made, text="请看图纸")
    told = Notification.objects.filter(user=people["owner"], wording="message_written", read_at=None)
    assert told.count() == 1
    introductions.read(actor=people["owner"], introduction=made)
    assert told.count() == 0


def test_a_notice_bears_the_day_on_which_the_portal_works(people, need):
    told = Notification.objects.filter(user=people["secretariat"])
    assert {localtime(one.made_at).date() for one in told} == {today()}
