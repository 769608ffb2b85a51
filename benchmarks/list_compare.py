"""How long a list takes beside the registry: names as people write them, a fifth of firms that nobody knows.

    python benchmarks/list_compare.py [--rows 100000] [--firms 10000] [--seed 2022]

One process. Of the rows a third is misspelt, shortened or traditional (``tools/noise.py``), most stand several times,
and every tenth has a code. Processor time counts all threads; memory is the most that the process held.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

import pyarrow as pa

sys.path.append(str(Path(__file__).parents[1] / "tools"))

from noise import dropped, in_traditional, noted, spaced, typed
from rongtong import lists, sample
from rongtong.facts import Alliance
from rongtong.facts.snapshot import Snapshot

_NOISE = (typed, dropped, spaced, noted, in_traditional)
_NOISY, _UNKNOWN, _CODED = 0.33, 0.2, 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--firms", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        snapshot = registry(Path(folder), given.firms, given.seed)
        strangers = registry(Path(folder) / "others", max(given.firms // 4, 10), given.seed + 1)
        rows = listed(_firms(snapshot), _firms(strangers), given.rows, Random(given.seed))
        before, wall, processor = _peak(), time.perf_counter(), time.process_time()
        found = lists.compare(rows, snapshot)
    print(
        f"{found.num_rows:,} rows beside {given.firms:,} firms: {time.perf_counter() - wall:.1f} s by the clock, "
        f"{time.process_time() - processor:.1f} s of processor time (load {os.getloadavg()[0]:.1f})"
    )
    print(f"peak memory {_peak():.2f} GB ({before:.2f} before)")
    print(", ".join(f"{outcome} {n:,}" for outcome, n in sorted(Counter(found["outcome"].to_pylist()).items())))


def registry(folder: Path, firms: int, seed: int) -> Snapshot:
    """An alliance of *firms* made-up firms below *folder*, settled."""
    folder.mkdir(exist_ok=True)
    table = folder / "企业.csv"
    sample.write_table(table, firms, 6, seed=seed)
    alliance = Alliance.open(folder / "home", create=True)
    alliance.import_file(table, date="2022-06-30", year=2021)
    return alliance.settle()


def _firms(snapshot: Snapshot) -> list[tuple[str, str | None]]:
    with snapshot.connect() as connection:
        return connection.execute("SELECT name, uscc FROM firms WHERE name IS NOT NULL ORDER BY n").fetchall()


def listed(
    firms: list[tuple[str, str | None]], strangers: list[tuple[str, str | None]], count: int, chance: Random
) -> pa.Table:
    """A list of *count* rows as people write them."""
    rows = []
    for _row in range(count):
        name, code = chance.choice(strangers if chance.random() < _UNKNOWN else firms)
        written = chance.choice(_NOISE)(name, chance) if chance.random() < _NOISY else name
        rows.append((written, code if chance.random() < _CODED else None))
    names, codes = zip(*rows, strict=True)
    columns = {
        "row": pa.array(range(2, count + 2), pa.int32()),
        "name": pa.array(names),
        "uscc": pa.array(codes, pa.string()),
    }
    return pa.table(columns)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
