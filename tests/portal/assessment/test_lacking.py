"""What is missing says from whom it can come, and leads each reader to what they can do about it."""

from __future__ import annotations

import pytest

from rongtong.portal.assessment.lacking import lacks
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current, door
from rongtong.report import labels

pytestmark = pytest.mark.django_db
BOOK = "cn/little-giant"
FACTS = ("revenue", "titles.srdi", "well_known", "offline_checks.ip_2", "negative_records.tax")


@pytest.fixture
def missing(own_firm):
    """What a reader is told of those facts."""
    story = {
        "missing_detail": [
            {"field": one, "year": 2021 if one == "revenue" else None, "label": one, "settles": False, "points": 0.0}
            for one in FACTS
        ]
    }
    return lambda user: lacks(user, own_firm, story, BOOK)


def test_each_says_from_whom_it_can_come(missing, person):
    told = [one.who for one in missing(person(Role.DISTRICT_OFFICER))]
    assert told == ["审计报告", "市民营经济发展局", "审核人员判断", "线下核验", "市税务局"]


def test_an_officer_records_what_a_person_judges_and_imports_what_a_bureau_replies(missing, person):
    acts = [one.act for one in missing(person(Role.DISTRICT_OFFICER))]
    assert acts == ["", "", "记录核查结论", "记录核查结论", "导入部门复函"]


def test_a_firm_supplies_its_figures_and_titles_and_judges_nothing(missing, person):
    told = [(one.act, one.url.rpartition("/")[2]) for one in missing(person(Role.FIRM))]
    assert told == [("现在补", "?slot=revenue[2021]"), ("登记称号", ""), ("", ""), ("", ""), ("", "")]


def test_every_unknown_of_a_verdict_says_from_whom_it_can_come(client_of, own_firm):
    page = client_of(Role.DISTRICT_OFFICER).get(f"/firms/{own_firm.id}/assessment/{BOOK}/").content.decode()
    unknown = {
        name
        for clause in door.clauses(current.story(BOOK, own_firm.id))
        if not clause.get("parts")
        for name, value in clause["values"].items()
        if value in (None, [0, None])
    }
    assert unknown != set()
    assert [one for one in unknown if f"来源：{labels.settled_by(one)}" not in page] == []


def test_a_verdict_names_the_clauses_that_are_not_met(client_of, own_firm):
    story = current.story(BOOK, own_firm.id)
    against = [one["title"] for one in story["clauses"] if one["holds"] is False]
    page = client_of(Role.FIRM).get(f"/firms/{own_firm.id}/assessment/{BOOK}/").content.decode()
    told = page.partition("不符合的条款")[2].partition("</p>")[0]
    assert [title in told for title in against] == [True] * len(against)
