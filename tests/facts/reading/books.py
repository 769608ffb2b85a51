"""Small workbooks for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa

from rongtong.definitions.catalogue import catalogue
from rongtong.facts.reading import Reading, read_workbook
from rongtong.facts.reading.headings import Interpreter
from rongtong.facts.reading.reader import Part, read_sheet
from rongtong.facts.reading.years import Calendar
from rongtong.workbooks import Merge, Sheet, texts_table

CODE, OTHER = "91370212MA3F0WTC6L", "91370214MA35BHWN50"


def sheet_of(rows: Sequence[Sequence[str]], merges: tuple[Merge, ...] = ()) -> Sheet:
    """A sheet in memory."""
    width = max(map(len, rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = zip(*padded, strict=True) if width else []
    return Sheet(
        "表", texts_table([pa.chunked_array([pa.array(list(c), pa.string())]) for c in columns]), merges=merges
    )


def part_of(rows: Sequence[Sequence[str]], year: int | None = 2021, merges: tuple[Merge, ...] = ()) -> Part:
    """What comes of a sheet in memory."""
    return read_sheet(sheet_of(rows, merges), Interpreter(catalogue(), {}), Calendar(year))


def facts(
    rows: Sequence[Sequence[str]], year: int | None = 2021, merges: tuple[Merge, ...] = ()
) -> list[dict[str, Any]]:
    """The rows of the only table of a sheet in memory."""
    (table,) = part_of(rows, year, merges).tables
    lines: list[dict[str, Any]] = table.data.to_pylist()
    return lines


def read(path: Path, **options: Any) -> Reading:
    """Read a file with the catalogue and the year 2021."""
    return read_workbook(path, catalogue=catalogue(), **{"year": 2021, **options})


def save(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """An .xlsx file of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path
