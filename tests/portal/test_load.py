"""A small run of the portal's load benchmark: everybody's pages are answered, each with the page that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.slow
def test_everybody_at_once_is_answered(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import portal_crowd  # noqa: PLC0415 -- the benchmarks are not installed
    import portal_load  # noqa: PLC0415 -- the benchmarks are not installed

    visits = portal_load.run(people=len(portal_crowd.DAY), seconds=8, pause=0.5, firms=100, folder=tmp_path)
    assert {one.page for one in visits} == set(portal_crowd.PAGES)
    assert {one.wrong for one in visits} == {""}
