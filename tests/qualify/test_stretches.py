"""A run in several stretches gives what a run in one gives; and the score is that of an analyst's own SELECT."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot.expressions as exp

from rongtong import qualify
from rongtong.facts import digest
from rongtong.facts.snapshot import Snapshot
from rongtong.qualify import stretches
from rongtong.qualify.assess import program_of
from rongtong.qualify.output import wide_rows

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FIRMS = 700


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)


def generated(folder: Path, *, gaps: bool) -> Snapshot:
    from assess_snapshot import generate  # noqa: PLC0415 -- the benchmarks are not installed

    return Snapshot(generate(folder, FIRMS, gaps))


def test_the_length_of_a_stretch_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = generated(tmp_path / "s", gaps=True)
    monkeypatch.setattr(stretches, "BLOCK", 100)
    whole = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path)
    monkeypatch.setattr(stretches, "WITH_CLAUSES", 200)
    parts = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path / "parts")
    assert parts.manifest == whole.manifest


def test_the_digests_are_those_of_the_files(tmp_path: Path) -> None:
    whole = qualify.assess(generated(tmp_path / "s", gaps=True), "cn/srdi-sme", out=tmp_path)
    assert whole.manifest["digests"] == {
        name: digest.of_parquet(whole.path / f"{name}.parquet") for name in ("clauses", "verdicts")
    }


def test_blocks_of_firms_hold_every_clause_of_every_firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = generated(tmp_path / "s", gaps=True)
    whole = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path)
    monkeypatch.setattr(stretches, "BLOCK", 100)
    parts = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path / "parts")
    keys = [("n", "ascending"), ("clause", "ascending")]
    schema = stretches.CLAUSE.set(1, pa.field("clause", pa.string()))
    one, several = (pq.read_table(each.path / "clauses.parquet").cast(schema).sort_by(keys) for each in (whole, parts))
    assert parts.table.equals(whole.table)
    assert several.equals(one)


def test_verdicts_alone_are_the_same_verdicts(tmp_path: Path) -> None:
    snapshot = generated(tmp_path / "s", gaps=True)
    whole = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path)
    alone = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path / "alone", clauses=False)
    assert alone.table.equals(whole.table)
    assert sorted(path.name for path in alone.path.iterdir()) == ["manifest.json", "verdicts.parquet"]


def test_verdicts_alone_compute_no_clause(tmp_path: Path) -> None:
    program = program_of(
        generated(tmp_path / "s", gaps=True), "cn/srdi-sme", edition=None, purpose="new", as_of="2022-10-25"
    )
    stage = next(one for one in wide_rows(program, clauses=False).find_all(exp.CTE) if one.alias == "clauses")
    assert stage.this.named_selects == ["*", "v"]


def test_the_bounds_are_those_of_the_select_written_by_hand(tmp_path: Path) -> None:
    snapshot = generated(tmp_path / "s", gaps=True)
    table = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path, clauses=False).table
    out = tmp_path / "hand.parquet"
    with snapshot.connect() as connection:
        by_hand = (BENCHMARKS / "assess_by_hand.sql").read_text(encoding="utf-8")
        connection.execute(by_hand.replace("{out}", str(out))).fetchall()
        hand = connection.execute(f"SELECT low::DOUBLE, high::DOUBLE FROM '{out}' ORDER BY n").fetchall()
    assert list(zip(table["low"].to_pylist(), table["high"].to_pylist(), strict=True)) == hand


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # OpenFisca's own
def test_the_score_of_a_fully_known_firm_is_openfiscas(tmp_path: Path) -> None:
    from assess_openfisca import scores  # noqa: PLC0415 -- the benchmarks are not installed

    snapshot = generated(tmp_path / "s", gaps=False)
    table = qualify.assess(snapshot, "cn/srdi-sme", out=tmp_path, clauses=False).table
    own = list(zip(table["low"].to_pylist(), table["high"].to_pylist(), strict=True))
    assert own == [(score, score) for score in scores(snapshot.path).tolist()]
