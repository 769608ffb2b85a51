"""Imports for tests, made from dicts: the claims of one file without the file."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts import Alliance, Snapshot, importing, parts
from rongtong.facts.journal import Entry
from rongtong.facts.reading import Reading, Table
from rongtong.facts.reading.model import PASSED, PROBLEMS
from rongtong.identity import uscc

Row = Mapping[str, Any]
SHEET = "汇总表"
TYPES = {
    "VARCHAR": pa.string(), "BOOLEAN": pa.bool_(), "DATE": pa.date32(), "BIGINT": pa.int64(), "SMALLINT": pa.int16(),
    "DECIMAL(18,2)": pa.decimal128(18, 2), "DECIMAL(18,4)": pa.decimal128(18, 4), "DECIMAL(18,8)": pa.decimal128(18, 8),
}  # fmt: skip  # read by rows
LEADING = ("row", "uscc", "name", "item")


def code(number: int) -> str:
    """A valid code of a firm in Qingdao."""
    return uscc.make("370212", number)


def table(rows: Iterable[Row], *, sheet: str = SHEET, list_id: str | None = None) -> Table:
    """One table of a reading. A row without ``row`` stands in the next one, from 2; without ``item`` it has no key.

    The name stands in column A, the code in B, the slots in the order of their names from C.
    """
    given = [{"row": at, "item": f"row {row.get('row', at)}", **row} for at, row in enumerate(rows, 2)]
    slots = sorted({name for row in given for name in row} - set(LEADING))
    leading = LEADING if list_id else LEADING[:3]
    columns = {name: pa.int32() if name == "row" else pa.string() for name in leading}
    columns |= {slot: TYPES[catalogue().sql_type(Slot.parse(slot))] for slot in slots}
    data = {name: pa.array([_value(row.get(name), kind) for row in given], kind) for name, kind in columns.items()}
    cells = {name: at for at, name in enumerate(["name", "uscc", *slots])}
    return Table(sheet, "list" if list_id else "facts", list_id, pa.table(data), cells)


def _value(value: Any, kind: pa.DataType) -> Any:
    if value is not None and pa.types.is_decimal(kind):
        return Decimal(value)
    return datetime.date.fromisoformat(value) if value is not None and pa.types.is_date(kind) else value


def reading(*tables: Table, file: str) -> Reading:
    """A reading of a file called *file*, whose bytes are its name."""
    source = hashlib.sha256(file.encode()).hexdigest()
    return Reading(file, source, list(tables), [], PROBLEMS.empty_table(), [], {"cells": 0}, PASSED.empty_table())


def put(
    alliance: Alliance,
    *tables: Table | Sequence[Row],
    file: str = "市南区.xlsx",
    kind: str = "district_workbook",
    date: str | None = "2022-06-30",
    complete: Sequence[str] = (),
) -> int:
    """Put in force what a file called *file* says; returns the entry's number."""
    read = reading(*(one if isinstance(one, Table) else table(one) for one in tables), file=file)
    options = importing.options(alliance.catalogue, source=kind, date=date, year=2021, complete=complete)
    part = importing.describe(read, read.sha256, options, alliance.catalogue)
    parts.write(alliance.home / "claims", part, [one.data for one in read.tables], read.problems)
    body = {"source": part.source, "part": part.name, "file": file, "counts": read.counts}
    return alliance.log.append("import", body, by="测试", check=anything).number


def anything(_entries: list[Entry]) -> None:
    """Refuse nothing."""


def home(path: Path) -> Alliance:
    """A new alliance folder at *path*."""
    return Alliance.open(path, create=True)


def rows(snapshot: Snapshot, sql: str) -> list[tuple[Any, ...]]:
    """What a query on a snapshot's tables gives."""
    with snapshot.connect() as connection:
        return connection.execute(sql).fetchall()


def values(snapshot: Snapshot, slot: str) -> dict[str, Any]:
    """A slot's settled value for each firm, by name, as text; None where unknown."""
    return dict(rows(snapshot, f'SELECT name, CAST("{slot}" AS VARCHAR) FROM firms ORDER BY n'))


def value(alliance: Alliance, slot: str) -> Any:
    """A slot's settled value, as text, where there is one firm."""
    (found,) = values(alliance.settle(), slot).values()
    return found
