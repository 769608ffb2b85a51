"""A small run of the crash benchmark: killed imports and imports at once leave all or nothing."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "crash.py"


@pytest.mark.slow
def test_imports_killed_or_at_once_leave_all_or_nothing():
    spec = importlib.util.spec_from_file_location("crash", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    crash = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(crash)
    found = crash.run(kills=4, races=2, rows=200, seed=7)
    assert [sum(outcomes.values()) for outcomes in found.values()] == [4, 1, 1]
    assert set().union(*found.values()) <= crash.GOOD
