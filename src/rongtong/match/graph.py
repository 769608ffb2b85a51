"""What goes into what: a plain table of weighted edges behind a small interface."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple, Protocol

import pyarrow as pa

from rongtong.definitions.loader import Model, folder, read
from rongtong.match.writing import spell

MATERIAL = "material"
Way = Literal["made_of", "goes_into"]
COLUMNS = ("from", "to", "relation", "weight")


class Edge(NamedTuple):
    """*material* goes into *product*, with a weight of 0 … 1; *way* says from which end it was reached."""

    product: str
    material: str
    weight: float
    way: Way

    @property
    def end(self) -> str:
        """What stands at the far end: the material of what is made of it, the product of what goes into it."""
        return self.material if self.way == "made_of" else self.product


class ProductGraph(Protocol):
    """What a search asks of a graph of products."""

    def materials(self, products: Iterable[str]) -> list[Edge]:
        """What goes directly into *products*, heaviest first: edges ``made_of``."""
        ...

    def uses(self, products: Iterable[str]) -> list[Edge]:
        """What *products* go directly into, heaviest first: edges ``goes_into``."""
        ...


class EdgeTable:
    """A product graph from a table with columns :data:`COLUMNS`: of relation ``material``, *to* goes into *from*."""

    def __init__(self, edges: pa.Table) -> None:
        self._materials: dict[str, list[Edge]] = {}
        self._uses: dict[str, list[Edge]] = {}
        for source, target, relation, weight in zip(*(edges[name].to_pylist() for name in COLUMNS), strict=True):
            if relation == MATERIAL:
                self._materials.setdefault(spell(source), []).append(Edge(source, target, weight, "made_of"))
                self._uses.setdefault(spell(target), []).append(Edge(source, target, weight, "goes_into"))

    def materials(self, products: Iterable[str]) -> list[Edge]:
        """Like :meth:`ProductGraph.materials`."""
        return _from(self._materials, products)

    def uses(self, products: Iterable[str]) -> list[Edge]:
        """Like :meth:`ProductGraph.uses`."""
        return _from(self._uses, products)


def _from(edges: dict[str, list[Edge]], products: Iterable[str]) -> list[Edge]:
    found = [edge for product in products for edge in edges.get(spell(product), [])]
    return sorted(found, key=lambda edge: (-edge.weight, edge.end))


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
