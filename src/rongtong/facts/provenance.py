"""Where a fact comes from: file, sheet and cell, looked up in the parts that a snapshot was settled from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts.parts import Part, PartTable
from rongtong.facts.settling.inputs import mention_sql
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import column_letter, literal, quote

_NONE = "SELECT 0 AS n, '' AS mention, '' AS source, '' AS value, '' AS file, '' AS sheet, '' AS cell WHERE false"


@lru_cache(maxsize=1024)
def _part(folder: Path) -> Part:
    return Part.load(folder)


def _tables(snapshot: Snapshot) -> Iterator[tuple[Path, Part, PartTable]]:
    """The tables of the parts in force: the Parquet file, the part, and its description."""
    claims = snapshot.path.parent.parent / "claims"
    for name in snapshot.manifest["parts"]:
        part = _part(claims / name)
        for index, table in enumerate(part.tables):
            yield claims / name / f"{index}.parquet", part, table


def claims_sql(snapshot: Snapshot, slot: str) -> str:
    """SQL for every claim on *slot*: n, mention, source, value (text), file, sheet, cell; over the snapshot's views."""
    selects = [
        _claims(file, part, table, slot)
        for file, part, table in _tables(snapshot)
        if table.kind == "facts" and slot in table.cells
    ]
    return " UNION ALL ".join(selects) or _NONE


def _claims(file: Path, part: Part, table: PartTable, column: str, value: str = "") -> str:
    cell = f"{literal(column_letter(table.cells[column]))} || v.row"
    return f"""
        SELECT m.n, m.mention, m.source, CAST({value or quote(column)} AS VARCHAR) AS value, m.file,
               {literal(table.sheet)} AS sheet, {cell} AS cell
        FROM (SELECT {mention_sql(part.source, table.sheet)} AS mention, * FROM read_parquet({literal(str(file))})) v
        JOIN mentions m ON m.mention = v.mention
        WHERE {quote(column)} IS NOT NULL"""


def _slot_sources(snapshot: Snapshot, slot: str) -> str:
    """SQL for the source shown for a settled fact: the chosen claim where it was contested, else the least mention."""
    return f"""
        SELECT c.n, {literal(slot)} AS slot, c.file, c.sheet, c.cell
        FROM ({claims_sql(snapshot, slot)}) c
        LEFT JOIN (FROM claims WHERE slot = {literal(slot)} AND chosen) k ON k.n = c.n
        WHERE k.mention IS NULL OR k.mention = c.mention
        QUALIFY row_number() OVER (PARTITION BY c.n ORDER BY c.mention) = 1"""


def provenance(snapshot: Snapshot, slots: list[str], numbers: list[int] | None = None) -> pa.Table:
    """The source of each settled fact: ``n, slot, file, sheet, cell``, for some firms or all.

    Completeness columns (``ip!from``) and the members of lists have no single cell and give no row.
    """
    known = [slot for slot in slots if slot in snapshot.columns and "!" not in slot]
    union = " UNION ALL ".join(_slot_sources(snapshot, slot) for slot in known)
    if not union:
        return pa.table({name: pa.array([], pa.string()) for name in ("n", "slot", "file", "sheet", "cell")})
    with snapshot.connect() as connection:
        where = "WHERE list_contains($numbers, n)" if numbers is not None else ""
        parameters = {"numbers": numbers} if numbers is not None else {}
        return connection.sql(f"FROM ({union}) {where} ORDER BY n, slot", params=parameters).to_arrow_table()


def facts_table(snapshot: Snapshot) -> pa.Table:
    """Every settled fact, one a row: firm, uscc, name, field, item, attribute, year, value, file, sheet, cell.

    ``value`` is text (money in yuan, shares as fractions, dates ISO); ``year`` the last year of a fact of several.
    """
    with snapshot.connect() as connection:
        selects = [_facts(snapshot, slot) for slot in sorted(snapshot.columns) if _is_fact(slot)]
        selects += [select for name in snapshot.tables for select in _records(snapshot, name)]
        union = " UNION ALL ".join(selects)
        columns = "f.firm, f.uscc, f.name, field, item, attribute, year, value, file, sheet, cell"
        if not union:
            union = _EMPTY
        return connection.sql(
            f"SELECT {columns} FROM ({union}) JOIN firms f USING (n) ORDER BY n, field, item, attribute, year"
        ).to_arrow_table()


_EMPTY = """
    SELECT 0 AS n, '' AS field, '' AS item, '' AS attribute, 0 AS year, '' AS value, '' AS file, '' AS sheet,
           '' AS cell WHERE false"""


def _is_fact(column: str) -> bool:
    return column not in ("n", "firm", "uscc", "name") and "!" not in column


def _facts(snapshot: Snapshot, slot: str) -> str:
    parsed = Slot.parse(slot)
    attribute = literal(parsed.part) if parsed.part else "CAST(NULL AS VARCHAR)"
    year = parsed.years[1] if parsed.years else "CAST(NULL AS INTEGER)"
    return f"""
        SELECT v.n, {literal(parsed.field)} AS field, CAST(NULL AS VARCHAR) AS item, {attribute} AS attribute,
               {year} AS year, CAST(v.{quote(slot)} AS VARCHAR) AS value, s.file, s.sheet, s.cell
        FROM firms v LEFT JOIN ({_slot_sources(snapshot, slot)}) s ON s.n = v.n
        WHERE v.{quote(slot)} IS NOT NULL"""


def _records(snapshot: Snapshot, name: str) -> Iterator[str]:
    """SQL for the attributes of a list's records, each with the cell of the mention it was settled from."""
    if not name.startswith("list_"):
        return
    field = catalogue()[name.removeprefix("list_")]
    for attribute in field.attributes:
        cells = " UNION ALL ".join(
            _claims(file, part, table, f"{field.id}.{attribute.id}")
            for file, part, table in _tables(snapshot)
            if table.list_id == field.id and f"{field.id}.{attribute.id}" in table.cells
        )
        yield f"""
            SELECT r.n, {literal(field.id)} AS field, r.item, {literal(attribute.id)} AS attribute,
                   CAST(NULL AS INTEGER) AS year, CAST(r.{quote(attribute.id)} AS VARCHAR) AS value,
                   s.file, s.sheet, s.cell
            FROM {name} r LEFT JOIN ({cells or _NONE}) s ON s.mention = r.mention
            WHERE r.{quote(attribute.id)} IS NOT NULL"""
