"""Where a fact comes from: file, sheet and cell, looked up in the parts that a snapshot was settled from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils import get_column_letter

from rongtong.definitions.slots import Slot
from rongtong.facts.asked import ALL, Asked
from rongtong.facts.parts import Part, PartTable
from rongtong.facts.settling.complete import held
from rongtong.facts.settling.inputs import mention_sql
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal, quote
from rongtong.identity.several import NAMES, apart_column

_NO_CLAIMS = """
    SELECT 0 AS n, '' AS mention, '' AS source, '' AS item, '' AS slot, '' AS value, '' AS file, '' AS sheet,
           '' AS cell, '' AS part
"""
#: Kinds of source that settle, or do not, by whose word they are.
STATING = ("bureau_reply", "firm_promise")
_IDENTITY = ("n", "firm", "uscc", "name")


@lru_cache(maxsize=1024)
def _part(folder: Path) -> Part:
    return Part.load(folder)


class _Place(NamedTuple):
    """A table of a part in force: its file, the part's name and source, the table's description."""

    file: Path
    part: str
    source: str
    table: PartTable


def _tables(snapshot: Snapshot, kind: str, asked: Asked) -> Iterator[_Place]:
    """The tables of one kind of the parts in force, in which firms that are *asked* for stand."""
    claims = snapshot.path.parent.parent / "claims"
    for name in snapshot.manifest["parts"]:
        part = _part(claims / name)
        for index, table in enumerate(part.tables):
            place = _Place(claims / name / f"{index}.parquet", name, part.source, table)
            if table.kind == kind and asked.on(name, table.sheet):
                yield place


def claims_sql(snapshot: Snapshot, slots: Iterable[str], kind: str = "facts", asked: Asked = ALL) -> str:
    """SQL for every claim on some slots: n, mention, source, item, slot, value (text), file, sheet, cell, part.

    It reads the snapshot's views and the parts; *kind* ``list`` gives the attributes of records (``ip.kind``). A
    corrected reading stands in for what the cell was first taken for.
    """
    wanted = set(slots)
    corrected = set(pq.read_table(snapshot.path / "readings.parquet", columns=["slot"]).column(0).to_pylist())
    found = [
        _claims(place, sorted(wanted & place.table.cells.keys()), corrected, asked)
        for place in _tables(snapshot, kind, asked)
        if wanted & place.table.cells.keys()
    ]
    return " UNION ALL ".join(found) or f"{_NO_CLAIMS} WHERE false"


def _claims(place: _Place, slots: list[str], corrected: set[str], asked: Asked) -> str:
    table = place.table
    item = "item" if table.kind == "list" else "CAST(NULL AS VARCHAR) AS item"
    values = ", ".join(f"{_value(place, slot, slot in corrected)} AS {quote(slot)}" for slot in slots)
    letters = ", ".join(f"{literal(slot)}: {literal(get_column_letter(table.cells[slot] + 1))}" for slot in slots)
    rows = f"read_parquet({literal(str(place.file))}) t {asked.rows(place.part, table.sheet)}"
    unpivoted = f"""
        UNPIVOT (SELECT row, {item}, {values} FROM {rows})
        ON {", ".join(map(quote, slots))} INTO NAME slot VALUE value"""
    return f"""
        SELECT m.n, m.mention, m.source, v.item, v.slot, v.value, m.file, m.sheet,
               MAP {{{letters}}}[v.slot] || v.row AS cell, m.part
        FROM ({unpivoted}) v JOIN {asked.mentions} m
        ON m.row = v.row AND m.part = {literal(place.part)} AND m.sheet = {literal(table.sheet)}"""


def _value(place: _Place, slot: str, corrected: bool) -> str:
    """SQL for a cell's value as text, as read or as corrected since."""
    read = f"CAST(t.{quote(slot)} AS VARCHAR)"
    mention = mention_sql(place.source, place.table.sheet)
    found = f"SELECT r.value FROM readings r WHERE r.slot = {literal(slot)} AND r.mention = {mention}"
    return f"coalesce(({found}), {read})" if corrected else read


def _sources(snapshot: Snapshot, slots: Iterable[str], asked: Asked = ALL) -> str:
    """SQL for the source shown for a settled fact: the chosen claim where it was contested, else the least mention.

    What cells say of a firm's names adds up, so there each cell that says something of its own is a source.
    """
    names = ", ".join(map(literal, NAMES))
    return f"""
        SELECT c.n, c.slot, c.file, c.sheet, c.cell, c.part
        FROM ({claims_sql(snapshot, slots, asked=asked)}) c
        LEFT JOIN (FROM claims WHERE chosen) k ON k.n = c.n AND k.slot = c.slot
        WHERE k.mention IS NULL OR (k.mention = c.mention AND k.value = c.value)
        QUALIFY row_number() OVER (PARTITION BY c.n, c.slot, CASE WHEN c.slot IN ({names}) THEN c.value END
                                   ORDER BY c.mention, c.cell) = 1"""


def sources_of(snapshot: Snapshot, slots: list[str], numbers: list[int] | None = None) -> pa.Table:
    """Where facts stand: ``n, slot, file, sheet, cell, part``, for some firms or all; :func:`said_of` tells of a part.

    A settled fact gives one row (names: each cell that tells some); an attribute of a list (``negative_records.kind``)
    a row for each of its records; a completeness column (``negative_records.tax!to``) the cell that names the firm in
    what stated it.
    """
    plain = [slot for slot in slots if slot in snapshot.columns and "!" not in slot]
    with snapshot.connect() as connection:
        asked = ALL if numbers is None else Asked.of(connection, numbers)
        parts = [
            _sources(snapshot, plain, asked),
            *_of_records(snapshot, slots, asked),
            *_of_statements(snapshot, slots, asked),
        ]
        return _table(
            connection,
            f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)}) ORDER BY n, slot, file, sheet, cell",
            {},
        )


def said_of(snapshot: Snapshot, part: str) -> dict[str, str]:
    """The *kind* and document *number* of what a part was read from, where its word counts by whose it is."""
    found = _part(snapshot.path.parent.parent / "claims" / part)
    told = {"kind": found.source_kind} if found.source_kind in STATING or found.number else {}
    return told | ({"number": found.number} if found.number else {})


def _of_records(snapshot: Snapshot, slots: Iterable[str], asked: Asked) -> Iterator[str]:
    """SQL for the cells of the records of lists."""
    named = {slot for slot in slots if slot not in snapshot.columns and "!" not in slot}
    known = [slot for slot in sorted(named) if f"list_{slot.partition('.')[0]}" in snapshot.tables]
    if known:
        yield f"SELECT n, slot, file, sheet, cell, part FROM ({claims_sql(snapshot, known, 'list', asked)})"


def _of_statements(snapshot: Snapshot, slots: Iterable[str], asked: Asked) -> Iterator[str]:
    """SQL for where a list was stated complete: the cell that names the firm there."""
    wanted = {slot.partition("!")[0]: slot for slot in slots if slot.endswith("!to")}
    claims = snapshot.path.parent.parent / "claims"
    for name in snapshot.manifest["parts"] if wanted else ():
        part = _part(claims / name)
        if not asked.on(name):
            continue
        for stated in sorted({stated for stated, _first, _last in part.complete} & wanted.keys()):
            held_back = held(name, part, stated, asked.mentions)
            yield f"""
                SELECT n, {literal(wanted[stated])} AS slot, file, sheet, {_naming(part)}[sheet] || "row" AS cell, part
                FROM {asked.mentions} WHERE part = {literal(name)} AND n NOT IN ({held_back})"""


def _naming(part: Part) -> str:
    """SQL for the columns in which the sheets of a part name their firms."""
    columns = {table.sheet: table.cells.get("name", table.cells.get("uscc", 0)) for table in part.tables}
    letters = (f"{literal(sheet)}: {literal(get_column_letter(column + 1))}" for sheet, column in columns.items())
    return f"MAP {{{', '.join(letters)}}}"


def _table(connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, object]) -> pa.Table:
    result: pa.Table = connection.sql(sql, params=parameters).to_arrow_table()
    return result


def facts_table(snapshot: Snapshot) -> pa.Table:
    """Every settled fact, one a row: firm, uscc, name, field, item, attribute, year, value, file, sheet, cell.

    ``value`` is text (money in yuan, shares as fractions, dates ISO); ``year`` the last year of a fact of several. Of
    names each is a row, its own ``item``.
    """
    found = snapshot.columns.difference(_IDENTITY)
    slots = sorted(column for column in found if column not in NAMES and "!" not in column)
    names = sorted(found.intersection(NAMES))
    lists = [name for name in snapshot.tables if name.startswith("list_")]
    selects = [_facts(snapshot, slots)] if slots else []
    selects += [_names(snapshot, names)] if names else []
    selects += [_records(snapshot, name) for name in lists]
    with snapshot.connect() as connection:
        connection.register("slots", _slots(slots))
        connection.register("apart", _apart(connection, claims_sql(snapshot, names)))
        return _table(
            connection,
            f"""
            SELECT f.firm, f.uscc, f.name, field, item, attribute, year, value, file, sheet, cell
            FROM ({" UNION ALL ".join(selects) or _NO_FACTS}) JOIN firms f USING (n)
            ORDER BY n, field, item, attribute, year
            """,
            {},
        )


_NO_FACTS = """
    SELECT 0 AS n, '' AS field, '' AS item, '' AS attribute, 0 AS year, '' AS value, '' AS file, '' AS sheet,
           '' AS cell WHERE false"""


def _slots(slots: list[str]) -> pa.Table:
    parsed = [Slot.parse(slot) for slot in slots]
    return pa.table(
        {
            "slot": pa.array(slots, pa.string()),
            "field": pa.array([slot.field for slot in parsed], pa.string()),
            "attribute": pa.array([slot.part for slot in parsed], pa.string()),
            "year": pa.array([slot.years[1] if slot.years else None for slot in parsed], pa.int32()),
        }
    )


def _facts(snapshot: Snapshot, slots: list[str]) -> str:
    values = ", ".join(f"CAST({quote(slot)} AS VARCHAR) AS {quote(slot)}" for slot in slots)
    return f"""
        SELECT v.n, s.field, CAST(NULL AS VARCHAR) AS item, s.attribute, s.year, v.value, c.file, c.sheet, c.cell
        FROM (UNPIVOT (SELECT n, {values} FROM firms) ON {", ".join(map(quote, slots))} INTO NAME slot VALUE value) v
        JOIN slots s USING (slot)
        LEFT JOIN ({_sources(snapshot, slots)}) c ON c.n = v.n AND c.slot = v.slot"""


def _apart(connection: duckdb.DuckDBPyConnection, claims: str) -> pa.Table:
    """``value, name``: the names that cells of *claims* tell."""
    cells = connection.sql(f"SELECT DISTINCT value FROM ({claims}) WHERE value IS NOT NULL").to_arrow_table()["value"]
    row, name = apart_column(cells)
    return pa.table({"value": cells.combine_chunks().take(row), "name": name})


def _names(snapshot: Snapshot, slots: list[str]) -> str:
    """SQL for each name beside the own one, with a cell that tells it as it is written."""
    return f"""
        SELECT k.n, k.kind AS field, k.name AS item, CAST(NULL AS VARCHAR) AS attribute, CAST(NULL AS INTEGER) AS year,
               k.name AS value, c.file, c.sheet, c.cell
        FROM called k
        LEFT JOIN (FROM ({claims_sql(snapshot, slots)}) JOIN apart USING (value)) c
        ON c.n = k.n AND c.slot = k.kind AND c.name = k.name
        WHERE k.kind IN ({", ".join(map(literal, slots))})
        QUALIFY row_number() OVER (PARTITION BY k.n, k.kind, k.name ORDER BY c.mention, c.cell) = 1"""


def _records(snapshot: Snapshot, name: str) -> str:
    """SQL for the attributes of a list's records, each with a cell that says so, of the best source first."""
    field = name.removeprefix("list_")
    columns = [column for column in snapshot.columns_of(name) if column not in ("n", "item", "mention")]
    values = ", ".join(f"CAST({quote(column)} AS VARCHAR) AS {quote(column)}" for column in columns)
    claims = claims_sql(snapshot, [f"{field}.{column}" for column in columns], kind="list")
    return f"""
        SELECT r.n, {literal(field)} AS field, r.item, r.attribute, CAST(NULL AS INTEGER) AS year, r.value,
               c.file, c.sheet, c.cell
        FROM (UNPIVOT (SELECT n, item, mention, {values} FROM {name}) ON {", ".join(map(quote, columns))}
              INTO NAME attribute VALUE value) r
        LEFT JOIN ({claims}) c ON c.n = r.n AND c.item = r.item AND c.slot = {literal(field + ".")} || r.attribute
                           AND c.value = r.value AND (c.mention = r.mention OR c.item NOT LIKE 'row %')
        QUALIFY row_number() OVER (
            PARTITION BY r.n, r.mention, r.item, r.attribute ORDER BY c.mention <> r.mention, c.mention, c.cell) = 1"""
