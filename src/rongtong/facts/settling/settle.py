"""The whole of settling: the folded state of a journal → a snapshot folder, named by what it holds."""

from __future__ import annotations

import json
import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from rongtong import identity
from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts import digest, parts
from rongtong.facts.settling import called, complete, contested, firms, lists, nothing, wide
from rongtong.facts.settling.inputs import Input, corrections, open_inputs
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.state import State
from rongtong.facts.text import literal, quote
from rongtong.i18n import _

#: The version of the rules of settling; a snapshot's id names it.
VERSION = "4"

Progress = Callable[[str, float], None]


class _Work(NamedTuple):
    inputs: list[Input]
    state: State
    catalogue: Catalogue
    target: Path


def state_key(state: State, catalogue: Catalogue) -> str:
    """Hash of everything a snapshot follows from: the folded state, catalogue, settling and linking versions."""
    return digest.of_json([state.key, catalogue.sha256, VERSION, identity.VERSION])


def settle(state: State, claims: Path, snapshots: Path, catalogue: Catalogue, progress: Progress) -> Snapshot:
    """Settle *state* into ``snapshots/<id>`` and return it; the same state gives the same id on any machine.

    Memory is bounded by DuckDB's limit of 4 GB, beyond which it spills into a temporary folder.
    """
    snapshots.mkdir(parents=True, exist_ok=True)
    target = snapshots / f".{uuid.uuid4().hex}"
    target.mkdir()
    try:
        with tempfile.TemporaryDirectory(dir=snapshots, prefix=".spill-") as spill, duckdb.connect() as connection:
            connection.execute(f"SET memory_limit = '4GB'; SET temp_directory = {literal(spill)}")
            inputs = open_inputs(connection, claims, state, catalogue)
            links = _settle(connection, _Work(inputs, state, catalogue, target), progress)
            _copy_arrow(connection, _flat(links.questions), target / "questions.parquet")
            _copy_arrow(connection, links.likelihoods, target / "likelihoods.parquet")
            _copy_arrow(connection, corrections(state), target / "readings.parquet")
            _copy_mentions(connection, target)
        progress(_("核算摘要"), 0.9)
        manifest = _manifest(state, inputs, catalogue, target)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (target / "manifest.json").write_text(text, encoding="utf-8")
        final = snapshots / str(manifest["id"])
        parts.move(target, final)
    finally:
        shutil.rmtree(target, ignore_errors=True)
    return Snapshot(final)


def _settle(connection: duckdb.DuckDBPyConnection, work: _Work, progress: Progress) -> identity.Links:
    """Settle into the files of ``work.target``; returns what linking found."""
    inputs, state, catalogue = work.inputs, work.state, work.catalogue
    progress(_("归并企业"), 0.05)
    links = firms.create(connection, inputs, state, catalogue)
    progress(_("核定数据"), 0.4)
    slots = wide.slots_of(inputs, catalogue)
    wide.create(connection, inputs, slots)
    contested.create(connection, inputs, slots, state, catalogue)
    completes = complete.create(connection, inputs)
    progress(_("写出快照"), 0.6)
    _copy(connection, _firms_sql(connection, work, slots, completes), work.target / "firms.parquet")
    for name in lists.create(connection, inputs, catalogue):
        _copy(connection, f"FROM {name}", work.target / f"{name}.parquet")
    claims = "SELECT n, slot, value, mention, rank, date, chosen, reason FROM claims"
    _copy(connection, claims, work.target / "claims.parquet")
    _copy(connection, "FROM conflicts", work.target / "conflicts.parquet")
    return links


def _firms_sql(connection: duckdb.DuckDBPyConnection, work: _Work, slots: list[str], completes: list[str]) -> str:
    """SQL for ``firms.parquet``: identity, the settled slots, which "none" is settled, the years of complete lists."""
    columns = {slot: f"a.{quote(slot)}" for slot in slots}
    joins = "LEFT JOIN agreed a USING (n)"
    contests = connection.execute("SELECT DISTINCT slot FROM contested ORDER BY slot").fetchall()
    if contests:
        names = [str(row[0]) for row in contests if row[0] in set(slots)]
        _pivot(connection, names, work.catalogue)
        columns |= {slot: _settled(slot) for slot in names}
        joins += " LEFT JOIN pivoted p USING (n)"
    for slot in called.create(connection, work.inputs, work.catalogue):
        columns[slot] = f"{quote(f'names_{slot}')}.value"
        joins += f" LEFT JOIN {quote(f'names_{slot}')} ON {quote(f'names_{slot}')}.n = f.n"
    found = [f"{value} AS {quote(slot)}" for slot, value in columns.items()]
    for index, (slot, kind) in enumerate(nothing.create(connection, work.inputs, work.catalogue)):
        found.append(f"{nothing.says(columns[slot], kind)} AND s{index}.n IS NOT NULL AS {quote(slot + '!settled')}")
        joins += f" LEFT JOIN nothing s{index} ON s{index}.n = f.n AND s{index}.slot = {literal(slot)}"
    for index, name in enumerate(completes):
        found += [f"c{index}.first AS {quote(name + '!from')}", f"c{index}.last AS {quote(name + '!to')}"]
        joins += f" LEFT JOIN complete c{index} ON c{index}.n = f.n AND c{index}.list = {literal(name)}"
    return f"SELECT {', '.join(['f.n', 'f.firm', 'f.uscc', 'f.name', *found])} FROM firms f {joins} ORDER BY f.n"


def _settled(slot: str) -> str:
    mark = quote(slot + "!contested")
    return f"CASE WHEN p.{mark} THEN p.{quote(slot)} ELSE a.{quote(slot)} END"


def _pivot(connection: duckdb.DuckDBPyConnection, slots: list[str], catalogue: Catalogue) -> None:
    values = ", ".join(
        f"CAST(any_value(value) FILTER (chosen AND slot = '{s}') AS {catalogue.sql_type(Slot.parse(s))}) "
        f"AS {quote(s)}, count_if(slot = '{s}') > 0 AS {quote(s + '!contested')}"
        for s in slots
    )
    connection.execute(f"CREATE TABLE pivoted AS SELECT n, {values} FROM claims GROUP BY n")


def _copy(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    connection.execute(f"COPY ({sql}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")


def _flat(questions: pa.Table) -> pa.Table:
    """The questions with their reasons as one text, which a digest can take in."""
    at = questions.column_names.index("reasons")
    return questions.set_column(at, "reasons", pc.binary_join(questions.column("reasons"), "+"))


def _copy_arrow(connection: duckdb.DuckDBPyConnection, table: pa.Table, path: Path) -> None:
    connection.register("arrow_table", table)
    _copy(connection, "FROM arrow_table", path)
    connection.unregister("arrow_table")


def _copy_mentions(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    columns = "mention, n, firm, first AS entry, part, source, file, sheet, row, uscc, name, why"
    _copy(connection, f"SELECT {columns} FROM mentions ORDER BY n, mention", target / "mentions.parquet")


#: Columns that follow from the order of imports, or only say where things are kept, and so stay out of the digest.
_ORDER_COLUMNS = ("firm", "entry", "file")


def tables_digest(folder: Path) -> dict[str, str]:
    """The digest of every table of a snapshot folder, by name."""
    return {path.stem: digest.of_parquet(path, without=_ORDER_COLUMNS) for path in sorted(folder.glob("*.parquet"))}


def snapshot_id(key: str, tables: dict[str, str]) -> str:
    """A snapshot's id, from the hash of what it follows from and the digests of its tables."""
    return digest.of_json([key, tables])[:32]


def _manifest(state: State, inputs: list[Input], catalogue: Catalogue, folder: Path) -> dict[str, Any]:
    key, tables = state_key(state, catalogue), tables_digest(folder)
    used = {one.imported.part: one.part for one in inputs}
    dates = [part.date for part in used.values() if part.date]
    years = [part.year for part in used.values() if part.year]
    with duckdb.connect() as connection:
        counts = {
            path.stem: connection.execute(f"SELECT count(*) FROM {literal(str(path))}").fetchall()[0][0]
            for path in sorted(folder.glob("*.parquet"))
        }
    return {
        "id": snapshot_id(key, tables),
        "state": key,
        "head": state.head,
        "head_hash": state.head_hash,
        "parts": sorted(one.part for one in state.imports),
        "decisions": [entry.number for entry in state.decisions],
        "dormant": [entry.number for entry in state.dormant],
        "catalogue": catalogue.sha256,
        "settling": VERSION,
        "linking": identity.VERSION,
        "digests": tables,
        "reference_date": max(dates, default=None),
        "reporting_year": max(years, default=None),
        "counts": counts,
    } | ({"judging": state.judging} if state.judging else {})
