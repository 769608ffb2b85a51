"""The page of bounds: a point is chosen and taken back, decisions teach, and only what is better is switched on."""

from __future__ import annotations

import pytest
from django.urls import reverse

from making import code, put
from rongtong.facts import judging as facts_judging
from rongtong.identity.teaching import EVIDENCE, Correction
from rongtong.portal.audit.models import Trail
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role
from rongtong.portal.queues import judging, operations
from rongtong.portal.registry import current
from rongtong.portal.registry.tasks import refresh

PAGE = reverse("queues:bounds")
CORRECTION = facts_judging.written(Correction(0.5, 1.0, (0.0,) * len(EVIDENCE)), 30)


def silent(_step: str, _share: float) -> None: ...


@pytest.fixture
def asked(own_home, db) -> None:
    """Beside a firm one that may be the same."""
    put(current.alliance(), [{"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)}], file="甲")
    put(current.alliance(), [{"name": "青岛喆昇精密轴承厂有限公司", "uscc": None}], file="乙")
    refresh(silent)


@pytest.fixture
def evaluated(asked, person):
    """A job that found something to switch on, or not."""

    def make(*against: str) -> Job:
        lines = [
            ["已作的决定", "随程序", "30", "3.3", "0", "30", "0.0500"],
            ["已作的决定", "校准后", "30", "0.0", "0", "12", "0.0200"],
        ]
        result = {"head": current.alliance().state().head, "cases": 30, "left_out": [["名称相同", 2]]}
        result |= {"lines": lines, "against": list(against), "taught": CORRECTION}
        result |= {"far": [["李", "150", "0", "10"]], "again": [["喆昇", "喆昇轴承", "不是同一家", "王", "0.4%"]]}
        return Job.objects.create(
            kind=judging.KIND, state=Job.State.DONE, made_by=person(Role.CITY_OFFICER), result=result
        )

    return make


def test_where_all_bounds_come_to_the_same_there_is_no_curve(asked, client_of, monkeypatch):
    flat = [{**one, "questions": 3, "wrong": 0.0, "missed": 0.0} for one in judging.points()]
    drawn = []
    for points in (flat, [{**flat[0], "questions": 2}, *flat[1:]]):
        monkeypatch.setattr(judging, "points", lambda points=points: points)
        body = client_of(Role.CITY_OFFICER).get(PAGE).content.decode()
        drawn.append(("各个门槛的结果都一样" in body, 'viewBox="0 0 600 230"' in body))
    assert drawn == [(True, False), (False, True)]


def test_a_point_is_chosen_and_taken_back(asked, client_of):
    city = client_of(Role.CITY_OFFICER)
    before = judging.chosen()
    city.post(reverse("queues:choose-bounds"), {"ask": "0.1", "same": "0.998"})
    assert (judging.chosen().ask, judging.chosen().same) == (0.1, 0.998)
    assert judging.in_force()["lags"] is True
    entry = current.alliance().state().head
    assert Trail.objects.filter(act="queues.bounds", detail__entry=entry, detail__ask=0.1).exists()
    district = client_of(Role.DISTRICT_OFFICER).post(reverse("queues:take-back"), {"entry": entry})
    assert (district.status_code, judging.chosen().ask) == (403, 0.1)
    assert f"台账第 {entry} 条）" in city.get(PAGE).content.decode()
    city.post(reverse("queues:take-back"), {"entry": entry, "back": "queues:bounds"})
    assert judging.chosen() == before
    assert "撤回刚才的决定" not in city.get(PAGE).content.decode()


def test_what_is_no_bound_is_said_on_the_page(asked, client_of):
    answer = client_of(Role.CITY_OFFICER).post(
        reverse("queues:choose-bounds"), {"ask": "0.9", "same": "0.2"}, follow=True
    )
    assert "门槛不能用" in str(next(iter(answer.context["messages"])))


def test_the_page_shows_what_is_on_offer_to_whom_may_not_choose(asked, client_of):
    text = client_of(Role.SECRETARIAT).get(PAGE).content.decode()
    assert ("<svg" in text, "99.5%" in text, "选这个点" in text, "重新校准并评估" in text) == (True, True, False, False)
    assert f'<p class="rt-crumbs"><a href="{reverse("queues:duplicates")}"' not in text


def test_decisions_are_evaluated_in_the_background_and_too_few_are_not_switched_on(asked, person, client_of):
    city = person(Role.CITY_OFFICER)
    job = operations.teach(actor=city)
    assert operations.teach(actor=city) == job
    result = judging.work(job=job, progress=silent)
    Job.objects.filter(pk=job.pk).update(result=result, state=Job.State.DONE)
    answer = client_of(Role.CITY_OFFICER).get(PAGE).content.decode()
    assert ("还不能启用" in answer, "启用校准后的判法" in answer) == (True, False)
    client_of(Role.CITY_OFFICER).post(reverse("queues:use-taught"), {"job": job.pk})
    assert judging.chosen().correction is None


def test_what_is_better_is_switched_on(evaluated, client_of):
    job, city = evaluated(), client_of(Role.CITY_OFFICER)
    assert "启用校准后的判法" in city.get(PAGE).content.decode()
    city.post(reverse("queues:use-taught"), {"job": job.pk})
    assert judging.chosen().correction == facts_judging.read(CORRECTION)


def test_whose_decisions_do_not_teach_and_what_to_look_at_again_stand_beside(evaluated, client_of):
    evaluated()
    text = client_of(Role.CITY_OFFICER).get(PAGE).content.decode()
    assert "李判了 150 例，说“不是同一家” 0 例，按可能性和旁人的判断约应 10 例" in text
    assert ("最出人意料的判断" in text, "0.4%" in text) == (True, True)


def test_what_was_evaluated_before_somebody_chose_otherwise_is_refused(evaluated, client_of, person):
    job = evaluated()
    operations.bound(actor=person(Role.CITY_OFFICER), ask=0.1, same=0.99)
    client_of(Role.CITY_OFFICER).post(reverse("queues:use-taught"), {"job": job.pk})
    assert judging.chosen().correction is None


def test_a_pair_tells_how_likely_and_why_part_by_part(asked, client_of):
    text = client_of(Role.CITY_OFFICER).get(reverse("queues:duplicates")).content.decode()
    assert "很可能（9" in text
    assert "地区相同；一方未写行业用语；组织形式相同" in text
