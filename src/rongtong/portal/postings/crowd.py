"""What the current snapshot knows that posting needs: products and chains, and how many firms are like one."""

from __future__ import annotations

from functools import lru_cache

from rongtong.match.structure import Vocabulary
from rongtong.match.words import items
from rongtong.portal.postings.rules import of_large_firm
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm

#: What is shorter names no product in a running text.
SHORTEST = 3
_PRODUCTS = """
    SELECT main_product, coalesce(mode(chain), '') FROM firms WHERE main_product IS NOT NULL GROUP BY 1 ORDER BY 1"""
_ALIKE = """
    WITH told AS (SELECT n, chain, CASE WHEN n = $n AND $large THEN '大型' ELSE size_class END AS size FROM firms)
    SELECT count(*) FROM told
    WHERE (chain = $segment OR n = $n) AND size IS NOT DISTINCT FROM (SELECT size FROM told WHERE n = $n)"""


def vocabulary() -> Vocabulary:
    """The products and chains that the registry knows; nothing before anything was imported."""
    snapshot = current.having("main_product", "chain")
    return _vocabulary(snapshot.id) if snapshot else Vocabulary()


def alike(segment: str, firm: Firm) -> int | None:
    """How many firms of a chain are as large as *firm*, itself counted; None when the registry does not say."""
    snapshot = current.having("chain", "size_class")
    if snapshot is None:
        return None
    with snapshot.connect() as connection:
        asked = {"n": firm.n, "segment": segment, "large": of_large_firm(firm.id)}
        [(found,)] = connection.execute(_ALIKE, asked).fetchall()
    return int(found)


@lru_cache(maxsize=2)
def _vocabulary(_snapshot: str) -> Vocabulary:
    with current.snapshot().connect() as connection:
        told = connection.execute(_PRODUCTS).fetchall()
        chains = connection.execute("SELECT DISTINCT chain FROM firms WHERE chain IS NOT NULL ORDER BY 1").fetchall()
    products = {one: chain for product, chain in told for one in items(product) if len(one) >= SHORTEST}
    return Vocabulary(products, tuple(chain for (chain,) in chains))
