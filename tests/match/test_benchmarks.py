"""The measurements of matching, at a small size: that they run, and that ours keeps capacities."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def lines(script: str, *arguments: str) -> list[str]:
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def test_assignments_are_compared() -> None:
    rows = assigned("--needs", "40", "--firms", "60", "--candidates", "10", "--capacity", "4")
    total = {name: float(row[0].replace(",", "")) for name, row in rows.items()}
    assert total["greedy"] <= total["plain optimum"] <= total["top k (over capacity)"]
    assert {row[3] for name, row in rows.items() if name.startswith("ours")} <= {"1", "2", "3", "4"}


def test_where_firms_take_many_the_floor_acts_and_its_cost_is_shown() -> None:
    rows = assigned("--needs", "150", "--firms", "600", "--candidates", "30", "--capacity", "40")
    plain, ours = rows["plain optimum"], rows["ours, spread 0"]
    assert (int(plain[3]) >= 20, ours[6] != "held") == (True, True)
    assert float(ours[0].replace(",", "")) < float(plain[0].replace(",", ""))


def assigned(*arguments: str) -> dict[str, list[str]]:
    """The table of assignments by its first column."""
    return {line[:24].strip(): line[24:].split() for line in lines("match_assign.py", *arguments)[2:]}


def test_a_year_goes_by_in_four_ways_and_ours_never_asks_a_firm_that_is_full() -> None:
    told = lines("market_year.py", "--seeds", "2", "--firms", "40", "--needs", "2")
    rows = {line[:12].strip(): line.split() for line in told[2:6]}
    assert list(rows) == ["first come", "top 3", "top 3 free", "ours"]
    assert rows["ours"][-1] == "0"
