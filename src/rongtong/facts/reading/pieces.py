"""The values of one slot from one column, and what happens when two columns state the same slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from rongtong.facts.reading.account import Account
from rongtong.facts.reading.model import Rows
from rongtong.facts.reading.values import ColumnReading
from rongtong.facts.reading.values.words import PENDING
from rongtong.facts.reading.values.writing import is_one_of
from rongtong.i18n import _

Mask = npt.NDArray[np.bool_]
#: Slot → source column and values over all records.
Layer = dict[str, tuple[int, pa.Array]]


@dataclass(frozen=True)
class Piece:
    """Values of *slot* read from *column*; *at* are their places among the records of the block.

    With *adds* what columns of one slot say adds up, and they cannot differ.
    """

    slot: str
    column: int
    at: Rows
    reading: ColumnReading
    adds: bool = False

    def spread(self, height: int) -> pa.Array:
        """The values over all records, NULL elsewhere."""
        if len(self.at) == height:
            return self.reading.values
        index = np.full(height, -1)
        index[self.at] = np.arange(len(self.at))
        return self.reading.values.take(pa.array(index, mask=index < 0))


def settle(account: Account, records: Rows, pieces: Sequence[Piece], dead: Rows) -> list[Layer]:
    """What each slot's columns say; *dead* records (places) belong to no firm.

    The first layer holds each slot's first column; those below hold what further columns say where the ones before
    them are silent. Where two columns differ neither is used.
    """
    said: dict[str, _Said] = {}
    for piece in pieces:
        said.setdefault(piece.slot, _Said(account, records)).add(piece)
    for piece in pieces:
        account.fail(piece.column, records[dead])
    layers: list[Layer] = [{}]
    for slot, one in said.items():
        for depth, source in enumerate(one.sources()):
            layers += [{}] if depth == len(layers) else []
            layers[depth][slot] = source
    return layers


def merged(layers: Sequence[Layer]) -> dict[str, pa.Array]:
    """The values of each slot from all its columns."""
    found: dict[str, pa.Array] = {}
    for layer in layers:
        for slot, (_column, values) in layer.items():
            found[slot] = pc.coalesce(found[slot], values) if slot in found else values
    return found


@dataclass
class _Said:
    """The columns of one slot and their values; *torn* where two of them differed."""

    account: Account
    records: Rows
    columns: dict[int, pa.Array] = field(default_factory=dict)
    torn: Mask | None = None

    def sources(self) -> list[tuple[int, pa.Array]]:
        """The columns that say anything, and the first one."""
        first, *more = self.columns.items()
        return [first, *(one for one in more if one[1].null_count < len(one[1]))]

    def add(self, piece: Piece) -> None:
        """Take in a piece; a column's own pieces lie in different records."""
        values = piece.spread(len(self.records))
        for column in () if piece.adds else self.columns.keys() - {piece.column}:
            values = self._beside(column, piece.column, values)
        account_for(self.account, self.records, piece)
        mine = self.columns.get(piece.column)
        self.columns[piece.column] = values if mine is None else pc.coalesce(mine, values)

    def _beside(self, column: int, other: int, values: pa.Array) -> pa.Array:
        """What is left of the *values* of column *other* beside an earlier one: that on which it was silent."""
        kept = self.columns[column]
        stated, before = _valid(values), _valid(kept)
        torn = np.zeros(len(values), bool) if self.torn is None else self.torn
        same = pc.fill_null(pc.equal(kept, values), False).to_numpy(zero_copy_only=False)
        differs = stated & (torn | before) & ~same
        reason = _("与 {column} 列相同", column=_letter(column))
        self.account.ignore(other, self.records[same], _letter(other), reason, _("无需处理"))
        self._clash(other, column, differs)
        self._clash(column, other, differs & before)
        self.columns[column] = pc.if_else(pa.array(differs), None, kept)
        self.torn = torn | differs
        return pc.if_else(pa.array(same | differs), None, values)

    def _clash(self, column: int, other: int, where: Mask) -> None:
        reason = _("与 {column} 列说的是同一项，数却不同", column=_letter(other))
        mend = _("请只留一列，或用 rongtong decide heading 把不用的一列定为 ignore，再重新导入")
        self.account.report_cells(column, self.records[where], reason, mend)


def _valid(values: pa.Array) -> Mask:
    mask: Mask = values.is_valid().to_numpy(zero_copy_only=False)
    return mask


def _letter(column: int) -> str:
    letter: str = get_column_letter(column + 1)
    return letter


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
    account.ignore(piece.column, empty, _letter(piece.column), _("写明为空"), _("无需处理"))


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
