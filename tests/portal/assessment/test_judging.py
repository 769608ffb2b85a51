"""A list by any rulebook that one can apply by: judged in the background when first opened, then as any other."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from lxml import html

from rongtong import facts, qualify
from rongtong.portal.assessment import judging
from rongtong.portal.assessment.queries import Answer, Question
from rongtong.portal.days import today
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.rulebooks.queries import on_offer

pytestmark = [pytest.mark.django_db, pytest.mark.either]
BOOK = "cn/technology-sme"


def work_out(rulebook: str) -> None:
    judging.work_out(rulebook, current.pointer().snapshot, lambda _step, _share: None)


def test_the_list_offers_all_that_one_can_apply_by(client_of):
    page = html.fromstring(client_of(Role.CITY_OFFICER).get(reverse("assessment:verdicts")).content.decode())
    assert page.xpath("//select[@name='rulebook']/option/@value") == on_offer()
    assert BOOK in on_offer()


def test_who_opens_it_first_has_it_judged_and_reads_it_then(client_of, django_capture_on_commit_callbacks):
    client, asked = client_of(Role.CITY_OFFICER), {"rulebook": BOOK}
    with django_capture_on_commit_callbacks(execute=True):
        first = client.get(reverse("assessment:verdicts"), asked)
    second = client.get(reverse("assessment:verdicts"), asked)
    used = [next(one.name for one in answer.templates) for answer in (first, second)]
    assert used == ["assessment/judging.html", "assessment/verdicts.html"]


def test_it_is_asked_for_once(client_of):
    for role in (Role.CITY_OFFICER, Role.DISTRICT_OFFICER):
        assert client_of(role).get(reverse("assessment:verdicts"), {"rulebook": BOOK}).status_code == 200
    assert Job.objects.filter(kind=judging.KIND).count() == 1


def test_the_verdicts_are_those_of_the_engine(person, tmp_path):
    work_out(BOOK)
    listed = {one["firm"]: one["verdict"] for one in Answer(person(Role.CITY_OFFICER), Question(BOOK)).firms}
    snapshot = facts.Snapshot(current.snapshot().path)
    wanted = qualify.assess(snapshot, BOOK, as_of=today(), out=tmp_path)
    assert listed == {one["firm"]: one["verdict"] for one in wanted.rows()}


def test_those_of_an_earlier_snapshot_are_not_shown():
    shown = current.pointer()
    shown.snapshot, earlier = "another", shown.snapshot
    shown.save()
    judging.work_out(BOOK, earlier, lambda _step, _share: None)
    assert set(current.pointer().results) == set(settings.RULEBOOKS)


def test_every_list_can_be_shown(client_of):
    client = client_of(Role.CITY_OFFICER)
    for rulebook in on_offer():
        if not judging.ready(rulebook):
            work_out(rulebook)
        page = client.get(reverse("assessment:verdicts"), {"rulebook": rulebook}).content.decode()
        assert f"/assessment/{rulebook}/" in page
