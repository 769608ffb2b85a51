"""The canonical digest of a result's table, taken some firms at a time so that memory stays bounded."""

from __future__ import annotations

from pathlib import Path

import duckdb

from rongtong.facts import digest
from rongtong.facts.text import literal

STEP = 100_000


def of_result(path: Path) -> str:
    """sha256 over a Parquet file ordered by ``n``: the same rows give the same digest, however the file is written."""
    file = literal(str(path))
    with duckdb.connect() as connection:
        (greatest,) = connection.execute(f"SELECT max(n) FROM {file}").fetchall()[0]
        last = -1 if greatest is None else int(greatest)
        parts = [
            digest.of_table(
                connection.sql(f"FROM {file} WHERE n BETWEEN {start} AND {start + STEP - 1}").to_arrow_table()
            )
            for start in range(0, last + 1, STEP)
        ]
    return digest.of_json(parts)
