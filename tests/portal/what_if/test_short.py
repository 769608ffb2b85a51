"""Who is one step short: those whom the engine names, of the reader's districts; whom to call is kept in the trail."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from rongtong.portal.audit.models import Trail
from rongtong.portal.people.models import Contact, Role
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.rulebooks.queries import edition
from rongtong.portal.what_if import queries
from rongtong.portal.what_if.asking import ENGINES, Asked, judged_by
from rongtong.portal.what_if.queries import ShortAnswer, ShortQuestion
from rongtong.portal.what_if.words import Words
from rongtong.qualify.short import short

pytestmark = pytest.mark.django_db
BOOK = "cn/srdi-sme@2022"
#: Of which the sample's firms are one step short.
NEAR = "oecd/high-growth@2007"


@pytest.fixture
def about() -> Asked:
    return Asked.now(NEAR, "new")


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_it_is_asked_as_the_current_verdicts_were(settings):
    settings.BUSINESS_DAY = date(2022, 11, 1)
    judged = current.assessment("cn/srdi-sme").manifest["as_of"]
    assert [Asked.now(book, "new").day.isoformat() for book in (BOOK, NEAR)] == [judged, "2022-11-01"]


@pytest.mark.parametrize(
    ("book", "purpose", "judged"),
    [(BOOK, "new", True), (BOOK, "review", False), ("cn/srdi-sme@2026", "new", False), (NEAR, "new", False)],
)
def test_current_verdicts_are_of_their_very_edition_and_purpose(book, purpose, judged):
    assert (judged_by(edition(book), purpose) is not None) is judged


@pytest.mark.either
def test_what_is_kept_of_the_current_verdicts_is_what_the_engine_finds(settings, tmp_path):
    settings.STORE = tmp_path
    for book in (BOOK, "cn/innovative-sme@2022", "cn/srdi-sme@2026"):
        asked = Asked.now(book, "new")
        with ENGINES.asked(asked) as asking:
            found = [row["n"] for row in map(queries._row, short(asking))]
        assert queries._short(asked).column("n").to_pylist() == found


def test_exactly_those_are_listed_whom_the_engine_names(about, person):
    with ENGINES.asked(about) as asking:
        found = {one.firm: [f"{step.kind}:{step.id}" for step in one.steps] for one in short(asking)}
    shown = {row["firm"]: row["steps"] for row in ShortAnswer(person(Role.CITY_OFFICER), ShortQuestion(about)).firms}
    assert shown == found
    assert len(found) > 0


def test_a_district_officer_sees_those_of_the_district(about, person, own_firm):
    own = ShortAnswer(person(Role.DISTRICT_OFFICER), ShortQuestion(about)).firms
    every = ShortAnswer(person(Role.CITY_OFFICER), ShortQuestion(about)).firms
    assert [row["firm"] for row in own] == [row["firm"] for row in every if row["district"] == own_firm.district]
    asked = ShortQuestion(
        about, district=next(row["district"] for row in every if row["district"] != own_firm.district)
    )
    assert list(ShortAnswer(person(Role.DISTRICT_OFFICER), asked).firms) == []


def test_steps_and_titles_count_what_choosing_them_shows(about, person):
    user = person(Role.CITY_OFFICER)
    answer = ShortAnswer(user, ShortQuestion(about))
    for name, counted in (("step", answer.steps()), ("title", answer.titles())):
        assert counted != []
        for value, firms in counted:
            assert ShortAnswer(user, ShortQuestion(about, **{name: value})).firms.count() == firms


def test_what_is_lacking_is_told_with_its_unit():
    words = Words(edition(BOOK).book)
    assert words.step("clause:condition.2.amount") == "研发费用总额不低于 100 万元"
    assert words.lacking("clause:condition.2.amount", -184_300) == "还差 18.43 万元"
    assert words.lacking("clause:condition.2.share", -0.008793) == "还差 0.88 个百分点"
    assert words.lacking("clause:condition.1", -1) == "还差 1 年"
    assert words.step("lever:rd_expense[2021]") == "改变：2021年研发费用"
    assert words.lacking("lever:rd_expense[2021]", -184_300) == "还差 18.43 万元"
    assert words.lacking("lever:rd_staff[2021]", -3) == "还差 3 人"
    assert words.lacking("lever:ip.class_1", -2) == "还差 2 项"
    assert words.lacking("lever:rd_institution_level", None, "省级") == "至少到“省级”"
    assert words.lacking("lever:own_brand", None) == "由“否”变为“是”"
    assert words.step("fact:negative_records.tax") == "补数据：偷漏税"
    assert words.lacking("fact:negative_records.tax", None) == ""
    assert words.clauses.called("direct.2") == "评价得分或直通条件：近两年研发费用均值"


def test_the_call_list_has_numbers_and_stands_in_the_trail(client_of, person, about):
    found = list(ShortAnswer(person(Role.CITY_OFFICER), ShortQuestion(about)).firms)
    firm = found[0]
    Contact.objects.create(firm=firm["firm"], name="周琪", position="财务", phone="13812345678")
    answer = client_of(Role.CITY_OFFICER).post("/what-if/short/calls/", {"rulebook": NEAR, "form": "csv"})
    rows = lines(answer)
    assert len(rows) == 1 + len(found)
    assert [row[-2:] for row in rows[1:] if row[0] == firm["name"]] == [["周琪 财务", "13812345678"]]
    kept = Trail.objects.filter(act="what_if.call_list").get()
    assert ("13812345678" in str(vars(kept)), kept.subject) == (False, "")
    assert (kept.actor, kept.detail["rulebook"], kept.detail["count"], kept.detail["form"]) == (
        person(Role.CITY_OFFICER), NEAR, len(found), "csv",
    )  # fmt: skip


def test_numbers_stand_on_the_page_only_when_asked_for_and_then_in_the_trail(client_of, person, about):
    firm = ShortAnswer(person(Role.CITY_OFFICER), ShortQuestion(about)).firms.first()
    Contact.objects.create(firm=firm["firm"], name="周琪", phone="13812345678")
    reader = client_of(Role.CITY_OFFICER)
    shown = [
        _gives("13812345678", reader, {"rulebook": NEAR} | query)
        for query in ({}, {"people": 1}, {"people": 1, "export": "csv"})
    ]
    assert (shown, Trail.objects.filter(act="what_if.call_list").count()) == ([False, True, False], 1)


def _gives(number: str, reader: Client, query: dict[str, object]) -> bool:
    answer = reader.get("/what-if/short/", query)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return number in content.decode()


def test_no_number_of_another_district_leaves(client_of, person, about, own_firm):
    far = next(
        row
        for row in ShortAnswer(person(Role.CITY_OFFICER), ShortQuestion(about)).firms
        if row["district"] != own_firm.district
    )
    Contact.objects.create(firm=far["firm"], name="周琪", phone="13812345678")
    given = {"rulebook": NEAR, "district": far["district"], "form": "csv"}
    assert "13812345678" not in str(lines(client_of(Role.DISTRICT_OFFICER).post("/what-if/short/calls/", given)))


def test_any_rulebook_may_be_asked_of(client_of):
    answer = client_of(Role.CITY_OFFICER).get("/what-if/short/?rulebook=cn/technology-sme&purpose=review")
    assert answer.context["question"].about.book == "cn/technology-sme@2017"
    assert answer.context["question"].about.purpose == "review"


def test_what_is_no_choice_is_asked_as_if_it_were_left_out(client_of):
    answer = client_of(Role.CITY_OFFICER).get("/what-if/short/?rulebook=../x&purpose=no&district=火星")
    question = answer.context["question"]
    assert (question.about.book, question.about.purpose, question.district) == (BOOK, "new", "")


def test_the_form_of_a_district_officer_offers_the_own_districts(person, own_firm):
    from rongtong.portal.what_if.forms import ShortForm  # noqa: PLC0415 -- it asks the database for its choices

    form = ShortForm(QueryDict(), person(Role.DISTRICT_OFFICER))
    assert [value for value, _label in form.fields["district"].choices] == ["", own_firm.district]
    assert Firm.objects.exclude(district=own_firm.district).exists()
