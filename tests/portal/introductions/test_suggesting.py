"""Suggestions judge what a need requires as the engine does: in three values, in its words, both halves."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from rongtong.match.constraints import NO, UNKNOWN, YES
from rongtong.portal.days import today
from rongtong.portal.introductions import finding, hits, judging, rows, suggesting
from rongtong.portal.introductions.hits import Hit
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm


@pytest.fixture
def asked(need):
    """The need with nothing asked in its private half."""
    PrivateHalf.objects.filter(pk=need.pk).update(quantity="", budget=None)
    return Posting.objects.get(pk=need.pk)


def put(monkeypatch, *rows) -> None:
    """Let the index have found these offers."""
    found = [Hit(row, 1 / n, 0.5, suggesting.NONE) for n, row in enumerate(rows, 1)]
    monkeypatch.setattr(hits, "found", lambda _need: found)


def offer(firm: Firm, **told):
    [known] = rows.known_of([firm.id]).values()
    return known | {"offer": firm.id, "product": "阀座", "kinds": ["parts"]} | told


@pytest.fixture
def three(need) -> list[Firm]:
    return list(Firm.objects.exclude(id=need.firm).exclude(district="").order_by("n")[:3])


def reasons(one) -> list[tuple[str, str, str]]:
    return [(each.says, each.kind, each.text) for each in one.reasons]


def test_holders_of_a_title_stand_before_those_of_whom_it_is_not_known_and_nobody_without_it_is_there(
    asked, three, monkeypatch
):
    until = today() + datetime.timedelta(days=99)
    asked.titles = ["省级专精特新"]
    held = [{"kind": "省级专精特新", "since": None, "until": until}]
    unknown, holder, without = three
    put(
        monkeypatch,
        offer(unknown, titles=None, titles_known=False),
        offer(without, titles=None, titles_known=True),
        offer(holder, titles=held),
    )
    found = suggesting.suggest(asked)
    assert [one.firm for one in found] == [holder, unknown]
    assert ("for", "titles", "持有且在有效期内：省级专精特新") in reasons(found[0])
    assert [one.question for one in found[1].reasons if one.kind == "titles"] == [
        f"贵公司{today()}是否持有有效的省级专精特新？请提供证书或文号和有效期。"
    ]


def test_a_city_holds_its_districts(asked, three, monkeypatch):
    asked.regions = ["青岛"]
    put(monkeypatch, *map(offer, three))
    told = [
        (one.says, one.text) for found in suggesting.suggest(asked) for one in found.reasons if one.kind == "region"
    ]
    assert {says for says, _text in told} == {"for"}
    assert len(told) == 3


@pytest.mark.parametrize(
    ("asks", "tells", "name", "code"),
    [
        ({"certificates": ["ISO9001"]}, {"certificates": ["ISO9001"]}, "certificates", YES),
        ({"certificates": ["ISO9001"]}, {"certificates": None, "lacks": ["ISO9001"]}, "certificates", NO),
        ({"certificates": ["ISO9001"]}, {"certificates": None, "lacks": None}, "certificates", UNKNOWN),
        ({"kind": "testing"}, {"kinds": ["order"], "source": "published"}, "kind", NO),
        ({"exclusive": True}, {"exclusive": False}, "exclusive", NO),
        ({"needed_by": today()}, {"available_from": today() + datetime.timedelta(days=1)}, "date", NO),
        ({"budget": Decimal(100)}, {"price": Decimal(101)}, "budget", NO),
        ({"regions": ["济南"]}, {"places": ["崂山", "青岛", "山东"]}, "region", NO),
    ],
)
def test_every_constraint_of_the_engine_is_judged(asked, own_firm, asks, tells, name, code):  # noqa: PLR0917 -- two fixtures, four columns
    for field, value in asks.items():
        setattr(asked, field, value)
    assert judging.answers(rows.need_of(asked), [offer(own_firm, **tells)])[0][name] == code


def test_what_follows_from_the_private_half_is_told_to_the_buyer_alone(need, own_firm, monkeypatch, client_of, buyer):
    """The need's quantity and budget are private: they are asked about, and neither kept nor shown to others."""
    put(monkeypatch, offer(own_firm, quantity=Decimal(20000), unit="件/年", price=Decimal(1)))
    url = reverse("introductions:candidates", args=[need.pk])
    told = ("可供20000件/年，够12000件/年", "报价不超过预算")
    assert [text in client_of(Role.LARGE_FIRM).get(url).content.decode() for text in told] == [True, True]
    assert [text in client_of(Role.SECRETARIAT).get(url).content.decode() for text in told] == [False, False]
    suggested, kept = suggesting.known(need, own_firm)
    assert (suggested, [one for one in kept if one["kind"] in ("quantity", "budget")]) == (True, [])


def test_a_wish_is_told_and_leaves_nobody_out(asked, own_firm, monkeypatch):
    asked.wishes = {"regions": ["济南"]}
    put(monkeypatch, offer(own_firm, places=["崂山", "青岛", "山东"]))
    [found] = suggesting.suggest(asked)
    assert ("against", "wish", "需求方希望的地区是济南，企业是崂山、青岛、山东") in reasons(found)


def test_whoever_is_thought_of_by_name_is_judged_alike(asked, own_firm):
    asked.regions = ["济南"]
    suggested, told = suggesting.known(asked, own_firm)
    assert (suggested, [one["says"] for one in told if one["kind"] == "region"]) == (False, ["against"])


def test_ten_are_shown_and_more_on_demand(asked, monkeypatch, client_of):
    put(monkeypatch, *map(offer, Firm.objects.exclude(id=asked.firm).order_by("n")[:23]))
    url = reverse("introductions:candidates", args=[asked.pk])
    client = client_of(Role.LARGE_FIRM)
    pages = [client.get(url, {"shown": n}).context for n in ("", "20", "30", "x")]
    assert [(len(one["suggested"]), one["more"], one["left"]) for one in pages] == [
        (10, 20, 13), (20, 23, 3), (23, 0, -7), (10, 20, 13),
    ]  # fmt: skip


def test_rows_of_offers_come_back_as_they_were_kept(need):
    finding.find([need])
    kept = finding.found(need).firms
    assert [rows.revived(one["offer"]) for one in kept] == [
        row
        for one in kept
        for row in rows.offers_of([one["offer"]["firm"]]).to_pylist()
        if row["offer"] == one["offer"]["offer"]
    ]


def test_the_registry_is_asked_for_the_firms_that_are_wanted_alone(need, own_firm):
    every = rows.offers_of().to_pylist()
    one = next(row["firm"] for row in every)
    assert rows.offers_of([one]).to_pylist() == [row for row in every if row["firm"] == one]
    assert {*rows.known_of([own_firm.id])} == {own_firm.id}
