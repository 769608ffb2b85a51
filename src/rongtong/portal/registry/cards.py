"""What a list says of each of a page's firms beside its name: its main product and the titles it holds today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from rongtong.facts.titles import in_force
from rongtong.portal.days import today
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.search.listing import TIERS

_PRODUCTS = "SELECT n, main_product FROM firms WHERE list_contains($1, n) AND main_product IS NOT NULL"
_TITLES = f"""
SELECT n, list(DISTINCT kind) FROM list_titles
WHERE list_contains($1, n) AND {in_force("$2")} GROUP BY n"""


@dataclass(frozen=True)
class Card:
    """``product`` may be unknown (""), ``titles`` are those in force, the highest rung of the ladder first."""

    product: str
    titles: list[str]


def cards(firms: Collection[str]) -> dict[str, Card]:
    """The cards of *firms* (ids), by id."""
    rows = dict(Firm.objects.filter(id__in=firms).values_list("n", "id"))
    product = _asked(current.having("main_product"), _PRODUCTS, [list(rows)])
    held = _asked(current.having(table="list_titles"), _TITLES, [list(rows), today()])
    return {firm: Card(product.get(n, ""), sorted(held.get(n, []), key=_rung)) for n, firm in rows.items()}


def _asked(snapshot: current.Opened | None, sql: str, values: list[Any]) -> dict[int, Any]:
    if snapshot is None:
        return {}
    with snapshot.connect() as connection:
        return dict(connection.execute(sql, values).fetchall())


def _rung(kind: str) -> tuple[int, str]:
    return (TIERS.index(kind) if kind in TIERS else len(TIERS)), kind
