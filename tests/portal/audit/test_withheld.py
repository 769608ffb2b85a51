"""The trail's page and its export name what was written, not what firms reported, and mask telephones."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from rongtong.portal.audit.operations import record
from rongtong.portal.audit.tables import told
from rongtong.portal.people.models import Role

#: Figures, words and judgements of people, and whatever nobody has thought of yet.
WITHHELD = [
    "value",
    "note",
    "opinion",
    "what",
    "text",
    "reason",
    "why",
    "band",
    "going",
    "points",
    "word",
    "follows",
    "new",
]
SHOWN = "phone：138****5678，slot：revenue[2021]，value：（从略）"


@pytest.fixture
def answer(client_of, person):
    """The trail as the secretariat asks for it, after a filing was written."""
    detail = {"slot": "revenue[2021]", "value": "4448.8万元", "phone": "13812345678", "page": None}
    record(actor=person(Role.FIRM), act="filings.file", subject="", detail=detail)
    return lambda **asked: client_of(Role.SECRETARIAT).get("/audit/", asked)


@pytest.mark.parametrize("name", WITHHELD)
def test_what_people_wrote_is_withheld(name):
    assert told(name, "4448.8万元") == "（从略）"


def test_a_telephone_in_a_sentence_is_masked_too():
    assert told("how", "由 13812345678 转 13900001111") == "由 138****5678 转 139****1111"


def test_the_page_shows_what_is_left(answer):
    cells = [str(row.get_cell("detail")) for row in answer().context["table"].rows]
    assert cells == [SHOWN]


def test_the_page_has_it_nowhere_else(answer):
    page = answer().content.decode()
    assert [one for one in ("4448.8", "13812345678") if one in page] == []


def test_the_export_for_a_script_shows_the_same(answer):
    text = b"".join(answer(export="csv").streaming_content).decode("utf-8-sig")
    assert [row[-1] for row in csv.reader(io.StringIO(text))] == ["内容", SHOWN]


def test_the_export_as_a_workbook_shows_the_same(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer(export="xlsx").content)).active
    assert [row[-1].value for row in sheet.rows] == ["内容", SHOWN]


def test_for_which_purpose_and_by_which_document_is_told():
    assert (told("purpose", "review"), told("number", "青税函〔2022〕5号")) == ("review", "青税函〔2022〕5号")
