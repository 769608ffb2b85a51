"""How well a reader read the sample's workbooks: every cell's true value against what the readings hold and report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import column_index_from_string


class Table(Protocol):
    """One table of a reading (``docs/architecture.md``, “Reading”)."""

    @property
    def sheet(self) -> str: ...  # noqa: D102 -- the contract says it
    @property
    def kind(self) -> str: ...  # noqa: D102 -- the contract says it
    @property
    def list_id(self) -> str | None: ...  # noqa: D102 -- the contract says it
    @property
    def data(self) -> pa.Table: ...  # noqa: D102 -- the contract says it
    @property
    def cells(self) -> Mapping[str, int]: ...  # noqa: D102 -- the contract says it


class Reading(Protocol):
    """What a reader makes of a file."""

    @property
    def tables(self) -> Sequence[Table]: ...  # noqa: D102 -- the contract says it
    @property
    def problems(self) -> pa.Table: ...  # noqa: D102 -- the contract says it


_ENTRIES = pa.schema([
    ("file", pa.string()), ("sheet", pa.string()), ("row", pa.int64()), ("column", pa.int64()),
    ("slot", pa.string()), ("value", pa.string()),
])  # fmt: skip  # read by rows
# Names and codes are compared without blanks, and a code as written or as meant; a date said to the month by its month.
_OUTCOMES = """
WITH found AS (
  SELECT c.id, any_value(c.kind) AS kind, count(e.slot) > 0 AS read,
    bool_and(e.slot = c.slot AND CASE
      WHEN c.type = 'date' THEN starts_with(e.value, c.value)
      WHEN c.type IN ('text', 'code') THEN plain(e.value) IN (plain(c.value), plain(c.shown))
      WHEN c.type IN ('level', 'boolean') THEN e.value = c.value
      ELSE TRY_CAST(e.value AS DOUBLE) = TRY_CAST(c.value AS DOUBLE) END) AS same
  FROM cells c LEFT JOIN entries e ON (e.file, e.sheet, e.row, e."column") = (c.file, c.sheet, c.row, c."column")
  GROUP BY c.id
), told AS (
  SELECT DISTINCT c.id FROM cells c JOIN reports r ON r.file = c.file AND r.sheet = c.sheet
    AND (r.row = c.row OR r.row = 0) AND (r."column" = c."column" OR r."column" = -1)
), judged AS (
  SELECT id, kind, CASE
    WHEN kind IN ('clean', 'messy') AND read AND same THEN 'right'
    WHEN kind IN ('contact', 'ignore') AND NOT read THEN 'right'
    WHEN kind = 'ambiguous' AND told.id IS NOT NULL AND NOT read THEN 'right'
    WHEN told.id IS NOT NULL THEN 'wrong_reported'
    WHEN read THEN 'wrong_silent'
    ELSE 'lost_silent' END AS outcome
  FROM found LEFT JOIN told USING (id)
)
"""


# Facts from cells of which the account knows nothing: blanks, titles, notes. A merged name counts for all its rows.
_STRAY = """
SELECT count(*) FROM entries e WHERE e.slot NOT IN ('name', 'uscc')
  AND NOT EXISTS (FROM cells c WHERE (e.file, e.sheet, e.row, e."column") = (c.file, c.sheet, c.row, c."column"))
"""


def _scored(readings: Mapping[str, Reading], cells: pa.Table) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "CREATE MACRO plain(t) AS upper(replace(replace(regexp_replace(t, '\\s', '', 'g'), '(', '（'), ')', '）'))"
    )
    cells = cells.filter(pc.is_in(cells["file"], pa.array(list(readings), pa.string())))
    sheets = pc.if_else(pc.ends_with(cells["file"], ".csv"), "", cells["sheet"])
    cells = cells.set_column(cells.column_names.index("sheet"), "sheet", sheets)
    connection.register("cells", cells.append_column("id", pa.array(range(cells.num_rows), pa.int64())))
    entries = [part for file, reading in readings.items() for part in _entries(file, reading)]
    connection.register("entries", pa.concat_tables(entries) if entries else _ENTRIES.empty_table())
    reports = [line for file, reading in readings.items() for line in _reports(file, reading)]
    connection.register("reports", pa.Table.from_pylist(reports, _ENTRIES))
    return connection


def score(readings: Mapping[str, Reading], cells: pa.Table) -> dict[str, dict[str, int]]:
    """Count cells by kind and outcome: ``{"clean": {"right": …, "wrong_silent": …}, …}``.

    *readings* by file as ``cells.parquet`` names it. Outcomes: ``right`` (a contact or an ignored cell is right when no
    fact came of it, an ambiguous one when it was reported), ``wrong_reported``, ``wrong_silent``, ``lost_silent``.
    The kind ``elsewhere`` counts facts read from cells in which nothing was written for one.
    """
    connection = _scored(readings, cells)
    rows = connection.sql(_OUTCOMES + "SELECT kind, outcome, count(*) FROM judged GROUP BY ALL ORDER BY ALL")
    counts: dict[str, dict[str, int]] = {}
    for kind, outcome, count in rows.fetchall():
        counts.setdefault(kind, {})[outcome] = count
    if stray := connection.sql(_STRAY).fetchall()[0][0]:
        counts["elsewhere"] = {"wrong_silent": stray}
    return counts


def mistakes(readings: Mapping[str, Reading], cells: pa.Table) -> pa.Table:
    """Every cell that was not right, with its outcome and what was read there."""
    return (
        _scored(readings, cells)
        .sql(
            _OUTCOMES
            + """
        SELECT outcome, c.* EXCLUDE (id), e.slot AS read_slot, e.value AS read_value
        FROM judged JOIN cells c USING (id)
        LEFT JOIN entries e ON (e.file, e.sheet, e.row, e."column") = (c.file, c.sheet, c.row, c."column")
        WHERE outcome <> 'right' ORDER BY c.id"""
        )
        .to_arrow_table()
    )


def _sheet(file: str, sheet: str) -> str:
    return "" if PurePath(file).suffix == ".csv" else sheet


def _entries(file: str, reading: Reading) -> Iterator[pa.Table]:
    """Every value that a reading holds, at its cell."""
    for table in reading.tables:
        rows = pc.cast(table.data["row"], pa.int64())
        for name, source in table.cells.items():
            if name in {"row", "item"} or name not in table.data.column_names:
                continue
            prefix = f"{table.list_id}." if table.kind == "list" and name not in {"uscc", "name"} else ""
            slot = name if name.startswith(prefix) else prefix + name
            values = pc.cast(table.data[name], pa.string())
            fixed = [pa.repeat(file, len(rows)), pa.repeat(_sheet(file, table.sheet), len(rows))]
            place = [rows, pa.repeat(pa.scalar(source, pa.int64()), len(rows)), pa.repeat(slot, len(rows))]
            yield pa.table([*fixed, *place, values], schema=_ENTRIES).filter(pc.is_valid(values))


def _reports(file: str, reading: Reading) -> Iterator[dict[str, Any]]:
    """Where a reading reported something; row 0 is a whole column, column -1 a whole row."""
    for line in reading.problems.to_pylist():
        at = line["column"]
        if isinstance(at, str):
            at = column_index_from_string(at) - 1 if at else -1
        place = {"row": line["row"] or 0, "column": -1 if at is None else at}
        yield {"file": file, "sheet": _sheet(file, line["sheet"] or ""), **place}
