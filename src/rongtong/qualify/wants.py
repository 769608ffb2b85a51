"""What undetermined firms lack: worked out for as many as are asked for, or read from where that was kept for all."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from rongtong.qualify.compile import Program
from rongtong.qualify.missing import Lack, missing

#: So many firms are asked about at once.
BATCH = 10_000
#: So many rows are a group of the file; reading one firm's reads a group.
GROUP = 20_000
SCHEMA = pa.schema([("n", pa.int32()), ("fact", pa.string()), ("settles", pa.bool_()), ("points", pa.float64())])


def table(connection: duckdb.DuckDBPyConnection, program: Program, open_: list[int]) -> pa.Table:
    """``n, fact, settles, points`` of the undetermined firms *open_*, most wanted first."""
    batches = (open_[start : start + BATCH] for start in range(0, len(open_), BATCH))
    return pa.concat_tables([SCHEMA.empty_table(), *(_batch(connection, program, batch) for batch in batches)])


def _batch(connection: duckdb.DuckDBPyConnection, program: Program, numbers: list[int]) -> pa.Table:
    found = missing(connection, program, numbers)
    rows = [(n, *lack) for n, own in found.items() for lack in own]
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.table(arrays, schema=SCHEMA)


def write(found: pa.Table, file: Path) -> None:
    """Write what :func:`table` told of all firms."""
    pq.write_table(found, file, row_group_size=GROUP)


def read(file: Path, numbers: list[int]) -> dict[int, list[Lack]]:
    """What each of *numbers* lacks, as :func:`rongtong.qualify.missing.missing` tells it."""
    found: dict[int, list[Lack]] = {}
    for row in pq.read_table(file, filters=[("n", "in", numbers)]).to_pylist():
        found.setdefault(row.pop("n"), []).append(Lack(**row))
    return found
