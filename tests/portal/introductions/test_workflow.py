"""From proposed to contract: who may, when it takes effect, and what nobody sees before both have agreed."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch

from portal.cooperation import buyers
from rongtong.definitions.days import months_after
from rongtong.errors import InputError
from rongtong.portal.days import on, today
from rongtong.portal.introductions import operations, queries, tasks
from rongtong.portal.introductions.models import Figure, Introduction
from rongtong.portal.introductions.rules import reads
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting

TERMS = {"kind": "parts", "band": "100-500", "day": "2022-10-20"}


def state(introduction) -> str:
    return Introduction.objects.get(pk=introduction.pk).state


def test_it_takes_both_to_agree(proposed, buyer, owner):
    operations.move(actor=buyer, introduction=proposed, transition="agree")
    assert state(proposed) == "proposed"
    operations.move(actor=owner, introduction=proposed, transition="agree")
    assert state(proposed) == "talking"


def test_of_two_who_propose_the_same_firm_the_second_is_told(proposed, own_firm, person):
    asked_before = Posting.objects.prefetch_related(
        Prefetch("introductions", queryset=Introduction.objects.none())
    ).get()
    with pytest.raises(InputError, match="这家企业已经对接过这条需求"):
        operations.recommend(actor=person(Role.SECRETARIAT), need=asked_before, firm=own_firm, origin="officer")
    assert Introduction.objects.get() == proposed


def test_what_was_withdrawn_meanwhile_is_not_proposed(need, own_firm, person):
    Posting.objects.update(state="withdrawn")
    with pytest.raises(InputError, match="现在不能对接"):
        operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=own_firm, origin="officer")


def test_a_need_that_has_run_out_is_agreed_to_by_nobody(proposed, owner):
    Posting.objects.update(expires_on=today() - datetime.timedelta(days=1))
    with pytest.raises(InputError, match="现在不能对接：已到期"):
        operations.move(actor=owner, introduction=Introduction.objects.get(), transition="agree")


def test_one_day_may_be_written_in_two_ways(talking, buyer, owner):
    for who, day in ((buyer, "20221020"), (owner, "2022-10-20")):
        operations.move(actor=who, introduction=talking, transition="contract", terms=TERMS | {"day": day})
    assert (state(talking), str(Figure.objects.get().day)) == ("contracted", "2022-10-20")


def test_a_contract_of_long_before_does_not_come_of_it(talking, buyer):
    with pytest.raises(InputError, match="早 12 个月以上"):
        operations.move(actor=buyer, introduction=talking, transition="contract", terms=TERMS | {"day": "0001-01-01"})
    assert state(talking) == "talking"


@pytest.mark.parametrize(
    ("signed", "asked"),
    [("2023-11-30", "2024-02-29"), ("2022-08-31", "2022-11-30"), ("2022-11-30", "2023-02-28")],
)
def test_the_page_and_the_notice_ask_on_the_same_day(talking, buyer, owner, signed, asked):
    for who in (buyer, owner):
        operations.move(actor=who, introduction=talking, transition="contract", terms=TERMS)
    Figure.objects.update(day=signed)
    due, found = datetime.date.fromisoformat(asked), []
    for day in (due - datetime.timedelta(days=1), due):
        with on(day):
            found.append((queries.asked(Introduction.objects.get(), "buyer"), tasks.ask()))
    assert found == [([], 0), ([3], 1)]


def test_one_side_saying_yes_twice_is_one_yes(proposed, owner):
    for _again in range(2):
        operations.move(actor=owner, introduction=proposed, transition="agree")
    assert (state(proposed), proposed.answers.count()) == ("proposed", 1)


def test_contacts_flow_when_both_have_agreed_and_to_nobody_else(proposed, buyer, owner, person):
    everybody = (buyer, owner, *(person(one) for one in Role.values if one not in ("firm", "large_firm")))
    operations.move(actor=buyer, introduction=proposed, transition="agree")
    assert [queries.contacts(one, proposed) for one in everybody] == [[]] * len(everybody)
    operations.move(actor=owner, introduction=proposed, transition="agree")
    now = Introduction.objects.get(pk=proposed.pk)
    reached = {(one.side, one.phone) for one in queries.contacts(owner, now)}
    assert (
        reached
        == {("buyer", buyer.phone), ("supplier", owner.phone)}
        == {(one.side, one.phone) for one in queries.contacts(buyer, now)}
    )
    assert [queries.contacts(one, now) for one in everybody[2:]] == [[]] * len(everybody[2:])


def test_a_supplier_that_declines_never_learns_who_it_was(proposed, owner):
    operations.move(actor=owner, introduction=proposed, transition="decline", reason="产能已满")
    declined = Introduction.objects.get(pk=proposed.pk)
    assert reads(owner, declined) == {"public_half", "supplier", "reasons", "timeline"}
    assert declined.steps.get().reason == "产能已满"


def test_declining_needs_a_reason_from_the_list(proposed, owner):
    with pytest.raises(InputError, match="请选择原因"):
        operations.move(actor=owner, introduction=proposed, transition="decline", reason="随便")
    assert state(proposed) == "proposed"


def test_a_contract_is_one_when_both_say_the_same(talking, buyer, owner):
    operations.move(actor=buyer, introduction=talking, transition="sample")
    operations.move(actor=buyer, introduction=talking, transition="contract", terms=TERMS)
    operations.move(actor=owner, introduction=talking, transition="contract", terms=TERMS | {"band": "50-100"})
    assert (state(talking), Figure.objects.count()) == ("sampling", 0)
    operations.move(actor=owner, introduction=talking, transition="contract", terms=TERMS)
    made = Figure.objects.get()
    assert (state(talking), made.kind, made.band, made.day.isoformat()) == (
        "contracted", "contracted", "100-500", "2022-10-20",
    )  # fmt: skip  # read by rows


def test_three_figures_stay_three(talking, buyer, owner):
    operations.intend(actor=buyer, introduction=talking, band="500-1000")
    for one in (buyer, owner):
        operations.move(actor=one, introduction=talking, transition="contract", terms=TERMS)
    for one in (buyer, owner):
        operations.move(actor=one, introduction=talking, transition="complete", terms={"band": "50-100"})
    assert dict(talking.figures.values_list("kind", "band")) == {
        "intended": "500-1000", "contracted": "100-500", "performed": "50-100",
    }  # fmt: skip  # read by rows


@pytest.mark.parametrize("transition", ["onboard", "nominate", "order"])
def test_what_the_buyer_decides_the_supplier_cannot(talking, owner, transition):
    with pytest.raises(PermissionDenied):
        operations.move(actor=owner, introduction=talking, transition=transition)
    assert state(talking) == "talking"


def test_a_colleague_of_the_large_firm_is_no_party_to_it(talking):
    colleague = buyers()[1]
    assert reads(colleague, talking) == frozenset()
    with pytest.raises(PermissionDenied):
        operations.move(actor=colleague, introduction=talking, transition="onboard")


def test_once_a_firm_and_need_never_with_itself_and_not_when_closed(need, proposed, own_firm, far_firm, person):
    secretariat = person(Role.SECRETARIAT)
    with pytest.raises(InputError, match="已经对接过"):
        operations.recommend(actor=secretariat, need=need, firm=own_firm, origin="officer")
    with pytest.raises(InputError, match="不能推荐给这条需求"):
        operations.recommend(actor=secretariat, need=need, firm=buyers()[2], origin="officer")
    need.state = "withdrawn"
    need.save()
    with pytest.raises(InputError, match="已撤下"):
        operations.recommend(actor=secretariat, need=need, firm=far_firm, origin="officer")


def test_a_firm_that_switched_matching_off_is_not_suggested_by_the_engine(need, own_firm, owner, person):
    operations.choose(actor=owner, firm=own_firm, personalised=False)
    with pytest.raises(InputError, match="已关闭个性化推荐"):
        operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=own_firm, origin="engine")
    operations.choose(actor=owner, firm=own_firm, personalised=True)
    assert operations.recommend(actor=person(Role.SECRETARIAT), need=need, firm=own_firm, origin="engine").pk


def test_the_thread_is_the_two_sides_own(talking, buyer, owner, person):
    operations.write(actor=buyer, introduction=talking, text="下周二能来验厂吗？")
    assert operations.read(actor=owner, introduction=talking) == 1
    for one in (person(Role.SECRETARIAT), person(Role.CITY_OFFICER), buyers()[1]):
        with pytest.raises(PermissionDenied):
            operations.write(actor=one, introduction=talking, text="我也在")


def test_outcomes_are_asked_for_when_their_month_has_come(talking, buyer, owner, settings):
    for one in (buyer, owner):
        operations.move(actor=one, introduction=talking, transition="contract", terms=TERMS)
    now = Introduction.objects.get(pk=talking.pk)
    assert queries.asked(now, "buyer") == []
    settings.BUSINESS_DAY = months_after(now.figures.get().day, 6)
    assert queries.asked(now, "buyer") == [3, 6]
    operations.tell(actor=buyer, introduction=now, months=3, going="well")
    assert (queries.asked(now, "buyer"), queries.asked(now, "supplier")) == ([6], [3, 6])


def test_what_came_of_a_contract_is_asked_once_each_time(talking, buyer, owner, settings):
    for one in (buyer, owner):
        operations.move(actor=one, introduction=talking, transition="contract", terms=TERMS)
    assert tasks.ask() == 0
    settings.BUSINESS_DAY = months_after(Introduction.objects.get().figures.get().day, 3)
    assert [tasks.ask() for _again in range(2)] == [1, 0]
    told = Notification.objects.filter(wording="outcome_asked")
    assert {(one.user, one.text) for one in told} == {
        (user, f"需求“{talking.need.title}”签约已满 3 个月。") for user in (buyer, owner)
    }


def test_everybody_is_told_what_concerns_them_and_a_chat_is_told_once_until_read(talking, buyer, owner):
    for _again in range(2):
        operations.write(actor=buyer, introduction=talking, text="在吗")
    operations.read(actor=owner, introduction=talking)
    operations.write(actor=buyer, introduction=talking, text="图纸已发")
    told = Notification.objects.filter(user=owner).order_by("pk").values_list("wording", flat=True)
    assert list(told) == ["introduction_proposed", "introduction_agreed", "message_written", "message_written"]
    told = Notification.objects.filter(user=buyers()[1]).values_list("wording", flat=True)
    assert list(told) == ["posting_to_confirm"]
