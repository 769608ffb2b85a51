"""A story at the terminal says money as money."""

from __future__ import annotations

import pytest

from rongtong.cli.explain import graded
from rongtong.report import labels


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


@pytest.mark.parametrize(
    ("margin", "values", "told"),
    [
        (-0.00871, {"rd_intensity[2021]": 0.02129, "rd_expense[2021]": 1, "revenue[2021]": 2}, "-0.871 个百分点"),
        (0.0028, {"rd_intensity[2021]": 0.0328}, "+0.28 个百分点"),
        (-8_500.0, {"rd_expense[2021]": 991_500}, "-0.85 万元"),
        (7.0, {}, "+7 分"),
    ],
)
def test_a_margin_is_told_as_what_it_is_a_margin_of(margin, values, told):
    assert labels.margin({"margin": margin, "values": values}) == told
