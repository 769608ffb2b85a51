"""The worked examples stand on every bound of their rulebook, above it and below it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualify.reference import Firm, later
from rongtong.definitions import expression_tree as tree
from rongtong.qualify import examples, points, shelf
from rongtong.qualify.rulebook import Local, Rulebook


def examples_of(path: Path) -> str:
    """The rulebook and the edition of a file of examples."""
    return f"{path.parent.name}-{path.name.removesuffix('.examples.yaml')}"


FILES = sorted(shelf.shelf().rglob("*.examples.yaml"))


def comparisons(book: Rulebook) -> list[tree.Compare]:
    """Each comparison of a firm's own numbers with a bound, once; a local sheet has examples of its own."""
    clauses = [clause.condition for one in book.requirements for clause in one.walk() if clause.condition is not None]
    scored = [one.points for group in book.groups for one in group.indicators if not isinstance(one.points, Local)]
    tests = [test for each in scored for test in points.conditions(each)]
    atoms = dict.fromkeys(atom for condition in (*clauses, *tests) for atom in tree.atoms(condition))
    compares = [atom for atom in atoms if isinstance(atom, tree.Compare) and not isinstance(atom, tree.ScoreTest)]
    return [
        one for one in compares if isinstance(one.right, tree.Quantity) and not isinstance(one.left, tree.Aggregate)
    ]


def side(firm: Firm, atom: tree.Compare) -> str:
    assert isinstance(atom.right, tree.Quantity)
    if isinstance(atom.left, tree.Elapsed):
        since = firm.scalar(atom.left.since)
        if since is None:
            return "unknown"
        on = later(since, int(atom.right.value * 12))
        return "on" if firm.day == on else "above" if firm.day > on else "below"
    value, bound = firm.number(atom.left), firm.number(atom.right)
    if value is None or bound is None:
        return "unknown"
    return "on" if value == bound else "above" if value > bound else "below"


def scalars(facts: dict[str, Any]) -> dict[str, Any]:
    return {slot: value for slot, value in facts.items() if not isinstance(value, list)}


@pytest.mark.parametrize("path", FILES, ids=examples_of)
def test_a_firm_stands_on_above_and_below_every_bound(path: Path) -> None:
    file, found = examples.load(path)
    book = next(one for one in shelf.editions(file.rulebook) if one.edition == file.edition)
    firms = [Firm(book.of(one.expected.purpose), scalars(one.facts), file.as_of) for one in found]
    visited = {atom: {side(firm, atom) for firm in firms} - {"unknown"} for atom in comparisons(book)}
    assert {atom: sides for atom, sides in visited.items() if sides != {"on", "above", "below"}} == {}
