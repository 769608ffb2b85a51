"""Whatever anybody tries in whatever order: nothing is given away before both agreed, figures stay as said."""

from __future__ import annotations

import pytest
from cooperation import buyers
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongtong.errors import InputError
from rongtong.portal.audit.models import Trail
from rongtong.portal.introductions import operations
from rongtong.portal.introductions.models import Band, Introduction, flow
from rongtong.portal.introductions.queries import contacts, of
from rongtong.portal.introductions.rules import reads
from rongtong.portal.notifications import tasks
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Role

BACKEND = "rongtong.portal.people.backends.ByPassword"
APART = {"proposed", "declined"}
WHO = ("buyer", "owner", "colleague", "district", "city", "secretariat")
sent: list[str] = []
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
moves = st.lists(st.tuples(st.sampled_from(WHO), act), max_size=9)


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


def channels(user, held: Introduction) -> str:
    """Everything of *held* that reaches *user* in the portal."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    found = [client.get(reverse("introductions:introduction", args=[held.pk])).content.decode()]
    found.append(client.get(reverse("introductions:mine")).content.decode())
    answer = client.get(reverse("introductions:mine"), {"export": "csv"})
    found.append(b"".join(answer.streaming_content).decode())
    found.append(
        client.get(reverse("introductions:thread", args=[held.pk]), headers={"HX-Request": "true"}).content.decode()
    )
    found.append(client.get(reverse("introductions:stuck")).content.decode())
    found.append(client.get(reverse("notifications:mine")).content.decode())
    return "\n".join(found)


def told_to_all() -> str:
    trail = "\n".join(f"{one.subject} {one.detail}" for one in Trail.objects.filter(act__startswith="introductions."))
    notices = "\n".join(f"{one.title} {one.text} {one.url}" for one in Notification.objects.all())
    tasks.deliver()
    return "\n".join([trail, notices, *sent])


def check(held: Introduction, people, bands: set[str]) -> None:
    held = Introduction.objects.get(pk=held.pk)
    assert held.state in flow().state_of
    phones = [people["buyer"].phone, people["owner"].phone]
    everywhere = told_to_all()
    assert [one for one in phones if one in everywhere] == []
    private = held.need.private_half
    assert [one for one in (private.text, private.quantity) if one in everywhere] == []
    for name, user in people.items():
        page = channels(user, held)
        party = name in ("buyer", "owner")
        if held.state in APART or not party:
            assert [one for one in phones if one in page] == [], (name, held.state)
        if name != "buyer" and (held.state in APART or not party):
            assert [one for one in (private.text, private.quantity) if one in page] == [], (name, held.state)
    figures = list(held.figures.all())
    assert len({one.kind for one in figures}) == len(figures)
    assert {one.band for one in figures} - bands == set()
    assert held.state not in ("contracted", "completed") or "contracted" in {one.kind for one in figures}


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tried=moves)
def test_no_order_of_moves_gives_anything_away(tried, proposed, people, settings):
    settings.NOTICE_CHANNELS = {"sms": f"{__name__}.keep", "email": f"{__name__}.keep"}
    sent.clear()
    bands = {"10-50"}
    with transaction.atomic():
        for who, (what, *told) in tried:
            bands |= {one for one in told if one in Band.values}
            try:
                with transaction.atomic():
                    do(people[who], Introduction.objects.get(pk=proposed.pk), what, *told)
            except (PermissionDenied, InputError):
                pass
        check(proposed, people, bands)
        transaction.set_rollback(True)


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
