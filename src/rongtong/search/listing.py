"""What is shown of each firm, in the order that holds when no query says otherwise."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.snapshot import Snapshot
from rongtong.facts.titles import in_force
from rongtong.identity import normalise_column
from rongtong.search.readings import letters
from rongtong.search.spelling import fold_column

TIERS = ("专精特新小巨人", "省级专精特新", "市级专精特新", "创新型中小企业")
"""The rungs of gradient cultivation (工信部企业〔2022〕63号), highest first; the municipal rung is the city's own."""
_FACTS = ("district", "industry", "chain", "main_product")
_LISTS = {
    "list_titles": "0 AS n, '' AS kind, NULL::DATE AS granted_on, NULL::DATE AS valid_until",
    "list_products": "0 AS n, '' AS name",
}
_SHOWN = f"""
WITH known AS (SELECT n, list(DISTINCT name ORDER BY name) AS names FROM aliases GROUP BY n),
before AS (SELECT n, list(DISTINCT name ORDER BY name) AS names FROM called WHERE kind = 'former_name' GROUP BY n),
spoken_abroad AS (
  SELECT n, list(DISTINCT name ORDER BY name) AS names FROM called WHERE kind = 'english_name' GROUP BY n
),
made AS (
  SELECT n, list(DISTINCT name ORDER BY name) AS names
  FROM (SELECT n, name FROM list_products UNION ALL SELECT n, main_product FROM firm) WHERE name <> '' GROUP BY n
), held AS (
  SELECT n, min(list_position($tiers, kind)) AS tier FROM list_titles
  WHERE list_contains($tiers, kind) AND {in_force("$day")}
  GROUP BY n
)
SELECT f.n, firm, coalesce(uscc, '') AS uscc, coalesce(f.name, '') AS name, coalesce(district, '') AS district,
  coalesce(industry, '') AS industry, coalesce(chain, '') AS chain,
  coalesce(before.names, []) AS former, coalesce(known.names, []) AS other,
  coalesce(spoken_abroad.names, []) AS english, coalesce(made.names, []) AS product
FROM firm f JOIN spoken USING (n) LEFT JOIN before USING (n) LEFT JOIN known USING (n) LEFT JOIN made USING (n)
LEFT JOIN spoken_abroad USING (n) LEFT JOIN held USING (n)
ORDER BY tier NULLS LAST, spoken.letters, f.name, firm
"""


def connect(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """A connection in which every table and fact that search reads is there, be it empty; ``firm`` is ``firms``."""
    connection = snapshot.connect()
    for table, columns in _LISTS.items():
        if table not in snapshot.tables:
            connection.execute(f"CREATE VIEW {table} AS SELECT {columns} WHERE false")
    extra = "".join(f", '' AS {one}" for one in _FACTS if one not in snapshot.columns)
    connection.execute(f"CREATE VIEW firm AS SELECT *{extra} FROM firms")
    return connection


def listing(connection: duckdb.DuckDBPyConnection, reference_date: date | None) -> pa.Table:
    """One row a firm: ``n``, ``firm``, ``uscc``, ``name``, what it is filtered by, and its other names and products.

    Ordered by the highest tier held on *reference_date* (ever, when that is not stated), then by pinyin.
    """
    names = connection.sql("SELECT n, coalesce(name, '') AS name FROM firms ORDER BY n").to_arrow_table()
    spoken = letters(fold_column(names["name"].combine_chunks()).cast(pa.string()))
    connection.register("spoken", pa.table({"n": names["n"], "letters": spoken}))
    connection.register("aliases", _aliases(connection))
    return connection.sql(_SHOWN, params={"tiers": list(TIERS), "day": reference_date}).to_arrow_table()


def _aliases(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The names by which sources call a firm beyond those it tells of itself; of several spellings the shortest."""
    pairs = connection.sql("""
        SELECT DISTINCT n, m.name, f.name AS settled FROM mentions m JOIN firm f USING (n)
        ANTI JOIN (FROM called WHERE kind <> 'mention') o ON o.n = m.n AND o.name = m.name
        WHERE m.name <> f.name
    """).to_arrow_table()
    spelt = normalise_column(pairs["name"])
    differ = pc.not_equal(spelt, normalise_column(pairs["settled"]))
    connection.register("pairs", pairs.append_column("spelt", spelt).filter(differ))
    return connection.sql(
        "SELECT n, min_by(name, (length(name), name)) AS name FROM pairs GROUP BY n, spelt"
    ).to_arrow_table()
