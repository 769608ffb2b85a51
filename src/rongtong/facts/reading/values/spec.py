"""What a column is expected to hold, and what came of reading one cell or the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa

from rongtong.definitions.catalogue import Type

Value = str | bool | int | Decimal | date

#: One row a cell that was not used (``problem``) or was used but wants a look (``warning``).
CELL_PROBLEMS = pa.schema(
    [("at", pa.int32()), *((name, pa.string()) for name in ("text", "reason", "mend", "severity"))]
)

#: The Arrow type in which values of each catalogue type are read; the counterpart of the catalogue's ``SQL_TYPES``.
ARROW_TYPES: dict[Type, pa.DataType] = {
    "text": pa.string(), "code": pa.string(), "level": pa.string(), "boolean": pa.bool_(), "date": pa.date32(),
    "money": pa.decimal128(18, 2), "integer": pa.int64(), "year": pa.int16(),
    "number": pa.decimal128(18, 4), "ratio": pa.decimal128(18, 8),
}  # fmt: skip  # read by rows


@dataclass(frozen=True)
class ValueSpec:
    """What a column holds.

    *type* is the catalogue's; *unit* is the one its heading states (:func:`parse_heading_unit`), None when it states
    none; *own_unit* is the catalogue's. *levels* are the values of a level, lowest first; *minimum* and *maximum* the
    limits in the stored unit; *label* the field's label, for messages and for what it says of the values (a growth
    rate, an end of validity). *excel_dates* says that bare numbers may be Excel serial dates (a workbook, not a CSV);
    *percent_format* that the cells' number format is a percentage, so that a bare 0.05 was seen as 5 %. *written* are
    texts that people write for a value (软著 for 软件著作权). *latest* says that a period stands for its last day.
    *names* that a cell may hold several names, a line each.
    """

    type: Type
    unit: str | None = None
    own_unit: str = ""
    levels: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    label: str = ""
    excel_dates: bool = False
    percent_format: bool | None = None
    written: Mapping[str, str] = field(default_factory=dict)
    latest: bool = False
    names: bool = False


@dataclass(frozen=True)
class ColumnReading:
    """A column as read: every cell with a text has a value, or says nothing, or is a problem.

    *values* (as long as the input, typed by :data:`ARROW_TYPES`) are NULL where nothing was read. *problems* follows
    :data:`CELL_PROBLEMS`, ordered by ``at``, at most one ``problem`` a cell. *empty* is true where a cell has a text
    that says nothing (``—``, ``不详``, blanks): ignored, not a problem.
    """

    values: pa.Array
    problems: pa.Table
    empty: pa.Array


class Cell(NamedTuple):
    """What came of one text: a value (perhaps with a *reason* to look), nothing, a problem, or a bare ratio."""

    value: Value | None = None
    reason: str = ""
    mend: str = ""
    empty: bool = False
    bare: Decimal | None = None


class NotReadError(Exception):
    """A text that is not read, why, and what to write instead."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason, self.mend = reason, mend
