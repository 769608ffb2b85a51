"""A story at the terminal says money as money."""

from __future__ import annotations

import pytest

from rongtong.cli.explain import graded


@pytest.mark.parametrize(
    ("kind", "points", "told"),
    [
        ("grant", [300_000.0, 300_000.0], "30 万元"),
        ("grants", [0.0, 300_000.0], "0 万元 至 30 万元"),
        ("indicator", [3.0, 5.0], "3–5"),
        ("condition", None, ""),
    ],
)
def test_what_is_granted_is_money_and_points_are_points(kind, points, told):
    assert graded({"kind": kind, "points": points}) == told
