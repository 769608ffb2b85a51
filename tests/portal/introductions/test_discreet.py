"""What one side, an officer or another firm may not know before both have agreed, or at all, no page tells."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.cooperation import buyers
from rongtong.definitions.days import months_after
from rongtong.errors import InputError
from rongtong.portal.contacting import contacts_in
from rongtong.portal.days import today
from rongtong.portal.introductions import hits, operations, suggesting
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting, PrivateHalf

ROLES = (Role.LARGE_FIRM, Role.SECRETARIAT, Role.CITY_OFFICER)
DISGUISED = ["138 1234 5678", "一三八 一二三四 五六七八", "微信号：zs_2020", "zhang(at)qq.com"]


@pytest.mark.parametrize("contact", DISGUISED)
def test_a_contact_in_disguise_is_not_handed_over_before_both_agree(need, own_firm, owner, contact):
    with pytest.raises(InputError, match="不交换联系方式"):
        operations.apply(actor=owner, firm=own_firm, need=need, words=f"做过同类，{contact}")
    reasons = [{"says": "for", "kind": "words", "text": f"做过同类，{contact}"}]
    made = operations.recommend(
        actor=need.reviews.get().by, need=need, firm=own_firm, origin="officer", reasons=reasons
    )
    assert [one["text"] for one in made.reasons] == ["做过同类，（联系方式略）"]


@pytest.mark.parametrize("contact", [*DISGUISED, "请打 85912345"])
def test_a_contact_in_what_came_of_a_contract_is_not_kept(talking, owner, contact):
    talking.figures.create(kind="contracted", band="10-50", day=months_after(today(), -4))
    made = operations.tell(actor=owner, introduction=talking, months=3, going="well", note=f"按期交货，{contact}")
    assert made.note.startswith("按期交货，")
    assert made.note.endswith("（联系方式略）")
    assert contacts_in(made.note) == []


@pytest.fixture
def solved(need, own_firm, far_firm, owner):
    """A need like it that was solved: of which firm it was, who could see it, and who saw the offer that solved it."""

    def made(firm: str = "", **seen) -> str:
        past, offer = Posting.objects.get(pk=need.pk), None
        past.pk, past.title, past.state, past.firm = None, f"{need.title}二号", "met", firm or far_firm.id
        past.visibility = seen.get("need", "alliance")
        past.save()
        if "offer" in seen:
            given = {"side": "offer", "kind": "parts", "title": "阀座", "expires_on": need.expires_on, "state": "open"}
            named = seen.get("named", True)
            offer = Posting.objects.create(
                firm=own_firm.id, made_by=owner, named=named, visibility=seen["offer"], **given
            )
        given = {"firm": own_firm.id, "origin": "officer", "state": "completed", "made_by": owner}
        Introduction.objects.create(need=past, offer=offer, **given)
        return past.title

    return made


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ({"offer": "alliance"}, {"buyer", "others", "kept"}),
        ({"offer": "alliance", "need": "invited"}, set()),
        ({"offer": "invited"}, set()),
        ({"offer": "alliance", "named": False}, set()),
        ({"firm": "own"}, {"buyer"}),
        ({"firm": "own", "need": "invited"}, {"buyer"}),
        ({"firm": "own", "need": "invited", "offer": "alliance"}, {"buyer"}),
        ({"firm": "own", "offer": "alliance"}, {"buyer", "others", "kept"}),
    ],
)
def test_who_solved_a_need_of_the_past_is_told_to_those_who_may_know_it(  # noqa: PLR0917 -- four fixtures, two columns
    need, own_firm, solved, client_of, seen, told
):
    title = solved(buyers()[2].id if seen.pop("firm", "") else "", **seen)
    url = reverse("introductions:candidates", args=[need.pk])
    page = {one: client_of(one).get(url).content.decode() for one in ROLES}
    read = {
        "buyer": title in page.pop(Role.LARGE_FIRM),
        "others": any(title in one for one in page.values()),
        "kept": title in str(suggesting.known(need, own_firm)),
    }
    assert {name for name, yes in read.items() if yes} == told


def test_whom_only_the_firms_own_past_speaks_for_is_suggested_to_the_firm_alone(
    need, own_firm, solved, client_of, monkeypatch
):
    monkeypatch.setattr(hits, "found", lambda _need: [])
    monkeypatch.setattr(suggesting, "_evident", lambda *_: ())
    solved(buyers()[2].id)
    url = reverse("introductions:candidates", args=[need.pk])
    found = {one: client_of(one).get(url).context["suggested"] for one in (Role.LARGE_FIRM, Role.SECRETARIAT)}
    assert {role: [one.firm for one in told] for role, told in found.items()} == {
        Role.LARGE_FIRM: [own_firm],
        Role.SECRETARIAT: [],
    }
    assert suggesting.known(need, own_firm) == (False, [])


def test_nobody_finds_out_whose_a_need_is_by_proposing_its_firm(need, far_firm, person, client_of):
    """The need's own firm is found by name as any other, and refused as one that is to be avoided."""
    PrivateHalf.objects.filter(pk=need.pk).update(excludes=[far_firm.name])
    need, url = Posting.objects.get(pk=need.pk), reverse("introductions:candidates", args=[need.pk])
    named, refused = [], set()
    for firm in (buyers()[2], far_firm):
        named += client_of(Role.CITY_OFFICER).get(url, {"q": firm.name}).context["named"]
        with pytest.raises(InputError) as error:
            operations.recommend(actor=person(Role.CITY_OFFICER), need=need, firm=firm, origin="officer")
        refused.add(error.value.sentence.replace(firm.name, ""))
    assert (named, len(refused)) == ([buyers()[2], far_firm], 1)
    assert client_of(Role.LARGE_FIRM).get(url, {"q": buyers()[2].name}).context["named"] == []
