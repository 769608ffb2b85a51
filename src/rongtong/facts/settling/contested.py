"""Settling the long way: facts on which claims differ, or about which a person has decided.

The best rank wins, then the latest date; equal rank and date with different values is unknown until decided. What a
person decided holds as long as somebody claims it and no claim has come since that differs from it; a decision that
heard all that another heard, and more, takes its place.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts.settling.inputs import Input, of_kind
from rongtong.facts.state import State
from rongtong.facts.text import literal, quote

NUMERIC = ("money", "integer", "number", "ratio")


def create(
    connection: duckdb.DuckDBPyConnection, inputs: list[Input], slots: list[str], state: State, catalogue: Catalogue
) -> None:
    """Create ``claims`` (every claim of a contested fact, with what was chosen and why) and ``conflicts``."""
    _contested(connection, state)
    claims = [
        _claims(one, slot, catalogue)
        for one in of_kind(inputs, "facts")
        if _disputed(connection, one)
        for slot in one.slots
        if slot in slots
    ]
    connection.execute(f"CREATE TABLE raw_claims AS {' UNION ALL '.join(claims) or _NO_CLAIMS}")
    _tolerances(connection, slots, catalogue)
    connection.execute(_SETTLE)
    connection.execute(_CONFLICTS)


def _contested(connection: duckdb.DuckDBPyConnection, state: State) -> None:
    """Create ``contested`` (n, slot) and ``decided`` (n, slot, value, saw): what goes the long way."""
    rows = [entry.body["decision"] for entry in state.of_kind("value")]
    decided = pa.table(
        {
            "mention": pa.array([row["mention"] for row in rows], pa.string()),
            "slot": pa.array([row["slot"] for row in rows], pa.string()),
            "value": pa.array([row["value"] for row in rows], pa.string()),
            "saw": pa.array([row["saw"] for row in rows], pa.list_(pa.string())),
        }
    )
    connection.register("decisions", decided)
    connection.execute(
        """
        CREATE TABLE answers AS
        SELECT m.n, d.slot, d.value, d.saw, list_sort(list_transform(d.saw, lambda s: split_part(s, '=', 1))) AS heard
        FROM decisions d JOIN mentions m USING (mention);
        CREATE TABLE decided AS
        SELECT n, slot, min(value) AS value, flatten(list(saw)) AS saw, count(DISTINCT value) AS answers
        FROM answers a
        WHERE NOT EXISTS (FROM answers b WHERE b.n = a.n AND b.slot = a.slot
                          AND len(b.heard) > len(a.heard) AND list_has_all(b.heard, a.heard))
        GROUP BY n, slot;
        CREATE TABLE contested AS
        SELECT n, unnest(differ) AS slot FROM several UNION SELECT n, slot FROM decided;
        """
    )
    connection.unregister("decisions")


_NO_CLAIMS = """
    SELECT 0 AS n, '' AS slot, '' AS value, '' AS mention, 0 AS rank, '' AS date, CAST(0 AS DOUBLE) AS amount
    WHERE false"""


def _disputed(connection: duckdb.DuckDBPyConnection, one: Input) -> bool:
    """Create ``disputed_…``: the rows of an input about firms with a contested fact; returns whether there are any."""
    connection.execute(
        f"""
        CREATE TABLE disputed_{one.order} AS
        SELECT m.n, m.mention, v.* EXCLUDE (mention) FROM {one.numbered}
        SEMI JOIN (SELECT DISTINCT n FROM contested) c ON c.n = m.n
        """
    )
    [(found,)] = connection.execute(f"SELECT count(*) > 0 FROM disputed_{one.order}").fetchall()
    return bool(found)


def _claims(one: Input, slot: str, catalogue: Catalogue) -> str:
    parsed = Slot.parse(slot)
    numeric = catalogue.type_of(parsed) in NUMERIC
    amount = f"CAST(v.{quote(slot)} AS DOUBLE)" if numeric else "CAST(NULL AS DOUBLE)"
    return f"""
        SELECT v.n, {literal(slot)} AS slot, CAST(v.{quote(slot)} AS VARCHAR) AS value, v.mention,
               {one.rank(catalogue, parsed.field)} AS rank, {literal(one.part.date or "")} AS date, {amount} AS amount
        FROM disputed_{one.order} v JOIN contested c ON c.n = v.n AND c.slot = {literal(slot)}
        WHERE v.{quote(slot)} IS NOT NULL"""


def _tolerances(connection: duckdb.DuckDBPyConnection, slots: list[str], catalogue: Catalogue) -> None:
    table = pa.table(
        {
            "slot": pa.array(slots, pa.string()),
            "tolerance": pa.array([catalogue[Slot.parse(slot).field].tolerance for slot in slots], pa.float64()),
        }
    )
    connection.register("tolerance_rows", table)
    connection.execute("CREATE TABLE tolerances AS FROM tolerance_rows")
    connection.unregister("tolerance_rows")


_SETTLE = """
    CREATE TABLE claims AS
    WITH best AS (
        SELECT *, row_number() OVER (PARTITION BY n, slot ORDER BY rank, date DESC, mention, value) AS place,
               rank() OVER (PARTITION BY n, slot ORDER BY rank, date DESC) AS tie
        FROM raw_claims
    ), facts AS (
        SELECT b.n, b.slot, count(DISTINCT b.value) FILTER (b.tie = 1) AS leaders,
               any_value(b.value) FILTER (b.place = 1) AS leading,
               any_value(d.value) AS decided, any_value(d.answers) AS answers,
               count(*) FILTER (d.value IS NOT NULL AND b.value <> d.value
                                AND NOT list_contains(d.saw, b.mention || '=' || b.value)) AS unseen,
               count(*) FILTER (b.value = d.value) AS standing, count(DISTINCT b.value) AS differing
        FROM best b LEFT JOIN decided d USING (n, slot) GROUP BY b.n, b.slot
    ), settled AS (
        SELECT *, CASE WHEN decided IS NOT NULL AND differing > 1 AND (unseen > 0 OR answers > 1) THEN 'reopened'
                       WHEN standing > 0 THEN 'decided'
                       WHEN leaders > 1 THEN 'tie' ELSE 'ranked' END AS reason
        FROM facts
    )
    SELECT b.n, b.slot, b.value, b.mention, b.rank, b.date, b.amount, s.reason,
           CASE s.reason WHEN 'decided' THEN b.value = s.decided AND b.place = min(b.place)
                             FILTER (b.value = s.decided) OVER (PARTITION BY b.n, b.slot)
                         WHEN 'ranked' THEN b.place = 1 ELSE false END AS chosen
    FROM best b JOIN settled s USING (n, slot)
    ORDER BY b.n, b.slot, b.place
"""

_CONFLICTS = """
    CREATE TABLE conflicts AS
    WITH spread AS (
        SELECT n, slot, any_value(reason) AS kind, string_agg(DISTINCT value, ' / ' ORDER BY value) AS "values",
               (max(amount) - min(amount)) / nullif(greatest(abs(max(amount)), abs(min(amount))), 0) AS spread
        FROM claims GROUP BY n, slot HAVING count(DISTINCT value) > 1
    )
    SELECT s.n, s.slot, s.kind, s.spread, s."values" FROM spread s JOIN tolerances t USING (slot)
    WHERE s.kind IN ('tie', 'reopened') OR (s.kind = 'ranked' AND coalesce(s.spread > t.tolerance, true))
    ORDER BY s.n, s.slot
"""
