"""An index is whole or absent, and the same snapshot gives the same answers."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rongtong.errors import InputError
from rongtong.search import Index, build, building, prune

from .conftest import load
from .firms import bare, settled

QUERIES = ["", "青岛", "海德", "qingdao", "gs", "9137", "公司 海"]


def answers(index: Index) -> list[Any]:
    return [(index.search(text), index.search(text, limit=2, offset=1), index.facets(text)) for text in QUERIES]


def test_building_twice_gives_the_same_answers(tmp_path: Path, index: Index) -> None:
    again = build(settled(tmp_path / "home", load("firms.yaml")), tmp_path / "index")
    assert answers(again) == answers(index)


def test_what_was_built_opens(tmp_path: Path, index: Index) -> None:
    build(settled(tmp_path / "home", load("firms.yaml")), tmp_path / "deep" / "index")
    assert answers(Index.open(tmp_path / "deep" / "index")) == answers(index)


def test_an_index_that_is_there_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = settled(tmp_path / "home", load("firms.yaml"))
    build(made, tmp_path / "index")
    monkeypatch.delattr(building, "_write")
    assert build(made, tmp_path / "index").search("喆昇").total == 1


def test_a_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = settled(tmp_path / "home", load("firms.yaml"))
    monkeypatch.setattr(building, "_index", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(made, tmp_path / "search" / "index")
    assert list((tmp_path / "search").iterdir()) == []


def test_several_may_build_at_once(tmp_path: Path) -> None:
    made = settled(tmp_path / "home", load("firms.yaml"))
    with ThreadPoolExecutor(4) as pool:
        built = list(pool.map(lambda _: build(made, tmp_path / "search" / "index"), range(4)))
    assert [index.search("喆昇").total for index in built] == [1] * 4
    assert [path.name for path in (tmp_path / "search").iterdir()] == ["index"]


@pytest.mark.parametrize("statement", ["", "[", '{"version": 0}', "[]"])
def test_an_index_that_is_not_ours_is_refused_and_replaced(tmp_path: Path, statement: str) -> None:
    made = settled(tmp_path / "home", load("firms.yaml"))
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "index.json").write_text(statement)
    with pytest.raises(InputError, match="没有可用的检索索引"):
        Index.open(tmp_path / "index")
    assert build(made, tmp_path / "index").search("喆昇").total == 1


def test_an_index_of_another_snapshot_is_replaced(tmp_path: Path) -> None:
    build(bare(tmp_path / "one", ["甲"]), tmp_path / "index")
    build(bare(tmp_path / "two", ["乙"]), tmp_path / "index")
    assert json.loads((tmp_path / "index" / "index.json").read_text())["snapshot"] == "two"
    assert Index.open(tmp_path / "index").search("乙").total == 1


def test_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有可用的检索索引"):
        Index.open(tmp_path / "nowhere")


def test_a_snapshot_without_firms_answers(tmp_path: Path) -> None:
    index = build(bare(tmp_path / "snapshot", []), tmp_path / "index")
    assert [index.search(text).total for text in QUERIES] == [0] * len(QUERIES)


def test_the_snapshot_is_left_alone(tmp_path: Path) -> None:
    made = settled(tmp_path / "home", load("firms.yaml"))
    before = sorted(path.name for path in made.path.iterdir())
    build(made, tmp_path / "home" / "search" / made.id)
    assert sorted(path.name for path in made.path.iterdir()) == before


def test_old_indexes_and_what_killed_builds_left_are_removed(tmp_path: Path) -> None:
    for name in ("new", "old", ".killed", ".building"):
        (tmp_path / name).mkdir()
    os.utime(tmp_path / ".killed", (0, 0))
    prune(tmp_path, {"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".building", "new"]
