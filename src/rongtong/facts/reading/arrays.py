"""Small steps on the arrays of a block."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.layout import Block
from rongtong.facts.reading.pieces import Piece, Rows
from rongtong.facts.reading.values import PROBLEMS, ColumnReading


def some_rows(cells: pa.ChunkedArray, rows: Rows) -> pa.ChunkedArray:
    """Some rows of a column; a run of rows without copying."""
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
        return cells.slice(int(rows[0]), len(rows))
    return cells.take(pa.array(rows))


def no_notes() -> pa.Table:
    """No problems of a column."""
    return PROBLEMS.empty_table()


def taken(piece: Piece, take: Rows) -> Piece:
    """A piece whose values stand at other places."""
    values = piece.reading.values.take(pa.array(take))
    return replace(piece, reading=replace(piece.reading, values=values))


def part_of(reading: ColumnReading, at: Rows) -> ColumnReading:
    """Some cells of a column's reading."""
    where = np.full(len(reading.values), -1)
    where[at] = np.arange(len(at))
    places = where[reading.problems["at"].to_numpy()]
    mine = reading.problems.set_column(0, "at", pa.array(places, pa.int32())).filter(pa.array(places >= 0))
    return ColumnReading(reading.values.take(pa.array(at)), mine, reading.empty.take(pa.array(at)))


def years_of(texts: pa.Array) -> npt.NDArray[np.int_]:
    """The year that each text of a year column says; 0 where none."""
    found = pc.struct_field(
        pc.extract_regex(pc.fill_null(texts, ""), r"^\D*(?P<year>(?:19|20)\d\d)\s*(?:年.*|\.0)?$"), "year"
    )
    years: npt.NDArray[np.int_] = pc.fill_null(found, "0").cast(pa.int64()).to_numpy().copy()
    return years


def any_valid(arrays: list[pa.Array]) -> npt.NDArray[np.bool_]:
    """Where any of the arrays says something."""
    mask: npt.NDArray[np.bool_] = np.any([a.is_valid().to_numpy(zero_copy_only=False) for a in arrays], axis=0)
    return mask


def unclear(reading: ColumnReading) -> bool:
    """Whether numbers without a unit are all that a column of money holds."""
    read = pc.sum(pc.fill_null(pc.not_equal(reading.values, pa.scalar(0, reading.values.type)), False)).as_py() or 0
    return bool(reading.problems.num_rows) and read == 0


def sources(merges: tuple[tuple[int, int, int, int], ...], block: Block) -> dict[int, Rows]:
    """For columns with cells merged downwards: the row that each row's text comes from."""
    found: dict[int, Rows] = {}
    for top, left, bottom, right in merges:
        if bottom > top and left == right and block.start <= top < block.end:
            source = found.setdefault(left, np.arange(block.start, block.end))
            source[top - block.start : bottom + 1 - block.start] = top
    return found
