"""A title without a stated end is warned of by the years that its kind is granted for, and told as an assumption."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from making import put, table
from rongtong.definitions.days import months_after
from rongtong.facts import Alliance
from rongtong.portal.days import today
from rongtong.portal.people.models import Role
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.tasks import refresh
from rongtong.portal.titles import lasting, queries

pytestmark = pytest.mark.django_db
TOLD = "按 3 年有效期推算（年数待核）"
KIND = "省级瞪羚企业"


@pytest.fixture
def held(own_home, own_firm) -> tuple[Firm, datetime.date]:
    """A firm that holds a title without a stated end, and the day on which it runs out by the years of its kind."""
    granted = months_after(today(), -30)
    said = {"name": own_firm.name, "uscc": own_firm.uscc, "titles.kind": KIND, "titles.number": "瞪羚〔1〕1号",
            "titles.granted_on": granted.isoformat()}  # fmt: skip  # read by rows
    alliance = Alliance.open(own_home)
    put(alliance, table([said], list_id="titles"), file="瞪羚.xlsx")
    alliance.settle()
    refresh(lambda _step, _share: None)
    lasting.work_out(lambda _step, _share: None)
    return Firm.objects.get(id=own_firm.id), months_after(granted, 36) - datetime.timedelta(days=1)


def test_it_is_warned_of_and_told_as_an_assumption(held, client_of, person):
    firm, end = held
    officer = person(Role.CITY_OFFICER)
    found = [one for one in lasting.found(officer, lasting.Question(kind=KIND)) if one["firm"] == firm.id]
    owed = [(one["due"], one["assumption"]) for one in queries.of_firm(firm) if one["kind"] == KIND]
    assert [(one["due"], one["assumed"]) for one in found] == [(end, True)]
    assert owed == [(end, TOLD)]
    client = client_of(Role.CITY_OFFICER)
    asked = {"kind": KIND, "until": (end + datetime.timedelta(days=1)).isoformat()}
    pages = [reverse("titles:ahead"), reverse("titles:due"), reverse("titles:firm", args=[firm.id])]
    assert [TOLD in client.get(page, asked).content.decode() for page in pages] == [True, True, True]
    others = [one for one in lasting.found(officer, lasting.Question()) if one["firm"] != firm.id]
    assert {one["assumed"] for one in others} == {False}
