"""Runs the statement over a stretch of firms at a time and writes both tables, so that memory does not grow with them.

The clauses go out column by column: for each block of firms one row group a clause, in the order of the rulebook. A
block is always as long, a stretch is one or some blocks: so the digest does not depend on how a run was cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rongtong.facts.digest import Running
from rongtong.facts.snapshot import Snapshot
from rongtong.qualify.compile import Program
from rongtong.qualify.output import FIRST, LAST, wide_rows
from rongtong.qualify.points import SCALE

#: Firms in a row group of a snapshot's Parquet files, so that a block is read by skipping all other groups.
BLOCK = 122_880
#: Firms a statement, which is planned anew each time and has a thread a block. Two for verdicts; clauses take longer
#: to write than to compute, so that one block is computed while the last one is written.
STRETCH, WITH_CLAUSES = 2 * BLOCK, BLOCK
VERDICT = pa.schema([
    ("n", pa.int32()), ("firm", pa.string()), ("uscc", pa.string()), ("name", pa.string()), ("verdict", pa.string()),
    ("low", pa.float64()), ("high", pa.float64()),
])  # fmt: skip  # read by rows
CLAUSE = pa.schema([
    ("n", pa.int32()), ("clause", pa.dictionary(pa.int16(), pa.string())), ("holds", pa.bool_()),
    ("low", pa.float64()), ("high", pa.float64()), ("margin", pa.float64()),
])  # fmt: skip  # read by rows
#: Columns with few different values; to look for such values in the others costs more than it saves.
REPEATED = {"verdict", "clause", "low", "high"}
Columns = list[pa.Array]


def write(
    snapshot: Snapshot, program: Program, folder: Path, *, clauses: bool = True, only: int | None = None
) -> dict[str, str]:
    """Write ``verdicts.parquet`` (one row a firm, by ``n``) and ``clauses.parquet`` (one row a firm and clause).

    Returns the digest of each, by name. The next stretch is computed while the last one is written. With *only* the
    firm of that number is judged.
    """
    statement = _statement(program, clauses)
    with snapshot.connect() as connection, _Writer(program, folder, clauses) as writer, ThreadPoolExecutor(1) as pool:
        pending = pool.submit(lambda: None)
        length = WITH_CLAUSES if clauses else STRETCH
        for wide in _stretches(connection, statement, length, only):
            pending.result()
            pending = pool.submit(writer.add, wide)
        pending.result()
    return writer.digests()


@lru_cache(maxsize=64)
def _statement(program: Program, clauses: bool) -> str:
    return wide_rows(program, clauses).sql("duckdb", copy=False)


def _stretches(
    connection: duckdb.DuckDBPyConnection, statement: str, length: int, only: int | None
) -> Iterator[pa.Table]:
    """The rows of each stretch, by ``n``; at least one table, so that a result without firms has its columns."""
    firms = connection.sql("SELECT count(*) FROM firms").fetchall()[0][0]
    every = [(first, first + length - 1) for first in range(0, max(firms, 1), length)]
    asked = every if only is None else [(only, only)]
    connection.execute(_at(*asked[0]))
    wide = connection.sql(statement)  # once: to read it takes as long as to plan it
    for first, last in asked:
        connection.execute(_at(first, last))
        table = wide.to_arrow_table()
        numbers = table.column("n").to_numpy()
        yield table if bool((numbers[1:] > numbers[:-1]).all()) else table.sort_by("n")


def _at(first: int, last: int) -> str:
    return f"SET VARIABLE {FIRST} = {first}; SET VARIABLE {LAST} = {last}"


class _Table:
    """A Parquet file while it grows, and the digest of its rows."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        repeated = [name for name in schema.names if name in REPEATED]
        packed = {"n": "DELTA_BINARY_PACKED"}
        self.name, self.digest = path.stem, Running()
        self._file = pq.ParquetWriter(path, schema, use_dictionary=repeated, column_encoding=packed)

    def add(self, rows: pa.Table) -> None:
        self._file.write_table(rows)
        self.digest.add(rows)

    def close(self) -> None:
        self._file.close()


class _Writer:
    """The two tables of a result while they grow."""

    def __init__(self, program: Program, folder: Path, clauses: bool) -> None:
        self.program = program
        self._ids = pa.array([head.id for head in program.book.heads])
        self._verdicts = _Table(folder / "verdicts.parquet", VERDICT)
        self._clauses = _Table(folder / "clauses.parquet", CLAUSE) if clauses else None
        self._tables = [table for table in (self._clauses, self._verdicts) if table]

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_error: object) -> None:
        for table in self._tables:
            table.close()

    def digests(self) -> dict[str, str]:
        """The digest of each table, by name."""
        return {table.name: table.digest.hexdigest() for table in self._tables}

    def add(self, wide: pa.Table) -> None:
        """Write one stretch."""
        for first in range(0, max(len(wide), 1), BLOCK):
            block = wide.slice(first, BLOCK)
            self._verdicts.add(block.select(VERDICT.names).cast(VERDICT))
            if self._clauses is not None:
                self._add_clauses(block, self._clauses)

    def _add_clauses(self, wide: pa.Table, table: _Table) -> None:
        numbers = wide.column("n").cast(pa.int32()).combine_chunks()
        for code, columns in enumerate(clause_columns(self.program, wide)):
            names = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(code, pa.int16()), len(wide)), self._ids)
            table.add(pa.Table.from_arrays([numbers, names, *columns], schema=CLAUSE))


def clause_columns(program: Program, wide: pa.Table) -> Iterator[Columns]:
    """``holds, low, high, margin`` of each clause, in the order of the rulebook's heads.

    A scored clause holds when points are certain, does not when none are possible, and is unknown in between.
    """
    none = pa.nulls(len(wide), pa.float64())
    for k in range(len(program.clauses)):
        margin = _column(wide, f"m{k}") if f"m{k}" in program.margins else none
        yield [_column(wide, f"c{k}"), none, none, margin]
    for _id, prefix in program.graded():
        low, high = (_points(wide, f"{prefix}_{end}") for end in ("low", "high"))
        yield [_earned(low, high), low, high, none]


def _column(wide: pa.Table, name: str) -> pa.Array:
    return wide.column(name).combine_chunks()


def _points(wide: pa.Table, name: str) -> pa.Array:
    return pc.divide(_column(wide, name).cast(pa.float64()), pa.scalar(float(SCALE)))


def _earned(low: pa.Array, high: pa.Array) -> pa.Array:
    zero, unknown = pa.scalar(0.0), pa.scalar(None, pa.bool_())
    return pc.if_else(pc.greater(low, zero), True, pc.if_else(pc.less_equal(high, zero), False, unknown))
