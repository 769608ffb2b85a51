"""The assignment over all open needs: run in the background, its trade-off shown, a point chosen and proposed."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.urls import reverse

from portal.cooperation import buyers, open_need
from rongtong import match
from rongtong.portal.audit.models import Trail
from rongtong.portal.introductions import balancing, operations
from rongtong.portal.introductions.models import Choice, Introduction
from rongtong.portal.introductions.reasons import Suggestion
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm

URL = "introductions:assignment"


@pytest.fixture
def needs(need, buyer, person, own_home, settings):
    """Two open needs of which the registry knows makers, and a folder of their own."""
    settings.STORE = own_home / "portal"
    firm, by = buyers()[2], person(Role.SECRETARIAT)
    products = ("精密减速器", "船用阀门")
    return [open_need(buyer, firm, by, title=one, products=[one], text="需可试制") for one in products]


@pytest.fixture
def plan(needs):
    return ran()


def ran() -> balancing.Plan:
    job = Job.objects.create(kind=balancing.KIND)
    job.result = balancing.work(job=job, progress=lambda *_told: None)
    job.state = Job.State.DONE
    job.save()
    return balancing.latest()


def test_a_run_is_asked_for_once_and_in_the_background(client_of, person):
    secretariat = client_of(Role.SECRETARIAT)
    for _twice in range(2):
        assert secretariat.post(reverse("introductions:assign")).status_code == 302
    job = Job.objects.get(kind=balancing.KIND)
    assert (job.made_by, job.state) == (person(Role.SECRETARIAT), "waiting")
    assert "排队中" in secretariat.get(reverse(URL)).content.decode()


def test_the_whole_trade_off_is_shown_and_a_point_chosen(plan, client_of):
    page = client_of(Role.SECRETARIAT).get(reverse(URL), {"spread": "0.05"})
    body = page.content.decode()
    assert [one["spread"] for one in page.context["points"]] == [0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
    curve = body.split('viewBox="0 0 600 230"')[1].split("</svg>")[0]
    assert (page.context["spread"], curve.count("<circle"), "已选" in body) == (0.05, 8, True)
    assert plan.matching.manifest["id"] in body
    assert page.context["shown"].paginator.count == len(plan.at(0.05))


def test_a_run_is_frozen_as_the_engine_s_own_and_can_be_verified(plan):
    told = match.verify(plan.matching.path, current.snapshot())
    assert (told.holds, told.first_difference) == (True, "")


def test_what_is_ticked_is_proposed_with_reasons_and_kept_in_the_trail(plan, client_of):
    client, rows = client_of(Role.SECRETARIAT), plan.at(0.0)
    keys = [f"{row['need']}|{row['firm']}" for row in rows]
    page = client.get(reverse(URL)).content.decode()
    assert sorted(re.findall(r'name="ticked" value="([^"]+)" checked', page)) == sorted(keys)
    answer = client.post(reverse("introductions:propose-assigned"), {"spread": "0", "ticked": [*keys[:2], "1|nobody"]})
    made = Introduction.objects.all()
    assert (answer.status_code, sorted(f"{one.need_id}|{one.firm}" for one in made)) == (302, sorted(keys[:2]))
    assert {one.origin for one in made} == {"engine"}
    assert all(one.reasons for one in made)
    told = Trail.objects.get(act="introductions.propose_assigned").detail
    assert (told["run"], float(told["spread"])) == (plan.matching.path.name, 0.0)
    assert Trail.objects.filter(act="introductions.recommend").count() == 2


def test_capacities_hold_with_what_is_under_way(plan, needs, person):
    rows = plan.at(0.0)
    full = rows[0]["firm"]
    by = person(Role.SECRETARIAT)
    base = needs[0]
    for n in range(4):
        base.pk, base.title = None, f"别的需求 {n}"
        base.save()
        Introduction.objects.create(need=base, firm=full, origin="officer", made_by=by)
    [proposal] = balancing.proposals(plan, rows[:1])
    made, refused = operations.propose_assigned(actor=by, run="x", spread=0.0, proposals=[proposal])
    assert (made, len(refused)) == (0, 1)
    assert "在办的对接已满" in refused[0]
    assert full not in {row["firm"] for row in ran().at(0.0)}


def busy(firm: str, n: int, need, by) -> None:
    """So many introductions of *firm* under way, to needs of the past."""
    for k in range(n):
        need.pk, need.title, need.state = None, f"以前的需求 {k}", "met"
        need.save()
        Introduction.objects.create(need=need, firm=firm, origin="officer", state="talking", made_by=by)


def test_a_run_leaves_firms_the_room_and_needs_the_wants_that_are_left(plan, needs, person):
    row, by = plan.at(0.0)[0], person(Role.SECRETARIAT)
    wants, others = int(row["need"]), Firm.objects.exclude(id=row["firm"]).values_list("id", flat=True)
    busy(row["firm"], 3, needs[0], by)
    for firm in others[:2]:
        Introduction.objects.create(need_id=wants, firm=firm, origin="officer", made_by=by)
    again = ran()
    _table, rooms, wanted = balancing._market(again.matching, again.limits)
    assert (rooms[row["firm"]], wanted[str(wants)]) == (1, 1)
    for spread in again.spreads:
        rows = again.at(spread)
        assert Counter(one["firm"] for one in rows)[row["firm"]] <= 1
        assert Counter(one["need"] for one in rows)[str(wants)] <= 1


def test_a_need_gets_no_more_than_it_wants_however_many_are_ticked(need, person, monkeypatch):
    firms = list(Firm.objects.exclude(id=need.firm).order_by("n")[:5])
    monkeypatch.setattr(balancing, "room", lambda asked: dict.fromkeys(asked, 4))
    told = [balancing.Proposal(need, Suggestion(one, ()), 0.5) for one in firms]
    given = {"actor": person(Role.SECRETARIAT), "run": "x", "spread": 0.0}
    made, refused = operations.propose_assigned(proposals=told, **given)
    assert (made, refused) == (3, [f"{need.title}：对接的企业已够"] * 2)
    assert operations.propose_assigned(proposals=told[3:], **given)[0] == 0
    assert Introduction.objects.count() == 3


def test_no_firm_gets_more_than_it_takes_and_no_need_more_than_it_wants(plan):
    for spread in plan.spreads:
        rows = plan.at(spread)
        assert max(Counter(row["firm"] for row in rows).values()) <= 4
        assert max(Counter(row["need"] for row in rows).values()) <= 3


def test_who_has_met_or_wants_no_suggestions_is_left_out(plan, needs, person, owner):
    first, second = plan.at(0.0)[:2]
    by = person(Role.SECRETARIAT)
    Introduction.objects.create(
        need_id=int(first["need"]), firm=first["firm"], origin="officer", state="declined", made_by=by
    )
    Choice.objects.create(firm=second["firm"], by=owner)
    again = [(row["need"], row["firm"]) for row in ran().at(0.0)]
    assert (first["need"], first["firm"]) not in again
    assert second["firm"] not in {firm for _need, firm in again}


def test_what_follows_from_private_halves_is_not_told(plan, client_of, needs):
    assert all(one.private_half.quantity == "12000 件/年" for one in needs)
    page = client_of(Role.SECRETARIAT).get(reverse(URL)).content.decode()
    assert [text for text in ("12000", "报价") if text in page] == []


def test_without_an_open_need_the_job_says_so(db, own_home, settings):
    settings.STORE = own_home / "portal"
    with pytest.raises(Exception, match="没有可分配的需求"):
        balancing.work(job=None, progress=lambda *_told: None)
