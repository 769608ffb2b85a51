"""A likelihood is written as tables show it, or as a fraction."""

from __future__ import annotations

import pytest

from rongtong.cli.shares import share
from rongtong.errors import InputError


@pytest.mark.parametrize("text", ["20%", "0.2", "20％", " 20.0% ", ".2"])
def test_per_cent_and_fraction_say_the_same(text):
    assert share("--ask", text) == 0.2


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("20", "是百分数的，请写成 20%"),
        ("多", "请写百分数或小数，如 20% 或 0.2"),
        ("120%", "请写百分数或小数，如 20% 或 0.2"),
    ],
)
def test_what_is_no_share_is_refused_with_a_mend(text, mend):
    with pytest.raises(InputError) as told:
        share("--ask", text)
    assert (told.value.place, told.value.mend) == ("--ask", mend)


def test_nothing_said_is_nothing():
    assert share("--ask", None) is None
