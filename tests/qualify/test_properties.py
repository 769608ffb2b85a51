"""What must hold for every firm: no unknown becomes a yes or a no, bounds contain what turns out, SQL is exact."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualify.firms import COMPLETE, firms, forgetful
from qualify.reference import Firm
from rongtong import qualify
from rongtong.facts.imagined import snapshot
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import editions

DAY = date(2022, 10, 31)
WORDS = {True: "qualified", False: "not_qualified", None: "undetermined"}
BOOKS = ("cn/srdi-sme", "cn/innovative-sme")
slow = settings(max_examples=4, suppress_health_check=list(HealthCheck), derandomize=True)
pairs = st.lists(firms.flatmap(lambda firm: st.tuples(st.just(firm), forgetful(firm))), min_size=25, max_size=40)


def judged(rulebook: str, given_firms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        frozen = snapshot(Path(folder) / "s", given_firms)
        return list(qualify.assess(frozen, rulebook, as_of=DAY, out=Path(folder)).rows())


def book(rulebook: str) -> Rulebook:
    return editions(rulebook)[0]


def lines(row: dict[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    return ((clause["id"], clause[key]) for clause in row["clauses"])


@pytest.mark.slow
@pytest.mark.parametrize("rulebook", BOOKS)
@slow
@given(pairs)
def test_bounds_contain_what_turns_out(rulebook: str, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    rows = judged(rulebook, [firm for pair in pairs for firm in pair])
    for whole, partial in zip(rows[::2], rows[1::2], strict=True):
        assert partial["verdict"] in (whole["verdict"], "undetermined")
        known, left = dict(lines(whole, "holds")), dict(lines(partial, "holds"))
        assert {name for name, holds in left.items() if holds is not None and holds != known[name]} == set()
        spans = zip(lines(whole, "points"), lines(partial, "points"), strict=True)
        assert [(a, b) for (a, p), (b, q) in spans if p and not q[0] <= p[0] <= p[1] <= q[1]] == []


@pytest.mark.slow
@pytest.mark.parametrize("rulebook", BOOKS)
@slow
@given(st.lists(firms, min_size=25, max_size=40))
def test_a_firm_of_which_all_is_known_is_decided(rulebook: str, firms: list[dict[str, Any]]) -> None:
    answers = [(Firm(book(rulebook), firm, DAY), row) for firm, row in zip(firms, judged(rulebook, firms), strict=True)]
    assert [WORDS[firm.verdict] for firm, _ in answers] == [row["verdict"] for _, row in answers]


@pytest.mark.slow
@pytest.mark.parametrize("rulebook", BOOKS)
@slow
@given(pairs)
def test_sql_agrees_with_the_plain_interpreter(
    rulebook: str, pairs: list[tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    left = [{k: v for k, v in firm.items() if k in some or k in COMPLETE or "!" in k} for firm, some in pairs]
    for firm, row in zip((Firm(book(rulebook), one, DAY) for one in left), judged(rulebook, left), strict=True):
        assert row["verdict"] == WORDS[firm.verdict]
        holds = dict(lines(row, "holds"))
        assert {name: holds[name] for name in firm.holds} == firm.holds
        points = dict(lines(row, "points"))
        assert {name: tuple(map(Fraction, points[name])) for name in firm.points} == firm.points


@pytest.mark.slow
@pytest.mark.parametrize("rulebook", BOOKS)
@slow
@given(pairs)
def test_a_fact_that_settles_alone_can_settle_either_way(
    rulebook: str, pairs: list[tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    rows = judged(rulebook, [some for _, some in pairs])
    for row in rows:
        settles = [one["settles"] for one in row["missing_detail"]]
        assert settles == sorted(settles, reverse=True)
        assert bool(row["missing"]) <= (row["verdict"] == "undetermined")
