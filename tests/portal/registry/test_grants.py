"""What the secretariat may see of many firms is asked for at once."""

from __future__ import annotations

from rongtong.portal.people.models import Role
from rongtong.portal.registry import door
from rongtong.portal.registry.models import Consent, Firm


def test_the_consents_of_many_firms_take_no_more_queries_than_of_one(person, own_firm, django_assert_num_queries):
    secretariat, firms = person(Role.SECRETARIAT), list(Firm.objects.all())
    Consent.objects.create(firm=own_firm.id, field="revenue", given_by=person(Role.FIRM))
    assert secretariat.grants_in_force
    with django_assert_num_queries(3):
        found = door.grants_of(secretariat, firms)
    assert {firm for firm, may in found.items() if may.allow("revenue[2021]")} == {own_firm.id}
    assert len(found) == len(firms) > 100
