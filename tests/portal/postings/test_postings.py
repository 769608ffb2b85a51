"""A need from draft to open: who confirms, who reviews, and what its public half may not hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from portal.cooperation import POINTS, buyers, draft, open_need
from rongtong.errors import InputError
from rongtong.portal.people.models import Capacity, Grant, Role
from rongtong.portal.postings import operations
from rongtong.portal.postings.models import Posting


@pytest.fixture
def team(db):
    return buyers()


def test_a_need_is_confirmed_reviewed_and_open(team, person):
    purchasing, _research, firm = team
    need = open_need(purchasing, firm, person(Role.SECRETARIAT))
    assert (need.state, [one.transition for one in need.steps.all()]) == ("open", ["hand_in", "confirm", "publish"])


def test_of_a_large_firm_only_purchasing_and_research_confirm(team):
    purchasing, research, firm = team
    clerk = Grant.objects.create(
        user=type(purchasing).objects.create_user("13900000001", name="文员"), role=Role.FIRM, firm=firm.id,
        capacity=Capacity.FILING,
    ).user  # fmt: skip  # read by rows
    need = operations.move(actor=clerk, posting=draft(clerk, firm), transition="hand_in")
    with pytest.raises(PermissionDenied):
        operations.move(actor=clerk, posting=need, transition="confirm")
    assert operations.move(actor=research, posting=need, transition="confirm").state == "reviewing"


@pytest.mark.parametrize(("points", "state"), [({}, "open"), ({"compliance": 0}, "draft"), ({"clarity": 0}, "draft")])
def test_a_zero_sends_it_back(team, person, points, state):
    purchasing, _research, firm = team
    need = draft(purchasing, firm)
    for transition in ("hand_in", "confirm"):
        need = operations.move(actor=purchasing, posting=need, transition=transition)
    reviewed = operations.review(
        actor=person(Role.SECRETARIAT), posting=need, points=POINTS | points, note="请写清用途"
    )
    assert reviewed.state == state


def test_nobody_publishes_without_a_review(team, person):
    purchasing, _research, firm = team
    need = draft(purchasing, firm)
    for transition in ("hand_in", "confirm"):
        need = operations.move(actor=purchasing, posting=need, transition=transition)
    for one in (purchasing, person(Role.SECRETARIAT)):
        with pytest.raises(PermissionDenied):
            operations.move(actor=one, posting=need, transition="publish")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("请联系 13812345678", "联系方式"),
        ("发到 a.b@example.com", "联系方式"),
        ("年需 12000 件", "数量"),
        ("年需12,000件", "数量"),
        ("预算 360 万元以内", "预算"),
        ("用于新一代国六柴油机平台的阀座", "相同的文字"),
        ("{name}采购阀座", "企业名称"),
    ],
)
def test_the_public_half_does_not_give_the_private_one_away(team, text, told):
    purchasing, _research, firm = team
    with pytest.raises(InputError, match=told):
        draft(purchasing, firm, text=text.format(name=firm.name))
    assert Posting.objects.count() == 0


def test_a_firm_that_shows_its_name_may_write_it(team):
    purchasing, _research, firm = team
    assert draft(purchasing, firm, text=f"{firm.name}采购阀座", named=True).pk


def test_a_colleague_does_not_change_it_until_its_author_has_left(team):
    purchasing, research, firm = team
    need = draft(purchasing, firm)
    changed = {"actor": research, "posting": need, "firm": firm, "public": {"title": "改"}, "private": {}}
    with pytest.raises(PermissionDenied):
        operations.edit(**changed)
    Grant.objects.filter(user=purchasing).update(valid_until="2022-01-01")
    need = Posting.objects.get(pk=need.pk)
    assert operations.edit(**changed | {"posting": need}).title == "改"
    assert need.private_half.budget == Decimal(3600000)
