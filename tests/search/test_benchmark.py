"""The measurement of search, at a small size: that it runs, and that the peers beside it find what is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .firms import settled

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_every_kind_of_query_is_measured() -> None:
    command = [sys.executable, str(BENCHMARKS / "search.py"), "--firms", "200", "--queries", "4"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert [line.split(":")[0] for line in lines if not line.startswith("  ")] == [
        "200 firms",
        "SQLite FTS5 bigrams",
        "DuckDB contains",
    ]
    assert len(lines) == 3 + 1 + 20 + 8


def test_the_peers_find_the_names_that_hold_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from search_peers import Contains, Fts5  # noqa: PLC0415 -- it stands beside the package, not in it

    names = ["青岛海德电子有限公司", "海德青岛", "岛青海", "德海"]
    firms = [{"name": name, "district": "市南区", "industry": "软件"} for name in names]
    made = settled(tmp_path / "home", [*firms, {"name": "无", "titles": [{"kind": "专精特新小巨人"}]}])
    for peer in (Fts5(made, tmp_path), Contains(made)):
        assert [peer.search(text)[0] for text in ("青岛", "海德电", "公司", "没有")] == [2, 1, 1, 0]
        assert peer.search("青岛", district="崂山区") == (0, [])
