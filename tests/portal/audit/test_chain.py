"""Whatever is done to the trail behind the database's back, its chain tells, and where."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection

from rongtong.portal.audit.models import Trail
from rongtong.portal.audit.operations import record
from rongtong.portal.audit.queries import first_break
from rongtong.portal.people.models import Role

TRIGGERS = {
    "sqlite": ["DROP TRIGGER audit_trail_no_update", "DROP TRIGGER audit_trail_no_delete"],
    "postgresql": ["DROP TRIGGER audit_trail_no_change ON audit_trail"],
}
#: Each field of an entry and something else that it might be made to say.
CHANGES = {
    "at": datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC),
    "actor": None,
    "act": "other",
    "subject": "other:1",
    "detail": {"n": 9},
    "previous": "f" * 64,
    "hash": "f" * 64,
}


@pytest.fixture(autouse=True)
def _opened(person) -> None:
    """A trail of four entries that can be changed, as by whoever has the database's password."""
    for n in range(4):
        record(actor=person(Role.SECRETARIAT), act="act", subject="thing:1", detail={"n": n})
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor]:
            cursor.execute(statement)


def forged(number: int, **changes: object) -> None:
    """Change an entry, and make its own hash fit."""
    entry = Trail.objects.get(number=number)
    for name, value in changes.items():
        setattr(entry, name, value)
    Trail.objects.filter(number=number).update(**changes, hash=entry.digest())


def test_a_trail_that_nobody_touched_holds():
    assert first_break() is None


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_breaks_it(name):
    Trail.objects.filter(number=2).update(**{name: CHANGES[name]})
    assert first_break() == 2


def test_a_changed_entry_whose_hash_was_made_to_fit_breaks_it_at_the_next():
    forged(2, detail={"n": 9})
    assert first_break() == 3


def test_a_removed_entry_breaks_it_at_the_next():
    Trail.objects.filter(number=2).delete()
    assert first_break() == 3


def test_a_removed_entry_breaks_it_though_the_next_was_tied_to_the_one_before():
    Trail.objects.filter(number=3).delete()
    forged(4, previous=Trail.objects.get(number=2).hash)
    assert first_break() == 4


def test_the_first_entry_removed_breaks_it():
    Trail.objects.filter(number=1).delete()
    assert first_break() == 2
