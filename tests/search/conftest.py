"""The firms of ``firms.yaml``, indexed once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rongtong import yaml12
from rongtong.search import Index, build

from .firms import settled

HERE = Path(__file__).parent


def load(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml12.load((HERE / name).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("search")
    return build(settled(folder / "联盟's [2022]", load("firms.yaml")), folder / "index")
