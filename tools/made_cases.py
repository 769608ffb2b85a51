"""Make the cases on which teaching is evaluated: pairs of made-up names that no training has seen.

    python tools/made_cases.py [--cases 3000] [--out src/rongtong/identity/learned/cases.csv]

Everything is drawn from a seed, which is not that of ``tools/train_identity.py``.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from identity_cases import cases
from rongtong.identity import normalise

SEED = 13


def main() -> None:
    """Draw, write: two names in order, and 1 where they are one firm."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=3_000)
    parser.add_argument("--out", type=Path, default=Path("src/rongtong/identity/learned/cases.csv"))
    given = parser.parse_args()
    made = {frozenset(map(normalise, (one.a, one.b))): one.same for one in cases(given.cases, SEED)}
    with given.out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("left", "right", "same"))
        lines.writerows((*sorted(pair), int(same)) for pair, same in made.items() if len(pair) > 1 and "" not in pair)


if __name__ == "__main__":
    main()
