"""A firm that was merged into another: its introductions, needs and choices are the other's from then on."""

from __future__ import annotations

import pytest

from portal.cooperation import buyers
from rongtong.errors import InputError
from rongtong.portal.introductions import balancing, hits, listing, operations, queries, suggesting
from rongtong.portal.introductions.models import Choice, Introduction
from rongtong.portal.introductions.results import sizes_of
from rongtong.portal.introductions.rules import reads, side_of
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry import current

OLD, OLD_BUYER = "fOld", "fOldBuyer"


@pytest.fixture
def merged(talking, own_firm, monkeypatch) -> Introduction:
    """The introduction as it was made with ids that have been absorbed since."""
    now = {OLD: own_firm.id, OLD_BUYER: buyers()[2].id}

    def led(_path, side, firms):
        if side == "f":
            return {one: one for one in firms} | {old: new for old, new in now.items() if new in firms}
        return {old: now[old] for old in firms if old in now}

    monkeypatch.setattr(current, "_led", led)
    Introduction.objects.update(firm=OLD)
    Posting.objects.update(firm=OLD_BUYER)
    return Introduction.objects.get()


def test_both_sides_keep_it(merged, owner, buyer):
    assert [(list(queries.of(one)), side_of(one, merged)) for one in (owner, buyer)] == [
        ([merged], "supplier"),
        ([merged], "buyer"),
    ]
    assert {one.phone for one in queries.contacts(owner, merged)} == {owner.phone, buyer.phone}


def test_the_district_of_the_firm_of_today_reads_it(merged, person):
    officer = person(Role.DISTRICT_OFFICER)
    assert list(queries.of(officer)) == [merged]
    assert "supplier" in reads(officer, merged)


def test_lists_show_the_firms_of_today(merged, own_firm, person):
    row = listing.rows(person(Role.SECRETARIAT), [merged])[0]
    assert (row.supplier, row.buyer) == (own_firm, buyers()[2])


def test_it_is_not_introduced_again_nor_to_itself(merged, own_firm, person):
    for firm, told in ((own_firm, "已经对接过"), (buyers()[2], "不能推荐给这条需求")):
        with pytest.raises(InputError, match=told):
            operations.recommend(actor=person(Role.SECRETARIAT), need=merged.need, firm=firm, origin="officer")


def test_a_choice_stays_and_can_be_taken_back(merged, own_firm, owner):
    Choice.objects.create(firm=OLD, by=owner)
    assert queries.switched_off(own_firm)
    assert queries.all_switched_off() == {own_firm.id}
    operations.choose(actor=owner, firm=own_firm, personalised=True)
    assert not queries.switched_off(own_firm)


def test_what_is_under_way_takes_up_room_of_the_firm_of_today(merged, own_firm, owner):
    given = {"side": "offer", "kind": "parts", "title": "阀座", "state": "open", "named": True, "made_by": owner}
    Posting.objects.create(firm=OLD, expires_on=merged.need.expires_on, **given)
    assert suggesting.under_way({own_firm.id}) == {own_firm.id: 1}
    assert balancing.room({own_firm.id}) == {own_firm.id: 3}
    limits = balancing._limits([merged.need])
    assert (limits["busy"], limits["met"]) == ({own_firm.id: 1}, [[str(merged.need.pk), own_firm.id]])


def test_its_size_is_that_of_the_firm_of_today(merged, own_firm):
    assert sizes_of([OLD]) == sizes_of([own_firm.id])


def test_it_is_not_suggested_again(merged, own_firm, monkeypatch):
    monkeypatch.setattr(hits, "by_word", lambda _word: [(own_firm.id, "产品 阀座")])
    assert suggesting.suggest(merged.need) == []


def test_between_finds_it_by_either_id(merged, own_firm, far_firm):
    assert [queries.between(merged.need, firm) for firm in (own_firm, far_firm)] == [merged, None]
