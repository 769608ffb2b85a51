"""Firms that stand twice in one registry."""

from __future__ import annotations

from random import Random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_firms import firms
from rongtong.identity.candidates import near_each_other, nearest
from rongtong.identity.duplicates import duplicates

from .cases import CODES

MADE = sorted(one.name() for one in firms(300, Random(4)))
ONE, OTHER = "青岛海德森精密机械有限公司", "青岛海德森精密机诫有限公司"


def registry(*rows: tuple[str | None, ...]) -> pa.Table:
    """Rows of code, name, former name, address, after the made firms, each at its own address."""
    names = ("uscc", "name", "former_name", "address")
    made = [(None, name, None, f"青岛市春阳路{n}号") for n, name in enumerate(MADE, 10)]
    every = [*made, *((*row, None, None, None)[:4] for row in rows)]
    columns = zip(*every, strict=True)
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})


def likely(*rows: tuple[str | None, ...]) -> float:
    """How likely the two last rows are one firm; 0 where they are not told."""
    told = duplicates(registry(*rows)).to_pylist()
    left, right = len(MADE), len(MADE) + 1
    return next((one["likely"] for one in told if (one["left"], one["right"]) == (left, right)), 0.0)


def test_a_firm_under_two_writings_is_found() -> None:
    assert likely((None, ONE), (None, OTHER)) > 0.99


def test_one_name_of_two_firms_is_found() -> None:
    assert likely((None, ONE), (None, ONE)) > 0.99


def test_of_a_name_that_many_bear_no_firm_is_lost() -> None:
    told = duplicates(registry(*[(None, ONE)] * 30))
    there = {*told["left"].to_pylist(), *told["right"].to_pylist()}
    assert there >= set(range(len(MADE), len(MADE) + 30))


def test_a_former_name_counts_as_a_name() -> None:
    assert likely((None, ONE), (None, "青岛金泰来机械厂", OTHER)) > 0.99


def test_two_valid_codes_speak_against() -> None:
    assert likely((CODES[0], ONE), (CODES[1], OTHER)) < likely((CODES[0], ONE), (None, OTHER))


@pytest.mark.parametrize(
    ("address", "than"), [("青岛市春阳路1号", "more"), ("青岛市春阳路2号", "less"), (None, "as much")]
)
def test_an_address_speaks_for_or_against_and_what_is_not_said_does_not(address: str | None, than: str) -> None:
    short = "海德森精密机诫有限公司"
    alone = likely((None, ONE), (None, short))
    found = likely((None, ONE, None, "青岛市春阳路1号"), (None, short, None, address))
    assert {"more": found > alone, "less": found < alone, "as much": found == alone} == {
        "more": than == "more", "less": than == "less", "as much": than == "as much",
    }  # fmt: skip  # read by rows


@pytest.mark.parametrize("short", ["春阳路1号", "山东省青岛市城阳区春阳路1号2号楼301室"])
def test_an_address_written_otherwise_is_that_address_still(short: str) -> None:
    address, name = "青岛市城阳区春阳路1号", "海德森精密机诫有限公司"
    one, none, other = (
        likely((None, ONE, None, address), (None, name, None, there)) for there in (short, None, "崂山区松岭路9号")
    )
    assert one > none > other


def test_a_code_a_character_apart_speaks_for() -> None:
    wrong = CODES[0][:10] + ("1" if CODES[0][10] != "1" else "2") + CODES[0][11:]
    short = "海德森精密机诫有限公司"
    assert likely((CODES[0], ONE), (wrong, short)) > likely((CODES[0], ONE), (None, short))


def test_two_branches_at_one_address_are_two() -> None:
    address = "青岛市春阳路1号"
    assert likely((None, f"{ONE}一分公司", None, address), (None, f"{ONE}二分公司", None, address)) == 0


def test_a_registry_without_firms_has_no_duplicates() -> None:
    assert duplicates(registry().slice(0, 0)).num_rows == 0


@settings(max_examples=5)
@given(st.integers(0, 99))
def test_order_of_the_registry_does_not_matter(seed: int) -> None:
    told = registry((CODES[0], ONE), (None, OTHER), (None, MADE[3]))
    order = Random(seed).sample(range(told.num_rows), told.num_rows)
    here = {(one["left"], one["right"]): one["likely"] for one in duplicates(told).to_pylist()}
    there = {
        tuple(sorted((order[one["left"]], order[one["right"]]))): one["likely"]
        for one in duplicates(told.take(order)).to_pylist()
    }
    assert here == there


def test_names_near_each_other_are_those_that_each_finds() -> None:
    names = pa.array(MADE, pa.string())
    (found,) = near_each_other(names, top=5, floor=0.4)
    alone = nearest(names, names, top=6, floor=0.4).to_pylist()
    pairs = {(min(one["asked"], one["name"]), max(one["asked"], one["name"])) for one in alone}
    assert set(zip(found["asked"].to_pylist(), found["name"].to_pylist(), strict=True)) == {
        p for p in pairs if p[0] != p[1]
    }
