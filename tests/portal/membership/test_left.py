"""Who has left stays on record: since when, until when, and why; a member of today stands elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from rongtong.errors import InputError
from rongtong.portal.membership import operations, queries
from rongtong.portal.membership.models import Member
from rongtong.portal.people.models import Role

JOINED, LEFT, REASON = date(2022, 3, 1), date(2022, 10, 20), "迁出本市"
PAGE = reverse("membership:members")


@pytest.fixture
def members(own_firm, far_firm) -> tuple[Member, Member]:
    """A member of today, and one that has left."""
    return (
        Member.objects.create(firm=own_firm.id, since=JOINED),
        Member.objects.create(firm=far_firm.id, since=JOINED, left=LEFT, reason=REASON),
    )


@pytest.fixture
def lines(client_of):
    def read(**asked: str) -> list[list[str]]:
        answer = client_of(Role.DISTRICT_OFFICER).get(PAGE, {"export": "csv", **asked})
        return [line.split(",") for line in b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()]

    return read


def test_each_stands_in_its_own_list(members):
    now, gone = members
    assert [list(queries.members(left=left)) for left in (False, True)] == [[now], [gone]]
    assert [queries.count(left=left) for left in (False, True)] == [1, 1]


def test_the_list_of_those_who_left_says_when_and_why(members, lines, far_firm):
    assert lines(left="yes") == [
        ["企业名称", "统一社会信用代码", "所属区市", "类别", "入会日期", "退会日期", "退会原因"],
        [far_firm.name, far_firm.uscc, far_firm.district, "会员", "2022-03-01", "2022-10-20", REASON],
    ]


def test_the_list_of_members_has_no_column_for_leaving(members, lines):
    assert lines()[0] == ["企业名称", "统一社会信用代码", "所属区市", "类别", "专业工作组", "入会日期"]


@pytest.mark.parametrize(("role", "may"), [(Role.SECRETARIAT, True), (Role.DISTRICT_OFFICER, False)])
def test_the_secretariat_alone_is_offered_to_end_a_membership(members, client_of, role, may):
    assert ("办理退会" in client_of(role).get(PAGE).content.decode()) == may


def test_a_member_leaves_on_a_day_for_a_reason(members, client_of):
    url = reverse("membership:leave", args=[members[0].pk])
    client_of(Role.SECRETARIAT).post(url, {"on": "2022-10-24", "reason": "注销"})
    assert Member.objects.filter(pk=members[0].pk).values_list("left", "reason").get() == (date(2022, 10, 24), "注销")


@pytest.mark.parametrize("asked", [{"on": "2022-10-24"}, {"on": "2022-10-26", "reason": "注销"}, {"reason": "注销"}])
def test_nobody_leaves_without_a_reason_or_tomorrow(members, client_of, asked):
    client_of(Role.SECRETARIAT).post(reverse("membership:leave", args=[members[0].pk]), asked)
    assert Member.objects.get(pk=members[0].pk).left is None


def test_nobody_leaves_before_joining(members, person):
    with pytest.raises(InputError, match="退会日期早于入会日期"):
        operations.leave(actor=person(Role.SECRETARIAT), member=members[0], on=date(2022, 2, 28), reason=REASON)


@pytest.mark.parametrize(("left", "asked"), [(None, False), (LEFT, True)])
def test_a_member_is_not_asked_to_join(client_of, own_firm, left, asked):
    Member.objects.create(firm=own_firm.id, since=JOINED, left=left)
    assert ("申请入会" in client_of(Role.FIRM).get(reverse("desk:today")).content.decode()) == asked
