"""A verdict cites clause and cell, and the list stays within the reader's districts."""

from __future__ import annotations

import html
import io
import re

import docx
import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from docx.oxml.ns import qn

from rongtong.portal.assessment.queries import Answer, Question
from rongtong.portal.days import today
from rongtong.portal.filings.models import Filing
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current, door
from rongtong.portal.rulebooks.queries import SUMS
from rongtong.qualify.shelf import known
from rongtong.report import labels

pytestmark = [pytest.mark.django_db, pytest.mark.either]
BOOK = "cn/srdi-sme"


def test_every_decided_veto_cites_what_settled_it():
    decided = [
        clause
        for row in current.assessment(BOOK).rows()
        for clause in row["clauses"]
        if clause["id"].startswith("veto") and clause["holds"] is not None
    ]
    assert decided != []
    assert [clause["id"] for clause in decided if not clause["sources"]] == []


def test_every_place_that_a_verdict_cites_leads_to_its_cell(client_of, own_firm):
    client = client_of(Role.DISTRICT_OFFICER)
    page = client.get(f"/firms/{own_firm.id}/assessment/{BOOK}/").content.decode()
    cited = [
        cell
        for clause in door.clauses(current.story(BOOK, own_firm.id))
        if not clause.get("parts")
        for cells in clause["sources"].values()
        for cell in cells
    ]
    links = re.findall(r'<a class="rt-source" href="([^"]+)">([^<]+)</a>', page)
    places = {" ".join(filter(None, [one["file"], one["sheet"], one["cell"]])) for one in cited}
    assert (places != set(), {html.unescape(text) for _link, text in links}) == (True, places)
    assert '<span class="rt-source">' not in page
    a_cell_of_each_sheet = {text.rpartition(" ")[0]: link for link, text in links}
    assert {client.get(link).status_code for link in a_cell_of_each_sheet.values()} == {200}


def test_every_clause_not_compared_with_the_document_is_marked_and_that_is_said_once(client_of, own_firm):
    page = client_of(Role.DISTRICT_OFFICER).get(f"/firms/{own_firm.id}/assessment/{BOOK}/").content.decode()
    shown = [one for one in door.clauses(current.story(BOOK, own_firm.id)) if one["kind"] not in SUMS]
    unverified = [one["id"] for one in shown if not one["verified"]]
    assert unverified != []
    assert current.explained(BOOK, own_firm.id)[0]["source"]["verified"] is True
    assert page.count("待核原文") == len(unverified)
    assert page.count("本规则尚有条款未与公布原文逐字核对。") == 1


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.CITY_OFFICER])
def test_the_list_stays_within_the_readers_districts(role, person, own_firm, far_firm):
    user = person(role)
    found = {row["district"] for row in Answer(user, Question(BOOK)).firms}
    assert own_firm.district in found
    assert (far_firm.district in found) is user.acts_as(Role.CITY_OFFICER)


def test_the_counts_add_up_to_the_list(person):
    answer = Answer(person(Role.CITY_OFFICER), Question(BOOK))
    assert sum(answer.counts().values()) == answer.firms.count()


def test_the_export_holds_the_whole_list_and_no_formula(client_of, person):
    answer = client_of(Role.DISTRICT_OFFICER).get("/assessment/?export=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 1 + Answer(person(Role.DISTRICT_OFFICER), Question(BOOK)).firms.count()


def test_the_draft_names_every_clause(client_of, person, own_firm):
    answer = client_of(Role.DISTRICT_OFFICER).get(f"/firms/{own_firm.id}/assessment/{BOOK}/draft.docx")
    table = docx.Document(io.BytesIO(answer.content)).tables[1]
    told = list(door.clauses(door.verdict(person(Role.DISTRICT_OFFICER), own_firm, BOOK)))
    assert [row.cells[0].text.strip("　").partition("（")[0] for row in table.rows[1:]] == [
        one["title"].partition("（")[0] for one in told
    ]


@pytest.fixture
def draft(client_of, own_firm):
    """The draft of the sample owner's firm, opened; made when it is asked for."""

    def make():
        answer = client_of(Role.DISTRICT_OFFICER).get(f"/firms/{own_firm.id}/assessment/{BOOK}/draft.docx")
        return docx.Document(io.BytesIO(answer.content))

    return make


def test_the_draft_says_what_the_attached_document_shows(draft, own_firm, person):
    told = list(door.clauses(door.verdict(person(Role.DISTRICT_OFFICER), own_firm, BOOK)))
    at, slot = next((n, name) for n, one in enumerate(told) for name in one["values"] if name.startswith("revenue["))
    Filing.objects.create(
        firm=own_firm.id, slot=slot, value="1234.5万元", source="firm_form", document="filings/审计报告.pdf", page=7,
        seal_seen=True, state=Filing.State.CONFIRMED, made_by=person(Role.FIRM), decided_at=timezone.now(),
    )  # fmt: skip
    proof = f"{labels.of_slot(slot)}：1234.5万元（审计报告.pdf，第 7 页，公章已核）"
    assert proof in draft().tables[1].rows[at + 1].cells[2].text.split("\n")


def test_a_draft_without_documents_evidences_nothing(draft):
    assert {row.cells[2].text for row in draft().tables[1].rows[1:]} == {""}


def test_every_page_of_the_draft_says_which_of_how_many_and_of_what(draft):
    foot = draft().sections[0].footer.paragraphs[0]
    fields = [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))]
    text = "".join(one.text or "" for one in foot._p.iter(qn("w:t")))
    snapshot = current.pointer().snapshot[:12]
    assert (fields, text) == (["PAGE", "NUMPAGES"], f"第 1 页，共 1 页　　快照 {snapshot}　　{today()}")


@pytest.mark.parametrize(
    "rulebook", [name for name in known() if name not in ("cn/qingdao-pool", "cn/single-champion")]
)
def test_a_firms_story_is_told_by_every_rulebook_that_one_can_apply_by(rulebook, client_of, own_firm):
    answer = client_of(Role.DISTRICT_OFFICER).get(reverse("assessment:story", args=[own_firm.id, rulebook]))
    assert answer.status_code == 200
    assert answer.context["story"]["verdict"] in {"qualified", "not_qualified", "undetermined"}


def test_no_story_is_told_by_a_rulebook_that_nobody_can_apply_by(client_of, own_firm):
    client = client_of(Role.DISTRICT_OFFICER)
    urls = [
        reverse("assessment:story", args=[own_firm.id, name])
        for name in ("cn/qingdao-pool", "cn/single-champion", "cn/none")
    ]
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
