"""Which mentions are one firm: groups of mentions, and the pairs a person should look at.

Mentions with the same valid code are one firm. A mention without a usable code joins the firm whose name it bears, if
there is just one; where names are only similar, a person is asked. What people decided comes first. The result depends
on the set of mentions and decisions only, never on their order.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from rongtong.identity import names, uscc
from rongtong.identity.candidates import candidates
from rongtong.identity.compare import compare
from rongtong.identity.unions import Edge, unite

#: The version of these rules, which a snapshot's id names.
VERSION = "1"

#: Strength of an edge, strongest first.
DECIDED, CODE, NAME = 0, 1, 2

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Links:
    """``groups``: mention, root (the least mention of its firm), why; ``questions``: left, right, score, reason."""

    groups: pa.Table
    questions: pa.Table


def link(mentions: pa.Table, same: Pairs, different: Pairs) -> Links:
    """Group *mentions* (``mention`` unique, ``uscc``, ``name``, ``former_name``; all text) into firms.

    Where the columns of :func:`~rongtong.identity.check_column` are there too, codes are not checked again.

    *same* and *different* are people's decisions on pairs of mentions; of a pair decided different that would share a
    group by code or name alone, the second leaves it.
    """
    with duckdb.connect() as connection:
        _nodes(connection, mentions, different)
        edges, questions = _by_code_and_name(connection)
        asked = _by_likeness(connection)
        edges += _decided(connection, same)
        roots = unite(edges, _node_pairs(connection, different))
        return Links(_groups(connection, roots), _questions(connection, questions + asked, roots, different))


def _nodes(connection: duckdb.DuckDBPyConnection, mentions: pa.Table, different: Pairs) -> None:
    """Create ``nodes``: each mention with its node, the least mention with the same valid code or, without, name."""
    table = mentions.select(["mention"])
    table = table.append_column("key", names.normalise_column(mentions.column("name")))
    table = table.append_column("former", names.normalise_column(mentions.column("former_name")))
    checked = mentions if "intended" in mentions.column_names else uscc.check_column(mentions.column("uscc"))
    for column in ("normalised", "valid", "intended"):
        table = table.append_column(column, checked.column(column))
    connection.register("given", table)
    connection.execute(
        """
        CREATE TABLE keyed AS
        SELECT mention, key, former, valid, CASE WHEN valid THEN normalised END AS code,
               CASE WHEN NOT valid THEN normalised END AS failing, intended,
               coalesce(CASE WHEN valid THEN 'code ' || normalised END, 'name ' || key, 'alone ' || mention) AS node_key
        FROM given
        """
    )
    _leave(connection, different)
    connection.execute(
        """
        CREATE TABLE shared AS SELECT node_key, min(mention) AS node FROM keyed GROUP BY node_key HAVING count(*) > 1;
        CREATE TABLE nodes AS
        SELECT k.* EXCLUDE (node_key), coalesce(s.node, k.mention) AS node
        FROM keyed k LEFT JOIN shared s USING (node_key);
        CREATE TABLE node_names AS
        SELECT node, key, bool_or(code IS NOT NULL) AS coded FROM nodes WHERE key IS NOT NULL GROUP BY ALL
        UNION SELECT node, former, bool_or(code IS NOT NULL) FROM nodes WHERE former IS NOT NULL GROUP BY ALL;
        """
    )


def _leave(connection: duckdb.DuckDBPyConnection, different: Pairs) -> None:
    """Let the second of two mentions decided different leave, where code or name alone would keep them together."""
    for left, right in sorted(different):
        connection.execute(
            """
            UPDATE keyed SET node_key = 'alone ' || mention, code = NULL, valid = false, key = NULL, former = NULL
            WHERE mention = $right AND node_key = (SELECT node_key FROM keyed WHERE mention = $left)
            """,
            {"left": left, "right": right},
        )


def _by_code_and_name(connection: duckdb.DuckDBPyConnection) -> tuple[list[Edge], list[tuple[str, str]]]:
    """Edges from failing codes and from equal names; where a name leads to several firms, questions."""
    failing = connection.execute(
        """
        SELECT DISTINCT a.node, b.node, a.key, b.key FROM nodes a JOIN nodes b ON b.code = a.intended
        WHERE a.failing IS NOT NULL AND a.node <> b.node
        UNION
        SELECT DISTINCT a.node, b.node, a.key, b.key FROM nodes a JOIN nodes b USING (failing) WHERE a.node < b.node
        """
    ).fetchall()
    edges = [Edge(CODE, a, b) for a, b, x, y in failing if not x or not y or compare(x, y).outcome != "different"]
    equal = connection.execute(
        """
        WITH uncoded AS (SELECT DISTINCT node, key FROM node_names WHERE NOT coded),
        matched AS (SELECT DISTINCT u.node, c.node AS firm FROM uncoded u JOIN node_names c USING (key)
                    WHERE u.node <> c.node AND (c.coded OR u.node > c.node))
        SELECT node, firm, count(*) OVER (PARTITION BY node) FROM matched
        """
    ).fetchall()
    edges += [Edge(NAME, node, firm) for node, firm, several in equal if several == 1]
    questions = [(node, firm) for node, firm, several in equal if several > 1]
    twins = connection.execute(
        """
        SELECT DISTINCT a.node, b.node FROM node_names a JOIN node_names b USING (key)
        WHERE a.coded AND b.coded AND a.node < b.node
        """
    ).fetchall()
    return edges, questions + [(str(a), str(b)) for a, b in twins]


def _by_likeness(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Pairs of an uncoded node without an equal name and a similarly named one, about which to ask."""
    lonely = connection.execute(
        """
        SELECT node, key FROM node_names GROUP BY ALL HAVING NOT bool_or(coded)
        EXCEPT SELECT u.node, u.key FROM node_names u JOIN node_names c USING (key) WHERE u.node <> c.node
        ORDER BY ALL
        """
    ).fetchall()
    if not lonely:
        return []
    known = connection.sql("SELECT DISTINCT node, key FROM node_names ORDER BY ALL").to_arrow_table().combine_chunks()
    names, nodes = known["key"].to_pylist(), known["node"]
    likely = [(lonely[i], nodes[j].as_py(), names[j]) for i, j in candidates([key for _, key in lonely], names)]
    return [(own, node) for (own, key), node, name in likely if own != node and compare(key, name).outcome == "ask"]


def _decided(connection: duckdb.DuckDBPyConnection, same: Pairs) -> list[Edge]:
    return [Edge(DECIDED, left, right) for left, right in _node_pairs(connection, same)]


def _node_pairs(connection: duckdb.DuckDBPyConnection, pairs: Pairs) -> list[tuple[str, str]]:
    """The nodes of pairs of mentions; pairs of which a mention is not there are left out."""
    found = dict(
        connection.execute(
            "SELECT mention, node FROM nodes WHERE list_contains($1, mention)", [[m for pair in pairs for m in pair]]
        ).fetchall()
    )
    return [(found[a], found[b]) for a, b in pairs if a in found and b in found and found[a] != found[b]]


def _groups(connection: duckdb.DuckDBPyConnection, roots: dict[str, str]) -> pa.Table:
    connection.register(
        "united", pa.table({"node": pa.array(roots.keys(), pa.string()), "to": pa.array(roots.values(), pa.string())})
    )
    result: pa.Table = connection.sql(
        """
        SELECT mention, coalesce(u.to, node) AS root,
               CASE WHEN u.to IS NOT NULL AND u.to <> node THEN 'linked' WHEN code IS NOT NULL THEN 'code'
                    WHEN key IS NOT NULL THEN 'name' ELSE 'alone' END AS why
        FROM nodes LEFT JOIN united u USING (node) ORDER BY mention
        """
    ).to_arrow_table()
    return result


def _questions(
    connection: duckdb.DuckDBPyConnection, pairs: list[tuple[str, str]], roots: dict[str, str], different: Pairs
) -> pa.Table:
    """The pairs not yet answered: neither in one group by now, nor decided different."""
    answered = {frozenset(pair) for pair in _node_pairs(connection, different)}
    open_pairs = sorted(
        {
            (min(a, b), max(a, b))
            for a, b in pairs
            if roots.get(a, a) != roots.get(b, b) and frozenset((a, b)) not in answered
        }
    )
    named = dict(
        connection.execute(
            "SELECT node, min(key) FROM nodes WHERE list_contains($1, node) GROUP BY node",
            [[node for pair in open_pairs for node in pair]],
        ).fetchall()
    )
    compared = [compare(named.get(a) or "", named.get(b) or "") for a, b in open_pairs]
    return pa.table(
        {
            "left": pa.array([a for a, _ in open_pairs], pa.string()),
            "right": pa.array([b for _, b in open_pairs], pa.string()),
            "score": pa.array([one.score for one in compared], pa.float64()),
            "reason": pa.array(["+".join(one.reasons) for one in compared], pa.string()),
        }
    )
