"""A small run of the portal's crash benchmark: killed while a workbook is brought in, everything agrees afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.slow
def test_a_portal_that_is_killed_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import portal_crash  # noqa: PLC0415 -- the benchmarks are not installed

    found = portal_crash.run(kills=2, rows=20, seed=7, lanes=2, folder=tmp_path)
    assert [sum(outcomes.values()) for outcomes in found.values()] == [1, 1, 0]
    assert set().union(*found.values()) <= portal_crash.GOOD
