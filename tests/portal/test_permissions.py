"""The permission matrix: every page × role × object; a page without a row fails.

``permissions.csv`` says for each page and object (``own``: of the sample owner's firm, which lies in the officers'
district, or made by the district officer; ``other``: of a firm elsewhere; ``-``: none) what each role gets: ``yes``
the page opens or the form is taken, ``no`` it is refused, ``in`` one must sign in first.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.days import today
from rongtong.portal.desk.models import Notice
from rongtong.portal.filings.models import Filing
from rongtong.portal.imports.models import Upload
from rongtong.portal.jobs.models import Job
from rongtong.portal.membership.models import Application, Member
from rongtong.portal.notifications.models import Channel, Delivery, Notification
from rongtong.portal.people.models import Claim, Grant, Role, User
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.titles.models import Change
from routes import address, pages, table

#: Pages about another thing than their capability's first.
ITS_OWN = {"membership:leave": "member", "people:revoke-claimed": "grant", "notifications:again": "delivery"}
ROLES = ("public", *Role.values)


@pytest.fixture
def made(person, own_firm, far_firm) -> dict[tuple[str, str], int]:
    """One thing of each kind that pages are about, for each object: its number."""
    officer, owner = person(Role.DISTRICT_OFFICER), person(Role.FIRM)
    found: dict[tuple[str, str], int] = {}
    for name, firm, by in (("own", own_firm, officer), ("other", far_firm, person(Role.CITY_OFFICER))):
        day = today()
        told = Notification.objects.create(
            user=owner if name == "own" else by, wording="member_accepted", url="/", values={"firm": "甲", "since": "—"}
        )
        found |= {
            ("jobs", name): Job.objects.create(kind="settle", made_by=by, state=Job.State.DONE).pk,
            ("imports", name): Upload.objects.create(
                file="x.xlsx", name="x.xlsx", source="firm_form", district=firm.district, made_by=by
            ).pk,
            ("comparison", name): Comparison.objects.create(file="x.csv", name="x.csv", made_by=by).pk,
            ("filings", name): Filing.objects.create(
                firm=firm.id, slot="revenue[2021]", value="1万元", source="firm_form", made_by=owner
            ).pk,
            ("assessment", name): Conclusion.objects.create(
                firm=firm.id, rulebook="cn/srdi-sme", word="recommend", opinion="…", made_by=by
            ).pk,
            ("membership", name): Application.objects.create(firm=firm.id, contact="甲", phone="1", made_by=owner).pk,
            ("titles", name): Change.objects.create(firm=firm.id, what="更名", on=day, due=day, made_by=by).pk,
            ("postings", name): posted(firm, owner if name == "own" else by).pk,
            ("notifications", name): told.pk,
            ("delivery", name): Delivery.objects.create(
                notification=told, channel=Channel.SMS, due_at=timezone.now()
            ).pk,
            ("desk", name): Notice.objects.create(title="通知", body="…", made_by=by).pk,
            ("member", name): Member.objects.create(firm=firm.id).pk,
            ("grant", name): Grant.objects.create(
                user=User.objects.get_or_create(phone="13900000009")[0],
                role=Role.FIRM,
                firm=firm.id,
                capacity="agent",
                valid_until=day,
            ).pk,
            ("people", name): Claim.objects.create(
                user=owner, firm=firm.id, capacity="agent", letter="x.pdf", valid_until=day
            ).pk,
        }
    return found


def posted(firm, by) -> Posting:
    """A need that its firm has handed in and confirmed."""
    need = Posting.objects.create(
        side="need", firm=firm.id, kind="parts", title="阀座", state="reviewing", expires_on=today(), made_by=by
    )
    PrivateHalf.objects.create(posting=need, quantity="9 件")
    return need


def test_every_page_says_what_it_asks_for():
    assert [page for page, permission in pages().items() if permission == "MISSING"] == []


def test_every_page_has_a_row_and_every_row_a_page():
    assert sorted({row["page"] for row in table()}) == sorted(pages())


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row['page']}-{row['object']}")
def test_pages_open_for_those_in_the_table(row, client_of, own_firm, far_firm, made):
    url = address_of(row["page"], row["object"], {"own": own_firm, "other": far_firm}.get(row["object"]), made)
    found = {role: outcome(client_of(None if role == "public" else role), url, row["method"]) for role in ROLES}
    assert found == {role: row[role] for role in ROLES}


def test_a_page_with_a_file_that_is_gone_is_not_found(client_of, made):
    assert (
        client_of(Role.DISTRICT_OFFICER).get(reverse("people:letter", args=[made["people", "own"]])).status_code == 404
    )


def address_of(page: str, name: str, firm: Any, made: dict[tuple[str, str], int]) -> str:
    capability = ITS_OWN.get(page, page.partition(":")[0])
    made = made | {("people", "-"): Grant.objects.latest("pk").pk}
    return address(
        page,
        {"firm": firm and firm.id, "rulebook": "cn/srdi-sme"},
        {"firm": firm and firm.id},
        {"number": made.get((capability, name))},
        {"mention": firm and firm.id.removeprefix("f"), "cell": "A1"},
        {"token": "forged"},
        {},
    )


def outcome(client: Client, url: str, method: str) -> str:
    answer = getattr(client, method.lower())(url)
    if answer.status_code == 302 and "/sign-in/" in answer["Location"]:
        return "in"
    return "no" if answer.status_code == 403 else "yes"
