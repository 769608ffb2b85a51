"""The tables of a block: one of facts, and where its rows are records of a list one of those."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.catalogue import Catalogue
from rongtong.facts.reading.model import Rows, Table
from rongtong.facts.reading.pieces import Layer, Piece


@dataclass(frozen=True)
class Tables:
    """Makes the tables of a block of *sheet* with those *rows*; *list_id* is the list of which each row is a record."""

    catalogue: Catalogue
    sheet: str
    list_id: str | None
    rows: Rows
    name: Piece
    uscc: Piece

    def of(self, settled: Layer, items: pa.Array | None, kept: npt.NDArray[np.bool_]) -> list[Table]:
        """The tables of a layer of columns, of the rows *kept*; *items* are the records' keys (:meth:`items`)."""
        firm = {"uscc": self.uscc.reading.values, "name": self.name.reading.values}
        base = {"row": pa.array(self.rows + 1, pa.int32()), **firm}
        cells = {piece.slot: piece.column for piece in (self.uscc, self.name) if piece.column >= 0}
        mine = {slot: said for slot, said in settled.items() if self._is_attribute(slot)}
        facts = {slot: said for slot, said in settled.items() if slot not in mine}
        tables: list[Table] = []
        if mine:
            some = kept & _any_valid([values for _column, values in mine.values()])
            data = pa.table({**base, "item": items, **_values(mine)})
            tables.append(Table(self.sheet, "list", self.list_id, _only(data, some), cells | _columns(mine)))
        if facts or not self.list_id:
            data = pa.table({**base, **_values(facts)})
            tables.append(Table(self.sheet, "facts", None, _only(data, kept), cells | _columns(facts)))
        return [table for table in tables if table.data.num_rows]

    def _is_attribute(self, slot: str) -> bool:
        """Whether it is an attribute of the records."""
        field, _dot, part = slot.partition(".")
        return bool(part) and field == self.list_id and self.catalogue[field].attribute(part) is not None

    def items(self, said: dict[str, pa.Array]) -> pa.Array | None:
        """The key of each record, else ``row N``; None where the rows are no records. *said* are columns by slot."""
        if not self.list_id:
            return None
        field = self.catalogue[self.list_id]
        keys = [said[s].cast(pa.string()) for part in field.key if (s := f"{field.id}.{part}") in said]
        rows = pc.binary_join_element_wise("row", pa.array(self.rows + 1).cast(pa.string()), " ")
        if not keys:
            return rows
        filled = [pc.fill_null(array, "") for array in keys]
        joined = filled[0]
        for more in filled[1:]:
            joined = pc.utf8_trim_whitespace(pc.binary_join_element_wise(joined, more, " "))
        return pc.if_else(pc.equal(joined, ""), rows, joined)


def _values(layer: Layer) -> dict[str, pa.Array]:
    return {slot: values for slot, (_column, values) in layer.items()}


def _columns(layer: Layer) -> dict[str, int]:
    return {slot: column for slot, (column, _values) in layer.items()}


def _only(data: pa.Table, kept: npt.NDArray[np.bool_]) -> pa.Table:
    return data if kept.all() else data.filter(pa.array(kept))


def _any_valid(arrays: list[pa.Array]) -> npt.NDArray[np.bool_]:
    """Where any of the arrays says something."""
    mask: npt.NDArray[np.bool_] = np.any([a.is_valid().to_numpy(zero_copy_only=False) for a in arrays], axis=0)
    return mask
