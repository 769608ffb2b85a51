"""Assignments keep capacities and the floor, and no other one is worth more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from match.markets import Arc, every, greedy, loads, markets, table, taken, value
from rongtong.errors import InputError
from rongtong.match.assign import Floor, assign
from rongtong.match.tradeoff import tradeoff

Market = tuple[list[Arc], dict[str, int], dict[str, int]]


def due(arcs: list[Arc], top: int, capacity: dict[str, int]) -> set[str]:
    found: set[str] = set()
    for need in {arc[0] for arc in arcs}:
        own = sorted((arc for arc in arcs if arc[0] == need), key=lambda arc: (-arc[2], arc[1]))
        found |= {arc[1] for arc in own[:top] if capacity[arc[1]]}
    return found


def is_fair(chosen: list[Arc], waiting: set[str], ahead: int) -> bool:
    count = loads(chosen)
    return not (any(not count[firm] for firm in waiting) and max(count.values(), default=0) >= ahead)


@given(markets())
def test_no_capacity_is_exceeded_and_no_firm_stands_twice(given_market: Market) -> None:
    arcs, capacity, wanted = given_market
    chosen = taken(assign(table(arcs), capacity, wanted).table)
    assert [arc for arc in chosen if arc not in arcs] == []
    assert {firm: n for firm, n in loads(chosen).items() if n > capacity[firm]} == {}
    assert {need for need in wanted if sum(arc[0] == need for arc in chosen) > wanted[need]} == set()
    assert len({arc[:2] for arc in chosen}) == len(chosen)


@given(markets())
def test_the_total_is_never_below_that_of_greedy_choice(given_market: Market) -> None:
    arcs, capacity, wanted = given_market
    assert assign(table(arcs), capacity, wanted, floor=None).total >= value(greedy(arcs, capacity, wanted), 0) - 1e-9


@settings(max_examples=60)
@given(markets(needs=3, firms=3))
def test_no_assignment_is_worth_more_without_a_floor(given_market: Market) -> None:
    arcs, capacity, wanted = given_market
    for spread in (0.0, 0.15):
        best = max(value(one, spread) for one in every(arcs, capacity, wanted))
        found = assign(table(arcs), capacity, wanted, floor=None, spread=spread)
        assert value(taken(found.table), spread) == pytest.approx(best, abs=1e-5)


@settings(max_examples=80)
@given(markets(needs=3, firms=4))
def test_no_fair_assignment_is_worth_more_under_the_floor(given_market: Market) -> None:
    arcs, capacity, wanted = given_market
    floor = Floor(top=2, ahead=2)
    waiting = due(arcs, floor.top, capacity)
    fair = [one for one in every(arcs, capacity, wanted) if is_fair(one, waiting, floor.ahead)]
    found = assign(table(arcs), capacity, wanted, floor=floor)
    assert is_fair(taken(found.table), waiting, floor.ahead)
    assert value(taken(found.table), 0) == pytest.approx(max(value(one, 0) for one in fair), abs=1e-5)


@given(markets())
def test_who_is_due_and_got_nothing_is_named(given_market: Market) -> None:
    arcs, capacity, wanted = given_market
    found = assign(table(arcs), capacity, wanted, floor=Floor(top=2, ahead=2))
    count = loads(taken(found.table))
    nothing = {firm for firm in due(arcs, 2, dict.fromkeys(capacity, 1)) if not count[firm]}
    assert set(found.left_out["firm"].to_pylist()) == nothing
    no_room = {row["firm"] for row in found.left_out.to_pylist() if row["why"] == "no_room"}
    assert no_room == {firm for firm in nothing if capacity[firm] == 0}


def test_a_popular_firm_does_not_get_its_second_while_one_of_the_top_has_nothing() -> None:
    arcs = [("N1", "F1", 0.9), ("N1", "F2", 0.1), ("N2", "F1", 0.9), ("N2", "F3", 0.2)]
    plain = assign(table(arcs), 9, 1, floor=None)
    assert taken(plain.table) == [("N1", "F1", 0.9), ("N2", "F1", 0.9)]
    fair = assign(table(arcs), 9, 1, floor=Floor(top=2, ahead=2))
    assert (taken(fair.table), fair.way) == ([("N1", "F1", 0.9), ("N2", "F3", 0.2)], "ceiling")
    assert fair.left_out.to_pylist() == [{"firm": "F2", "needs": 1, "best": 0.1, "why": "no_place"}]


def test_everybody_due_is_served_where_that_is_worth_more_than_a_ceiling() -> None:
    arcs = [(f"N{n}", "F1", 0.9) for n in range(1, 5)] + [("N1", "F2", 0.1)]
    fair = assign(table(arcs), 9, 1, floor=Floor(top=2, ahead=3))
    assert (fair.way, fair.figures["most"], fair.left_out.num_rows) == ("everybody", 3, 0)


def test_a_greater_spread_uses_more_firms_and_costs_the_needs() -> None:
    arcs = [(f"N{n}", f"F{f}", 0.9 - 0.1 * f) for n in range(6) for f in range(4)]
    points = tradeoff(table(arcs), 6, 2, spreads=(0.0, 0.03, 0.3)).to_pylist()
    assert [point["firms_used"] for point in points] == [2, 3, 4]
    assert [round(point["total"], 6) for point in points] == sorted(
        (round(p["total"], 6) for p in points), reverse=True
    )
    assert [point["gini"] for point in points] == sorted((p["gini"] for p in points), reverse=True)


@given(markets(needs=6))
def test_the_bound_holds_where_only_the_best_candidates_were_looked_at(given_market: Market) -> None:
    arcs, capacity, wanted = given_market
    best = assign(table(arcs), capacity, wanted, floor=None)
    some = assign(table(arcs), capacity, wanted, floor=None, whole=len(arcs) // 2)
    assert some.total <= best.total + 1e-9
    assert best.total <= some.bound + 1e-5


def test_the_order_of_rows_does_not_matter() -> None:
    arcs = [("N1", "F1", 0.5), ("N1", "F2", 0.5), ("N2", "F1", 0.5), ("N2", "F2", 0.5)]
    assert taken(assign(table(arcs), 1, 1).table) == taken(assign(table(arcs[::-1]), 1, 1).table)


def test_a_score_that_is_no_probability_is_refused() -> None:
    with pytest.raises(InputError, match="0 与 1"):
        assign(table([("N1", "F1", 1.5)]), 1)


def test_no_candidates_give_an_empty_assignment() -> None:
    found = assign(table([]), 4)
    assert (found.table.num_rows, found.total, found.exact) == (0, 0.0, True)
