"""An application is answered once, a member leaves once, and an answer is due in working days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rongtong.errors import InputError
from rongtong.portal.membership import operations, queries
from rongtong.portal.membership.models import Application, Member
from rongtong.portal.people.models import Role

JOINED, LEFT = date(2022, 10, 1), date(2022, 10, 20)


@pytest.fixture
def application(person, own_firm) -> Application:
    """An application that was handed in on the eve of the National Day."""
    return Application.objects.create(
        firm=own_firm.id, contact="甲", phone="13812345678", state="submitted", made_by=person(Role.FIRM),
        submitted_at=datetime(2022, 9, 30, 2, tzinfo=UTC),
    )  # fmt: skip  # read by rows


@pytest.fixture
def again(application) -> Application:
    """The same application as a page held it that was opened before it was answered."""
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def secretariat(person):
    return person(Role.SECRETARIAT)


def test_an_answer_is_due_after_ten_working_days(application):
    assert queries.deadline(application) == date(2022, 10, 19)


def test_what_was_handed_in_at_night_counts_from_the_day_here(application):
    application.submitted_at = datetime(2022, 9, 29, 17, tzinfo=UTC)
    assert queries.deadline(application) == date(2022, 10, 19)


def test_accepted_twice_is_one_member(application, again, secretariat):
    made = operations.accept(actor=secretariat, application=application, since=JOINED)
    with pytest.raises(InputError, match="不在待审核状态：已通过"):
        operations.accept(actor=secretariat, application=again, since=LEFT)
    assert list(Member.objects.values_list("pk", "since")) == [(made.pk, JOINED)]


def test_an_application_of_a_member_that_has_left_does_not_let_it_in_again(application, again, secretariat):
    member = operations.accept(actor=secretariat, application=application, since=JOINED)
    operations.leave(actor=secretariat, member=member, on=LEFT, reason="迁出本市")
    with pytest.raises(InputError, match="不在待审核状态：已通过"):
        operations.accept(actor=secretariat, application=again, since=LEFT)
    assert list(Member.objects.values_list("since", "left")) == [(JOINED, LEFT)]


def test_sent_back_and_then_accepted_is_no_member(application, again, secretariat):
    operations.send_back(actor=secretariat, application=application, reason="缺公章")
    with pytest.raises(InputError, match="不在待审核状态：已退回"):
        operations.accept(actor=secretariat, application=again, since=JOINED)
    assert Member.objects.count() == 0


def test_leaving_twice_keeps_the_first_day(secretariat, own_firm):
    member = Member.objects.create(firm=own_firm.id, since=JOINED)
    again = Member.objects.get(pk=member.pk)
    operations.leave(actor=secretariat, member=member, on=LEFT, reason="迁出本市")
    with pytest.raises(InputError, match="已于 2022-10-20 退会"):
        operations.leave(actor=secretariat, member=again, on=date(2022, 10, 21), reason="另一说")
    assert Member.objects.get(pk=member.pk).left == LEFT


def test_who_has_left_is_no_longer_counted(own_firm, far_firm):
    Member.objects.create(firm=own_firm.id, since=JOINED)
    Member.objects.create(firm=far_firm.id, since=JOINED, left=LEFT)
    assert queries.count() == 1


def test_who_has_left_is_no_longer_listed(own_firm, far_firm):
    Member.objects.create(firm=own_firm.id, since=JOINED)
    Member.objects.create(firm=far_firm.id, since=JOINED, left=LEFT)
    assert [one.firm for one in queries.members()] == [own_firm.id]
