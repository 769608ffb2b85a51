"""The values of one slot from one column, and what happens when two columns state the same slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.facts.reading.account import Account
from rongtong.facts.reading.model import Rows
from rongtong.facts.reading.values import ColumnReading
from rongtong.facts.reading.values.words import PENDING
from rongtong.facts.reading.values.writing import is_one_of
from rongtong.i18n import _


@dataclass(frozen=True)
class Piece:
    """Values of *slot* read from *column*; *at* are their places among the records of the block."""

    slot: str
    column: int
    at: Rows
    reading: ColumnReading

    def spread(self, height: int) -> pa.Array:
        """The values over all records, NULL elsewhere."""
        if len(self.at) == height:
            return self.reading.values
        index = np.full(height, -1)
        index[self.at] = np.arange(len(self.at))
        return self.reading.values.take(pa.array(index, mask=index < 0))


def settle(account: Account, records: Rows, pieces: Sequence[Piece], dead: Rows) -> dict[str, tuple[int, pa.Array]]:
    """Slot → source column and values over all records; *dead* records (places) belong to no firm."""
    settled: dict[str, tuple[int, pa.Array]] = {}
    for piece in pieces:
        values = piece.spread(len(records))
        if piece.slot in settled:
            first, kept = settled[piece.slot]
            settled[piece.slot] = (first, _again(account, records, (first, kept), (piece, values)))
        else:
            settled[piece.slot] = (piece.column, values)
            account_for(account, records, piece)
    for piece in pieces:
        account.fail(piece.column, records[dead])
    return settled


def account_for(account: Account, records: Rows, piece: Piece) -> None:
    """Book what became of the cells of a piece."""
    rows = records[piece.at]
    reading = piece.reading
    account.use(piece.column, rows[reading.values.is_valid().to_numpy(zero_copy_only=False)])
    account.report_column(piece.column, rows, reading.problems)
    empty = rows[pc.fill_null(reading.empty, False).to_numpy(zero_copy_only=False)]
    texts = account.sheet.cells.column(piece.column).take(pa.array(empty)).combine_chunks()
    pending = is_one_of(texts, PENDING).to_numpy(zero_copy_only=False)
    account.report_cells(piece.column, empty[pending], _("没有给出值"), _("请填写，确实没有的请留空"))
    account.ignore(piece.column, empty, get_column_letter(piece.column + 1), _("写明为空"))


def _again(account: Account, records: Rows, first: tuple[int, pa.Array], second: tuple[Piece, pa.Array]) -> pa.Array:
    """A second column for a slot: passed over where it agrees, reported where it differs; then neither is used."""
    column, kept = first
    piece, values = second
    letter, other = get_column_letter(column + 1), get_column_letter(piece.column + 1)
    same = pc.fill_null(pc.equal(kept, values), False).to_numpy(zero_copy_only=False)
    differs = values.is_valid().to_numpy(zero_copy_only=False) & ~same
    account.ignore(piece.column, records[same], other, _("与 {column} 列相同", column=letter))
    account.report_column(piece.column, records[piece.at], piece.reading.problems)
    account.ignore(
        piece.column, records[piece.at][piece.reading.empty.to_numpy(zero_copy_only=False)], other, _("写明为空")
    )
    reason = _("与 {column} 列说的是同一项，数却不同", column=letter)
    mend = _("请只留一列，或在导入时指定用哪一列")
    account.report_cells(piece.column, records[differs], reason, mend)
    both = differs & kept.is_valid().to_numpy(zero_copy_only=False)
    account.report_cells(column, records[both], _("与 {column} 列说的是同一项，数却不同", column=other), mend)
    return pc.if_else(pa.array(both), None, kept)


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
