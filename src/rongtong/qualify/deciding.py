"""What decides each clause of a rulebook, and of which kind that is: facts, a document, a bureau's reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import catalogue
from rongtong.qualify.points import conditions, stated_in
from rongtong.qualify.rulebook import Head, Points, Rulebook, Share

#: Lists of which each record is a statement of its kind.
_LISTS = {"offline_checks": "offline_check", "titles": "title"}


def deciding(book: Rulebook) -> Iterator[tuple[Head, list[tree.Node]]]:
    """Each clause and indicator with the expressions that decide it; none where its parts do."""
    for one in book.requirements:
        for clause in one.walk():
            yield clause.head, [clause.condition] if clause.condition is not None else []
    for group in book.groups:
        for indicator in group.indicators:
            yield indicator.head, of_points(indicator.points)


def of_points(points: Points | Share) -> list[tree.Node]:
    """The expressions that points, or an amount, follow from."""
    if isinstance(points, Share):
        return [points.amount]
    return [*conditions(points), *(one.fact for one in stated_in(points))]


def deciders(nodes: Iterable[tree.Node]) -> tuple[str, ...]:
    """Who decides, in the order written: ``facts``, ``score``, ``title``, a bureau's ``reply``, a kind of statement."""
    return tuple(dict.fromkeys(kind for node in nodes for kind in _kinds(node)))


def _kinds(node: tree.Node) -> Iterator[str]:
    for fact in tree.facts(node):
        yield catalogue()[fact.name].statement or "facts"
    for one in tree.aggregates(node):
        yield "reply" if catalogue()[one.list].none_from else _LISTS.get(one.list, "facts")
    if isinstance(node, tree.ScoreTest):
        yield "score"
    elif isinstance(node, tree.AllOf | tree.AnyOf | tree.Negation):
        yield from ("score" for part in tree.children(node) if "score" in _kinds(part))
