"""Uniting nodes along edges, strongest first, without ever joining two that were decided different."""

from __future__ import annotations

from typing import NamedTuple


class Edge(NamedTuple):
    """A reason to unite two nodes; the smaller *strength*, the stronger."""

    strength: int
    left: str
    right: str


class _Unions:
    def __init__(self, enemies: list[tuple[str, str]]) -> None:
        self.parent: dict[str, str] = {}
        self.enemies: dict[str, set[str]] = {}
        for a, b in enemies:
            self.enemies.setdefault(a, set()).add(b)
            self.enemies.setdefault(b, set()).add(a)

    def find(self, node: str) -> str:
        root = node
        while (up := self.parent.get(root, root)) != root:
            root = up
        while (up := self.parent.get(node, node)) != root:
            self.parent[node], node = root, up
        return root

    def join(self, a: str, b: str) -> None:
        low, high = sorted((self.find(a), self.find(b)))
        if low == high or any(self.find(enemy) == low for enemy in self.enemies.get(high, ())):
            return
        self.parent[high] = low
        self.parent.setdefault(low, low)
        self.enemies.setdefault(low, set()).update(self.enemies.pop(high, ()))


def unite(edges: list[Edge], enemies: list[tuple[str, str]]) -> dict[str, str]:
    """The root (least node) of every node that an edge touches."""
    unions = _Unions(enemies)
    for edge in sorted(Edge(e.strength, *sorted((e.left, e.right))) for e in edges):
        unions.join(edge.left, edge.right)
    return {node: unions.find(node) for edge in edges for node in (edge.left, edge.right)}
