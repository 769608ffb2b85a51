"""Once both have agreed they alone read the private half and the thread; officers and others read none of it."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from rongtong.portal.introductions import operations
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.people.models import Grant, Role, User
from rongtong.portal.postings.models import PrivateHalf

BACKEND = "rongtong.portal.people.backends.ByPassword"
#: What stands in the private half and the thread, each as it would be read; nothing else on a page says so.
SECRETS = {
    "text": "用于磁悬浮平台", "quantity": "48613", "budget": "371.4285", "price": "7391", "excludes": "青岛绝口不提",
    "drawing": "K9方案", "message": "底价再让三个点", "attachment": "报价底稿",
}  # fmt: skip  # read by rows
READERS = (Role.SECRETARIAT, Role.CITY_OFFICER, Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER, Role.ADMINISTRATOR)
#: Pages by name, and whether they are about the introduction ("one"), its need ("need"), its message or about none.
PAGES = {
    "introductions:introduction": "one", "introductions:thread": "one", "introductions:talk": "one",
    "introductions:drawing": "one", "introductions:attachment": "message", "introductions:candidates": "need",
    "introductions:mine": "", "introductions:stuck": "", "introductions:outcomes": "", "introductions:needs": "",
    "introductions:results": "", "introductions:assignment": "", "introductions:tradeoff": "",
    "postings:posting": "need", "postings:drawing": "need", "postings:needs": "", "postings:mine": "",
    "notifications:mine": "", "desk:home": "", "audit:trail": "",
}  # fmt: skip  # read by rows


@pytest.fixture
def secret(talking, buyer, settings, tmp_path) -> Introduction:
    """The two talk, everything that may be secret is, and they have stood still for too long."""
    settings.MEDIA_ROOT = tmp_path
    private = PrivateHalf.objects.get(pk=talking.need_id)
    private.text, private.quantity, private.price = SECRETS["text"], f"{SECRETS['quantity']} 件/年", "7391 元/套"
    private.budget, private.excludes = Decimal(3_714_285), [f"{SECRETS['excludes']}有限公司"]
    private.drawing, private.drawing_name = ContentFile(SECRETS["drawing"].encode(), "x.pdf"), "K9方案.pdf"
    private.save()
    operations.write(
        actor=buyer, introduction=talking, text=SECRETS["message"],
        attachment=ContentFile(SECRETS["attachment"].encode(), "报价底稿.pdf"),
    )  # fmt: skip  # read by rows
    settings.BUSINESS_DAY = talking.since.replace(month=12, day=20)
    return Introduction.objects.get(pk=talking.pk)


@pytest.fixture
def stranger(far_firm) -> User:
    """Somebody of a firm that has nothing to do with it."""
    made = User.objects.create_user("13900000077", name="路人")
    Grant.objects.create(user=made, role=Role.FIRM, firm=far_firm.id, capacity="agent")
    return made


def read(user: User | None, held: Introduction, page: str, form: str) -> str:
    """What *user* reads on *page* (in a *form*); nothing where it is not for them."""
    client = Client()
    if user:
        client.force_login(user, backend=BACKEND)
    thing = {"one": held.pk, "need": held.need_id, "message": held.messages.get().pk}.get(PAGES[page])
    answer = client.get(reverse(page, args=[thing] if thing else []), {"export": form} if form else {})
    if answer.status_code != 200:
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not content.startswith(b"PK"):  # no workbook
        return content.decode().replace(",", "")
    return str([*openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)])


@pytest.mark.parametrize("form", ["", "csv", "xlsx"])
@pytest.mark.parametrize("page", PAGES)
def test_nobody_but_the_two_reads_what_is_theirs(secret, person, stranger, page, form):
    readers = {one: person(one) for one in READERS} | {"stranger": stranger, "public": None}
    found = {name: read(user, secret, page, form) for name, user in readers.items()}
    told = {name: [what for what, word in SECRETS.items() if word in text] for name, text in found.items()}
    assert told == {name: [] for name in readers}


def test_the_two_read_it_all_so_that_it_would_be_seen(secret, buyer, owner):
    for user in (buyer, owner):
        text = "".join(read(user, secret, page, "") for page in PAGES)
        own = {"price", "excludes"}  # no page of theirs says these
        assert {what for what, word in SECRETS.items() if word not in text} - own == set()


@pytest.mark.parametrize("role", READERS)
def test_what_is_stuck_and_the_list_are_not_empty(secret, person, role):
    pages = ("introductions:stuck", "introductions:mine")
    shown = [secret.need.title in read(person(role), secret, page, form) for page in pages for form in ("", "csv")]
    assert shown == [role != Role.ADMINISTRATOR] * 4
