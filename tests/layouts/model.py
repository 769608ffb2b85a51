"""What a layout is: a file, and the truth beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

#: A typed value: money in yuan and shares as fractions are Decimal. A date known to the month is the text "2019-05".
Value = str | int | bool | Decimal | date


@dataclass(frozen=True)
class TrueCell:
    """A cell whose text and headings determine what it says.

    *sheet* is "" in a CSV file. *slot* is a slot's text, or ``list.attribute`` for a record; ``[*]`` at its end leaves
    the years open. *text* is what the cell holds, *heading* the cell of its lowest heading, *firm* and *uscc* whose
    it is (the code as it ought to be, "" where the sheet gives none), *item* the record's number if it has one.
    """

    sheet: str
    cell: str
    slot: str
    value: Value
    text: str
    heading: str = ""
    firm: str = ""
    uscc: str = ""
    item: str = ""


@dataclass(frozen=True)
class Cell:
    """A place. A report anywhere in *scope* (the cell, its row or its column) is a report of it."""

    sheet: str
    cell: str
    text: str = ""
    scope: Literal["cell", "row", "column"] = "cell"


@dataclass(frozen=True)
class Layout:
    """One file as somebody sends it.

    *year* is the reporting year given to the reader. *must_report*: ambiguous or broken, never used in silence.
    *must_ignore*: never the source of a fact (whether the reader says so or passes over it).
    """

    name: str
    path: Path
    year: int | None
    truth: list[TrueCell] = field(default_factory=list)
    must_report: list[Cell] = field(default_factory=list)
    must_ignore: list[Cell] = field(default_factory=list)
