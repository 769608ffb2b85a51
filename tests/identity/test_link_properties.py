"""Linking is a function of the set of mentions and decisions."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rongtong.identity import link
from rongtong.identity.components import Components

from .cases import CODES, roots, table

NAMES = [
    "青岛海德利电子有限公司", "海德利电子有限公司", "青岛海德利电孑有限公司", "济南海德利电子有限公司", "海德利",
    "青岛金泰来机械厂", "青岛金泰来机械厂第二分厂", None,
]  # fmt: skip  # read by rows
WRITTEN = [*CODES[:3], CODES[0].replace("0", "O"), "91350211M0000XUF46", None, None, None]
rows = st.lists(st.tuples(st.sampled_from(WRITTEN), st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=9).map(
    lambda found: [(f"m{n}", *row) for n, row in enumerate(found)]
)
pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] != p[1]), max_size=3).map(
    lambda found: [(f"m{a}", f"m{b}") for a, b in found]
)


@settings(max_examples=40)
@given(rows, pairs, pairs, st.integers(0, 99))
def test_order_does_not_matter(rows: list, same: list, different: list, seed: int) -> None:
    mixed = [Random(seed).sample(each, len(each)) for each in (rows, same, different)]
    here, there = link(table(rows), same, different), link(table(mixed[0]), *mixed[1:])
    assert (here.groups, here.links, here.questions) == (there.groups, there.links, there.questions)


@settings(max_examples=40)
@given(rows, pairs, pairs)
def test_root_is_the_least_mention_and_its_own(rows: list, same: list, different: list) -> None:
    root = roots(link(table(rows), same, different))
    assert list(root) == sorted(mention for mention, *_ in rows)
    assert all(root[to] == to <= mention for mention, to in root.items())


@settings(max_examples=40)
@given(rows, pairs)
def test_decided_different_is_never_one(rows: list, different: list) -> None:
    root = roots(link(table(rows), [], different))
    assert [pair for pair in different if set(pair) <= root.keys() and root[pair[0]] == root[pair[1]]] == []


@settings(max_examples=40)
@given(rows)
def test_two_codes_are_never_one_and_one_code_always(rows: list) -> None:
    root = roots(link(table(rows)))
    coded = sorted((code, root[mention]) for mention, code, *_ in rows if code in CODES)
    assert all((a[0] == b[0]) == (a[1] == b[1]) for a, b in pairwise(coded))


@settings(max_examples=40)
@given(rows, pairs)
def test_questions_are_between_two_groups(rows: list, same: list) -> None:
    links = link(table(rows), same)
    heads = set(roots(links).values())
    assert all(q["left"] < q["right"] and {q["left"], q["right"]} <= heads for q in links.questions.to_pylist())


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_components_never_hold_enemies(unions: list) -> None:
    components = Components({}, [("a", "b"), ("c", "d")])
    for left, right in unions:
        components.union(left, right)
    assert components.find("a") != components.find("b")
    assert components.find("c") != components.find("d")
