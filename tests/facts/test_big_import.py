"""The measurement of big imports, at a small size: that what it measures is right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "big_import.py"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_firm_of_the_table_is_settled(kind: str, tmp_path: Path) -> None:
    command = [sys.executable, str(BENCHMARK), "--rows", "300", "--kinds", kind, "--folder", str(tmp_path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert [line.split()[:2] for line in printed.splitlines()[2:]] == [[kind, "wall"], [kind, "cpu"]]
    assert " 300 firms," in printed.splitlines()[-1]
