"""Pasted lines become a workbook with headings; what can be filled in comes in groups; a list keeps its kind."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rongtong.portal.comparison import filling, operations, pasting
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current

ONE, OTHER, CODE = "青岛甲机械有限公司", "青岛乙电子有限公司", "91370212MA0001181N"
OFFICER = Role.DISTRICT_OFFICER


def rows(text: str, **columns: int) -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(io.BytesIO(pasting.workbook(text, columns))).active
    return list(page.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"1、{ONE}\n\n2、{OTHER}", [("企业名称",), (ONE,), (OTHER,)]),
        (f"{CODE}\n{CODE}", [("统一社会信用代码",), (CODE,), (CODE,)]),
        (f"{ONE}\t{CODE}\t甲", [("企业名称", "统一社会信用代码", "第 3 列"), (ONE, CODE, "甲")]),
        (f"单位名称\n{ONE}", [("单位名称",), (ONE,)]),
        (f"{ONE}\t=1+1", [("企业名称", "第 2 列"), (ONE, "=1+1")]),
    ],
)
def test_pasted_lines_have_a_heading(text, expected):
    assert rows(text) == expected


def test_a_paste_that_names_no_firm_stays_as_it_is():
    assert rows("收到") == [("企业名称",), ("收到",)]


def test_what_people_told_of_the_columns_holds():
    assert rows("甲\t乙", name=1) == [("第 1 列", "企业名称"), ("甲", "乙")]


def test_the_usual_ones_come_first_and_each_once(db, home):
    groups = filling.choices()
    slots = [slot for _title, own in groups for slot, _label in own]
    assert (groups[0][0], groups[0][1][:2]) == ("常用", [("titles", "有效称号"), ("district", "所属区市")])
    assert ("revenue[2021]" in dict(groups[0][1]), len(slots)) == (True, len(set(slots)))


def test_titles_that_are_not_granted_yet_are_not_filled_in(settings, own_firm, person, home):
    settings.BUSINESS_DAY = date(1990, 1, 1)
    with current.snapshot().connect() as connection:
        undated = connection.execute(
            "SELECT count(*) FROM list_titles JOIN firms USING (n) WHERE firm = $1 AND granted_on IS NULL",
            [own_firm.id],
        ).fetchone()
    found = filling._values([own_firm.id], [filling.TITLES], person(OFFICER))
    assert (found, undated) == ({own_firm.id: {}}, (0,))


@pytest.fixture
def given_back(own_home, person, client_of, django_capture_on_commit_callbacks, own_firm):
    """The name under which a list with the sample owner's firm comes back, and the page that offers it."""

    def compare(name: str) -> tuple[str, str]:
        file, reader = SimpleUploadedFile(name, f"企业名称\n{own_firm.name}\n".encode()), client_of(OFFICER)
        with django_capture_on_commit_callbacks(execute=True):
            made = operations.begin(actor=person(OFFICER), file=file, fields=["district"])
        answer = reader.get(reverse("comparison:filled", args=[made.pk]))
        answer.getvalue()  # to its end, which closes the file
        return answer.filename, reader.get(reverse("comparison:result", args=[made.pk])).content.decode()

    return compare


@pytest.mark.parametrize(("name", "kind", "told"), [("名单.csv", ".csv", False), ("名单.tsv", ".xlsx", True)])
def test_a_list_comes_back_in_its_kind_or_says_so(given_back, name, kind, told):
    filename, page = given_back(name)
    assert (filename, "回填后存为 .xlsx" in page) == (f"名单_比对{kind}", told)
