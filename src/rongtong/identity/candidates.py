"""Candidates for a name: the names that share most of its rarer pairs of characters."""

from __future__ import annotations

import duckdb

#: At most so many candidates a name; the right one was among the first 20 in 99.9 % of cases tried.
MOST = 20
#: A pair of characters that stands in more names than this says nothing.
COMMON = 20_000
#: The least share of a name's weight that a candidate has to have.
SHARE = 0.4

_GRAMS = """
    SELECT DISTINCT node, key, unnest(list_transform(generate_series(1, len(key) - 1), lambda i: key[i:i+1])) AS gram
    FROM {table}"""


def candidates(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """For each row of ``lonely`` (node, key): (node, key, other node, its name) from ``node_names``."""
    row = connection.execute("SELECT count(*) FROM lonely").fetchone()
    if not row or row[0] == 0:
        return []
    connection.execute(f"CREATE TABLE lonely_grams AS {_GRAMS.format(table='lonely')}")
    connection.execute(
        f"""
        CREATE TABLE name_grams AS
        SELECT * FROM ({_GRAMS.format(table="node_names")}) SEMI JOIN lonely_grams USING (gram);
        CREATE TABLE weights AS
        SELECT gram, ln(1 + (SELECT count(*) FROM node_names) / count(*)) AS weight
        FROM name_grams GROUP BY gram HAVING count(*) <= {COMMON};
        """
    )
    return connection.execute(
        f"""
        WITH own AS (SELECT node, key, gram, weight, sum(weight) OVER (PARTITION BY node, key) AS total
                     FROM lonely_grams JOIN weights USING (gram)),
        shared AS (SELECT o.node, o.key, g.node AS other, g.key AS name, sum(o.weight) / any_value(o.total) AS share
                   FROM own o JOIN name_grams g USING (gram) WHERE g.node <> o.node GROUP BY ALL)
        SELECT node, key, other, name FROM shared WHERE share >= {SHARE}
        QUALIFY row_number() OVER (PARTITION BY node ORDER BY share DESC, other, name) <= {MOST}
        ORDER BY ALL
        """
    ).fetchall()
