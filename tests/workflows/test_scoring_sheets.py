"""Scoring sheets: what is enough, and that a zero blocks."""

from __future__ import annotations

import pytest

from rongtong.workflows.scoring import sheet


@pytest.mark.parametrize(
    ("points", "enough"),
    [((3, 3, 2, 2), True), ((3, 2, 2, 2), False), ((5, 5, 5, 0), False), ((5, 5, 5, 5), True)],
)
def test_ten_points_publish_and_a_zero_blocks(points, enough):
    given = dict(zip([one.id for one in sheet("posting").criteria], points, strict=True))
    assert sheet("posting").passed(given) is enough


@pytest.mark.parametrize("wrong", [{}, {"advantage": 6, "clarity": 5, "cooperation": 5, "compliance": 5}])
def test_points_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="0 to 5"):
        sheet("posting").passed(wrong)
