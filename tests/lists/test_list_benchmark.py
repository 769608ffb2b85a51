"""The benchmark of a list beside the registry answers every row."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "list_compare.py"


def test_every_row_of_a_small_list_is_answered():
    command = [sys.executable, str(SCRIPT), "--rows", "300", "--firms", "120"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    counts = dict(re.findall(r"(ask|none|same) (\d+)", told[-1]))
    assert sum(map(int, counts.values())) == 300
    assert int(counts["same"]) > 150 > int(counts["none"]) > 30
