"""Whose a decision is: officers decide, and take back, what is about firms that they are in charge of."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from making import rows
from rongtong.errors import InputError
from rongtong.portal.people.models import Role
from rongtong.portal.queues import operations, queries
from rongtong.portal.registry import current

NOBODY, MISSING = "0" * 16, "没有这条记录。名单可能已更新，请刷新页面"


@pytest.fixture
def officer(own_home, person):
    """The officer of the sample owner's district."""
    return person(Role.DISTRICT_OFFICER)


@pytest.fixture
def mentions(own_home, own_firm, far_firm) -> dict[str, str]:
    """A mention of a firm of the officer's district, and one of another's."""
    firms = {"own": own_firm.id, "far": far_firm.id}
    sql = "SELECT min(mention) FROM mentions JOIN firms f USING (n) WHERE f.firm = '{}'"
    return {name: rows(current.snapshot(), sql.format(firm))[0][0] for name, firm in firms.items()}


@pytest.fixture
def decided(own_home, person) -> int:
    """The entry of a decision that the city made about a firm of another district."""
    city = person(Role.CITY_OFFICER)
    one = next(one for one in queries.conflicts(city) if one["district"] not in person(Role.DISTRICT_OFFICER).districts)
    firm = operations.Firm.objects.get(id=one["firm"])
    return operations.choose(actor=city, firm=firm, slot=one["slot"], value=one["claims"][0]["value"])


def head() -> int:
    return current.alliance().state().head


def test_an_import_is_not_taken_back_here(officer):
    before = head()
    with pytest.raises(InputError, match="台账第 1 条不是疑点或重复的决定"):
        operations.take_back(actor=officer, entry=1)
    assert head() == before


def test_a_decision_of_another_district_is_not_taken_back(decided, officer):
    with pytest.raises(PermissionDenied):
        operations.take_back(actor=officer, entry=decided)
    assert head() == decided


def test_the_city_takes_it_back(decided, person):
    assert operations.take_back(actor=person(Role.CITY_OFFICER), entry=decided) == decided + 1


@pytest.mark.parametrize(("left", "right"), [("own", "far"), ("far", "own"), ("far", "far")])
@pytest.mark.parametrize("same", [True, False])
def test_a_mention_of_another_district_is_not_decided_about(mentions, officer, left, right, same):
    before = head()
    with pytest.raises(PermissionDenied):
        operations.judge(actor=officer, left=mentions[left], right=mentions[right], same=same)
    assert head() == before


def test_a_fact_of_another_district_is_not_decided_about(officer, far_firm):
    before = head()
    with pytest.raises(PermissionDenied):
        operations.choose(actor=officer, firm=far_firm, slot="revenue[2021]", value="1.00")
    assert head() == before


@pytest.mark.parametrize(
    ("page", "sent", "told"),
    [
        ("take-back", {"entry": "999"}, "台账第 999 条不是疑点或重复的决定。导入的撤销请到导入记录里操作"),
        ("duplicates/judge", {"left": NOBODY, "right": NOBODY, "same": "yes"}, MISSING),
        ("duplicates/judge", {"left": NOBODY, "right": NOBODY, "same": "no"}, MISSING),
    ],
    ids=["entry", "one", "two"],
)
def test_what_is_not_there_is_told_and_is_no_failure(officer, client_of, page, sent, told):
    answer = client_of(Role.DISTRICT_OFFICER).post(f"/queues/{page}/", sent, follow=True)
    assert (answer.status_code, [str(one) for one in answer.context["messages"]]) == (200, [told])


def test_what_is_no_number_is_refused(officer, client_of):
    answer = client_of(Role.DISTRICT_OFFICER).post("/queues/take-back/", {"entry": "x"})
    assert (answer.status_code, "刷新后再试" in answer.content.decode()) == (400, True)
