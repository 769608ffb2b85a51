"""Nothing goes through the door that the reader may not see; first, there is something that could."""

from __future__ import annotations

import pytest

from rongtong.definitions.catalogue import catalogue
from rongtong.portal.people.models import Role
from rongtong.portal.registry import door
from rongtong.portal.registry.models import Consent

CONFIDENTIAL = "revenue[2021]"
BOOK = "cn/srdi-sme"


def slots(user, firm):
    return {fact.slot for fact in door.facts(user, firm).shown}


def fields_of(found):
    return {catalogue()[door.field_of(slot)].sensitivity for slot in found}


@pytest.mark.parametrize("role", [Role.FIRM, Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER, Role.CITY_OFFICER])
def test_whoever_is_in_charge_of_a_firm_sees_its_figures(role, person, own_firm):
    assert CONFIDENTIAL in slots(person(role), own_firm)
    assert door.facts(person(role), own_firm).hidden == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CITY_OFFICER}))
def test_another_districts_firm_shows_its_public_facts_only(role, person, far_firm):
    assert "revenue[2021]" in slots(person(Role.CITY_OFFICER), far_firm)
    assert fields_of(slots(person(role), far_firm)) == {"public"}
    assert door.facts(person(role), far_firm).hidden > 0


def test_the_public_sees_public_facts_only(person, own_firm):
    assert fields_of(slots(None, own_firm)) == {"public"}


def test_the_secretariat_sees_what_the_firm_consented_to_until_it_withdraws(person, own_firm):
    secretariat = person(Role.SECRETARIAT)
    assert CONFIDENTIAL not in slots(secretariat, own_firm)
    given = Consent.objects.create(firm=own_firm.id, field="revenue", given_by=person(Role.FIRM))
    assert {one for one in slots(secretariat, own_firm) if door.field_of(one) == "revenue"} >= {CONFIDENTIAL}
    assert fields_of({one for one in slots(secretariat, own_firm) if door.field_of(one) != "revenue"}) == {"public"}
    given.withdrawn_at = given.given_at
    given.save()
    assert CONFIDENTIAL not in slots(secretariat, own_firm)


def test_a_clause_of_a_hidden_value_shows_neither_value_nor_outcome(person, own_firm):
    book = "cn/srdi-sme"
    told = door.verdict(person(Role.DISTRICT_OFFICER), own_firm, book)
    veiled = door.verdict(person(Role.SECRETARIAT), own_firm, book)
    hidden = [one for one in door.clauses(veiled) if one.get("hidden")]
    assert told["verdict"] is not None
    assert veiled["verdict"] is None
    assert hidden
    assert {(one["holds"], one["points"], one["margin"]) for one in hidden} == {(None, None, None)}
    assert {str(one["values"]) for one in hidden} == {"{}"}


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.SECRETARIAT])
def test_a_card_in_short_is_what_the_whole_story_would_tell(role, person, own_firm, far_firm):
    for firm in (own_firm, far_firm):
        story = door.verdict(person(role), firm, BOOK)
        told = {"verdict": story["verdict"], "score": story["score"], "lacks": len(story["missing"])}
        assert door.card(person(role), firm, BOOK) == told
