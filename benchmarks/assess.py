"""Assess generated firms: time and peak memory beside a hand-written SELECT and beside OpenFisca, same score.

    python benchmarks/assess.py --firms 300000 1000000 3000000

Each run is a process of its own, so that its peak memory is its own; the quickest of three counts. ``by hand`` is
``assess_by_hand.sql``: one SELECT of the score with its bounds. ``verdicts`` writes every firm's verdict and bounds,
``clauses`` the long table too.
OpenFisca knows no unknown: it computes the same score on firms of which everything is known (``known``).
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assess_snapshot import generate

HERE = Path(__file__).parent
RULEBOOK = "cn/srdi-sme"


def by_hand(snapshot: Path, out: Path) -> None:
    import duckdb  # noqa: PLC0415 -- each run loads only what it measures

    with duckdb.connect() as connection:
        for file in snapshot.glob("*.parquet"):
            connection.execute(f"CREATE VIEW {file.stem} AS FROM '{file}'")
        connection.execute(
            (HERE / "assess_by_hand.sql").read_text(encoding="utf-8").replace("{out}", str(out / "hand.parquet"))
        )


def rulebook(snapshot: Path, out: Path, *, clauses: bool) -> None:
    from rongtong import qualify  # noqa: PLC0415 -- each run loads only what it measures
    from rongtong.facts.snapshot import Snapshot  # noqa: PLC0415 -- each run loads only what it measures

    qualify.assess(Snapshot(snapshot), RULEBOOK, out=out, clauses=clauses)


def openfisca(snapshot: Path, out: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 -- each run loads only what it measures
    import pyarrow.parquet as pq  # noqa: PLC0415 -- each run loads only what it measures

    from assess_openfisca import scores  # noqa: PLC0415 -- each run loads only what it measures

    pq.write_table(pa.table({"score": scores(snapshot)}), out / "openfisca.parquet")


RUNS = {
    "by hand": by_hand,
    "verdicts": lambda snapshot, out: rulebook(snapshot, out, clauses=False),
    "clauses": lambda snapshot, out: rulebook(snapshot, out, clauses=True),
    "openfisca": openfisca,
}
#: What each run imports; that is done before the clock starts.
NEEDS = {
    "by hand": ["duckdb"],
    "verdicts": ["rongtong.cli", "rongtong.qualify"],
    "clauses": ["rongtong.cli", "rongtong.qualify"],
    "openfisca": ["assess_openfisca"],
}


def peak_megabytes() -> int:
    """The most memory this process has had."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def measured(run: str, snapshot: Path, times: int = 1) -> tuple[float, int]:
    """Seconds of the quickest of so many runs, and the most megabytes, each in its own process."""
    command = [sys.executable, __file__, "--run", run, "--snapshot", str(snapshot)]
    told = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(times)]
    return min(float(seconds) for seconds, _ in told), max(int(megabytes) for _, megabytes in told)


def once(run: str, snapshot: Path) -> None:
    for name in NEEDS[run]:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory(prefix="assess-") as out:
        start = time.perf_counter()
        RUNS[run](snapshot, Path(out))
        print(f"{time.perf_counter() - start:.2f} {peak_megabytes()}")


def table(sizes: list[int], work: Path, times: int) -> None:
    print(f"{'firms':>10} {'facts':8} {'run':10} {'seconds':>8} {'× by hand':>10} {'peak MB':>8}")
    for firms in sizes:
        for gaps in (True, False):
            snapshot = generate(work / f"{firms}-{gaps}", firms, gaps)
            runs = ("by hand", "verdicts", "clauses") if gaps else ("verdicts", "openfisca")
            found = {run: measured(run, snapshot, times) for run in runs}
            for run, (seconds, megabytes) in found.items():
                ratio = f"{seconds / found['by hand'][0]:.2f}" if "by hand" in found else ""
                facts = "gaps" if gaps else "known"
                print(f"{firms:>10,} {facts:8} {run:10} {seconds:>8.2f} {ratio:>10} {megabytes:>8}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="+", default=[300_000, 1_000_000, 3_000_000])
    parser.add_argument("--times", type=int, default=3, help="the quickest of so many runs counts")
    parser.add_argument("--run", choices=RUNS)
    parser.add_argument("--snapshot", type=Path)
    given = parser.parse_args()
    if given.run:
        once(given.run, given.snapshot)
        return
    with tempfile.TemporaryDirectory(prefix="assess-") as work:
        table(given.firms, Path(work), given.times)


if __name__ == "__main__":
    main()
