"""Figures that do not go together: a part above its whole, a year a hundred times the one before. Only warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts.reading.account import Account
from rongtong.facts.reading.model import Rows
from rongtong.facts.reading.pieces import Layer
from rongtong.facts.reading.values.checks import note
from rongtong.i18n import _

#: How many times the year before, or which part of it, is no business but a slip of the unit.
_TIMES = 100.0
_JUMPING = ("money", "integer")

Doubt = tuple[pa.Array, str, str]


def doubt(
    account: Account, catalogue: Catalogue, records: Rows, layers: Sequence[Layer], firms: pa.Array | None
) -> None:
    """Warn of values that do not go with another one of their firm.

    Both are sought in the same record; where *firms* names the firm of each record, in all records of the firm.
    """
    known = [(Slot.parse(slot), column, values) for layer in layers for slot, (column, values) in layer.items()]
    for slot, column, values in known:
        for other, _column, others in known:
            for mask, reason, mend in _doubts(catalogue, (slot, values), (other, others), firms):
                if pc.any(mask).as_py():
                    texts = account.sheet.cells.column(column).take(pa.array(records)).combine_chunks()
                    account.report_column(column, records, note(mask, texts.cast(pa.string()), reason, mend, "warning"))


def _doubts(
    catalogue: Catalogue, one: tuple[Slot, pa.Array], other: tuple[Slot, pa.Array], firms: pa.Array | None
) -> Iterator[Doubt]:
    slot, against = one[0], other[0]
    field = catalogue[slot.field]
    if slot.part or against.part or not (slot.years and against.years):
        return
    if field.at_most == against.field and slot.years == against.years:
        left, right = _beside(one[1], other[1], firms)
        mend = _("请核对两项的数值和单位")
        more = pc.greater(left, pc.multiply(right, 1.0 + field.tolerance))
        yield _sure(more), _("大于同年的“{label}”", label=catalogue[against.field].label), mend
    if slot.field == against.field and field.type in _JUMPING and field.minimum == 0 and _follows(slot, against):
        yield from _jumps(*_beside(one[1], other[1], firms))


def _follows(slot: Slot, before: Slot) -> bool:
    """Whether a slot is of the year after another's."""
    return bool(slot.years and before.years) and slot.years == tuple(year + 1 for year in before.years or ())


def _jumps(now: pa.Array, before: pa.Array) -> Iterator[Doubt]:
    some = pc.and_(pc.greater(now, 0.0), pc.greater(before, 0.0))
    mend = _("请核对单位和位数")
    yield (
        _sure(pc.and_(some, pc.greater_equal(now, pc.multiply(before, _TIMES)))),
        _("是上一年的一百倍以上，疑似单位写错"),
        mend,
    )
    yield (
        _sure(pc.and_(some, pc.less_equal(pc.multiply(now, _TIMES), before))),
        _("不到上一年的百分之一，疑似单位写错"),
        mend,
    )


def _beside(values: pa.Array, others: pa.Array, firms: pa.Array | None) -> tuple[pa.Array, pa.Array]:
    """Both as numbers, the others where the values stand."""
    if firms is not None:
        said = pc.is_valid(others)
        others = others.filter(said).take(pc.index_in(firms, firms.filter(said)))
    return values.cast(pa.float64()), others.cast(pa.float64())


def _sure(mask: pa.Array) -> pa.Array:
    return pc.fill_null(mask, False)
