"""The trail: every write stands in it, in a chain, and nothing in it can be changed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from rongtong.portal.audit import queries
from rongtong.portal.audit.models import Trail
from rongtong.portal.desk import operations
from rongtong.portal.desk.models import Notice
from rongtong.portal.people.models import Role


def test_a_write_stands_in_the_trail_with_who_and_what(person):
    made = operations.publish(actor=person(Role.SECRETARIAT), title="通知", body="…")
    entry = Trail.objects.first()
    assert (entry.act, entry.subject, entry.actor, entry.detail) == (
        "desk.publish", f"desk.notice:{made.pk}", person(Role.SECRETARIAT), {"title": "通知"},
    )  # fmt: skip  # read by rows


def test_what_is_not_permitted_writes_nothing(person):
    before = Trail.objects.count()
    with pytest.raises(PermissionDenied):
        operations.publish(actor=person(Role.FIRM), title="通知", body="…")
    assert (Notice.objects.count(), Trail.objects.count()) == (0, before)


@pytest.mark.parametrize("change", [lambda one: one.delete(), lambda one: one.save()])
def test_the_database_refuses_to_change_an_entry(person, change):
    operations.publish(actor=person(Role.SECRETARIAT), title="通知", body="…")
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Trail.objects.first())


def test_a_broken_chain_is_found(person):
    operations.publish(actor=person(Role.SECRETARIAT), title="一", body="…")
    assert queries.first_break() is None
    last = Trail.objects.first()
    Trail.objects.create(number=last.number + 1, at=last.at, act="forged", detail={}, previous="0" * 64, hash="f" * 64)
    assert queries.first_break() == last.number + 1
