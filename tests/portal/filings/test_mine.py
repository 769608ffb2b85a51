"""A firm's own page: what is missing and what waits first, then its data by topic, folded."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from lxml import html

from rongtong.portal.filings import queries
from rongtong.portal.filings.models import Filing
from rongtong.portal.people.models import Role
from rongtong.portal.registry import door


@pytest.fixture
def shown(client_of, own_firm):
    """The page as the firm sees it."""
    return lambda: client_of(Role.FIRM).get(f"/firms/{own_firm.id}/data/")


def test_every_fact_stands_under_one_topic(shown, person, own_firm):
    groups = shown().context["groups"]
    slots = sorted(fact.slot for group in groups for fact in group.facts)
    known = [fact.slot for fact in door.facts(person(Role.FIRM), own_firm).shown]
    assert slots == sorted(set(known) - {"name", "uscc"})


def test_what_is_missing_and_who_can_supply_it_are_told_in_the_readers_language(client_of, own_firm, monkeypatch):
    lack = {"slot": "local_score", "label": "地方特色指标得分", "year": None, "by_firm": True}
    monkeypatch.setattr(queries, "lacks", lambda _user, _firm: [lack, lack | {"slot": "revenue[2021]", "year": 2021}])
    reader = client_of(Role.FIRM)
    reader.cookies["django_language"] = "en"
    with override(None):
        page = html.fromstring(reader.get(f"/firms/{own_firm.id}/data/").content)
    told = [
        (one.findtext("b"), one.findtext("div")) for one in page.xpath("//section[contains(@class, 'is-todo')]//li")
    ]
    assert told == [
        ("Local indicator score", "From: Bureau's reply"),
        ("2021 Operating revenue", "From: Audit report"),
    ]


def test_topics_are_folded(shown):
    answer = shown()
    page = answer.content.decode()
    assert page.count('<details class="rt-topic"><summary><b>') + page.count(
        '<details class="rt-topic" open><summary><b>'
    ) == len(answer.context["groups"])
    assert page.count('<details class="rt-topic" open>') == sum(bool(one.open) for one in answer.context["groups"])


def test_what_waits_comes_before_what_is_done(shown, person, own_firm):
    given = {"firm": own_firm.id, "slot": "revenue[2021]", "value": "1万元", "source": "firm_form"}
    made = {
        state: Filing.objects.create(state=state, made_by=person(Role.FIRM), **given)
        for state in ("confirmed", "waiting", "withdrawn", "returned")
    }
    context = shown().context
    assert set(context["waiting"]) == {made["waiting"], made["returned"]}
    assert set(context["settled"]) == {made["confirmed"], made["withdrawn"]}


@pytest.mark.parametrize(("source", "wrong"), [("firm_form", ["source"]), ("award_document", ["document"])])
def test_a_score_of_others_is_stated_by_their_report_and_a_judgement_not_at_all(db, source, wrong):
    from rongtong.portal.filings.forms import FilingForm  # noqa: PLC0415 -- it asks the catalogue for its choices

    form = FilingForm({"slot": "credit_score", "value": "80", "source": source})
    assert sorted(form.errors) == wrong
    assert {"share_leading", "recent_offence"} & set(queries.slots()) == set()


def test_nothing_is_filed_of_what_nobody_chose(client_of, own_firm):
    answer = client_of(Role.FIRM).post(f"/firms/{own_firm.id}/data/new/", {"value": "1万元", "source": "firm_form"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["slot"])
    shown = client_of(Role.FIRM).get(f"/firms/{own_firm.id}/data/new/").context["form"]["slot"]
    assert (shown.value(), next(iter(shown.subwidgets)).data["label"]) == ("", "请选择")


def test_what_can_be_stated_stands_by_topic_with_what_is_there(client_of, own_firm):
    answer = client_of(Role.FIRM).get(f"/firms/{own_firm.id}/data/new/")
    shown = answer.context["topics"]
    listed = [(topic.title, [item.slot for item in topic.items]) for topic in shown]
    choices = list(answer.context["form"].fields["slot"].choices)[1:]
    assert [(title, [slot for slot, _label in own]) for title, own in choices] == listed
    assert sorted(slot for _title, own in listed for slot in own) == sorted(queries.slots())
    page = html.fromstring(answer.content)
    told = [one.text for one in page.xpath("//details[starts-with(@id, 'topic-')]/summary/span")]
    assert told == [f"{len(topic.items)} 项中已有 {topic.filled} 项" for topic in shown]
    assert sum(topic.filled for topic in shown) > 0


def test_what_is_wrong_is_told_first_and_leads_to_its_field(client_of, own_firm):
    given = {"slot": "revenue[2021]", "value": "1", "source": "audit_report"}
    answer = client_of(Role.FIRM).post(f"/firms/{own_firm.id}/data/new/", given)
    told = html.fromstring(answer.content).xpath("//main//*[@role='alert']//a")
    assert [(one.text, one.get("href")) for one in told] == [("填报值", "#id_value"), ("凭证", "#id_document")]
    assert "topics" not in answer.context
