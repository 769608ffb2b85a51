"""What if a bound were another: seconds to an answer with counts, once every firm's atoms are known.

python benchmarks/what_if.py --firms 100000
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from assess_snapshot import generate
from rongtong.facts.snapshot import Snapshot
from rongtong.qualify.assess import program_of
from rongtong.qualify.short import short
from rongtong.qualify.what_if import WhatIf

SETS = (
    {"condition.2.amount": "80万元"}, {"condition.4.score": "55分"}, {"indicator.1/5": "75%"},
    {"condition.2.share": "2%", "condition.1": "1年"}, {"indicator.2/10": "9%", "indicator.12/5": "15%"},
)  # fmt: skip


def measured(snapshot: Snapshot) -> None:
    start = time.perf_counter()
    program = program_of(snapshot, "cn/srdi-sme", edition=None, purpose="new", as_of=None)
    asking = WhatIf(snapshot, program)
    print(f"{'warm-up':42} {time.perf_counter() - start:6.2f} s")
    times = []
    for sets in SETS:
        start = time.perf_counter()
        answer = asking.ask(sets)
        times.append(time.perf_counter() - start)
        said = " ".join(f"{name}={value}" for name, value in sets.items())
        print(f"{said:42} {times[-1]:6.2f} s  {answer.before['qualified']:,} → {answer.after['qualified']:,} qualified")
    print(f"{'median, slowest':42} {median(times):6.2f} s {max(times):.2f} s")
    start = time.perf_counter()
    found = short(asking)
    print(f"{'one step short':42} {time.perf_counter() - start:6.2f} s  {len(found):,} firms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="what-if-") as work:
        measured(Snapshot(generate(Path(work) / "s", given.firms)))


if __name__ == "__main__":
    main()
