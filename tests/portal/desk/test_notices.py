"""Notices: published by those who may, with a period of objection, taken down and kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from rongtong.portal.days import today
from rongtong.portal.desk.models import Notice
from rongtong.portal.people.models import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("until", "left", "chip"), [(2, 2, "公示中 · 剩 2 天"), (0, 0, "公示中 · 今天截止"), (-1, None, "")]
)
def test_a_period_of_objection_is_told_until_its_last_day(client, until, left, chip):
    made = Notice.objects.create(title="名单公示", body="…", until=today() + timedelta(days=until))
    shown = client.get("/").content.decode()
    assert (made.days_left, chip in shown, "公示中" in shown) == (left, True, bool(chip))


def test_who_publishes_finds_the_way_and_what_is_taken_down_stays_on_record(client_of):
    client = client_of(Role.SECRETARIAT)
    assert reverse("desk:publish") in client.get(reverse("desk:notices")).content.decode()
    given = {"title": "名单公示", "body": "…", "until": today().isoformat()}
    assert "已发布，首页可见" in client.post(reverse("desk:publish"), given, follow=True).content.decode()
    made = Notice.objects.get()
    shown = client.get(reverse("desk:notice", args=[made.pk])).content.decode()
    asked = shown.partition('class="rt-sure"')[2].partition("</details>")[0]
    assert [word in asked for word in (reverse("desk:withdraw", args=[made.pk]), "不能恢复", "确认撤下")] == [True] * 3
    client.post(reverse("desk:withdraw", args=[made.pk]))
    assert list(client.get(reverse("desk:notices")).context["table"].data) == []
    assert client.get(reverse("desk:notice", args=[made.pk])).status_code == 404
    assert Notice.objects.get().title == "名单公示"


def test_a_period_that_is_over_is_a_slip(client_of):
    answer = client_of(Role.SECRETARIAT).post(
        reverse("desk:publish"), {"title": "名单公示", "body": "…", "until": date(2000, 1, 1).isoformat()}
    )
    assert (answer.status_code, answer.context["form"].errors["until"]) == (422, ["公示期应在今天或以后结束"])


def test_who_may_not_publish_finds_no_way(client_of):
    assert reverse("desk:publish") not in client_of(Role.DISTRICT_OFFICER).get(reverse("desk:notices")).content.decode()
