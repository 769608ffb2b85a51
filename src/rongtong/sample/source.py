"""The rows of a sheet: which firms (or records, or firms by year) in which order, and their values by slot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.catalogue import Type
from rongtong.sample.parameters import Floats, Ints, world
from rongtong.sample.typed import type_of


def plain(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A typed column for writing: amounts and ratios as doubles."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.cast(whole, pa.float64()) if pa.types.is_decimal(whole.type) else whole


@dataclass(frozen=True)
class Rows:
    """*n*: the firm of each row. *own*: columns of the rows themselves (a list's attributes, other names).

    *factor* multiplies a row's amounts: figures sent elsewhere differ. *years*: the year of each row, if it has one.
    """

    firms: pa.Table
    n: Ints
    own: dict[str, pa.Array] = field(default_factory=dict)
    factor: Floats | None = None
    years: Ints | None = None

    def __len__(self) -> int:
        return len(self.n)

    def type_of(self, slot: str) -> Type:
        """The catalogue type of what a column states."""
        return type_of(slot.replace("[*]", f"[{world().reporting_year}]"))

    def slots(self, slot: str) -> list[str]:
        """The slot that each row states: the same, but for ``[*]``, which is the row's year."""
        if self.years is None or not slot.endswith("[*]"):
            return [slot] * len(self)
        return [f"{slot[:-3]}[{year}]" for year in self.years.tolist()]

    def values(self, slot: str) -> list[Any]:
        """The true value of each row; None where there is none."""
        if slot in self.own:
            column = self.own[slot]
        elif slot.endswith("[*]"):
            column = self._by_year(slot[:-3])
        else:
            column = self._of_firms(slot)
        values: list[Any] = plain(column).to_pylist()
        return values

    def _of_firms(self, slot: str) -> pa.Array:
        column = self.firms[slot]
        taken = plain(column).take(pa.array(self.n))
        if self.factor is None or column.type != pa.decimal128(18, 2):
            return taken
        return pa.array(np.round(_numbers(taken) * self.factor / 100) * 100, from_pandas=True)

    def _by_year(self, field_id: str) -> pa.Array:
        years, slots = np.array(world().years), [f"{field_id}[{year}]" for year in world().years]
        columns = np.stack([_numbers(plain(self.firms[slot])) for slot in slots])
        asked = years[:1] if self.years is None else self.years
        return pa.array(columns[np.searchsorted(years, asked), self.n], from_pandas=True)

    def by_year(self) -> Self:
        """Every row once a year, oldest first."""
        years = np.array(world().years)
        own = {
            slot: column.take(pa.array(np.repeat(np.arange(len(self)), len(years))))
            for slot, column in self.own.items()
        }
        return replace(self, n=np.repeat(self.n, len(years)), own=own, years=np.tile(years, len(self)), factor=None)

    def take(self, places: Ints) -> Self:
        """The rows at *places*, in that order."""
        own = {slot: column.take(pa.array(places)) for slot, column in self.own.items()}
        return replace(self, n=self.n[places], own=own, factor=None if self.factor is None else self.factor[places])


def _numbers(column: pa.Array) -> Floats:
    numbers: Floats = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    return numbers


def of_records(firms: pa.Table, records: pa.Table, list_id: str) -> Rows:
    """The rows of a list."""
    own = {f"{list_id}.{name}": records[name].combine_chunks() for name in records.column_names if name != "n"}
    return Rows(firms, records["n"].to_numpy(), own)
