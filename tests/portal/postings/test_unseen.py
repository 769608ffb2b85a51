"""To whoever may not see a posting, every page answers as if there were none; why it came back its own people read."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from portal.cooperation import POINTS, buyers, draft, open_need
from rongtong.errors import InputError
from rongtong.portal.firm_ids import written
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Role
from rongtong.portal.postings import operations, telling
from rongtong.portal.postings.models import Posting

pytestmark = pytest.mark.either

#: Pages that take the number of a posting, with how they are asked.
PAGES = [
    ("postings:posting", "get"), ("postings:edit", "get"), ("postings:review", "get"), ("postings:drawing", "get"),
    ("postings:hand-in", "post"), ("postings:move", "post"), ("postings:renew", "post"),
    ("introductions:candidates", "get"), ("introductions:propose", "post"), ("introductions:apply", "get"),
]  # fmt: skip  # read by rows
#: Who reads nothing of a need in a state: of a draft nobody but its author, of one for invited firms those who review.
UNSEEN = {
    "draft": (None, Role.FIRM, Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.SECRETARIAT, Role.ADMINISTRATOR),
    "discarded": (None, Role.FIRM, Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.SECRETARIAT, Role.ADMINISTRATOR),
    "invited": (None, Role.FIRM, Role.DISTRICT_OFFICER, Role.ADMINISTRATOR),
}


@pytest.fixture
def hidden(db, person):
    """A need that others may not see."""

    def made(how: str) -> Posting:
        purchasing, _research, firm = buyers()
        if how == "invited":
            return open_need(purchasing, firm, person(Role.SECRETARIAT), visibility="invited")
        need = draft(purchasing, firm)
        return operations.move(actor=purchasing, posting=need, transition="discard") if how == "discarded" else need

    return made


@pytest.mark.parametrize("how", UNSEEN)
def test_every_page_answers_as_if_it_did_not_exist(hidden, client_of, own_firm, how):
    need = hidden(how)
    for client in map(client_of, UNSEEN[how]):
        for page, method in PAGES:
            told, none = (
                answered(
                    getattr(client, method)(reverse(page, args=[number]), {"firm": own_firm.id, "transition": "x"})
                )
                for number in (need.pk, need.pk + 1000)
            )
            assert (page, *told) == (page, *none)
    assert Introduction.objects.count() == 0


def answered(answer) -> tuple[int, str, str]:
    """What an answer says, but for the number of the posting."""
    return answer.status_code, re.sub(r"\d+", "N", answer.headers.get("Location", "")), answer.content.decode()[:40]


def test_a_colleague_does_not_read_what_was_discarded_as_a_draft(hidden, client_of):
    need, (_purchasing, research, _firm) = hidden("discarded"), buyers()
    author, colleague = client_of(Role.LARGE_FIRM), client_of(None)
    colleague.force_login(research, backend="rongtong.portal.people.backends.ByPassword")
    page = reverse("postings:posting", args=[need.pk])
    assert (author.get(page).status_code, colleague.get(page).status_code) == (200, 404)


def test_what_reviewers_have_read_is_withdrawn_and_still_theirs(hidden, client_of):
    need = hidden("invited")
    operations.move(actor=need.made_by, posting=need, transition="withdraw")
    assert client_of(Role.SECRETARIAT).get(reverse("postings:posting", args=[need.pk])).status_code == 200


def test_what_was_withdrawn_as_a_draft_before_there_was_discarding_is_discarded(hidden):
    kept, gone = hidden("invited"), hidden("draft")
    for one in (kept, gone):
        one.steps.create(transition="withdraw", by=one.made_by)
    Posting.objects.update(state="withdrawn")
    import_module("rongtong.portal.postings.migrations.0004_discarded").discard(apps, None)
    assert [Posting.objects.get(pk=one.pk).state for one in (kept, gone)] == ["withdrawn", "discarded"]


def test_who_divides_what_two_firms_wrote_as_one_reads_no_draft(hidden):
    need = hidden("draft")
    assert written(need).told == f"需求 · {need.pk}"


@pytest.fixture
def returned(db):
    """A need that a colleague, who reads its private half, has returned with a reason that quotes it."""
    purchasing, research, firm = buyers()
    need = operations.move(actor=purchasing, posting=draft(purchasing, firm), transition="hand_in")
    return operations.move(actor=research, posting=need, transition="return_to_author", why="预算三百六十万报高了")


def test_why_it_was_returned_is_in_no_message(returned):
    told = Notification.objects.get(wording="posting_returned")
    assert (told.text, "报高了" in str(told.values)) == (f"“{returned.title}”需要修改，原因见页面。", False)


def test_why_it_was_returned_its_own_side_reads_alone(returned, client_of):
    page, author = reverse("postings:posting", args=[returned.pk]), returned.made_by
    need = operations.move(actor=author, posting=returned, transition="hand_in")
    operations.move(actor=author, posting=need, transition="confirm")
    read = {role: client_of(role).get(page) for role in (Role.LARGE_FIRM, Role.SECRETARIAT, Role.CITY_OFFICER)}
    assert {role: (one.status_code, "报高了" in one.content.decode()) for role, one in read.items()} == {
        Role.LARGE_FIRM: (200, True), Role.SECRETARIAT: (200, False), Role.CITY_OFFICER: (200, False),
    }  # fmt: skip  # read by rows


def test_no_contact_stands_in_a_reason(db, person, client_of):
    purchasing, research, firm = buyers()
    need = operations.move(actor=purchasing, posting=draft(purchasing, firm), transition="hand_in")
    with pytest.raises(InputError, match="不要写联系方式"):
        operations.move(actor=research, posting=need, transition="return_to_author", why="致电 138 1234 5678")
    need = operations.move(actor=purchasing, posting=need, transition="confirm")
    url = reverse("postings:review", args=[need.pk])
    page = client_of(Role.SECRETARIAT).post(url, {**POINTS, "clarity": 0, "note": "加微信 zs_2020"})
    assert (page.status_code, Posting.objects.get(pk=need.pk).state) == (422, "reviewing")


def test_who_has_left_hears_no_more_of_it(db, person):
    purchasing, research, firm = buyers()
    need = open_need(purchasing, firm, person(Role.SECRETARIAT))
    purchasing.grants.update(valid_until="2022-01-01")
    telling.expires(Posting.objects.get(pk=need.pk))
    assert [one.user for one in Notification.objects.filter(wording="posting_expires")] == [research]
