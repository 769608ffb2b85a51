"""The records of a block as tables: columns read, slots settled, every cell accounted for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from rongtong.definitions.catalogue import IDENTITY
from rongtong.facts.reading.block_rows import BlockRows
from rongtong.facts.reading.column_pieces import pieces_of
from rongtong.facts.reading.identity import blank, carried, codes_of, names_of
from rongtong.facts.reading.model import Rows, Table
from rongtong.facts.reading.pieces import Layer, Piece, account_for, merged, settle, taken
from rongtong.facts.reading.plausible import doubt
from rongtong.facts.reading.tables import Tables
from rongtong.i18n import _, joined

_LONG, _THREADS = 20_000, 4


def tables_of(records: BlockRows) -> list[Table]:
    """The tables of a block; every cell of it is accounted for, but for blocks below it."""
    name, uscc = _identity(records)
    pieces = _all_pieces(records)
    lost = _silent_rows(records, [name, uscc, *pieces])
    dead = np.flatnonzero(lost)
    layers = settle(records.account, records.rows, pieces, dead)
    for piece in (name, uscc):
        if piece.column >= 0:
            account_for(records.account, records.rows, piece)
    _lost(records, dead)
    _doubt(records, layers, name, uscc)
    making = Tables(records.catalogue, records.sheet.name, records.roles.list_id, records.rows, name, uscc)
    items = making.items(merged(layers))
    tables = making.of(layers[0], items, ~lost)
    for layer in layers[1:]:
        said = ~lost & np.any([records.account.filled(column)[records.rows] for column, _v in layer.values()], axis=0)
        tables += making.of(layer, items, said)
    return tables


def _silent_rows(records: BlockRows, pieces: list[Piece]) -> npt.NDArray[np.bool_]:
    """The records that say none of what a row must say one of."""
    height = len(records.rows)
    told = [one.spread(height) for one in pieces if not one.slot or one.slot in records.catalogue.anchors]
    said: npt.NDArray[np.bool_] = np.any([one.is_valid().to_numpy(zero_copy_only=False) for one in told], axis=0)
    return ~said


def _doubt(records: BlockRows, layers: list[Layer], name: Piece, uscc: Piece) -> None:
    """Warn of figures that do not go together; in a long layout a firm's stand in several rows."""
    long = records.roles.year is not None or records.roles.indicator is not None
    firms = pc.coalesce(uscc.reading.values, name.reading.values) if long else None
    doubt(records.account, records.catalogue, records.rows, layers, firms)


def _all_pieces(records: BlockRows) -> list[Piece]:
    """The pieces of all columns in their order; a long table's columns are read side by side."""
    columns = sorted(records.block.paths)
    if len(records.rows) < _LONG:
        return [piece for column in columns for piece in pieces_of(records, column)]
    with ThreadPoolExecutor(_THREADS) as pool:
        found = [piece for pieces in pool.map(partial(pieces_of, records), columns) for piece in pieces]
    records.columns.sort(key=lambda column: column.index)
    return found


def _identity(records: BlockRows) -> tuple[Piece, Piece]:
    """Names and codes; in a long layout those of the rows below the firm's first row too."""
    roles = records.roles
    name = blank(len(records.rows)) if roles.name is None else names_of(roles.name, records.texts(roles.name))
    uscc = blank(len(records.rows)) if roles.uscc is None else codes_of(roles.uscc, records.texts(roles.uscc))
    keys = [records.texts(column) for column in (roles.year, roles.indicator) if column is not None]
    if not keys or not len(records.rows):
        return name, uscc
    take = carried(records.rows, name, uscc, keys)
    if count := int((take != np.arange(len(take))).sum()):
        column = roles.name if roles.name is not None else roles.uscc
        heading = records.roles.meanings[column or 0].heading
        reason = _("有 {count} 行没有写企业，按上面一行的企业读取", count=count)
        records.account.report_heading(column or 0, heading, reason, _("请每行都写企业名称或代码"), "warning")
    return taken(name, take), taken(uscc, take)


def _lost(records: BlockRows, dead: Rows) -> None:
    rows = records.rows[dead]
    held = np.zeros(len(rows), bool)
    for column in range(records.account.width()):
        if not records.silent(column):
            held |= records.account.filled(column)[rows]
            records.account.fail(column, rows)
    if len(rows):
        records.account.report_rows(rows[held], *_lack(records))


def _lack(records: BlockRows) -> tuple[str, str]:
    """What a row lacks that says none of the anchors, and the mend."""
    if records.catalogue.anchors == IDENTITY:
        return _("这一行既没有代码也没有企业名称"), _("请补上统一社会信用代码或企业名称")
    labels = joined(records.catalogue[one].label for one in records.catalogue.anchors)
    return _("这一行没有可用的内容"), _("请至少写一项：{labels}", labels=labels)
