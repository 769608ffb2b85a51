"""Runs the statement over a stretch of firms at a time and writes both tables, so that memory does not grow with them.

The clauses go out column by column: for each stretch one row group a clause, in the order of the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rongtong.facts.snapshot import Snapshot
from rongtong.qualify.compile import Program
from rongtong.qualify.output import FIRST, LAST, wide_rows
from rongtong.qualify.points import SCALE

STRETCH = 1 << 17
VERDICT = ("n", "firm", "uscc", "name", "verdict", "low", "high")
CLAUSE = pa.schema([
    ("n", pa.int32()), ("clause", pa.dictionary(pa.int8(), pa.string())), ("holds", pa.bool_()),
    ("low", pa.float64()), ("high", pa.float64()), ("margin", pa.float64()),
])  # fmt: skip
_PACKED: dict[str, Any] = {
    "use_dictionary": ["clause", "low", "high"], "column_encoding": {"n": "DELTA_BINARY_PACKED"}
}  # fmt: skip
Columns = list[pa.Array]


def write(snapshot: Snapshot, program: Program, folder: Path, *, clauses: bool = True) -> None:
    """Write ``verdicts.parquet`` (one row a firm, by ``n``) and ``clauses.parquet`` (one row a firm and clause).

    The next stretch is computed while the last one is written.
    """
    with snapshot.connect() as connection, _Writer(program, folder, clauses) as writer, ThreadPoolExecutor(1) as pool:
        pending = pool.submit(lambda: None)
        for wide in _stretches(connection, wide_rows(program, clauses).sql("duckdb")):
            pending.result()
            pending = pool.submit(writer.add, wide)
        pending.result()


def _stretches(connection: duckdb.DuckDBPyConnection, statement: str) -> Iterator[pa.Table]:
    """The rows of each stretch, by ``n``; at least one table, so that a result without firms has its columns."""
    firms = connection.sql("SELECT count(*) FROM firms").fetchall()[0][0]
    for first in range(0, max(firms, 1), STRETCH):
        connection.execute(f"SET VARIABLE {FIRST} = {first}; SET VARIABLE {LAST} = {first + STRETCH - 1}")
        table = connection.sql(statement).to_arrow_table()
        numbers = table.column("n").to_numpy()
        yield table if bool((numbers[1:] > numbers[:-1]).all()) else table.sort_by("n")


class _Writer:
    """The two files of a result while they grow."""

    def __init__(self, program: Program, folder: Path, clauses: bool) -> None:
        self.program, self.folder = program, folder
        self._ids = pa.array([head.id for head in program.book.heads])
        self._clauses = pq.ParquetWriter(folder / "clauses.parquet", CLAUSE, **_PACKED) if clauses else None
        self._verdicts: pq.ParquetWriter | None = None

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_error: object) -> None:
        for writer in (self._clauses, self._verdicts):
            if writer is not None:
                writer.close()

    def add(self, wide: pa.Table) -> None:
        """Write one stretch."""
        verdicts = wide.select(VERDICT)
        self._verdicts = self._verdicts or pq.ParquetWriter(self.folder / "verdicts.parquet", verdicts.schema)
        self._verdicts.write_table(verdicts)
        if self._clauses is not None:
            self._add_clauses(wide, self._clauses)

    def _add_clauses(self, wide: pa.Table, file: pq.ParquetWriter) -> None:
        numbers = wide.column("n").cast(pa.int32()).combine_chunks()
        for code, columns in enumerate(clause_columns(self.program, wide)):
            names = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(code, pa.int8()), len(wide)), self._ids)
            file.write_table(pa.Table.from_arrays([numbers, names, *columns], schema=CLAUSE))


def clause_columns(program: Program, wide: pa.Table) -> Iterator[Columns]:
    """``holds, low, high, margin`` of each clause, in the order of the rulebook's heads.

    A scored clause holds when points are certain, does not when none are possible, and is unknown in between.
    """
    none = pa.nulls(len(wide), pa.float64())
    for k in range(len(program.clauses)):
        margin = _column(wide, f"m{k}") if f"m{k}" in program.margins else none
        yield [_column(wide, f"c{k}"), none, none, margin]
    for _id, prefix in program.scored():
        low, high = (_points(wide, f"{prefix}_{end}") for end in ("low", "high"))
        yield [_earned(low, high), low, high, none]


def _column(wide: pa.Table, name: str) -> pa.Array:
    return wide.column(name).combine_chunks()


def _points(wide: pa.Table, name: str) -> pa.Array:
    return pc.divide(_column(wide, name).cast(pa.float64()), pa.scalar(float(SCALE)))


def _earned(low: pa.Array, high: pa.Array) -> pa.Array:
    zero, unknown = pa.scalar(0.0), pa.scalar(None, pa.bool_())
    return pc.if_else(pc.greater(low, zero), True, pc.if_else(pc.less_equal(high, zero), False, unknown))
