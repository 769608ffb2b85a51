"""The worked examples stand on every bound of their rulebook, above it and below it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reference import Firm

from rongtong.definitions import expression_tree as tree
from rongtong.qualify import examples, points, rulebook
from rongtong.qualify.compile import is_score
from rongtong.qualify.rulebook import Rulebook

FILES = sorted(rulebook.shelf().rglob("*.examples.yaml"))


def comparisons(book: Rulebook) -> list[tree.Compare]:
    """Each comparison of a firm's own numbers with a bound, once."""
    clauses = [clause.condition for one in book.requirements for clause in one.walk() if clause.condition is not None]
    tests = [test for group in book.groups for one in group.indicators for test in points.conditions(one.points)]
    atoms = dict.fromkeys(atom for condition in (*clauses, *tests) for atom in tree.atoms(condition))
    compares = [atom for atom in atoms if isinstance(atom, tree.Compare) and not is_score(atom)]
    return [
        one for one in compares if isinstance(one.right, tree.Quantity) and not isinstance(one.left, tree.Aggregate)
    ]


def side(firm: Firm, atom: tree.Compare) -> str:
    assert isinstance(atom.right, tree.Quantity)
    value, bound = firm.number(atom.left), firm.number(atom.right)
    if value is None or bound is None:
        return "unknown"
    return "on" if value == bound else "above" if value > bound else "below"


def scalars(facts: dict[str, Any]) -> dict[str, Any]:
    return {slot: value for slot, value in facts.items() if not isinstance(value, list)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_firm_stands_on_above_and_below_every_bound(path: Path) -> None:
    file, found = examples.load(path)
    book = next(one for one in rulebook.editions(file.rulebook) if one.edition == file.edition)
    firms = [Firm(book, scalars(one.facts), file.as_of) for one in found]
    visited = {atom: {side(firm, atom) for firm in firms} - {"unknown"} for atom in comparisons(book)}
    assert {atom: sides for atom, sides in visited.items() if sides != {"on", "above", "below"}} == {}
