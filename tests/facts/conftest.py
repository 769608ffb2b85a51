"""A new alliance folder for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from making import home
from rongtong.facts import Alliance


@pytest.fixture
def alliance(tmp_path: Path) -> Alliance:
    return home(tmp_path / "联盟's [2022]")
