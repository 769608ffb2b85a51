"""How likely two names are one firm."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import train_identity
from identity_cases import cases
from made_firms import firm
from noise import TEXT
from rongtong.identity import compare, normalise, shipped

names = st.integers(0, 10_000).map(lambda seed: firm(Random(seed)).name())


@cache
def unseen() -> tuple[Any, Any]:
    """Of pairs that were not trained on, how likely each is one firm, and whether it is."""
    made = cases(12_000, seed=23)
    likely = shipped().of_names([case.a for case in made], [case.b for case in made])
    return likely, np.array([case.same for case in made])


def test_firms_that_were_not_trained_on_are_told_apart() -> None:
    likely, same = unseen()
    both = ((likely > 0.5) & same).sum()
    assert 2 * both / ((likely > 0.5).sum() + same.sum()) > 0.98


def test_what_is_promised_is_kept() -> None:
    likely, same = unseen()
    for low, high in ((0, 0.2), (0.2, 0.8), (0.8, 0.98), (0.98, 1.01)):
        among = (low <= likely) & (high > likely)
        assert same[among].mean() == pytest.approx(likely[among].mean(), abs=0.06)


@given(names, names)
def test_order_of_the_two_does_not_matter(a: str, b: str) -> None:
    assert shipped().of_names([a], [b]) == shipped().of_names([b], [a])


@given(names, names, st.sampled_from(["space", "note", "traditional"]), st.integers(0, 99))
def test_spelling_does_not_matter(a: str, b: str, slip: str, seed: int) -> None:
    written = TEXT[slip](a, Random(seed))
    if normalise(written) == normalise(a):  # not every traditional character leads back to one simplified
        assert compare(written, b) == compare(a, b) == compare(normalise(a), b)


@given(st.lists(st.tuples(names, names), min_size=1, max_size=4))
def test_many_are_judged_as_one_by_one(pairs: list[tuple[str, str]]) -> None:
    left, right = zip(*pairs, strict=True)
    one_by_one = [float(shipped().of_names([a], [b])[0]) for a, b in pairs]
    assert shipped().of_names(left, right).tolist() == one_by_one


@given(names, st.sampled_from(["分公司", "办事处"]))
def test_a_branch_is_never_its_firm(name: str, ending: str) -> None:
    assert compare(name, name + "济南" + ending).outcome == "different"


@pytest.mark.slow
def test_training_twice_makes_the_same_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        monkeypatch.setattr("sys.argv", ["train", "--cases", "1500", "--out", str(tmp_path / name)])
        train_identity.main()
    one, two = ((tmp_path / name / "trees.txt").read_bytes() for name in ("one", "two"))
    assert one == two
