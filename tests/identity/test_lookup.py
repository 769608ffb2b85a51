"""A list looked up in another."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from rongtong.identity import compare, lookup

NAMES = [
    "济南泰和软件有限公司",
    "青岛海德电子有限公司",
    None,
    "青岛海德机械有限公司",
    "烟台瑞丰食品有限公司",
    "烟台瑞丰食品有限责任公司",
]
TEXT = pa.string()


def found(mentions: list[str | None], names: list[str | None] = NAMES, **options: Any) -> dict[int, dict[str, Any]]:
    rows = lookup(pa.array(mentions, TEXT), pa.array(names, TEXT), **options).to_pylist()
    return {row.pop("asked"): row for row in rows}


def test_each_mention_gets_the_likeliest_name_and_how_likely_the_next_one_is() -> None:
    rows = found([None, "青岛海德电子", "海德電子 有限公司", "§§"])
    assert (rows.keys(), {row["name"] for row in rows.values()}) == ({1, 2}, {1})
    best, next_one = (compare("青岛海德电子", NAMES[at] or "") for at in (1, 3))
    assert rows[1] == {"name": 1, "outcome": best.outcome, "likely": best.score, "second": next_one.score}


def test_a_name_that_two_bear_is_as_likely_the_second() -> None:
    assert found(["烟台瑞丰食品有限公司"])[0] == {"name": 4, "outcome": "same", "likely": 1.0, "second": 1.0}


def test_one_near_name_has_no_second() -> None:
    assert found(["青岛海德电子有限公司"], top=1)[0]["second"] == 0.0


@pytest.mark.parametrize(("mentions", "names"), [([], NAMES), ([None], NAMES), (["海德"], []), (["海德"], [None])])
def test_nothing_finds_nothing(mentions: list[str | None], names: list[str | None]) -> None:
    assert found(mentions, names) == {}
