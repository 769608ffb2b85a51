from __future__ import annotations

from decimal import Decimal

import pytest

from rongtong.i18n import using
from rongtong.report import figures


@pytest.mark.parametrize(
    ("number", "unit", "share", "said"),
    [
        (Decimal(800_000), "元", False, "80 万元"),
        (Decimal("0.03"), "1", True, "3%"),
        (Decimal("0.03"), "1", False, "0.03"),
        (Decimal(2), "年", False, "2 年"),
        (Decimal(1200), "人", False, "1,200 人"),
    ],
)
def test_a_number_of_a_rulebook_has_its_unit_behind_it(number, unit, share, said):
    assert figures.quantity(number, unit, share=share) == said


@pytest.mark.parametrize(("ends", "said"), [([64.0, 64.0], "64"), ([52.0, 72.5], "52–72.5"), (None, "")])
def test_points_are_one_number_or_two_ends(ends, said):
    assert figures.score(ends) == said


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        ("12300000", "¥ 12.3 million"),
        ("1234567", "¥ 1.234567 million"),
        ("0", "¥ 0 million"),
        ("9500", "¥ 0.0095 million"),
    ],
)
def test_money_is_told_in_millions_to_who_reads_english(yuan, said):
    with using("en"):
        assert figures.value(Decimal(yuan), "money") == said


def test_a_language_without_a_unit_of_its_own_has_the_source_s(monkeypatch):
    monkeypatch.setattr(figures, "language", lambda: "de")
    assert figures.value(Decimal(15_000), "money") == "1.5 万元"
