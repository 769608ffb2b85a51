"""What only shows when a column is looked at as a whole: limits, and amounts in the wrong unit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.units import UNITS
from rongtong.facts.reading.values.spec import CELL_PROBLEMS, ValueSpec
from rongtong.i18n import _

#: How many times the column's median an amount must be, and how many amounts make a median worth comparing with.
_TIMES, _ENOUGH, _SAMPLE = 10_000, 20, 10_000
#: So many yuan (100 亿元) no small or medium firm has in its books: most likely a unit was written twice.
_BEYOND_A_FIRM = Decimal(10) ** 10
Comparison = Callable[[pa.Array, pa.Scalar], pa.Array]


def check(values: pa.Array, column: pa.Array, spec: ValueSpec) -> tuple[pa.Array, list[pa.Table]]:
    """The values within the limits, and notes on those outside and on those that seem to be in another unit."""
    notes = []
    for limit, beyond, reason, mend in _limits(spec):
        outside = pc.fill_null(beyond(values, _scalar(limit, values.type)), False)
        notes.append(note(outside, column, reason, mend, "problem"))
        values = pc.if_else(outside, None, values)
    if spec.type == "money":
        in_yuan = _wrong_unit(values, column, spec)
        notes += [in_yuan, _beyond_a_firm(pc.if_else(_at(in_yuan, len(values)), None, values), column)]
    return values, notes


def note(mask: pa.Array, column: pa.Array, reason: str, mend: str, severity: str) -> pa.Table:
    """One row of :data:`CELL_PROBLEMS` for every cell where *mask* is true."""
    at = pc.indices_nonzero(mask).cast(pa.int32())
    same = [pa.repeat(pa.scalar(text, pa.string()), len(at)) for text in (reason, mend, severity)]
    return pa.Table.from_arrays([at, column.take(at), *same], schema=CELL_PROBLEMS)


def no_unit(spec: ValueSpec) -> tuple[str, str]:
    """Reason and mend of an amount of which neither the cell nor the heading states the unit."""
    return _("看不出单位是元还是万元"), _("请在表头写明单位，例如“{label}（万元）”", label=spec.label)


def _limits(spec: ValueSpec) -> list[tuple[float, Comparison, str, str]]:
    mend = _("请核对数值和单位")
    limits: list[tuple[float, Comparison, str, str]] = []
    if spec.minimum is not None:
        limits.append((spec.minimum, pc.less, _("小于允许的最小值 {limit:g}", limit=spec.minimum), mend))
    if spec.maximum is not None:
        limits.append((spec.maximum, pc.greater, _("大于允许的最大值 {limit:g}", limit=spec.maximum), mend))
    return limits


def _scalar(limit: float, kind: pa.DataType) -> pa.Scalar:
    return pa.scalar(Decimal(str(limit)), kind) if pa.types.is_decimal(kind) else pa.scalar(limit)


def _wrong_unit(values: pa.Array, column: pa.Array, spec: ValueSpec) -> pa.Table:
    """Amounts typed in yuan into a column of 万元: far above the median, and ordinary once divided by 10,000."""
    unit = UNITS.get(spec.unit or "")
    if unit is None or unit.power < 4 or len(values) - values.null_count < _ENOUGH:
        return CELL_PROBLEMS.empty_table()
    sample = pc.abs(values.take(pa.array(range(0, len(values), len(values) // _SAMPLE + 1)))).cast(pa.float64())
    median = pc.approximate_median(pc.if_else(pc.greater(sample, 0.0), sample, None)).as_py()
    if median is None or float(pc.max(values).as_py()) < median * _TIMES:
        return CELL_PROBLEMS.empty_table()
    far = pc.and_(
        pc.greater_equal(values.cast(pa.float64()), median * _TIMES), pc.match_substring_regex(column, r"^[-0-9.,]+$")
    )
    reason = _("是同列中位数的一万倍以上，疑似按元填写")
    return note(pc.fill_null(far, False), column, reason, _("请核对单位是否为{unit}", unit=spec.unit or ""), "warning")


def _at(notes: pa.Table, height: int) -> pa.Array:
    """Where *notes* stand in a column of *height* cells."""
    return pc.is_in(pa.array(range(height), pa.int32()), value_set=notes["at"].combine_chunks())


def _beyond_a_firm(values: pa.Array, column: pa.Array) -> pa.Table:
    """Amounts that no small or medium firm has; each is told as it was read, and as it was most likely meant."""
    limit = _scalar(float(_BEYOND_A_FIRM), values.type)
    at = pc.indices_nonzero(pc.fill_null(pc.greater_equal(pc.abs(values), limit), False)).cast(pa.int32())
    if not len(at):
        return CELL_PROBLEMS.empty_table()
    read = values.take(at).dictionary_encode()
    mends = pa.array([_as_read(amount) for amount in read.dictionary.to_pylist()], pa.string()).take(read.indices)
    reason, severity = (
        pa.repeat(pa.scalar(text, pa.string()), len(at)) for text in (_("超过 100 亿元，中小企业少有"), "warning")
    )
    return pa.Table.from_arrays([at, column.take(at), reason, mends, severity], schema=CELL_PROBLEMS)


def _as_read(amount: Decimal) -> str:
    number = f"{amount.scaleb(-8).normalize():,f}"
    return _("读作 {n} 亿元，照此采用；如单位写重了，应为 {n} 万元，请向填报单位核实", n=number)
