"""What is owed is worked out once a day for all who look, and is what each would have worked out."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from rongtong.definitions.days import months_after
from rongtong.duties import due_sql
from rongtong.portal.days import today
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.titles import queries
from rongtong.portal.titles.forms import FilterForm
from rongtong.portal.titles.queries import KEPT, Question, due

pytestmark = pytest.mark.django_db
ASKED = "SELECT f.firm, d.duty, d.kind, d.due FROM ({sql}) d JOIN firms f USING (n) WHERE NOT d.done"


@pytest.mark.parametrize("ahead", [-30, 0, 92, KEPT.days, KEPT.days + 400])
def test_what_is_kept_is_what_is_worked_out(ahead, person):
    until = today() + datetime.timedelta(days=ahead)
    with current.snapshot().connect() as connection:
        sql = due_sql(current.snapshot(), on=today(), until=until)
        worked_out = connection.execute(ASKED.format(sql=sql)).fetchall()
    listed = due(person(Role.CITY_OFFICER), Question(until=until))
    assert sorted((one["firm"], one["duty"], one["kind"], one["due"]) for one in listed) == sorted(worked_out)
    assert worked_out or ahead < KEPT.days


def test_it_is_worked_out_once_a_day(person, monkeypatch):
    due(person(Role.CITY_OFFICER), Question()).count()
    monkeypatch.setattr(current.Opened, "connect", None)
    assert queries._owed(today() + KEPT) == f'"owed_{today()}"'


def test_a_day_for_which_nothing_can_be_foreseen_is_told_on_the_form(client_of):
    last = months_after(today(), 120)
    forms = {day: FilterForm({"until": day}) for day in (last, last + datetime.timedelta(days=1))}
    assert [form.errors.get("until") for form in forms.values()] == [None, [f"日期不能晚于 {last}"]]
    answer = client_of(Role.CITY_OFFICER).get(reverse("titles:due"), {"until": "9999-12-31"})
    assert f"日期不能晚于 {last}" in answer.content.decode()
