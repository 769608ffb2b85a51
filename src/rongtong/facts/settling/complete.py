"""Completeness: for which years a source says that a firm's list, or a subset of it, holds every record there is."""

from __future__ import annotations

import duckdb

from rongtong.facts.parts import Part
from rongtong.facts.settling.inputs import Input
from rongtong.facts.text import literal


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input]) -> list[str]:
    """Create ``complete`` (n, list, first, last): the longest unbroken run of years a list; returns the lists."""
    claims = [
        f"SELECT DISTINCT m.n, {literal(name)} AS list, {first} AS first, {last} AS last "
        f"FROM mentions m WHERE m.input = {one.order} AND m.n NOT IN ({held(one.imported.part, one.part, name)})"
        for one in inputs
        for name, first, last in one.part.complete
    ]
    if not claims:
        return []
    connection.execute(
        f"""
        CREATE TABLE complete AS
        WITH claimed AS ({" UNION ".join(claims)}),
        starts AS (
            SELECT *, coalesce(first > 1 + max(last) OVER (
                PARTITION BY n, list ORDER BY first, last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true)
                AS new_run
            FROM claimed
        ), runs AS (
            SELECT n, list, first, last, count_if(new_run) OVER (PARTITION BY n, list ORDER BY first, last) AS run
            FROM starts
        ), unbroken AS (
            SELECT n, list, min(first) AS first, max(last) AS last FROM runs GROUP BY n, list, run
        )
        SELECT n, list, CAST(first AS SMALLINT) AS first, CAST(last AS SMALLINT) AS last FROM unbroken
        QUALIFY row_number() OVER (PARTITION BY n, list ORDER BY last - first DESC, last DESC) = 1
        """
    )
    return sorted({name for one in inputs for name, _, _ in one.part.complete})


def held(name: str, part: Part, list_name: str, mentions: str = "mentions") -> str:
    """SQL for the firms (``n``) to which what a part says of a list does not extend: a cell of theirs was not read."""
    rows = [f"({literal(sheet)}, {row})" for listed, sheet, row in part.held if listed == list_name]
    if not rows:
        return "SELECT 0 WHERE false"
    return f"SELECT n FROM {mentions} WHERE part = {literal(name)} AND (sheet, row) IN ({', '.join(rows)})"
