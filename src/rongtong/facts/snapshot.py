"""A snapshot: settled, typed tables of facts that never change, and the manifest that says where they come from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from rongtong.errors import InputError
from rongtong.facts.text import literal, quote
from rongtong.i18n import _
from rongtong.identity.several import NAMES, SEPARATOR

Row = dict[str, Any]


class Snapshot:
    """An opened snapshot folder; ``docs/architecture.md`` describes its files."""

    def __init__(self, path: Path) -> None:
        if not (path / "manifest.json").is_file():
            raise InputError(_("不是快照"), place=str(path), mend=_("请先用 rongtong settle 生成快照"))
        self.path = path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Id, journal head, parts, decisions, versions, digest, reference date, reporting year, counts."""
        file = self.path / "manifest.json"
        try:
            loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise InputError(
                _("快照的清单已损坏"), place=str(file), mend=_("请删去这个快照，再用 rongtong settle 重新生成")
            ) from error
        return loaded

    @property
    def id(self) -> str:
        """The snapshot's id: a hash of the folded state and the rows."""
        return str(self.manifest["id"])

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of ``firms.parquet``: those slots of which anything is known."""
        return frozenset(self.columns_of("firms"))

    @property
    def columns_here(self) -> frozenset[str]:
        """The columns of ``firms`` in a connection of :meth:`connect`."""
        return self.columns

    def columns_of(self, table: str) -> list[str]:
        """The columns of one of :attr:`tables`."""
        file = self.path / f"{table}.parquet"
        try:
            return list(pq.read_schema(file).names)
        except pa.ArrowInvalid as error:  # which does not name the file
            raise InputError(
                _("数据文件缺失或已损坏"), place=str(file), mend=_("请删去这个快照，再用 rongtong settle 重新生成")
            ) from error

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The tables of the snapshot: ``firms``, ``list_ip``, ``mentions``, …"""
        return tuple(sorted(path.stem for path in self.path.glob("*.parquet")))

    def stated(self, slots: Iterable[str]) -> str:
        """SQL for some columns of text of ``firms``, be they there or nobody have said anything."""
        return ", ".join(quote(s) if s in self.columns else f"CAST(NULL AS VARCHAR) AS {quote(s)}" for s in slots)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with each of :attr:`tables` as a view, and ``called``.

        That is every name of every firm, as often as it is told (``n, kind, name``); the kind is ``name`` (its own), a
        field of names (``former_name`` …), or ``mention``: what some row calls it.
        """
        connection = duckdb.connect()
        for table in self.tables:
            file = literal(str(self.path / f"{table}.parquet"))
            connection.execute(f"CREATE VIEW {quote(table)} AS FROM read_parquet({file})")
        connection.execute(f"CREATE VIEW called AS {' UNION ALL '.join(self._called())}")
        return connection

    def _called(self) -> Iterator[str]:
        yield "SELECT n, 'name' AS kind, name FROM firms WHERE name IS NOT NULL"
        if "mentions" in self.tables:
            yield "SELECT n, 'mention', name FROM mentions WHERE name IS NOT NULL"
        for slot in sorted(self.columns.intersection(NAMES)):
            parts = f"string_split({quote(slot)}, {literal(SEPARATOR)})"
            yield f"SELECT n, {literal(slot)}, unnest({parts}) FROM firms WHERE {quote(slot)} IS NOT NULL"


def rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: object = None) -> list[Row]:
    """The rows of *query* as dicts."""
    found = connection.execute(query, parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
