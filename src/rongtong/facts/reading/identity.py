"""Whose a row is: names and codes of a block as pieces, carried down where a long layout names a firm once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.model import Rows
from rongtong.facts.reading.names import read_codes, read_names
from rongtong.facts.reading.pieces import Piece
from rongtong.facts.reading.values import CELL_PROBLEMS, ColumnReading


def blank(height: int) -> Piece:
    """No column of names, or of codes."""
    empty = pa.array(np.zeros(height, bool))
    reading = ColumnReading(pa.nulls(height, pa.string()), CELL_PROBLEMS.empty_table(), empty)
    return Piece("", -1, np.arange(height), reading)


def names_of(column: int, cells: pa.Array) -> Piece:
    """The names of a column."""
    texts = pc.fill_null(cells, "")
    values = read_names(texts)
    empty = pc.and_(pc.is_null(values), pc.not_equal(pc.utf8_trim_whitespace(texts), ""))
    return Piece("name", column, np.arange(len(texts)), ColumnReading(values, CELL_PROBLEMS.empty_table(), empty))


def codes_of(column: int, cells: pa.Array) -> Piece:
    """The codes of a column, with what is wrong with them."""
    texts = pc.fill_null(cells, "")
    values, found = read_codes(texts)
    said = pc.not_equal(pc.utf8_trim_whitespace(texts), "")
    wrong = np.zeros(len(texts), bool)
    wrong[found.filter(pc.equal(found["severity"], "problem"))["at"].to_numpy()] = True
    empty = pc.and_(pc.and_(pc.is_null(values), said), pa.array(~wrong))
    return Piece("uscc", column, np.arange(len(texts)), ColumnReading(values, found, empty))


def carried(rows: Rows, name: Piece, uscc: Piece, keys: list[pa.Array]) -> Rows:
    """For each record the record that names its firm: itself, or the last that names one above it.

    *keys* are the year and the indicator of each record: where they repeat below one firm, or rows lie between, nothing
    is carried.
    """
    said = pc.or_(pc.is_valid(name.reading.values), pc.is_valid(uscc.reading.values))
    named = said.to_numpy(zero_copy_only=False)
    group, here = np.cumsum(named), np.arange(len(named))
    first = np.maximum.accumulate(np.where(named, here, -1))
    table = pa.table({"g": group, **{str(n): texts for n, texts in enumerate(keys)}})
    counted = table.group_by(table.column_names).aggregate([([], "count_all")])
    twice = counted.filter(pc.greater(counted["count_all"], 1))["g"].to_numpy()
    gap = np.diff(rows, prepend=rows[0]) > 1
    broken = np.isin(group, [*twice, *np.unique(group[gap & ~named])]) | (first < 0)
    take: Rows = np.where(broken, here, first)
    return take
