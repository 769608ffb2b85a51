"""Whether one name is short for another."""

from __future__ import annotations

from typing import Any

import pytest

from rongtong.identity import split
from rongtong.identity.parts import bare
from rongtong.identity.shortened import shortened

from .cases import data

GIVEN = data("pieces.yaml")


@pytest.mark.parametrize(("short", "long", "found"), GIVEN["short"])
def test_short_names(short: str, long: str, found: list[Any]) -> None:
    assert list(shortened(split(short), split(long)) or ()) == found


@pytest.mark.parametrize(("written", "name"), GIVEN["bare"])
def test_marks_of_exchanges_are_no_part_of_a_name(written: str, name: str) -> None:
    assert bare(written) == name


@pytest.mark.parametrize("name", ["青岛海德精密机械制造", "青岛海德"])
def test_a_name_that_is_no_shorter_is_no_short_name(name: str) -> None:
    assert shortened(split(name), split("青岛海德")) is None
