"""How well the sample's workbooks are read, cell by cell: share read right, wrong but reported, wrong or lost silently.

python benchmarks/reading.py [--firms 8600] [--seed 2022] [--mistakes mistakes.csv]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq

from rongtong.definitions.catalogue import catalogue
from rongtong.facts.reading import read_workbook
from rongtong.sample import generate
from rongtong.sample.scoring import mistakes, score

OUTCOMES = ("right", "wrong_reported", "wrong_silent", "lost_silent")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--mistakes", type=Path, help="write every cell that was not right to this .csv")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = generate(Path(folder), seed=given.seed, firms=given.firms)
        start = time.perf_counter()
        readings = {
            one["file"]: read_workbook(made.path / one["file"], catalogue=catalogue(), year=one["year"])
            for one in made.imports
        }
        seconds = time.perf_counter() - start
        cells = pq.read_table(made.path / "truth" / "cells.parquet")
    show(score(readings, cells))
    print(f"{len(readings)} files, {cells.num_rows:,} cells, read in {seconds:.1f} s")
    if given.mistakes:
        pyarrow.csv.write_csv(mistakes(readings, cells), given.mistakes)


def show(counts: dict[str, dict[str, int]]) -> None:
    print(f"{'kind':<10}" + "".join(f"{outcome:>16}" for outcome in OUTCOMES))
    for kind, outcomes in counts.items():
        total = sum(outcomes.values())
        print(f"{kind:<10}" + "".join(f"{outcomes.get(o, 0):>8} {outcomes.get(o, 0) / total:>6.2%} " for o in OUTCOMES))


if __name__ == "__main__":
    main()
