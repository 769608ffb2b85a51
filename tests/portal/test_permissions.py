"""The permission matrix: every page × role × object; a page without a row fails.

``permissions.csv`` says for each page and object (``own``: of the sample owner's firm, which lies in the officers'
district, or made by the district officer; ``other``: of a firm elsewhere; ``-``: none) what each role gets: ``yes``
the page opens or the form is taken, ``no`` it is refused, ``in`` one must sign in first.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from rongtong.portal.authoring.models import Version
from rongtong.portal.people.models import Claim, Role
from routes import methods, pages, table, thing_of

pytestmark = pytest.mark.either

ROLES = ("public", *Role.values)
#: What an answer means; any other is none that the table may hold.
OUTCOMES = {200: "yes", 302: "yes", 303: "yes", 400: "form", 422: "form", 403: "no", 404: "no", 410: "no"}


#: What is sent with a form that would else be refused to everybody, by what was made and the firms.
FORMS = {
    "authoring:restore": lambda made, name, _firms: {
        "version": Version.objects.filter(draft=made["authoring", name]).latest("pk").pk
    },
    "introductions:propose": lambda _made, name, firms: {"firm": firms["other" if name == "own" else "own"].id},
    "postings:move": lambda *_: {"transition": "withdraw"},
}


def test_every_page_says_what_it_asks_for():
    assert [page for page, permission in pages().items() if permission == "MISSING"] == []


def test_every_page_has_a_row_and_every_row_a_page():
    assert {(row["page"], row["method"]) for row in table()} == {
        (page, method) for page, taken in methods().items() for method in taken
    }


def test_only_a_form_that_is_sent_may_be_sent_back():
    found = [row["page"] for row in table() if row["method"] == "GET" and "form" in row.values()]
    assert found == []


def test_every_page_opens_for_somebody():
    opened = {(row["page"], row["method"]) for row in table() if {row[role] for role in ROLES} & {"yes", "form"}}
    assert sorted({(row["page"], row["method"]) for row in table()} - opened) == []


@pytest.fixture
def signed_in(client_of) -> Callable[[str], Client]:
    """A new client of a role's person, who signed in once."""
    sessions = {role: client_of(role).cookies.output(header="") for role in ROLES if role != "public"}

    def open_(role: str) -> Client:
        client = Client()
        client.cookies.load(sessions.get(role, ""))
        return client

    return open_


@pytest.fixture
def found(signed_in, own_firm, far_firm, made) -> Callable[[dict[str, str]], dict[str, str]]:
    """What each role gets of a row."""
    firms = {"own": own_firm, "other": far_firm}

    def ask(row: dict[str, str]) -> dict[str, str]:
        url = thing_of(row["page"], row["object"], firms.get(row["object"]), made)
        form = FORMS[row["page"]](made, row["object"], firms) if row["page"] in FORMS else {}
        outcomes = {}
        for role in ROLES:
            with transaction.atomic():  # each finds things as they were
                outcomes[role] = outcome(signed_in(role), url, row["method"], form)
                transaction.set_rollback(True)
        return row | outcomes

    return ask


@pytest.mark.parametrize("capability", sorted({row["page"].partition(":")[0] for row in table()}))
def test_pages_are_read_by_those_in_the_table(capability, found):
    rows = [row for row in table() if row["method"] == "GET" and row["page"].partition(":")[0] == capability]
    assert [found(row) for row in rows] == rows


SENT = [row for row in table() if row["method"] != "GET"]


@pytest.mark.parametrize("row", SENT, ids=lambda row: f"{row['page']}-{row['object']}")
def test_forms_are_taken_from_those_in_the_table(row, found):
    """Each finds the files of its things as they were, which no rollback brings back."""
    assert found(row) == row


def test_a_page_with_a_file_that_is_gone_is_not_found(client_of, made):
    Claim.objects.filter(pk=made["people", "own"]).update(letter="y.pdf")
    assert (
        client_of(Role.DISTRICT_OFFICER).get(reverse("people:letter", args=[made["people", "own"]])).status_code == 404
    )


def outcome(client: Client, url: str, method: str, form: dict[str, object]) -> str:
    answer = getattr(client, method.lower())(url, form)
    if answer.streaming:
        answer.getvalue()  # to its end, which closes the file
    if answer.status_code == 302 and "/sign-in/" in answer["Location"]:
        return "in"
    return OUTCOMES.get(answer.status_code, str(answer.status_code))
