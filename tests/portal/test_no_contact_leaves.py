"""No telephone, e-mail or identity number leaves by an export; a marked workbook has them for who brought it alone."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rongtong.portal.days import today
from rongtong.portal.imports import operations
from rongtong.portal.membership.models import Application
from rongtong.portal.people.models import Claim, Contact, Role, User
from routes import table, thing_of

PHONE, MAIL, CARD = "13812345678", "zhouqi@example.com", "370212199001011234"

pytestmark = pytest.mark.either
#: Lists about nothing in particular, which anybody may be shown whole.
LISTS = [row for row in table() if row["method"] == "GET" and row["object"] == "-"]
HEAD = "企业名称,统一社会信用代码,2021年营业收入（万元）,联系人,联系电话,电子邮箱,身份证号"


@pytest.fixture
def people(made, person, own_firm) -> None:
    """Everywhere where a contact may stand, one."""
    Contact.objects.create(firm=own_firm.id, name="周琪", phone=PHONE, source=MAIL)
    stranger = User.objects.create_user(PHONE, name="周琪")
    Claim.objects.create(user=stranger, firm=own_firm.id, capacity="agent", letter="x.pdf", valid_until=today())
    given = {"contact": "周琪", "phone": PHONE, "state": "submitted", "made_by": person(Role.FIRM)}
    Application.objects.create(firm=own_firm.id, **given)


@pytest.mark.parametrize("role", [Role.FIRM, Role.DISTRICT_OFFICER, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_no_list_gives_a_contact_away(people, made, client_of, role):
    reader, leaks, read = client_of(role), [], 0
    for row in (one for one in LISTS if one[role] == "yes"):
        answer = reader.get(thing_of(row["page"], "-", None, made), {"export": "csv"})
        if answer.get("Content-Type", "").startswith("text/csv"):
            read += 1
            text = b"".join(answer.streaming_content).decode()
            leaks += [row["page"] for one in (PHONE, MAIL, CARD) if one in text]
    assert (leaks, read > 0) == ([], True)


@pytest.fixture
def texts(own_home, person, client_of, own_firm, django_capture_on_commit_callbacks):
    """Every text of the marked copy of a workbook with contacts that the district's officer brought, for somebody."""
    line = f"{own_firm.name},{own_firm.uscc},4448,周琪,{PHONE},{MAIL},{CARD}"
    file = SimpleUploadedFile("区里报送.csv", f"{HEAD}\n{line}\n".encode())
    given = {"source": "district_workbook", "date": today(), "year": 2021}
    with django_capture_on_commit_callbacks(execute=True):
        held = operations.upload(actor=person(Role.DISTRICT_OFFICER), file=file, **given)

    def read(role: str) -> list[str]:
        content = b"".join(client_of(role).get(reverse("imports:marked", args=[held.pk])).streaming_content)
        page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        return [str(cell) for line in page.iter_rows(values_only=True) for cell in line]

    return read


def test_whoever_brought_a_workbook_has_it_back_whole(texts, own_firm):
    found = [own_firm.name, own_firm.uscc, "4448", "周琪", PHONE, MAIL, CARD]
    assert texts(Role.DISTRICT_OFFICER) == [*HEAD.split(","), *found]


@pytest.mark.parametrize("role", [Role.DISTRICT_REVIEWER, Role.CITY_OFFICER])
def test_others_have_it_without_its_people(texts, own_firm, role):
    found = [own_firm.name, own_firm.uscc, "4448", "****", "****", "****", "****"]
    assert texts(role) == [*HEAD.split(","), *found]
