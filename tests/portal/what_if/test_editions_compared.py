"""Two editions compared in firms: those whose verdicts differ, of the reader's districts, with the clauses."""

from __future__ import annotations

import io
import os

import openpyxl
import pyarrow.parquet as pq
import pytest

from rongtong import qualify
from rongtong.facts import Snapshot
from rongtong.portal.keeping import Kept
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.what_if import queries
from rongtong.portal.what_if.asking import Asked
from rongtong.portal.what_if.queries import Difference

pytestmark = [pytest.mark.django_db, pytest.mark.either]
OLD, NEW, SIZE = "cn/srdi-sme@2022", "cn/srdi-sme@2026", "cn/size-class@2011"


@pytest.fixture
def compared(person):
    """What somebody sees of the difference."""

    def compare(role: str, old: str = OLD, new: str = NEW, **asked: str) -> Difference:
        first = Asked.now(old, "new")
        return Difference(person(role), first, Asked(new, "new", first.day), **asked)

    return compare


def test_exactly_those_are_listed_whom_the_two_judge_otherwise(compared, tmp_path):
    asked, verdicts = compared(Role.CITY_OFFICER), []
    for one in (asked.old, asked.new):
        book, _at, name = one.book.partition("@")
        made = qualify.assess(Snapshot(current.snapshot().path), book, edition=name, as_of=one.day, out=tmp_path)
        verdicts.append({row["firm"]: row["verdict"] for row in made.table.to_pylist()})
    before, after = verdicts
    found = {row["firm"]: (row["before"], row["after"]) for row in asked.firms}
    assert found == {firm: (before[firm], after[firm]) for firm in before if before[firm] != after[firm]}
    assert sum(asked.ways().values()) == len(found) > 0


def test_an_edition_and_itself_differ_in_no_firm(compared):
    assert compared(Role.CITY_OFFICER, new=OLD).firms.count() == 0


@pytest.mark.parametrize(("old", "new", "way"), [(SIZE, OLD, "drops_out"), (OLD, SIZE, "enters")])
def test_clauses_count_what_choosing_them_shows(compared, old, new, way):
    counted = compared(Role.CITY_OFFICER, old, new).clauses(way)
    assert counted != []
    for clause, firms in counted:
        assert compared(Role.CITY_OFFICER, old, new, way=way, clause=clause).firms.count() == firms


def test_who_is_no_longer_known_to_qualify_has_not_dropped_out(compared):
    """What the ministry has not scored yet is no reason to tell a firm that it is out."""
    counted = compared(Role.CITY_OFFICER, SIZE, OLD).ways()
    for way, after in (("drops_out", "not_qualified"), ("opens", "undetermined")):
        found = list(compared(Role.CITY_OFFICER, SIZE, OLD, way=way).firms)
        assert [row["after"] for row in found] == [after] * counted[way] != []


def test_the_workbook_says_which_editions_it_compares_on_which_data(client_of):
    asked = {"old": OLD, "new": NEW, "export": "xlsx"}
    answer = client_of(Role.CITY_OFFICER).get("/what-if/difference/", asked)
    told = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[1]
    said = [row[0] for row in told.iter_rows(values_only=True)]
    assert ("2022 版" in said[0], "2026 版" in said[1], current.snapshot().id in said[-1]) == (True, True, True)


def test_a_district_officer_sees_those_of_the_district(compared, own_firm):
    own, every = compared(Role.DISTRICT_OFFICER).firms, compared(Role.CITY_OFFICER).firms
    assert [row["firm"] for row in own] == [row["firm"] for row in every if row["district"] == own_firm.district]


def test_the_page_names_the_clauses_in_words(client_of):
    answer = client_of(Role.CITY_OFFICER).get("/what-if/difference/", {"old": SIZE, "new": OLD, "way": "drops_out"})
    assert [name for name, _label, _firms in answer.context["leaving"]] != []
    assert "研发费用总额不低于 100 万元" in answer.content.decode()


def test_unasked_it_compares_the_rulebook_in_force_with_its_latest_edition(client_of):
    asked = client_of(Role.CITY_OFFICER).get("/what-if/difference/").context["asked"]
    assert (asked.old.book, asked.new.book) == (OLD, NEW)


def test_a_rulebook_with_another_bound_is_compared_as_a_trial(client_of):
    reader = client_of(Role.CITY_OFFICER)
    moved = {"condition.1": "0", "condition.2.amount": "0", "condition.2.share": "0"}
    tried = reader.get("/what-if/bounds/", {"rulebook": OLD} | moved).context["answer"].moved.to_pylist()
    shown = reader.get("/what-if/difference/", {"old": OLD, "new": OLD} | moved)
    assert {row["firm"]: (row["before"], row["after"]) for row in shown.context["asked"].firms} == {
        row["firm"]: (row["before"], row["after"]) for row in tried
    }
    assert tried != []
    assert 'name="condition.2.amount" value="0"' in shown.content.decode()
    assert reader.get("/what-if/difference/", {"new": OLD, "condition.1": "多"}).status_code == 400


def test_it_is_worked_out_once(compared, monkeypatch, settings, tmp_path):
    settings.STORE, made = tmp_path, []
    work = queries._differing
    monkeypatch.setattr(queries, "_differing", lambda *sides: made.append(1) or work(*sides))
    assert compared(Role.CITY_OFFICER).ways() == compared(Role.CITY_OFFICER).ways()
    assert made == [1]


def test_answers_that_nobody_asks_for_make_room(settings, tmp_path):
    settings.STORE = tmp_path
    few = Kept("asked", ".parquet", most=2)
    for key in "abc":
        os.utime(few.made(key, lambda draft: draft.write_text("")), (at := ord(key), at))
    assert (few.found("a"), few.found("b")) == (None, few.file("b"))
    few.made("d", lambda draft: draft.write_text(""))
    assert {file.stem for file in (tmp_path / "asked").iterdir()} == {"b", "d"}


def test_what_another_process_lets_go_of_meanwhile_stands_in_nobodys_way(settings, tmp_path):
    settings.STORE = tmp_path
    few = Kept("asked", ".parquet", most=1)
    (gone := few.file("a")).parent.mkdir()
    gone.symlink_to(tmp_path / "nothing")
    assert few.made("b", lambda draft: draft.write_text("")).exists()


def test_an_answer_of_other_columns_is_made_anew(settings, tmp_path):
    """What an earlier version kept does not break the page of the next."""
    settings.STORE = tmp_path
    empty = queries._DIFFERING.empty_table()
    fewer = empty.drop_columns(["new"])
    queries._kept({"k": 1}, fewer.schema, lambda: fewer)
    assert "new" in pq.read_schema(queries._kept({"k": 1}, empty.schema, lambda: empty)).names
