"""The forms of the answers, and that a result can be computed again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from rongtong import facts, qualify
from rongtong.errors import InputError
from rongtong.facts.imagined import snapshot
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal

FIRMS: list[dict[str, Any]] = [
    {"name": "喆昇璟碁", "uscc": "91370200264574251E", "revenue[2021]": 20_000_000, "rd_expense[2021]": 1_000_000},
    {"name": "同名", "revenue[2021]": 5_000_000},
    {"name": "同名"},
]


@pytest.fixture
def frozen(tmp_path: Path) -> Snapshot:
    return snapshot(tmp_path / "s", FIRMS)


@pytest.fixture
def assessment(frozen: Snapshot, tmp_path: Path) -> qualify.Assessment:
    return qualify.assess(frozen, "cn/srdi-sme", out=tmp_path / "results")


def clause(row: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in row["clauses"] if one["id"] == name)


def test_a_row_has_the_keys_of_the_machine_form(assessment: qualify.Assessment) -> None:
    row = next(assessment.rows())
    assert list(row) == ["firm", "uscc", "name", "verdict", "score", "clauses", "missing", "missing_detail"]


def test_a_clause_has_the_keys_of_the_machine_form(assessment: qualify.Assessment) -> None:
    keys = {tuple(one) for one in next(assessment.rows())["clauses"]}
    assert keys == {("id", "holds", "points", "values", "sources", "margin")}


def test_rare_characters_survive(assessment: qualify.Assessment) -> None:
    assert [row["name"] for row in assessment.rows()] == ["喆昇璟碁", "同名", "同名"]


def test_rows_of_some_firms(assessment: qualify.Assessment) -> None:
    assert [row["firm"] for row in assessment.rows(["f2", "f0"])] == ["f0", "f2"]


def test_the_values_of_a_clause(assessment: qualify.Assessment) -> None:
    found = clause(next(assessment.rows()), "condition.2.share")["values"]
    assert found == {"rd_intensity[2021]": 0.05, "rd_expense[2021]": 1_000_000, "revenue[2021]": 20_000_000}


def test_the_margin_is_value_minus_bound(assessment: qualify.Assessment) -> None:
    row = next(assessment.rows())
    assert [clause(row, name)["margin"] for name in ("condition.2.share", "condition.3.revenue", "condition.2")] == [
        0.02, 10_000_000, None,
    ]  # fmt: skip  # read by rows


@pytest.mark.parametrize("records", [[], [{"kind": "科技奖励", "level": "国家级", "rank": 1, "year": 2021}]])
def test_whether_there_is_any_record_has_no_margin(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    frozen = snapshot(tmp_path / "t", [{"awards!from": 2019, "awards!to": 2022, "awards": records}])
    row = next(qualify.assess(frozen, "cn/srdi-sme").rows())
    assert [clause(row, name)["margin"] for name in ("direct.1", "veto.tax", "prerequisite.innovative")] == [None] * 3
    assert clause(row, "direct.1")["holds"] is bool(records)


def test_a_sum_over_a_list_has_the_margin_of_its_amount(tmp_path: Path) -> None:
    amounts = {"financing.qualified.amount[2020]": 15_000_000, "financing.qualified.amount[2021]": 2_000_000}
    row = next(qualify.assess(snapshot(tmp_path / "t", [amounts]), "cn/srdi-sme").rows())
    assert clause(row, "condition.3.financing")["margin"] == -3_000_000


def test_sources_are_cells(assessment: qualify.Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    def sources_of(_snapshot: Snapshot, slots: list[str], numbers: list[int] | None) -> pa.Table:
        assert "revenue[2021]" in slots
        assert numbers == [0]
        cell = {
            "n": [0],
            "slot": ["revenue[2021]"],
            "file": ["甲.xlsx"],
            "sheet": ["表1"],
            "cell": ["D7"],
            "part": ["p"],
        }
        return pa.table(cell)

    monkeypatch.setattr(facts, "sources_of", sources_of)
    monkeypatch.setattr(facts, "said_of", lambda _snapshot, part: {"kind": part})
    found = clause(next(assessment.rows(["f0"])), "condition.3.revenue")["sources"]
    assert found == {"revenue[2021]": [{"file": "甲.xlsx", "sheet": "表1", "cell": "D7", "kind": "p"}]}


def test_missing_details_name_the_year_and_who_settles(assessment: qualify.Assessment) -> None:
    details = next(assessment.rows())["missing_detail"]
    found = [(one["field"], one["year"], one["settled_by"]) for one in details]
    assert [one for one in found if one[0] in ("main_revenue", "negative_records.tax")] == [
        ("main_revenue", 2021, ""), ("main_revenue", 2020, ""), ("main_revenue", 2019, ""),
        ("negative_records.tax", None, "市税务局"),
    ]  # fmt: skip  # read by rows


def test_a_decided_firm_misses_nothing(tmp_path: Path) -> None:
    frozen = snapshot(tmp_path / "t", [{"size_class": "大型"}])
    assert next(qualify.assess(frozen, "cn/srdi-sme").rows())["missing"] == []


def test_counts_by_verdict(assessment: qualify.Assessment) -> None:
    assert assessment.counts == {"undetermined": 3}


def test_explain_nests_the_parts_of_a_clause(assessment: qualify.Assessment) -> None:
    story = assessment.explain("91370200264574251E")
    found = clause(story, "condition.2")
    assert [part["id"] for part in found["parts"]] == ["condition.2.amount", "condition.2.share"]


def test_explain_says_where_the_clause_stands(assessment: qualify.Assessment) -> None:
    assert clause(assessment.explain("f0"), "condition.1")["cite"] == "附件2 一（一）"


def test_explain_an_unknown_firm(assessment: qualify.Assessment) -> None:
    with pytest.raises(InputError, match="找不到企业"):
        assessment.explain("无此企业")


def test_explain_two_firms_of_one_name(assessment: qualify.Assessment) -> None:
    with pytest.raises(InputError, match="有多家"):
        assessment.explain("同名")


def test_a_firm_alone_has_the_story_it_has_among_all(
    frozen: Snapshot, assessment: qualify.Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    manifest, story = qualify.explain(frozen, "cn/srdi-sme", "f1", results=tmp_path / "nothing")
    assert (manifest["firm"], manifest["counts"], story) == ("f1", {"undetermined": 1}, assessment.explain("f1"))
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_story_comes_from_the_result_that_is_there(frozen: Snapshot, assessment: qualify.Assessment) -> None:
    results = assessment.path.parent
    (story,) = (qualify.explain(frozen, "cn/srdi-sme", "f1", results=results),)
    other = qualify.explain(frozen, "cn/srdi-sme", "f1", as_of="2022-10-30", results=results)
    assert (story, other[0].get("firm")) == ((assessment.manifest, assessment.explain("f1")), "f1")


def test_an_empty_snapshot(tmp_path: Path) -> None:
    assessment = qualify.assess(snapshot(tmp_path / "t", []), "cn/srdi-sme")
    assert (assessment.counts, list(assessment.rows())) == ({}, [])


def test_the_same_input_gives_the_same_result(frozen: Snapshot, tmp_path: Path) -> None:
    first, second = (qualify.assess(frozen, "cn/srdi-sme", out=tmp_path / name) for name in "ab")
    assert first.manifest == second.manifest


def test_a_result_holds(assessment: qualify.Assessment, frozen: Snapshot) -> None:
    assert qualify.verify(assessment.path, frozen).holds


@pytest.mark.parametrize("table", ["verdicts", "clauses"])
def test_a_changed_value_is_found(assessment: qualify.Assessment, frozen: Snapshot, table: str) -> None:
    file = assessment.path / f"{table}.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE t AS SELECT * REPLACE (coalesce(low, 0) + 1 AS low) FROM {literal(str(file))}"
        )
        connection.execute(f"COPY t TO {literal(str(file))} (FORMAT parquet)")
    found = qualify.verify(assessment.path, frozen)
    assert (found.holds, found.first_difference.split("：")[0]) == (False, table)


@pytest.mark.parametrize("key", ["snapshot", "definition", "catalogue", "counts", "digests"])
def test_a_changed_manifest_is_found(assessment: qualify.Assessment, frozen: Snapshot, key: str) -> None:
    file = assessment.path / "manifest.json"
    file.write_text(
        file.read_text(encoding="utf-8").replace(f'"{key}": ', f'"{key}": "x", "old": ', 1), encoding="utf-8"
    )
    assert not qualify.verify(assessment.path, frozen).holds


def test_what_is_no_result_is_refused(tmp_path: Path, frozen: Snapshot) -> None:
    with pytest.raises(InputError, match="不是预审结果"):
        qualify.verify(tmp_path, frozen)
