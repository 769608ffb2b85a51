"""Whatever anybody tries in whatever order: nothing is given away before both agreed, figures stay as said."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import event, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.cooperation import buyers
from rongtong.errors import InputError
from rongtong.portal.audit.models import Trail
from rongtong.portal.days import today
from rongtong.portal.introductions import operations
from rongtong.portal.introductions.models import Band, Introduction, flow
from rongtong.portal.introductions.queries import contacts, of
from rongtong.portal.introductions.rules import reads
from rongtong.portal.notifications import tasks
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Role

BACKEND = "rongtong.portal.people.backends.ByPassword"
SIDES = {"buyer": "buyer", "owner": "supplier"}
WHO = (*SIDES, "colleague", "district", "city", "secretariat")
#: So long after the last move everything that waits for somebody has stood still for too long.
LATER = timedelta(days=60)
sent: list[str] = []
Move = tuple[str, tuple[str, ...]]
TERMS = ("", Band.values[0])
AGREED: list[Move] = [(who, ("agree",)) for who in SIDES]
#: How far the two have come before anybody does something unforeseen.
BEGUN: dict[str, list[Move]] = {
    "proposed": [],
    "talking": AGREED,
    "contracted": [*AGREED, *((who, ("move", "contract", *TERMS)) for who in SIDES)],
}
act = st.one_of(
    st.tuples(
        st.just("move"),
        st.sampled_from([one.id for one in flow().transitions]),
        st.sampled_from(["", "其他", "产能已满"]),
        st.sampled_from(Band.values[:2]),
    ),
    st.tuples(st.just("agree")),
    st.tuples(st.sampled_from(["write", "intend", "tell", "recommend"])),
    st.tuples(st.just("remind"), st.sampled_from(["buyer", "supplier"])),
)
moves = st.lists(st.tuples(st.sampled_from(WHO), act), max_size=6)


def keep(address: str, title: str, text: str) -> None:
    sent.append(f"{title}\n{text}")


@pytest.fixture
def people(buyer, owner, person):
    staff = (person(Role.DISTRICT_OFFICER), person(Role.CITY_OFFICER), person(Role.SECRETARIAT))
    return dict(zip(WHO, (buyer, owner, buyers()[1], *staff), strict=True))


def do(user, held: Introduction, what: str, *given: str) -> None:
    if what == "agree":
        operations.move(actor=user, introduction=held, transition="agree")
    elif what == "move":
        transition, reason, band = given
        terms = {"kind": "parts", "band": band, "day": "2022-10-20"}
        operations.move(actor=user, introduction=held, transition=transition, reason=reason, terms=terms)
    elif what == "write":
        operations.write(actor=user, introduction=held, text=f"请打 {user.phone}")
    elif what == "intend":
        operations.intend(actor=user, introduction=held, band="10-50")
    elif what == "tell":
        operations.tell(actor=user, introduction=held, months=3, going="well")
    elif what == "recommend":
        operations.recommend(actor=user, need=held.need, firm=buyers()[2], origin="officer")
    else:
        operations.remind(actor=user, introduction=held, side=given[0])


def channels(user, held: Introduction) -> dict[str, str]:
    """Everything of *held* that reaches *user* in the portal, by where."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    asked = {
        "page": (reverse("introductions:introduction", args=[held.pk]), {}),
        "list": (reverse("introductions:mine"), {}),
        "export": (reverse("introductions:mine"), {"export": "csv"}),
        "thread": (reverse("introductions:thread", args=[held.pk]), {}),
        "talk": (reverse("introductions:talk", args=[held.pk]), {"export": "csv"}),
        "outcomes": (reverse("introductions:outcomes"), {"export": "csv"}),
        "notices": (reverse("notifications:mine"), {}),
        "stuck": (reverse("introductions:stuck"), {}),
        "stuck export": (reverse("introductions:stuck"), {"export": "csv"}),
    }
    return {name: text_of(client.get(url, told, headers={"HX-Request": "true"})) for name, (url, told) in asked.items()}


def text_of(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def told_to_all() -> str:
    trail = "\n".join(f"{one.subject} {one.detail}" for one in Trail.objects.filter(act__startswith="introductions."))
    notices = "\n".join(f"{one.title} {one.text} {one.url}" for one in Notification.objects.all())
    tasks.deliver()
    return "\n".join([trail, notices, *sent])


def check(held: Introduction, people, bands: set[str], *, agreed: bool) -> None:
    """Nothing is anywhere where it may not be, *agreed* being whether the moves that were made say that both have."""
    private = held.need.private_half
    hidden = [private.text, private.quantity]
    phones = {one: people[one].phone for one in SIDES}
    everywhere = told_to_all()
    assert [one for one in (*phones.values(), *hidden) if one in everywhere] == []
    for name, user in people.items():
        party, read = name in SIDES, channels(user, held)
        for where, text in read.items():
            # whoever is in charge of a firm calls it, once its name is told
            known = {"owner", "buyer"} if agreed else {"owner"}
            may_call = known if where == "stuck" and name in ("district", "city") else set()
            if not (agreed and party):
                assert [one for one, phone in phones.items() if phone in text and one not in may_call] == [], (
                    name,
                    where,
                )
            if not (agreed and party) and name != "buyer":
                assert [one for one in hidden if one in text] == [], (name, where)
        if name == "secretariat":
            assert (held.need.title in read["stuck"]) is held.stuck
    figures = list(held.figures.all())
    assert len({one.kind for one in figures}) == len(figures)
    assert {one.band for one in figures} - bands == set()
    assert held.state not in ("contracted", "completed") or "contracted" in {one.kind for one in figures}


@pytest.mark.slow
@pytest.mark.parametrize("begun", BEGUN)
def test_no_order_of_moves_gives_anything_away(begun, proposed, people, settings):
    settings.NOTICE_CHANNELS = {"sms": f"{__name__}.keep", "email": f"{__name__}.keep"}
    reached, day = Counter[str](), today()

    @hypothesis_settings(max_examples=3)
    @given(tried=moves)
    def tries(tried: list[Move]) -> None:
        sent.clear()
        settings.BUSINESS_DAY = day
        with transaction.atomic():
            yes = made(proposed, people, [*BEGUN[begun], *tried])
            settings.BUSINESS_DAY = day + LATER
            held = Introduction.objects.get(pk=proposed.pk)
            bands = {"10-50"} | {one for _who, told in (*BEGUN[begun], *tried) for one in told if one in Band.values}
            check(held, people, bands, agreed=yes == {*SIDES.values()})
            reached[held.state] += 1
            reached["stuck"] += held.stuck
            event(held.state)
            transaction.set_rollback(True)

    tries()
    assert reached[begun] > 0  # and not something else that went wrong on the way
    assert begun == "contracted" or reached["stuck"] > 0


def made(proposed: Introduction, people, moves: list[Move]) -> set[str]:
    """Make *moves* as far as they are let; the sides that have said yes by them."""
    yes = set[str]()
    for who, (what, *told) in moves:
        try:
            with transaction.atomic():
                do(people[who], Introduction.objects.get(pk=proposed.pk), what, *told)
        except (PermissionDenied, InputError):
            continue
        if what == "agree" or told[:1] == ["agree"]:
            yes.add(SIDES.get(who, who))
    return yes


@pytest.mark.parametrize("role", [one for one in Role.values if one != Role.ADMINISTRATOR])
def test_the_list_holds_exactly_what_the_workflow_lets_one_read(talking, far_firm, need, person, role):
    operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=far_firm, origin="officer")
    user = person(role)
    assert set(of(user)) == {one for one in Introduction.objects.all() if "timeline" in reads(user, one)}


def test_what_a_colleague_wrote_who_has_left_is_the_others_own(talking):
    buyer, colleague, _firm = buyers()
    assert (list(of(colleague)), list(of(buyer))) == ([], [talking])
    buyer.grants.update(valid_until="2022-10-01")
    assert list(of(type(colleague).objects.get(pk=colleague.pk))) == [talking]


def test_whoever_has_left_is_not_to_be_reached_any_more(talking, owner, buyer):
    buyer.grants.update(valid_until="2022-10-01")
    assert [one.side for one in contacts(owner, talking)] == ["supplier"]
