"""A few of the damaged workbooks of ``benchmarks/mutations.py``."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def _benchmark() -> ModuleType:
    path = Path(__file__).parents[3] / "benchmarks" / "mutations.py"
    spec = importlib.util.spec_from_file_location("mutations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_damaged_workbooks_are_read_or_refused() -> None:
    assert sum(_benchmark().run(12, seed=7).values()) == 12
