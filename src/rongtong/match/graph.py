"""What goes into what: a plain table of weighted edges behind a small interface."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple, Protocol

import pyarrow as pa

from rongtong.definitions.loader import Model, folder, read
from rongtong.match.writing import spell

MATERIAL = "material"
COLUMNS = ("from", "to", "relation", "weight")


class Edge(NamedTuple):
    """*material* goes into *product*, with a weight of 0 … 1."""

    product: str
    material: str
    weight: float


class ProductGraph(Protocol):
    """What a search asks of a graph of products."""

    def materials(self, products: Iterable[str]) -> list[Edge]:
        """What goes directly into *products*, heaviest first."""
        ...


class EdgeTable:
    """A product graph from a table with columns :data:`COLUMNS`: of relation ``material``, *to* goes into *from*."""

    def __init__(self, edges: pa.Table) -> None:
        self._of: dict[str, list[Edge]] = {}
        for source, target, relation, weight in zip(*(edges[name].to_pylist() for name in COLUMNS), strict=True):
            if relation == MATERIAL:
                self._of.setdefault(spell(source), []).append(Edge(source, target, weight))

    def materials(self, products: Iterable[str]) -> list[Edge]:
        """Like :meth:`ProductGraph.materials`."""
        found = [edge for product in products for edge in self._of.get(spell(product), [])]
        return sorted(found, key=lambda edge: (-edge.weight, edge.material))


class GraphFile(Model):
    """The file ``catalogue/match/graph.yaml``: of each product what goes into it, with a weight of 0 … 1."""

    kind: Literal["match_graph"]
    title: str
    title_en: str
    goes_into: dict[str, dict[str, float]]


@cache
def graph() -> EdgeTable:
    """The graph that comes with the package."""
    given = read(folder() / "match" / "graph.yaml").parse(GraphFile).goes_into
    edges = [(made, one, MATERIAL, weight) for made, materials in given.items() for one, weight in materials.items()]
    return EdgeTable(pa.table(dict(zip(COLUMNS, zip(*edges, strict=True), strict=True))))
