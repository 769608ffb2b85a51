"""The big table of the import measurements: N firms × 30 facts, one row in a thousand without a code.

python benchmarks/big_import.py members.csv --rows 1000000
python benchmarks/big_import.py members.xlsx --rows 1000000
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from rongtong.sample import write_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    start = time.perf_counter()
    write_table(given.out, given.rows, given.columns, seed=given.seed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    size = given.out.stat().st_size / 1e6
    seconds = time.perf_counter() - start
    print(f"{given.out}: {given.rows:,} × {given.columns}, {size:.0f} MB, {seconds:.1f} s, peak {peak:.1f} GB")


if __name__ == "__main__":
    main()
