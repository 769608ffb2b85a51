"""Confirming a contract: nothing is chosen beforehand, the second begins with what the first said, nothing is lost."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from rongtong.portal.introductions import operations, progress

BACKEND = "rongtong.portal.people.backends.ByPassword"
TERMS = {"kind": "parts", "band": "100-500", "day": "2022-10-20"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def page(user, introduction):
    return signed_in(user).get(reverse("introductions:introduction", args=[introduction.pk]))


def move(user, introduction, **given):
    url = reverse("introductions:move", args=[introduction.pk])
    return signed_in(user).post(url, {"transition": "contract"} | given)


def contract(answer):
    [(form, theirs)] = [(form, theirs) for way, form, _said, theirs in answer.context["alike"] if way.id == "contract"]
    return form, theirs


def test_nothing_is_chosen_beforehand(talking, buyer):
    form, theirs = contract(page(buyer, talking))
    assert ([field.value() for field in form], theirs) == ([None, None, None], False)
    shown = str(form) + str(page(buyer, talking).context["intent"])
    assert {*re.findall(r'value="([^"]*)" selected', shown)} == {""}


def test_no_two_fields_of_the_page_share_an_id(talking, buyer):
    ids = re.findall(r'\bid="([^"]+)"', page(buyer, talking).content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_the_second_begins_with_what_the_first_said_and_is_told_so(talking, owner, buyer):
    move(buyer, talking, **TERMS)
    answer = page(owner, talking)
    form, theirs = contract(answer)
    assert ({field.name: field.value() for field in form}, theirs) == (TERMS, True)
    assert "已按对方填写的内容预填" in answer.content.decode()
    assert contract(page(buyer, talking))[1] is False


def test_a_day_to_come_is_told_where_it_stands_and_nothing_is_lost(talking, buyer):
    answer = move(buyer, talking, **TERMS | {"day": "2022-10-26"})
    form, _theirs = contract(answer)
    assert (answer.status_code, form.errors.as_data()["day"][0].message) == (422, "日期不能晚于今天")
    assert {field.name: field.value() for field in form} == TERMS | {"day": "2022-10-26"}
    assert '<details open class="mb-2"><summary><b>确认签约' in answer.content.decode()
    assert talking.answers.exclude(transition="agree").count() == 0


OTHERWISE = {"band": "50-100", "day": "2022-10-19"}


@pytest.mark.parametrize(("told", "labels"), [({}, []), (OTHERWISE, ["金额档", "签约日期"])])
def test_what_is_told_differently_is_known_by_its_label(talking, owner, buyer, told, labels):
    operations.move(actor=buyer, introduction=talking, transition="contract", terms=TERMS | {"kind": "order"})
    operations.move(actor=owner, introduction=talking, transition="contract", terms=TERMS | {"kind": "order"} | told)
    talking.refresh_from_db()
    assert progress.differing(talking) == labels


def test_who_is_asked_reads_what_is_required_by_when_and_who_thought_of_it(need, own_firm, owner, buyer):
    type(need).objects.filter(pk=need.pk).update(needed_by="2022-12-01", certificates=["ISO9001"])
    need.refresh_from_db()
    made = operations.invite(actor=buyer, need=need, firm=own_firm)
    shown = page(owner, made).content.decode()
    told = ("ISO 9001", "2022-12-01", "零部件", "由需求方点名邀请", reverse("postings:posting", args=[need.pk]))
    assert [text for text in told if text not in shown] == []
    assert signed_in(owner).get(reverse("postings:posting", args=[need.pk])).status_code == 200
