"""A snapshot: settled, typed tables of facts that never change, and the manifest that says where they come from."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from rongtong.errors import InputError
from rongtong.facts.text import literal, quote
from rongtong.i18n import _


class Snapshot:
    """An opened snapshot folder; ``docs/architecture.md`` describes its files."""

    def __init__(self, path: Path) -> None:
        if not (path / "manifest.json").is_file():
            raise InputError(_("不是快照"), place=str(path), mend=_("请先用 rongtong settle 生成快照"))
        self.path = path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Id, journal head, parts, decisions, versions, digest, reference date, reporting year, counts."""
        loaded: dict[str, Any] = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
        return loaded

    @property
    def id(self) -> str:
        """The snapshot's id: a hash of the folded state and the rows."""
        return str(self.manifest["id"])

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of ``firms.parquet``: those slots of which anything is known."""
        return frozenset(self.columns_of("firms"))

    def columns_of(self, table: str) -> list[str]:
        """The columns of one of :attr:`tables`."""
        return list(pq.read_schema(self.path / f"{table}.parquet").names)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The tables of the snapshot: ``firms``, ``list_ip``, ``mentions``, …"""
        return tuple(sorted(path.stem for path in self.path.glob("*.parquet")))

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with each of :attr:`tables` as a view."""
        connection = duckdb.connect()
        for table in self.tables:
            file = literal(str(self.path / f"{table}.parquet"))
            connection.execute(f"CREATE VIEW {quote(table)} AS FROM read_parquet({file})")
        return connection
