"""A verdict cites clause and cell, and the list stays within the reader's districts."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from rongtong.portal.assessment.queries import Answer, Question
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current, door

pytestmark = pytest.mark.django_db
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
