"""A merge is taken back: what was written in between is listed, and a person says once whose each is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from rongtong.errors import InputError
from rongtong.portal.audit.models import Trail
from rongtong.portal.introductions.models import Choice
from rongtong.portal.membership.models import Member
from rongtong.portal.people.models import Contact, Role
from rongtong.portal.queues import operations, queries
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Between, Consent, Firm
from rongtong.portal.registry.tasks import refresh
from rongtong.portal.titles.models import Call


def settle() -> None:
    refresh(lambda _step, _share: None)


@pytest.fixture
def city(db, person):
    return person(Role.CITY_OFFICER)


@pytest.fixture
def parted(own_home, city, own_firm, far_firm) -> SimpleNamespace:
    """Two firms that were one for a while, with what was written before, meanwhile and after."""
    for firm in (own_firm, far_firm):
        Call.objects.create(firm=firm.id, note="早先", made_by=city)
    entry = current.alliance().decide_same(own_firm.id, far_firm.id, sure=True)
    settle()
    kept = current.resolve(own_firm.id)
    gone = next(one.id for one in (own_firm, far_firm) if one.id != kept)
    Call.objects.create(firm=kept, note="期间", made_by=city)
    Consent.objects.create(firm=kept, field="revenue", given_by=city)
    Member.objects.create(firm=kept)
    operations.take_back(actor=city, entry=entry)
    Choice.objects.create(firm=kept, by=city)
    settle()
    Contact.objects.create(firm=kept, name="周琪", phone="1")
    return SimpleNamespace(kept=kept, gone=gone, entry=entry)


def listed(user) -> list[tuple[str, str]]:
    return [(one.row.what, one.row.told) for one in queries.undivided(user)]


def item(user, what: str) -> Between:
    return next(one.item for one in queries.undivided(user) if one.row.what == what)


def test_what_was_written_until_pages_showed_two_again_is_listed(parted, city):
    assert sorted(listed(city)) == [
        ("不参加个性化推荐", ""), ("会员资格", "会员"), ("查看授权", "营业收入"), ("联系记录", "期间"),
    ]  # fmt: skip
    one = next(one for one in queries.undivided(city) if one.row.what == "联系记录")
    assert (one.kept.id, one.gone.id, one.row.by) == (parted.kept, parted.gone, city)
    assert one.row.at is not None


def test_that_there_is_something_to_divide_stands_in_the_trail_and_on_the_workbench(parted, city):
    told = Trail.objects.get(act="registry.parted")
    assert (told.subject, told.detail) == (f"registry.firm:{parted.gone}", {"kept": parted.kept, "rows": 4})
    assert [one.about for one in queries.waiting(city) if one.url.endswith("/undivided/")] == ["4 条"]


def test_a_row_goes_to_the_one_that_it_is_about(parted, city):
    operations.divide(actor=city, item=item(city, "联系记录"), firm=parted.gone)
    assert {one.firm for one in Call.objects.filter(note="期间")} == {parted.gone}
    told = Trail.objects.get(act="queues.divide")
    assert (told.actor, told.detail) == (city, {"firm": parted.gone})
    assert "联系记录" not in dict(listed(city))


def test_a_row_stays_where_it_is(parted, city):
    operations.divide(actor=city, item=item(city, "会员资格"), firm=parted.kept)
    assert Member.objects.get(firm=parted.kept)
    assert "会员资格" not in dict(listed(city))


def test_nobody_decides_twice(parted, city):
    one = item(city, "会员资格")
    operations.divide(actor=city, item=one, firm=parted.kept)
    with pytest.raises(InputError, match="已经有人定过了"):
        operations.divide(actor=city, item=one, firm=parted.gone)
    assert Member.objects.get(firm=parted.kept)


def test_what_is_gone_or_merged_again_is_listed_no_more_and_refused(parted, city):
    call, member = item(city, "联系记录"), item(city, "会员资格")
    Call.objects.filter(note="期间").delete()
    assert "联系记录" not in dict(listed(city))
    with pytest.raises(InputError, match="已经变了"):
        operations.divide(actor=city, item=call, firm=parted.gone)
    current.alliance().decide_same(parted.kept, parted.gone, sure=True)
    settle()
    assert listed(city) == []
    with pytest.raises(InputError, match="已经变了"):
        operations.divide(actor=city, item=member, firm=parted.gone)


def test_of_what_there_is_to_be_one_nobody_gets_two(parted, city):
    Member.objects.create(firm=parted.gone)
    with pytest.raises(InputError, match="那家企业已经有同样的一条"):
        operations.divide(actor=city, item=item(city, "会员资格"), firm=parted.gone)
    assert "会员资格" in dict(listed(city))


def test_it_goes_to_neither_but_the_two(parted, city):
    third = Firm.objects.exclude(id__in=[parted.kept, parted.gone])[0]
    with pytest.raises(InputError, match="只能归这两家中的一家"):
        operations.divide(actor=city, item=item(city, "会员资格"), firm=third.id)


def test_whoever_is_in_charge_of_one_alone_neither_sees_nor_decides(parted, city, person):
    officer = person(Role.DISTRICT_OFFICER)
    assert listed(officer) == []
    with pytest.raises(PermissionDenied):
        operations.divide(actor=officer, item=item(city, "会员资格"), firm=parted.kept)


def test_on_the_page_one_click_decides(parted, city, client_of):
    client = client_of(Role.CITY_OFFICER)
    asked = client.get("/queues/undivided/").content.decode()
    assert ("期间" in asked, "早先" in asked) == (True, False)
    sent = {"item": item(city, "联系记录").pk, "firm": parted.gone}
    told = [client.post("/queues/undivided/divide/", sent, follow=True).context["messages"] for _twice in range(2)]
    assert [[str(one) for one in said] for said in told] == [
        ["已记下归哪家"],
        ["已经有人定过了。名单可能已更新，请刷新页面"],
    ]
    assert Call.objects.get(note="期间").firm == parted.gone


def test_merging_and_parting_without_writing_asks_nobody(own_home, city, own_firm, far_firm):
    for _twice in range(2):
        entry = current.alliance().decide_same(own_firm.id, far_firm.id, sure=True)
        settle()
        current.alliance().undo(entry)
        settle()
    assert Between.objects.count() == 0
