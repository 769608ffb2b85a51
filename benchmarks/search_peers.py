"""What one would take instead: SQLite FTS5 on bigrams, and DuckDB's ``contains`` over every name."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import duckdb

from rongtong.facts.snapshot import Snapshot

_ROWS = """
SELECT row_number() OVER (ORDER BY coalesce(tier, 99), name, firm) AS rank, name, district, industry
FROM firms LEFT JOIN (
  SELECT n, min(list_position(['专精特新小巨人', '省级专精特新', '市级专精特新', '创新型中小企业'], kind)) AS tier
  FROM list_titles GROUP BY n
) USING (n) ORDER BY rank
"""


def bigrams(name: str) -> str:
    return " ".join(name[at : at + 2] for at in range(len(name) - 1))


def phrase(text: str) -> str:
    return '"' + bigrams(text) + '"'


class Fts5:
    """A table of bigrams with positions; a query is a phrase, joined to the filters, in tier order."""

    def __init__(self, snapshot: Snapshot, folder: Path) -> None:
        start = time.perf_counter()
        (folder / "fts5.sqlite").unlink(missing_ok=True)
        self.database = sqlite3.connect(folder / "fts5.sqlite", isolation_level=None)
        self.database.executescript(
            "CREATE TABLE firm (rank INTEGER PRIMARY KEY, name TEXT, district TEXT, industry TEXT);"
            "CREATE VIRTUAL TABLE words USING fts5(grams, content='', tokenize='unicode61');"
        )
        with snapshot.connect() as connection:
            rows = connection.execute(_ROWS).fetchall()
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO firm VALUES (?, ?, ?, ?)", rows)
        self.database.executemany(
            "INSERT INTO words(rowid, grams) VALUES (?, ?)", ((row[0], bigrams(row[1])) for row in rows)
        )
        self.database.execute("COMMIT")
        self.database.execute("CREATE INDEX filters ON firm (district, industry)")
        self.seconds = time.perf_counter() - start
        self.megabytes = (folder / "fts5.sqlite").stat().st_size / 1e6

    def search(self, text: str, **filters: str) -> tuple[int, list[Any]]:
        where = " AND ".join(["words MATCH ?", *(f"{name} = ?" for name in filters)])
        joined = (
            f"FROM words JOIN firm ON firm.rank = words.rowid WHERE {where}" if filters else f"FROM words WHERE {where}"
        )
        values = [phrase(text), *filters.values()]
        total = self.database.execute(f"SELECT count(*) {joined}", values).fetchone()[0]
        ranks = self.database.execute(f"SELECT words.rowid {joined} ORDER BY words.rowid LIMIT 20", values).fetchall()
        return total, [self.database.execute("SELECT * FROM firm WHERE rank = ?", rank).fetchone() for rank in ranks]


class Contains:
    """No index: all names are read for each query, by two threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        start = time.perf_counter()
        self.connection = duckdb.connect(config={"threads": 2})
        with snapshot.connect() as reading:
            rows = reading.sql(_ROWS).to_arrow_table()
        self.connection.register("rows", rows)
        self.connection.execute("CREATE TABLE firm AS FROM rows")
        self.seconds, self.megabytes = time.perf_counter() - start, rows.nbytes / 1e6

    def search(self, text: str, **filters: str) -> tuple[int, list[Any]]:
        where = " AND ".join(["contains(name, ?)", *(f"{name} = ?" for name in filters)])
        found = f"SELECT *, count(*) OVER () AS total FROM firm WHERE {where} ORDER BY rank LIMIT 20"
        rows = self.connection.execute(found, [text, *filters.values()]).fetchall()
        return (rows[0][-1] if rows else 0), rows
