"""The halls: who finds what, by which words; what runs out is not shown; one's own list and what waits."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.cooperation import POINTS, buyers, draft, open_need
from rongtong.errors import InputError
from rongtong.portal.days import today
from rongtong.portal.introductions import operations as introductions
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Role
from rongtong.portal.postings import operations, queries
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.tasks import remind

HALL = "postings:needs"


@pytest.fixture
def opened(db, person):
    purchasing, _research, firm = buyers()

    def make(**public) -> Posting:
        return open_need(purchasing, firm, person(Role.SECRETARIAT), **public)

    return make


def shown(client, **query) -> list[str]:
    return [one.title for one in client.get(reverse(HALL), query).context["shown"]]


def test_public_needs_are_found_by_all_others_by_the_alliance_or_by_whoever_is_introduced(
    opened, client_of, person, own_firm
):
    for visibility in Posting.Visibility.values:
        opened(title=f"阀座{visibility}", visibility=visibility)
    everybody, alliance = ["阀座public"], ["阀座alliance", "阀座public"]
    assert (shown(client_of(None)), shown(client_of(Role.ADMINISTRATOR))) == (everybody, everybody)
    assert (shown(client_of(Role.FIRM)), shown(client_of(Role.DISTRICT_OFFICER))) == (alliance, alliance)
    invited = Posting.objects.get(visibility="invited")
    introductions.recommend(actor=person(Role.SECRETARIAT), need=invited, firm=own_firm, origin="officer")
    assert shown(client_of(Role.FIRM)) == ["阀座invited", *alliance]


@pytest.mark.parametrize("text", ["阀座", "精密 阀座", "jmfz", "jingmifazuo", "ＪＭＦＺ", "轴承钢"])
def test_words_pinyin_and_initials_find_it(opened, client_of, text):
    opened()
    opened(title="家电控制板", text="双面板，无铅。")
    assert shown(client_of(Role.FIRM), q=text) == ["高压共轨喷油器用精密阀座"]


def test_filters(opened, client_of):
    opened(title="甲", segment="智能家电", regions=["青岛市"])
    opened(title="乙", kind="research", segment="新能源汽车")
    client = client_of(Role.FIRM)
    found = [shown(client, **one) for one in ({"kind": "research"}, {"segment": "智能家电"}, {"region": "青岛市"})]
    assert found == [["乙"], ["甲"], ["乙", "甲"]]


def test_what_has_run_out_is_not_shown_until_it_is_renewed(opened, client_of):
    need, (purchasing, *_rest) = opened(), buyers()
    Posting.objects.filter(pk=need.pk).update(expires_on=today() - datetime.timedelta(days=1))
    url = reverse("postings:posting", args=[need.pk])
    assert (shown(client_of(Role.FIRM)), client_of(Role.FIRM).get(url).status_code) == ([], 404)
    operations.renew(actor=purchasing, posting=need, until=today() + datetime.timedelta(days=30))
    assert shown(client_of(Role.FIRM)) == [need.title]


def test_an_export_holds_the_public_half(opened, client_of):
    opened(products=["阀座"])
    rows = b"".join(client_of(Role.FIRM).get(reverse(HALL), {"export": "csv"}).streaming_content).decode()
    told = rows.splitlines()[1].split(",")
    assert (told[0], told[1], told[3], told[7:9]) == (
        "零部件与材料",
        "高压共轨喷油器用精密阀座",
        "阀座",
        ["不公开", "对接后公开"],
    )


def test_a_firm_reads_the_private_half_once_both_have_agreed(opened, client_of, person, own_firm):
    need, (purchasing, *_rest) = opened(), buyers()
    url = reverse("postings:posting", args=[need.pk])
    made = introductions.apply(actor=person(Role.FIRM), firm=own_firm, need=need)
    before = client_of(Role.FIRM).get(url).content.decode()
    introductions.move(actor=purchasing, introduction=made, transition="agree")
    after = client_of(Role.FIRM).get(url).content.decode()
    assert ("12000 件/年" in before, "12000 件/年" in after) == (False, True)


def test_the_author_is_told_once_that_it_runs_out(opened):
    need = opened(expires_on=today() + datetime.timedelta(days=7))
    assert (remind(), remind()) == (1, 0)
    told = Notification.objects.filter(wording="posting_expires")
    assert [(one.user, need.title in one.text) for one in told] == [(need.made_by, True)]


def test_whoever_is_to_act_is_told(db, person):
    purchasing, research, firm = buyers()
    secretariat = person(Role.SECRETARIAT)
    need = operations.move(actor=purchasing, posting=draft(purchasing, firm), transition="hand_in")
    operations.move(actor=purchasing, posting=need, transition="confirm")
    operations.review(actor=secretariat, posting=need, points=POINTS | {"clarity": 0}, note="请写清用途")
    told = [(one.user, one.wording) for one in Notification.objects.order_by("pk")]
    assert told == [
        (research, "posting_to_confirm"), (secretariat, "posting_to_review"), (purchasing, "posting_returned"),
    ]  # fmt: skip  # read by rows


def test_what_waits(db, person):
    purchasing, research, firm = buyers()
    secretariat = person(Role.SECRETARIAT)

    def waits(user) -> list[str]:
        return [one.what for one in queries.waiting(user)]

    need = operations.move(actor=purchasing, posting=draft(purchasing, firm), transition="hand_in")
    assert (waits(research), waits(secretariat)) == (["确认本企业的需求"], [])
    operations.move(actor=research, posting=need, transition="confirm")
    assert (waits(research), waits(secretariat), waits(person(Role.CITY_OFFICER))) == (
        [],
        ["审核供需发布"],
        ["审核供需发布"],
    )
    operations.review(actor=secretariat, posting=need, points=POINTS | {"clarity": 0}, note="请写清用途")
    assert (waits(purchasing), waits(research), waits(secretariat)) == (["修改被退回的需求"], [], [])


def test_nobody_reads_a_draft_but_its_author(db, person):
    purchasing, research, firm = buyers()
    need = draft(purchasing, firm)
    may = [one.has_perm("postings.view", need) for one in (purchasing, research, person(Role.SECRETARIAT))]
    assert may == [True, False, False]


def test_a_review_that_sends_it_back_says_why(opened, client_of):
    purchasing, _research, firm = buyers()
    need = operations.hand_in(actor=purchasing, posting=draft(purchasing, firm))
    url, client = reverse("postings:review", args=[need.pk]), client_of(Role.SECRETARIAT)
    zero = POINTS | {"clarity": 0}
    assert client.post(url, zero).status_code == 422
    client.post(url, zero | {"note": "请写清用途"})
    need.refresh_from_db()
    assert (need.state, need.steps.last().why) == ("draft", "请写清用途")


def test_what_is_taken_down_is_explained_and_only_by_those_who_review(opened, person):
    need, (purchasing, *_rest) = opened(), buyers()
    with pytest.raises(PermissionDenied):
        operations.move(actor=purchasing, posting=need, transition="take_down", why="…")
    with pytest.raises(InputError, match="说明原因"):
        operations.move(actor=person(Role.CITY_OFFICER), posting=need, transition="take_down")
    assert operations.move(actor=purchasing, posting=need, transition="withdraw").state == "withdrawn"
