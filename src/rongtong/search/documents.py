"""What is indexed: each row of what is shown, as one JSON document, its texts folded and read aloud."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity import uscc
from rongtong.identity.parts import leading_region
from rongtong.search.readings import readings
from rongtong.search.spelling import ways_column
from rongtong.search.spells import HELD, TERMS

_BATCH = 50_000
_TEXTS = """
SELECT rank, name AS text, 'own' AS kind FROM batch
UNION ALL SELECT rank, unnest(list_concat(former, other, english)), 'other' FROM batch
UNION ALL SELECT rank, unnest(product), 'product' FROM batch
"""
_DOCUMENTS = """
WITH own AS (SELECT rank, list(text) AS texts FROM texts WHERE kind = 'own' GROUP BY rank),
other AS (SELECT rank, list(text) AS texts FROM texts WHERE kind = 'other' GROUP BY rank),
product AS (SELECT rank, list(text) AS texts FROM texts WHERE kind = 'product' GROUP BY rank),
spoken AS (
  SELECT rank, list(DISTINCT letters) AS letters, list(DISTINCT initials) AS initials,
    list_distinct(flatten(list(starts))) AS starts
  FROM heard GROUP BY rank
), head AS (
  SELECT rank, list_concat(list(DISTINCT letters), list(DISTINCT initials)) AS spoken FROM core_heard GROUP BY rank
),
core AS (SELECT rank, list(DISTINCT text) AS texts FROM cores GROUP BY rank),
titled AS (SELECT n, list(term) AS terms FROM titles GROUP BY n)
SELECT to_json({
  rank: b.rank, district: district, industry: industry, chain: chain,
  title: coalesce(titled.terms, []), held: coalesce(held, ''),
  code: code, code_head: code, code_back: reverse(code),
  whole: own.texts, name_head: own.texts, core_head: list_concat(core.texts, coalesce(head.spoken, [])),
  name: own.texts, name_at: own.texts,
  other: coalesce(other.texts, []), other_at: coalesce(other.texts, []),
  product: coalesce(product.texts, []), product_at: coalesce(product.texts, []),
  starts: coalesce(spoken.starts, []), letters: coalesce(spoken.letters, []), initials: coalesce(spoken.initials, [])
})::VARCHAR
FROM batch b JOIN own USING (rank) JOIN core USING (rank) LEFT JOIN other USING (rank) LEFT JOIN product USING (rank)
LEFT JOIN spoken USING (rank) LEFT JOIN head USING (rank) LEFT JOIN titled USING (n)
LEFT JOIN spells USING (n) ORDER BY b.rank
"""


def documents(shown: pa.Table, titles: pa.Table) -> Iterator[list[str]]:
    """The documents of *shown* (see :func:`rongtong.search.listing.listing`), in batches, in its order.

    *titles* are the columns ``n``, ``kind``, ``granted_on``, ``valid_until`` of the list.
    """
    with duckdb.connect() as connection:
        connection.register("titles", titles)
        terms = connection.sql(TERMS).to_arrow_table()
        spells = connection.sql(HELD).to_arrow_table()
    for start in range(0, shown.num_rows, _BATCH):
        batch = shown.slice(start, _BATCH)
        codes = [uscc.normalise(code) for code in batch["uscc"].to_pylist()]
        ranks = pa.array(range(start, start + batch.num_rows), pa.int64())
        yield _batch(
            batch.append_column("rank", ranks).append_column("code", pa.array(codes, pa.string())), terms, spells
        )


def _batch(batch: pa.Table, titles: pa.Table, spells: pa.Table) -> list[str]:
    with duckdb.connect() as connection:
        connection.register("batch", batch)
        connection.register("titles", titles)
        connection.register("spells", spells)
        texts = _in_every_way(connection.sql(_TEXTS).to_arrow_table())
        own = texts.filter(pc.equal(texts["kind"], "own"))
        cores = pa.table({"rank": own["rank"], "text": [_core(text) for text in own["text"].to_pylist()]})
        names = texts.filter(pc.not_equal(texts["kind"], "product"))
        tables = {"texts": texts, "cores": cores, "heard": _heard(names), "core_heard": _heard(cores)}
        for name, table in tables.items():
            connection.register(name, table)
        return [row[0] for row in connection.execute(_DOCUMENTS).fetchall()]


def _in_every_way(texts: pa.Table) -> pa.Table:
    """*texts* folded, a row for each way to write one."""
    written, at = ways_column(texts["text"].combine_chunks())
    return texts.take(at).set_column(1, "text", written.cast(pa.string()))


def _core(text: str) -> str:
    """The name from its trade name 字号 on: without the region before it."""
    return leading_region(text)[1]


def _heard(texts: pa.Table) -> pa.Table:
    """The readings of *texts* (``rank``, ``text``) by rank."""
    found = readings(texts["text"].combine_chunks())
    return found.set_column(0, "rank", texts["rank"].take(found["at"]))
