"""What an offer keeps private rules it out where it must, and is told to nobody: not the figure, not the answer."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from portal.cooperation import PUBLIC
from rongtong.portal.days import today
from rongtong.portal.design.tables import EXPORT
from rongtong.portal.introductions import balancing, hits, operations, queries, rows, suggesting
from rongtong.portal.introductions.hits import Hit
from rongtong.portal.people.models import Role
from rongtong.portal.postings import operations as postings
from rongtong.portal.postings.models import Posting, PrivateHalf

FIGURES = ("77", "7654321")


@pytest.fixture
def offer(person, own_firm) -> Posting:
    """An offer of the small firm that can supply enough, and costs less than the need's budget."""
    public = PUBLIC | {"expires_on": today() + datetime.timedelta(days=90), "named": True}
    private = {"quantity": "年产7654321件", "price": "77元/件"}
    made = postings.post(actor=person(Role.FIRM), firm=own_firm, side="offer", public=public, private=private)
    Posting.objects.filter(pk=made.pk).update(state="open")
    return Posting.objects.get(pk=made.pk)


def put(monkeypatch) -> None:
    """Let the index have found what is published."""
    offers = rows.published().to_pylist()
    monkeypatch.setattr(hits, "found", lambda _need: [Hit(row, 1, 0.5, suggesting.NONE) for row in offers])


def found(need: Posting) -> list[str]:
    return [one.firm.id for one in suggesting.suggest(Posting.objects.get(pk=need.pk))]


def test_what_an_offer_costs_and_can_supply_rules_it_out(need, offer, own_firm, monkeypatch):
    put(monkeypatch)
    seen = {}
    for name, told in (
        ("fits", {"budget": Decimal(12_000 * 77)}),
        ("dear", {"budget": Decimal(12_000 * 77 - 1)}),
        ("large", {"quantity": "年用量8000000件", "budget": None}),
    ):
        PrivateHalf.objects.filter(pk=need.pk).update(**told)
        seen[name] = found(need)
    assert seen == {"fits": [own_firm.id], "dear": [], "large": []}


def test_neither_the_figures_nor_the_answer_are_told_to_anybody(need, offer, own_firm, monkeypatch, client_of):
    put(monkeypatch)
    PrivateHalf.objects.filter(pk=need.pk).update(budget=Decimal(1_000_000))
    url = reverse("introductions:candidates", args=[need.pk])
    for role in (Role.LARGE_FIRM, Role.SECRETARIAT):
        client = client_of(role)
        answers = client.get(url), client.get(url, {EXPORT: "csv"})
        for text in (b"".join(one).decode("utf-8-sig") for one in answers):
            told = [figure for figure in FIGURES for unit in "元件" if f"{figure}{unit}" in text]
            assert (own_firm.name in text, told) == (True, [])
    [one] = suggesting.suggest(need)
    assert {(each.says, each.kind) for each in one.reasons if each.kind in ("budget", "quantity")} == {
        ("unknown", "budget"),
        ("unknown", "quantity"),
    }


def test_whoever_is_ruled_out_by_a_private_figure_is_told_of_as_unknown(need, offer, own_firm, monkeypatch):
    put(monkeypatch)
    PrivateHalf.objects.filter(pk=need.pk).update(budget=None)
    Posting.objects.filter(pk=need.pk).update(budget=Decimal(1))
    suggested, told = suggesting.known(Posting.objects.get(pk=need.pk), own_firm)
    answers = {one["says"] for one in told if one["kind"] == "budget"}
    assert (suggested, answers) == (False, {"unknown"})


def test_what_is_found_follows_the_figures(offer):
    before = rows.digest()
    PrivateHalf.objects.filter(pk=offer.pk).update(price="78元/件")
    assert rows.digest() != before


def test_a_firm_says_how_many_it_takes_at_once(own_firm, client_of):
    client, url = client_of(Role.FIRM), reverse("introductions:choice", args=[own_firm.id])
    assert client.post(url, {"most": "2"}).status_code == 302
    assert (queries.most_at_once(), balancing.room({own_firm.id})) == ({own_firm.id: 2}, {own_firm.id: 2})
    assert 'value="2"' in client.get(url).content.decode()
    assert (client.post(url, {"most": "-1"}).status_code, queries.most_at_once()) == (422, {own_firm.id: 2})
    client.post(url, {"most": ""})
    assert (queries.most_at_once(), balancing.room({own_firm.id})) == ({}, {own_firm.id: 4})


def test_a_need_says_how_many_it_wants(need, own_firm, person):
    Posting.objects.filter(pk=need.pk).update(wanted=1)
    assert [one.pk for one in balancing.open_needs()] == [need.pk]
    operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=own_firm, origin="officer")
    assert balancing.open_needs() == []
