"""The index is made in the background: a page says so while it is not there, and no request builds it."""

from __future__ import annotations

import datetime
import itertools
import re
import shutil

import pytest

from rongtong.errors import InputError
from rongtong.portal.jobs.models import Job
from rongtong.portal.registry import current, operations, projections, tasks
from rongtong.portal.registry.models import Current

TOLD = "企业检索正在准备"


@pytest.fixture
def missing(db, own_home):
    """A portal whose index is gone."""
    shutil.rmtree(own_home / "search")
    return own_home


def test_the_page_says_that_the_index_is_being_made_and_does_not_make_it(missing, client):
    assert TOLD in client.get("/firms/").content.decode()
    assert not (missing / "search").exists()
    with pytest.raises(InputError):
        current.index()


def test_with_its_index_the_page_shows_firms(db, client):
    shown = client.get("/firms/").content.decode()
    assert TOLD not in shown
    assert "rt-facets" in shown


def test_a_missing_index_is_asked_for_once(missing):
    assert [operations.want_ready() is None for _ in range(2)] == [False, True]
    assert list(Job.objects.values_list("kind", flat=True)) == ["settle"]


def test_an_index_that_is_there_is_not_asked_for(db):
    assert operations.want_ready() is None
    assert not Job.objects.exists()


def test_verdicts_of_yesterday_are_made_again_once(own_home, db, settings):
    settings.BUSINESS_DAY = datetime.date(2023, 1, 1)
    assert [operations.want_ready() is None for _ in range(2)] == [False, True]
    tasks.refresh(lambda _step, _share: None)
    Job.objects.all().delete()
    assert operations.want_ready() is None
    assert {current.assessment(one).manifest["as_of"] for one in current.pointer().results} == {"2023-01-01"}


def test_a_settling_that_midnight_meets_judges_as_of_one_day(own_home, db, monkeypatch):
    days = itertools.count(1)
    monkeypatch.setattr(tasks, "today", lambda: datetime.date(2023, 1, next(days)))
    tasks.refresh(lambda _step, _share: None)
    assert {current.assessment(one).manifest["as_of"] for one in current.pointer().results} == {"2023-01-01"}


def test_leafing_through_finds_every_firm_once(db, client):
    pages = [client.get("/firms/", {"page": page}).content.decode() for page in (1, 2, 3)]
    links = [firm for page in pages for firm in re.findall(r'<a href="/firms/(\w+)/"><b>', page)]
    assert len(links) == len(set(links)) == 75


def test_a_page_beyond_the_last_is_the_last(db, client):
    assert client.get("/firms/", {"page": 900}).content.count(b"<b>") > 0


def test_projections_of_an_older_head_leave_those_of_a_newer(db):
    before = Current.objects.get()
    projections.rebuild(current.snapshot(), before.head - 1, {})
    after = Current.objects.get()
    assert (after.head, after.results) == (before.head, before.results)
