"""Where two names differ: which characters were mistaken for which, and what was added."""

from __future__ import annotations

import pytest

from rongtong.identity.edits import between

from .cases import data


@pytest.mark.parametrize(("one", "other", "found"), data("pieces.yaml")["edits"])
def test_edits(one: str, other: str, found: list[int]) -> None:
    edits = between(one, other)
    assert [edits.sound, edits.shape, edits.stranger, edits.added] == found


def test_a_daughters_word_and_whole_words_are_known() -> None:
    assert between("海德", "海德销售").daughter
    assert between("海德轴承", "海德食品").words == 2
