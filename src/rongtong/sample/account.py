"""The account of every cell written: what is true of it, so that a reading can be scored cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from openpyxl.utils import get_column_letter

from rongtong.sample.parameters import Ints

SCHEMA = pa.schema([
    ("file", pa.string()), ("sheet", pa.string()), ("cell", pa.string()), ("row", pa.int32()), ("column", pa.int32()),
    ("n", pa.int64()), ("slot", pa.string()), ("type", pa.string()), ("value", pa.string()), ("shown", pa.string()),
    ("kind", pa.string()),
])  # fmt: skip  # read by rows


@dataclass
class Account:
    """Cells so far. A cell is ``clean``, ``messy``, ``ambiguous`` (must be reported), ``contact`` or ``ignore``."""

    parts: list[pa.Table] = field(default_factory=list)

    def add(self, where: tuple[str, str, int], rows: Ints, columns: dict[str, list[Any]]) -> None:
        """Cells of the column *where* (file, sheet, column from 0) at *rows* (from 0) in which something is shown."""
        file, sheet, column = where
        kept = np.array([shown is not None for shown in columns["shown"]], bool)
        if not kept.any():
            return
        count, mask, name = int(kept.sum()), pa.array(kept), get_column_letter(column + 1)
        table = pa.table({name: pa.array(values, SCHEMA.field(name).type) for name, values in columns.items()}).filter(
            mask
        )
        places = rows[kept] + 1
        fixed = {
            "file": pa.array([file]).take(pa.array(np.zeros(count, int))),
            "sheet": pa.array([sheet]).take(pa.array(np.zeros(count, int))),
            "cell": pa.array([f"{name}{row}" for row in places.tolist()]),
            "row": pa.array(places, pa.int32()),
            "column": pa.array(np.full(count, column), pa.int32()),
        }
        self.parts.append(pa.table(fixed | {c: table[c] for c in table.column_names}).select(SCHEMA.names).cast(SCHEMA))

    def table(self) -> pa.Table:
        """All cells; rows count from 1, columns from 0, *value* is the text of the typed value that the cell says."""
        return pa.concat_tables(self.parts) if self.parts else SCHEMA.empty_table()
