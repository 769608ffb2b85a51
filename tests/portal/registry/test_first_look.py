"""What a firm's page reads is what reading everything would tell, and no page works out what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from rongtong import facts
from rongtong.errors import InputError
from rongtong.facts.asked import Asked
from rongtong.portal.assessment.queries import Answer, Question
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current, operations, wanting
from rongtong.portal.registry.models import Current, Firm
from rongtong.qualify import assessment as assessments

pytestmark = pytest.mark.django_db
BOOKS = ("cn/srdi-sme", "cn/innovative-sme")


def everywhere(_connection: object, numbers: list[int]) -> Asked:
    """The firms *numbers*, looked for in every row of every part."""
    return Asked(f"(FROM mentions WHERE n IN ({', '.join(map(str, numbers))}))")


@pytest.fixture
def firms() -> list[Firm]:
    """A tenth of them."""
    return list(Firm.objects.order_by("n"))[::10]


def told(firms: list[Firm]) -> list[Any]:
    """The places of the firms' facts; facts and records of each."""
    snapshot = current.snapshot()
    slots = [*sorted(snapshot.columns), *_attributes(snapshot)]
    sources = facts.sources_of(snapshot, slots, [one.n for one in firms]).to_pylist()
    return [sources, *((facts.facts_of(snapshot, one.id), facts.records_of(snapshot, one.id)) for one in firms)]


def _attributes(snapshot: facts.Snapshot) -> list[str]:
    lists = [table for table in snapshot.tables if table.startswith("list_")]
    return [f"{table.removeprefix('list_')}.{column}" for table in lists for column in snapshot.columns_of(table)]


def test_a_firm_read_in_its_own_rows_is_as_read_among_all(firms, monkeypatch):
    own = told(firms)
    monkeypatch.setattr(Asked, "of", everywhere)
    assert own == told(firms)
    assert min(len(found) for found, _records in own[1:]) > 0
    assert sum(len(records) for _found, records in own[1:]) > 20


@pytest.mark.parametrize("rulebook", BOOKS)
def test_what_is_kept_of_a_result_is_what_is_worked_out(rulebook, monkeypatch):
    judged = current.assessment(rulebook)
    kept, cards = list(judged.rows()), [judged.card(n) for n in judged.table["n"].to_pylist()]
    monkeypatch.setattr(judged, "kept", None)
    worked_out = list(judged.rows())
    assert kept == worked_out
    assert cards == [
        {"verdict": one["verdict"], "score": one["score"], "lacks": len(one["missing"])} for one in worked_out
    ]
    assert max(len(one["missing"]) for one in worked_out) > 10


@pytest.mark.parametrize("path", ["", "assessment/cn/srdi-sme/"])
def test_a_page_works_out_nothing_that_is_kept(path, client_of, own_firm, monkeypatch):
    monkeypatch.setattr(assessments, "missing", None)
    current._card.cache_clear()
    current._story.cache_clear()
    assert client_of(Role.DISTRICT_OFFICER).get(f"/firms/{own_firm.id}/{path}").status_code == 200


@pytest.fixture
def unkept(settings, tmp_path, monkeypatch) -> None:
    """A portal that lost what its results lack."""
    settings.STORE = tmp_path
    for rulebook in BOOKS:
        monkeypatch.setattr(current.assessment(rulebook), "kept", None)


def test_what_is_not_kept_is_asked_for_once(unkept):
    assert [operations.want_ready() is None for _ in range(2)] == [False, True]
    assert list(Job.objects.values_list("kind", flat=True)) == ["settle"]


def test_no_list_works_it_out(unkept, person):
    with pytest.raises(InputError, match="正在整理"):
        len(Answer(person(Role.CITY_OFFICER), Question(BOOKS[0])).firms)
    assert [wanting.kept(result) for result in Current.objects.get().results.values()] == [None, None]
