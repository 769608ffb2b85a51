"""Whom a need's firm wants to avoid is not suggested, not proposed, and cannot put itself forward."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.cooperation import buyers
from rongtong.errors import InputError
from rongtong.portal.introductions import hits, operations, suggesting
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.meetings import operations as meetings
from rongtong.portal.meetings.models import Line, Meeting
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm


@pytest.fixture
def avoiding(need, own_firm):
    PrivateHalf.objects.filter(pk=need.pk).update(excludes=[own_firm.name])
    return Posting.objects.get(pk=need.pk)


def test_who_is_avoided_is_not_suggested(avoiding, own_firm, far_firm, monkeypatch):
    monkeypatch.setattr(hits, "by_word", lambda _word: [(one.id, "产品 阀座") for one in (own_firm, far_firm)])
    assert [one.firm for one in suggesting.suggest(avoiding)] == [far_firm]


def test_who_is_avoided_is_proposed_by_nobody(avoiding, own_firm, person, buyer, owner):
    secretariat = person(Role.SECRETARIAT)
    with pytest.raises(InputError, match="不能推荐给这条需求"):
        operations.recommend(actor=secretariat, need=avoiding, firm=own_firm, origin="officer")
    with pytest.raises(InputError, match="回避名单"):
        operations.invite(actor=buyer, need=avoiding, firm=own_firm)
    with pytest.raises(InputError, match="现在不接受自荐") as refused:
        operations.apply(actor=owner, firm=own_firm, need=avoiding, words="做过同类")
    assert "回避" not in refused.value.sentence
    assert Introduction.objects.count() == 0


def test_a_short_name_is_enough_and_another_firm_is_not_meant(avoiding, own_firm, far_firm, person):
    PrivateHalf.objects.filter(pk=avoiding.pk).update(excludes=[own_firm.name.removesuffix("有限公司")])
    need = Posting.objects.get(pk=avoiding.pk)
    with pytest.raises(InputError):
        operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=own_firm, origin="officer")
    assert operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=far_firm, origin="officer").pk


def test_a_meeting_makes_no_introduction_to_who_is_avoided(avoiding, own_firm, far_firm, person):
    by = person(Role.SECRETARIAT)
    met = Meeting.objects.create(title="专场", file="x.csv", name="x.csv", made_by=by)
    for firm in (own_firm, far_firm):
        Line.objects.create(meeting=met, row=firm.n, firm=firm.id, need=avoiding, follows=Line.Follows.values[-1])
    assert dict(meetings.introduce(actor=by, meeting=met)) == {"closed": 1, "made": 1}
    assert [one.firm for one in Introduction.objects.all()] == [far_firm.id]


@pytest.fixture
def picky(need, own_firm, owner):
    """The need, whose firm the owner's firm leaves out in an offer that does not show its name."""
    given = {"side": "offer", "kind": "parts", "title": "轴承", "state": "open", "made_by": owner}
    offer = Posting.objects.create(firm=own_firm.id, expires_on=need.expires_on, **given)
    PrivateHalf.objects.create(posting=offer, excludes=[buyers()[2].name])
    return need


def test_who_avoids_the_needs_firm_is_not_suggested(picky, own_firm, far_firm, monkeypatch):
    monkeypatch.setattr(hits, "by_word", lambda _word: [(one.id, "产品 阀座") for one in (own_firm, far_firm)])
    assert [one.firm for one in suggesting.suggest(picky)] == [far_firm]


@pytest.mark.parametrize("origin", ["engine", "officer", "meeting"])
def test_who_avoids_the_needs_firm_is_proposed_by_nobody(picky, own_firm, far_firm, person, origin):
    by = person(Role.SECRETARIAT)
    with pytest.raises(InputError, match="不能推荐给这条需求"):
        operations.recommend(actor=by, need=picky, firm=own_firm, origin=origin)
    assert operations.recommend(actor=by, need=picky, firm=far_firm, origin=origin).pk


def test_who_avoids_the_needs_firm_is_not_invited_and_that_firm_is_not_told_why(picky, own_firm, buyer, owner):
    with pytest.raises(InputError, match="现在不接受邀请") as refused:
        operations.invite(actor=buyer, need=picky, firm=own_firm)
    assert "回避" not in refused.value.sentence
    assert operations.apply(actor=owner, firm=own_firm, need=picky).pk  # it may change its mind


def test_a_meeting_makes_no_introduction_to_who_avoids_the_needs_firm(picky, own_firm, person):
    by = person(Role.SECRETARIAT)
    met = Meeting.objects.create(title="专场", file="x.csv", name="x.csv", made_by=by)
    Line.objects.create(meeting=met, row=1, firm=own_firm.id, need=picky, follows=Line.Follows.values[-1])
    assert dict(meetings.introduce(actor=by, meeting=met)) == {"closed": 1}


def test_the_engine_proposes_nobody_who_misses_what_is_required(need, own_firm, person):
    Posting.objects.filter(pk=need.pk).update(regions=["济南"])
    given = {"actor": person(Role.SECRETARIAT), "need": Posting.objects.get(pk=need.pk), "firm": own_firm}
    with pytest.raises(InputError, match="硬性要求"):
        operations.recommend(**given, origin="engine")
    assert operations.recommend(**given, origin="officer").pk


def test_a_firm_that_is_avoided_is_not_told_so_on_its_page(avoiding, owner, client_of):
    page = client_of(Role.FIRM).post(reverse("introductions:apply", args=[avoiding.pk]), {"words": "做过同类"})
    assert (page.status_code, "回避" in page.content.decode()) == (422, False)
    assert Firm.objects.count() > 2
