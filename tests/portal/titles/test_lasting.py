"""Titles held against the rulebook of their re-examination: as the engine has it, by district, with the way out."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from lxml import html

from rongtong.duties import rulebooks
from rongtong.portal.days import today
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.titles import lasting
from rongtong.qualify.paths import path

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture(scope="module")
def worked_out(django_db_setup, django_db_blocker):
    """Worked out for the sample, once."""
    with django_db_blocker.unblock():
        lasting.work_out(lambda _step, _share: None)


@pytest.fixture
def every(worked_out, person):
    return list(lasting.found(person(Role.CITY_OFFICER), lasting.Question(verdict="")))


def test_it_is_what_the_path_of_the_firm_begins_from(every):
    for one in every[::7]:
        found = path(current.snapshot(), one["rulebook"], one["firm"], purpose="review", as_of=today(), at=one["due"])
        assert found.paths[0].verdict == one["verdict"]
    assert len(every) > 7


def test_titles_that_run_out_within_a_year_are_looked_at_each_once(every):
    query = """
        SELECT DISTINCT f.firm, t.kind, t.valid_until FROM list_titles t JOIN firms f USING (n)
        WHERE list_contains(?, t.kind) AND t.valid_until BETWEEN ? AND ? AND NOT EXISTS (
            SELECT 1 FROM list_titles o WHERE o.n = t.n AND o.kind = t.kind AND o.valid_until > t.valid_until)"""
    kinds, day = list(rulebooks()), today()
    with current.snapshot().connect() as connection:
        wanted = connection.execute(query, [kinds, day, day + datetime.timedelta(days=366)]).fetchall()
    assert sorted((one["firm"], one["kind"], one["due"]) for one in every) == sorted(wanted)


def test_a_district_reads_of_its_own_firms(worked_out, every, person):
    officer = person(Role.DISTRICT_OFFICER)
    own = [one["firm"] for one in lasting.found(officer, lasting.Question(verdict=""))]
    assert sorted(own) == sorted(one["firm"] for one in every if one["district"] in officer.districts)
    assert sum(lasting.counts(officer).values()) == len(own)


def test_each_leads_to_its_path(every, client_of):
    page = html.fromstring(client_of(Role.CITY_OFFICER).get(reverse("titles:ahead"), {"verdict": ""}).content)
    first = every[0]
    query = f"rulebook={first['rulebook'].replace('/', '%2F')}&purpose=review&at={first['due']}"
    links = page.xpath("//tbody//a/@href")
    assert f"{reverse('paths:path', args=[first['firm']])}?{query}" in links


def test_the_firm_is_told_beside_the_duty(every, client_of):
    one = next(one for one in every if one["verdict"] != "qualified")
    page = client_of(Role.CITY_OFFICER).get(reverse("titles:firm", args=[one["firm"]])).content.decode()
    assert f"{reverse('paths:path', args=[one['firm']])}?rulebook={one['rulebook']}" in page


def test_what_is_not_there_is_worked_out_in_the_background_once(client_of, monkeypatch):
    monkeypatch.setattr(lasting, "key", lambda: "none")
    client = client_of(Role.CITY_OFFICER)
    assert [client.get(reverse("titles:ahead")).status_code for _ in range(2)] == [200, 200]
    assert Job.objects.filter(kind=lasting.KIND).count() == 1


def test_who_surely_does_not_stand_comes_first_and_who_does_last(every):
    order = ["not_qualified", "undetermined", "qualified"]
    said = [order.index(one["verdict"]) for one in every]
    assert said == sorted(said)


def test_titles_are_held_against_what_a_re_examination_asks(every, monkeypatch):
    work, said = lasting.ahead, []
    monkeypatch.setattr(lasting, "ahead", lambda *args, **named: said.append(named) or work(*args, **named))
    list(lasting._judged(lambda _step, _share: None))
    assert {one.get("purpose", "review") for one in said} == {"review"}
