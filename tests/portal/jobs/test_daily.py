"""What is done once a day is done once, whatever is restarted, and again only when it failed or the next day came."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction

from rongtong.portal.days import today
from rongtong.portal.jobs.daily import once_a_day
from rongtong.portal.jobs.models import Daily

done: list[datetime.date] = []
told: list[bool] = []


def work() -> None:
    done.append(today())


def asked_meanwhile() -> None:
    told.append(once_a_day(asked_meanwhile))


def fail() -> None:
    Daily.objects.create(name="half")
    raise RuntimeError


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()
    told.clear()


def test_it_is_done_at_once_and_again_the_next_day(db, settings):
    first = today()
    assert [once_a_day(work) for _again in range(3)] == [True, False, False]
    settings.BUSINESS_DAY = first + datetime.timedelta(days=1)
    assert once_a_day(work)
    settings.BUSINESS_DAY = first
    assert (once_a_day(work), done) == (False, [first, first + datetime.timedelta(days=1)])


def test_what_fails_leaves_nothing_and_is_tried_again(db):
    for _again in range(2):
        with pytest.raises(RuntimeError), transaction.atomic():
            once_a_day(fail)
    assert not Daily.objects.exclude(done_for=None).exists()
    assert not Daily.objects.filter(name="half").exists()


def test_whoever_asks_while_it_is_done_does_not_do_it(db):
    assert (once_a_day(asked_meanwhile), told) == (True, [False])
