"""What came of it all: exact within, merged for the public."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.cooperation import buyers
from rongtong.portal.introductions import arranging, operations
from rongtong.portal.introductions.merging import Run, merged, runs, told
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.results import SIZES, Results, results
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting

TERMS = {"kind": "parts", "band": "100-500", "day": "2022-10-20"}


@pytest.fixture
def contracted(talking, owner, buyer):
    for one in (owner, buyer):
        operations.move(actor=one, introduction=talking, transition="contract", terms=TERMS)
    return Introduction.objects.get()


def test_figures_count_needs_introductions_and_contracts_apart(contracted):
    found = results()
    assert (found.needs, found.answered, found.days, found.introductions, found.agreed, found.contracts) == (
        1, 1, 0, 1, 1, 1,
    )  # fmt: skip  # read by rows
    assert sum(found.sizes.values()) == 1
    assert found.months[-1] == Run("2022-10", "2022-10", 1, 1)


def test_a_size_that_nobody_knows_is_unknown_and_no_part_of_the_share(contracted):
    Introduction.objects.update(firm="fNobody")
    found = results()
    assert (found.sizes, found.share) == ({"small": 0, "larger": 0, "unknown": 1}, None)


def test_the_public_reads_no_count_below_three_and_no_links(contracted, client_of):
    answer = client_of(None).get(reverse("introductions:results"))
    assert set(answer.context["shown"].figures.values()) == {"不足 3"}
    assert (answer.context["shown"].share, answer.context["shown"].months) == (None, [])
    assert reverse("introductions:needs") not in answer.content.decode()


@pytest.mark.parametrize(("needs", "shown"), [(2, None), (3, "4.5")])
def test_days_are_public_only_where_three_needs_stand_behind_them(db, client_of, monkeypatch, needs, shown):
    told = Results(3, needs, 4.5, 9, 9, 0, dict.fromkeys(SIZES, 0), [])
    monkeypatch.setattr(arranging, "counted", lambda: told)
    url = reverse("introductions:results")
    assert client_of(None).get(url).context["shown"].days == shown
    assert client_of(Role.SECRETARIAT).get(url).context["shown"].days == "4.5"


def test_within_every_figure_leads_to_as_many_rows(contracted, client_of):
    client, url = client_of(Role.SECRETARIAT), reverse("introductions:mine")
    found = results()
    size = next(name for name, n in found.sizes.items() if n)
    for asked in (
        {},
        {"agreed": "on"},
        {"won": "on"},
        {"won": "on", "size": size},
        {"begun": "2022-10"},
        {"signed": "2022-10"},
    ):
        assert len(client.get(url, asked).context["rows"]) == 1, asked
    assert client.get(url, {"begun": "2022-09"}).context["rows"] == []
    needs = client.get(reverse("introductions:needs"), {"answered": "on"}).context["table"]
    assert [(row.get_cell("n"), row.get_cell("won"), row.get_cell("days")) for row in needs.rows] == [(1, 1, 0)]


def buyers_told(client) -> set[str]:
    """The firms that the list of needs and its file name."""
    url = reverse("introductions:needs")
    table = client.get(url).context["table"]
    file = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    named = {str(row.get_cell("firm")) for row in table.rows}
    assert {line.split(",")[1] for line in file[1:]} == named
    return named


@pytest.mark.parametrize(
    ("state", "city", "secretariat"),
    [(None, False, False), ("proposed", False, True), ("declined", False, True), ("talking", True, True)],
)
def test_whose_a_need_is_those_read_who_may_know_the_buyer(need, own_firm, owner, client_of, state, city, secretariat):  # noqa: PLR0917 -- four fixtures, three columns
    if state:
        Introduction.objects.create(need=need, firm=own_firm.id, origin="officer", state=state, made_by=owner)
    name, hidden = buyers()[2].name, "双方同意后可见"
    told = [buyers_told(client_of(one)) for one in (Role.CITY_OFFICER, Role.SECRETARIAT)]
    assert told == [{name if one else hidden} for one in (city, secretariat)]


def test_a_firm_that_shows_its_name_is_told(need, client_of):
    Posting.objects.filter(pk=need.pk).update(named=True)
    assert buyers_told(client_of(Role.CITY_OFFICER)) == {buyers()[2].name}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 5, "b": 4}, {"a": 5, "b": 4}),
        ({"a": 5, "b": 2, "c": 1}, {"a": 5, "b、c": 3}),
        ({"a": 5, "b": 1}, {"b、a": 6}),
        ({"a": 9, "b": 4, "c": 1}, {"a": 9, "c、b": 5}),
        ({"a": 1}, {"a": 1}),
    ],
)
def test_counts_below_three_are_merged_so_that_no_difference_tells_them(counts, shown):
    assert merged(counts) == shown


def test_a_lonely_small_count_is_told_as_small():
    assert [told(n) for n in (0, 1, 2, 3, 1200)] == ["0", "不足 3", "不足 3", "3", "1,200"]


def test_months_are_joined_until_none_is_small():
    months = [Run("2022-01", "2022-01", 4, 0), Run("2022-02", "2022-02", 2, 1), Run("2022-03", "2022-03", 5, 2)]
    assert runs(months) == [Run("2022-01", "2022-01", 4, 0), Run("2022-02", "2022-03", 7, 3)]
    assert runs([*months, Run("2022-04", "2022-04", 1, 0)])[-1] == Run("2022-02", "2022-04", 8, 3)
    assert runs([Run("2022-04", "2022-04", 1, 1)]) == []


def test_a_need_of_which_nothing_came_counts_as_unanswered(need):
    assert (results().needs, results().answered, results().days) == (1, 0, None)
    assert need.firm == buyers()[2].id


def test_the_file_has_the_headline_figures_before_the_months(client_of):
    answer = client_of(Role.SECRETARIAT).get(reverse("introductions:results"), {"export": "csv"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [row.split(",")[:2] for row in rows[:7]] == [
        ["指标", "期间"], ["发布过的需求", "至今"], ["有对接的需求", "至今"], ["对接", "至今"], ["双方同意", "至今"],
        ["签约", "至今"], ["首次对接用时（中位数，天）", "至今"],
    ]  # fmt: skip  # read by rows
