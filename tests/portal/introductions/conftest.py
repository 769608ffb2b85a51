"""A need of the large firm, the two who may come together over it, and how far they have come."""

from __future__ import annotations

import pytest

from portal.cooperation import buyers, open_need
from rongtong.portal.introductions import operations
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.people.models import Role


@pytest.fixture
def buyer(db):
    return buyers()[0]


@pytest.fixture
def owner(person):
    return person(Role.FIRM)


@pytest.fixture
def need(buyer, person):
    return open_need(buyer, buyers()[2], person(Role.SECRETARIAT))


@pytest.fixture
def proposed(need, own_firm, person) -> Introduction:
    return operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=own_firm, origin="engine")


@pytest.fixture
def talking(proposed, buyer, owner) -> Introduction:
    for one in (buyer, owner):
        operations.move(actor=one, introduction=proposed, transition="agree")
    return Introduction.objects.get(pk=proposed.pk)
