"""Many mentions of one name, one code or one address: what is told stays bounded, and says the sensible thing."""

from __future__ import annotations

from random import Random

import pyarrow as pa
import pytest

from made_firms import firms
from rongtong.identity import link, lookup, make_column
from rongtong.identity.duplicates import duplicates

from .cases import asked, roots

N = 2_000
NAME, SHORT = "青岛海德利电子有限公司", "海德利电子"
CODES = make_column(["370202"] * N, range(N)).to_pylist()
SOME = [code if at % 2 else None for at, code in enumerate(CODES)]
FAILING = ["91350211M0000XUF46"] * N


def mentions(codes: list[str | None], names: list[str]) -> pa.Table:
    ids = [f"m{at:05}" for at in range(len(names))]
    return pa.table({"mention": ids, "uscc": pa.array(codes, pa.string()), "name": names})


@pytest.mark.parametrize(
    ("codes", "names", "firms_found", "most"),
    [
        ([None] * N, [NAME] * N, 1, 0),
        (CODES, [NAME] * N, N, N),
        (SOME, [NAME] * N, N // 2 + 1, N),
        (FAILING, [NAME] * N, 1, 0),
        (SOME, [SHORT, NAME] * (N // 2), N, 20 * N),
        (SOME, [SHORT] * N, N, 20 * N),
    ],
    ids=["uncoded", "coded", "half coded", "one failing code", "short beside whole", "short"],
)
def test_one_name_of_many(codes: list[str | None], names: list[str], firms_found: int, most: int) -> None:
    links = link(mentions(codes, names))
    assert (len(set(roots(links).values())), len(asked(links)) <= most) == (firms_found, True)


def test_of_one_name_of_many_each_is_asked_about() -> None:
    links = link(mentions(SOME, [SHORT, NAME] * (N // 2)))
    assert {one for pair in asked(links) for one in pair} == set(roots(links))


def test_a_name_that_many_bear_is_the_first_and_not_sure() -> None:
    told = lookup(pa.array([NAME]), pa.array([NAME] * N)).to_pylist()
    assert [(one["name"], one["likely"], one["second"]) for one in told] == [(0, 1.0, 1.0)]


@pytest.mark.parametrize("column", ["address", "english_name"])
def test_what_many_share_makes_no_two_one(column: str) -> None:
    made = pa.table({"uscc": pa.nulls(N, pa.string()), "name": [one.name() for one in firms(N, Random(1))]})
    shared = made.append_column(column, pa.array(["青岛市春阳路1号"] * N))
    assert duplicates(shared).num_rows <= duplicates(made).num_rows


def test_many_of_one_former_name_are_told_each_once_or_more() -> None:
    made = pa.table({"uscc": pa.array(CODES), "name": [one.name() for one in firms(N, Random(1))]})
    told = duplicates(made.append_column("former_name", pa.array([NAME] * N)))
    there = {*told["left"].to_pylist(), *told["right"].to_pylist()}
    assert (there, told.num_rows < 2 * N) == (set(range(N)), True)
