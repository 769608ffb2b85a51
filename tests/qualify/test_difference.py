"""Two rulebooks compared in firms: exactly those whose verdicts differ, with the clauses that say why."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qualify.firms import firms, forgetful
from rongtong import qualify
from rongtong.errors import InputError
from rongtong.facts.imagined import snapshot
from rongtong.qualify.difference import difference
from rongtong.qualify.shelf import shelf

few = settings(max_examples=3, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=True)
members = st.lists(st.one_of(firms, firms.flatmap(forgetful)), min_size=20, max_size=30)
DAY = "2022-10-31"
OFFICIAL = shelf() / "cn" / "srdi-sme" / "2022.yaml"


def loosened(folder: Path) -> Path:
    """The official file with another amount and another score: what an officer would try."""
    text = OFFICIAL.read_text(encoding="utf-8")
    file = folder / "tried.yaml"
    changed = text.replace("when: rd_expense[Y] >= 100万元", "when: rd_expense[Y] >= 600万元")
    file.write_text(changed.replace("when: score >= 60分", "when: score >= 40分"), encoding="utf-8")
    return file


@pytest.mark.parametrize("swapped", [False, True])
@few
@given(members)
def test_exactly_the_firms_whose_verdicts_differ_are_listed(swapped: bool, drawn: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        frozen, tried = snapshot(Path(name) / "s", drawn), loosened(Path(name))
        books: list[str | Path] = [tried, "cn/srdi-sme"] if swapped else ["cn/srdi-sme", tried]
        old, new = (qualify.assess(frozen, book, as_of=DAY, out=Path(name) / "r") for book in books)
        before, after = ({row["firm"]: row["verdict"] for row in one.table.to_pylist()} for one in (old, new))
        found = list(difference(old, new))
        assert {one.firm: (one.before, one.after) for one in found} == {
            firm: (before[firm], after[firm]) for firm in before if before[firm] != after[firm]
        }
        for one in found:
            for side, verdict, judged in ((one.old, one.before, old), (one.new, one.after, new)):
                holds = {clause["id"]: clause["holds"] for clause in next(judged.rows([one.firm]))["clauses"]}
                assert bool(side) == (verdict != "qualified")
                assert {holds[name] for name in side} <= {False if verdict == "not_qualified" else None}


def test_who_is_undetermined_now_has_not_dropped_out(tmp_path):
    head = "kind: rulebook\nid: test/small\ntitle: 小\nsource: {document: 小}\nauthority: 小\nterritory: 小\n"
    head += "in_force: [{purpose: new, from: 2020-01-01}]\nconditions:\n"
    asked = {"old": ["qms_certified"], "new": ["qms_certified", "own_brand", "standards_count >= 1项"]}
    for name, whens in asked.items():
        clauses = "".join(f"  - {{id: c{k}, title: 条, when: '{when}'}}\n" for k, when in enumerate(whens))
        (tmp_path / f"{name}.yaml").write_text(f'edition: "{name}"\n{head}{clauses}', encoding="utf-8")
    drawn = [{"qms_certified": True, "standards_count": 1}, {"qms_certified": True, "standards_count": 0}]
    frozen = snapshot(tmp_path / "s", drawn)
    sides = [qualify.assess(frozen, tmp_path / f"{name}.yaml", as_of=DAY, out=tmp_path / name) for name in asked]
    assert [(one.way, one.new) for one in difference(*sides)] == [("opens", ("c1",)), ("drops_out", ("c2",))]


def test_a_rulebook_and_itself_differ_in_no_firm(tmp_path):
    frozen = snapshot(tmp_path / "s", [{"revenue[2021]": 1}, {"size_class": "大型"}])
    one = qualify.assess(frozen, "cn/srdi-sme", as_of=DAY, out=tmp_path)
    assert list(difference(one, one)) == []


def test_results_of_different_snapshots_are_refused(tmp_path):
    frozen = [snapshot(tmp_path / name, [{}]) for name in "ab"]
    one, other = (qualify.assess(each, "cn/srdi-sme", as_of=DAY, out=tmp_path) for each in frozen)
    with pytest.raises(InputError, match="不同的快照"):
        list(difference(one, other))


def test_a_result_without_clauses_is_refused(tmp_path):
    one = qualify.assess(snapshot(tmp_path / "s", [{}]), "cn/srdi-sme", as_of=DAY, out=tmp_path, clauses=False)
    with pytest.raises(InputError, match="没有条款"):
        list(difference(one, one))


def test_a_result_by_another_file_is_not_read_as_by_the_official_one(tmp_path):
    frozen = snapshot(tmp_path / "s", [{}])
    one = qualify.assess(frozen, loosened(tmp_path), as_of=DAY, out=tmp_path)
    with pytest.raises(InputError, match="已与预审时不同"):
        list(difference(qualify.reopen(one.path, frozen), one))
