"""The measurement of duplicates by every field runs, and finds most of what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from made_registry import registry

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "identity_fields.py"


def test_most_are_found_and_few_others() -> None:
    command = [sys.executable, str(BENCHMARK), "--firms", "300", "--seed", "5"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    best = re.search(r"best .* P ([\d.]+)  R ([\d.]+)", said)
    assert best
    assert min(map(float, best.groups())) > 0.8


def test_a_seed_makes_the_same_registry() -> None:
    one, other = registry(100, 3), registry(100, 3)
    assert (one.table.equals(other.table), one.firm.tolist()) == (True, other.firm.tolist())
