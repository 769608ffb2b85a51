"""A sheet being drawn: its columns, its rows, where each row stands, and the account its cells are put on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from rongtong.sample import typed
from rongtong.sample.account import Account
from rongtong.sample.layouts import Column
from rongtong.sample.parameters import Ints
from rongtong.sample.sheets import Formula, Sheet
from rongtong.sample.source import Rows


class Filled(NamedTuple):
    """A column: what stands in each cell, what it says (None: nothing), and its kind."""

    shown: list[Any]
    said: list[Any]
    kinds: list[str]


@dataclass
class Page:
    """*places*: the row (from 0) of each of *rows*."""

    file: str
    sheet: Sheet
    columns: list[Column]
    rows: Rows
    places: Ints
    account: Account

    def enter(self, index: int, filled: Filled) -> None:
        """Write a column and put its cells on the account."""
        column = self.columns[index]
        for row, value in zip(self.places.tolist(), filled.shown, strict=True):
            self.sheet.put(row, index, value)
        kind = self.rows.type_of(column.slot) if column.states else "text"
        self.account.add((self.file, self.sheet.name, index), self.places, {
            "n": self.rows.n.tolist(),
            "slot": self.rows.slots(column.slot) if column.states else [None] * len(self.rows),
            "type": [kind] * len(self.rows),
            "value": typed.text("text" if kind == "date" else kind, filled.said),
            "shown": [_seen(value) for value in filled.shown],
            "kind": filled.kinds,
        })  # fmt: skip  # read by rows

    def aside(self, row: int, index: int, value: Any) -> None:
        """Write a cell that is nobody's: a label or a sum."""
        self.sheet.put(row, index, value)
        columns: dict[str, list[Any]] = {name: [None] for name in ("n", "slot", "type", "value")}
        columns |= {"shown": [_seen(value)], "kind": ["ignore"]}
        self.account.add((self.file, self.sheet.name, index), np.array([row]), columns)


def _seen(value: Any) -> str | None:
    return None if value is None else str(value.value if isinstance(value, Formula) else value)
