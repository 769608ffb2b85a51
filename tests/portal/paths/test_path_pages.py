"""A firm's page of what to hand in and to change, as the engine found it."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from lxml import html

from rongtong.definitions.days import months_after
from rongtong.portal.days import today
from rongtong.portal.paths import queries
from rongtong.portal.paths.queries import Question, answer
from rongtong.portal.people.models import Role
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.pages import title_of
from rongtong.portal.rulebooks.queries import Edition
from rongtong.qualify.path_answer import Path, Supply
from rongtong.qualify.prior import Prior
from rongtong.qualify.shelf import editions
from rongtong.report import labels

pytestmark = [pytest.mark.django_db, pytest.mark.either]
LATER = months_after(datetime.date(2022, 10, 25), 24)


@pytest.fixture
def read(client_of):
    def open_(firm: Firm, role: str = Role.CITY_OFFICER, **query: str):
        found = client_of(role).get(reverse("paths:path", args=[firm.id]), query)
        assert found.status_code == 200
        return html.fromstring(found.content)

    return open_


def answers(person, **kind):
    """Each firm of the sample with its answer on a day on which levers reach."""
    city = person(Role.CITY_OFFICER)
    for firm in Firm.objects.order_by("n")[:12]:
        yield firm, answer(city, firm, Question("cn/srdi-sme", at=LATER))


def marked(page, name: str, below: str = "") -> list[html.HtmlElement]:
    """The elements of a class, or what is *below* them."""
    return page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]{below}")


def text(page, name: str, below: str = "") -> list[str]:
    return [" ".join(one.text_content().split()) for one in marked(page, name, below)]


def test_steps_and_facts_to_hand_in_stand_apart_as_the_engine_found_them(read, person):
    firm, found = next((firm, one) for firm, one in answers(person) if one.shown.steps and one.wanted)
    page = read(firm, at=LATER.isoformat())
    assert text(page, "rt-path", "/li/b") == [
        *(labels.of_slot(one.supply.fact) for one in found.wanted),
        *(labels.of_slot(one.slot) for one in found.shown.steps),
    ]
    assert len(marked(page, "rt-path")) == 2


def test_who_acts_for_the_firm_is_led_to_the_form_of_each_missing_fact(read, own_firm, person):
    found = answer(person(Role.FIRM), own_firm, Question("cn/srdi-sme"))
    page = read(own_firm, Role.FIRM)
    led = [one.get("href") for one in marked(page, "rt-path", "//a")]
    assert led == [
        reverse("filings:new-title", args=[own_firm.id]) if one.is_title
        else f"{reverse('filings:new', args=[own_firm.id])}?slot={slot.replace('[', '%5B').replace(']', '%5D')}"
        for one in found.wanted for slot in (one.slots or ("",) * one.is_title)
    ]  # fmt: skip
    assert marked(read(own_firm, Role.DISTRICT_OFFICER), "rt-path", "//a") == []


def test_what_is_carried_forward_is_said(read, person):
    firm, found = next((firm, one) for firm, one in answers(person) if one.carried)
    said = text(read(firm, at=LATER.isoformat()), "rt-span-4", "//dt")
    assert said[: len(found.carried)] == [labels.of_slot(one["slot"]) for one in found.carried]


def test_where_nothing_leads_the_clauses_are_named(read, person, monkeypatch):
    firm, found = next(answers(person))
    nothing = Path(LATER, "2022", found.book.sha256, "not_qualified", possible=False, blocking=("condition.3",))
    monkeypatch.setattr(queries, "_path", lambda *_asked: nothing)
    page = read(firm, at=LATER.isoformat())
    assert text(page, "rt-clauses", "//b") == [found.heads["condition.3"].title]


@pytest.mark.parametrize(("at", "said"), [("2022-10-24", "申请日期不能早于今天"), ("昨天", "输入一个有效的日期")])
def test_a_day_that_is_none_is_told_beside_the_field(at, said, read, own_firm):
    (told,) = text(read(own_firm, at=at), "invalid-feedback")
    assert told.startswith(said)


def test_a_rulebook_that_is_not_in_force_is_told_on_the_page(read, own_firm, settings):
    settings.RULEBOOKS = ("cn/single-champion",)
    (told,) = text(read(own_firm, rulebook="cn/single-champion", at="2022-10-26"), "rt-notice")
    assert told.startswith("2022-10-26 的申请没有适用的版本")


def test_the_days_to_come_say_how_much_there_is_to_do_and_where_waiting_is_enough(client_of, own_firm):
    found = queries.on_each_day(own_firm, Question("cn/srdi-sme"))
    answer_ = client_of(Role.FIRM).get(
        reverse("paths:days", args=[own_firm.id]), {"purpose": "new"}, HTTP_HX_REQUEST="true"
    )
    links = html.fromstring(answer_.content.decode()).xpath("//a")
    assert [one.get("href") for one in links] == [
        f"{reverse('paths:path', args=[own_firm.id])}?purpose=new&at={one.at}" for one in found
    ]
    told = ["什么都不用做" if one.waiting else f"要办 {one.tasks} 件" if one.possible else "还够不到" for one in found]
    assert [one.text_content().split(" · ")[1] for one in links] == told


def test_the_tab_leads_to_the_path_of_ones_own_firm(client_of, own_firm):
    found = client_of(Role.FIRM).get(reverse("paths:home"))
    assert found["Location"] == reverse("paths:path", args=[own_firm.id])


def test_the_workbench_of_a_firm_begins_with_how_far_it_is(client_of, own_firm):
    page = html.fromstring(client_of(Role.FIRM).get(reverse("desk:today")).content)
    assert marked(page, "is-todo", "//a")[0].get("href") == reverse("paths:path", args=[own_firm.id])
    assert today() == datetime.date(2022, 10, 25)


def test_a_day_for_which_nothing_can_be_foreseen_is_told_on_the_form(read, own_firm):
    assert text(read(own_firm, Role.FIRM, at="3000-01-01"), "invalid-feedback") == [
        f"日期不能晚于 {months_after(today(), 120)}"
    ]
    assert text(read(own_firm, Role.FIRM, at=months_after(today(), 120).isoformat()), "invalid-feedback") == []


@pytest.fixture
def titled(monkeypatch, own_firm):
    """A firm whose path says that a title has to be obtained first."""
    book = editions("cn/srdi-sme")[0]
    one = Path(
        LATER, "2022", book.sha256, "not_qualified", possible=False, blocking=("prerequisite.innovative",),
        priors=(Prior("titles.innovative", "prerequisite.innovative", ("cn/innovative-sme",)),),
    )  # fmt: skip
    monkeypatch.setattr(queries, "_path", lambda *_asked: one)
    return own_firm, next(head for head in book.heads if head.id == "prerequisite.innovative")


def test_a_title_to_obtain_first_leads_to_the_path_of_the_rulebook_that_grants_it(read, titled):
    firm, head = titled
    page = read(firm, at=LATER.isoformat())
    (card,) = page.xpath("//section[header/h2='先取得称号']")
    assert [one.text for one in card.xpath(".//p/b")] == ["先取得“创新型中小企业称号”"]
    assert [(one.get("href"), one.text) for one in card.xpath(".//a")] == [(
        f"{reverse('paths:path', args=[firm.id])}?rulebook=cn/innovative-sme",
        f"怎么达到“{title_of('cn/innovative-sme')}”",
    )]  # fmt: skip
    assert head.title not in text(page, "rt-clauses", "//b")


def test_the_day_says_that_a_title_comes_first(client_of, titled):
    firm, _head = titled
    query = {"purpose": "new"}
    found = client_of(Role.CITY_OFFICER).get(reverse("paths:days", args=[firm.id]), query, HTTP_HX_REQUEST="true")
    told = {one.text_content().split(" · ")[1] for one in html.fromstring(found.content.decode()).xpath("//a")}
    assert told == {"先取得称号"}


def test_a_clause_not_compared_with_the_document_is_marked_and_said_once(read, titled):
    firm, head = titled
    assert head.verified is False
    page = read(firm, at=LATER.isoformat())
    (card,) = page.xpath("//section[header/h2='先取得称号']")
    assert text(card, "is-unknown") == ["待核原文"]
    assert page.text_content().count("本规则尚有条款未与公布原文逐字核对。") == 1


def test_a_book_whose_clauses_were_all_compared_says_nothing(read, titled, monkeypatch):
    monkeypatch.setattr(Edition, "unverified", [])
    assert "未与公布原文逐字核对" not in read(titled[0], at=LATER.isoformat()).text_content()


def test_a_firm_of_which_no_title_is_known_is_led_to_the_rulebook_that_grants_it(read, own_firm, monkeypatch):
    lacking = Path(
        LATER, "2022", editions("cn/srdi-sme")[0].sha256, "undetermined", possible=True,
        supplies=(Supply("titles.innovative", ("prerequisite.innovative",)),),
    )  # fmt: skip
    monkeypatch.setattr(queries, "_path", lambda *_asked: lacking)
    links = [one.get("href") for one in marked(read(own_firm, at=LATER.isoformat()), "rt-path", "//a")]
    assert links == [f"{reverse('paths:path', args=[own_firm.id])}?rulebook=cn/innovative-sme"]
