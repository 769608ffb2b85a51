from __future__ import annotations

from decimal import Decimal

import pytest

from rongtong.definitions.units import UNITS, counted, kept


@pytest.mark.parametrize(
    ("number", "unit", "content"),
    [("80", "万元", "800000"), ("1.2", "亿元", "120000000"), ("3", "%", "0.03"), ("5", "‰", "0.005"), ("7", "人", "7")],
)
def test_a_number_of_a_unit_is_kept_in_the_smallest_and_counted_again(number, unit, content):
    assert (kept(Decimal(number), unit), counted(Decimal(content), unit)) == (Decimal(content), Decimal(number))


def test_what_is_kept_as_it_is_counted_is_one_of_itself():
    assert {name for name, unit in UNITS.items() if unit.kind in ("years", "score") and unit.size != 1} == set()
