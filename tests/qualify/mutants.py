"""Rulebooks with one thing changed: a number, a bound, a year, a comparison, a member of a set, a part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from rongtong.definitions import expression_tree as tree
from rongtong.qualify.rulebook import Head, Requirement, ScoreGroup

#: What was changed, and the changed node.
Mutant = tuple[str, Any]
#: By how much a number of a unit is changed: less than the examples that stand beside a bound are away from it.
STEPS = {
    "年": Decimal("0.1"),
    "分": Decimal(1),
    "人": Decimal(1),
    "项": Decimal(1),
    "": Decimal(1),
    "1": Decimal("0.0001"),
}
OTHERS = {">=": (">", "<"), "<=": ("<", ">"), ">": (">=", "<"), "<": ("<=", ">"), "=": ("!=",), "!=": ("=",)}


def mutants(node: Any) -> Iterator[Mutant]:
    """*node* with one thing in it changed, in every way; a sheet of another rulebook is changed in its own."""
    yield from _own(node)
    if isinstance(node, tuple):
        for i, part in enumerate(node):
            yield from ((what, (*node[:i], other, *node[i + 1 :])) for what, other in mutants(part))
    elif is_dataclass(node) and not isinstance(node, Head | tree.Quantity | tree.Year | tree.Fact | ScoreGroup):
        for field in fields(node):
            found = mutants(getattr(node, field.name))
            yield from ((what, replace(node, **{field.name: other})) for what, other in found)


def _own(node: Any) -> Iterator[Mutant]:
    if isinstance(node, Decimal):
        yield from ((f"{node} → {other}", other) for other in (node - 1, node + 1))
    elif isinstance(node, tree.Year):
        yield from ((f"Y{node.value:+} → Y{other:+}", tree.Year(other)) for other in (node.value - 1, node.value + 1))
    elif isinstance(node, tree.Fact):
        yield from _fact(node)
    elif isinstance(node, tree.Compare):
        yield from _compare(node)
    elif isinstance(node, tree.Member):
        yield from _member(node)
    elif isinstance(node, tree.AllOf | tree.AnyOf | tree.Mean):
        yield from _parts(node)
    elif isinstance(node, tree.Negation):
        yield "not dropped", node.part
    elif isinstance(node, Requirement):
        yield from _requirement(node)


def _compare(node: tree.Compare) -> Iterator[Mutant]:
    yield from ((f"{node.op} → {op}", replace(node, op=op)) for op in OTHERS[node.op])
    if isinstance(node.right, tree.Quantity):
        number = node.right
        plain = isinstance(node.left, tree.Fact) and not node.left.unit
        step = Decimal(1) if plain else STEPS.get(number.unit, Decimal("0.01"))
        for value in (number.value - step, number.value + step):
            other = replace(node, right=replace(number, value=value))
            yield f"{number.value:f} → {value:f}{number.unit.replace('1', '')}", other
    if isinstance(node.right, tree.Word):
        for value in node.left.values:
            if value != node.right.text:
                yield f"{node.right.text} → {value}", replace(node, right=tree.Word(value))


def _member(node: tree.Member) -> Iterator[Mutant]:
    for value in node.fact.values:
        other = tuple(one for one in node.values if one != value) if value in node.values else (*node.values, value)
        yield f"{'−' if value in node.values else '+'}{value}", replace(node, values=other)


def _parts(node: Any) -> Iterator[Mutant]:
    for i in range(len(node.parts)):
        yield f"part {i} of {len(node.parts)} dropped", replace(node, parts=(*node.parts[:i], *node.parts[i + 1 :]))
    if not isinstance(node, tree.Mean):
        swapped = tree.AnyOf if isinstance(node, tree.AllOf) else tree.AllOf
        yield "and ↔ or", swapped(node.parts)


def _requirement(node: Requirement) -> Iterator[Mutant]:
    if not node.head.parent:
        yield "decides ↔ does not", replace(node, decides=not node.decides)
    if node.purpose:
        yield f"for {node.purpose} → for both", replace(node, purpose=None)
    if len(node.parts) > 1:
        yield "any of ↔ all of", replace(node, any_part=not node.any_part)
        for i, part in enumerate(node.parts):
            yield f"{part.head.id} dropped", replace(node, parts=(*node.parts[:i], *node.parts[i + 1 :]))


def _fact(node: tree.Fact) -> Iterator[Mutant]:
    if node.type == "boolean":
        yield f"not {node.name}", tree.Negation(node)
    if node.year:
        yield from ((f"{node.name} {by:+} year", _shifted(node, by)) for by in (-1, 1))


def _shifted(node: Any, by: int) -> Any:
    """The same facts of another year; a derived one with its amounts."""
    if isinstance(node, tree.Year):
        return node.shifted(by)
    if not is_dataclass(node):
        return node
    return replace(node, **{field.name: _shifted(getattr(node, field.name), by) for field in fields(node)})
