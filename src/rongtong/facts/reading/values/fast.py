"""The usual forms of numbers, read for a whole column at once; whatever is written otherwise is left for later."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.units import UNITS

#: Rounding away from zero at the half, as :data:`numbers.EXACT` does.
_HALF_UP = "half_towards_infinity"
_FOLDABLE = r"^[ -~０-９．，－　￥¥元万亿]*$"
_GROUPED = r"^-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$"
#: Below this many yuan, an amount in yuan in a column of 万元 is suspect.
SMALL_CHANGE = 10_000
_MONEY_ENDINGS = ("亿元", "万元", "亿", "万", "元")


def decimals(texts: pa.Array, power: int, places: int) -> pa.Array:
    """Plain decimal texts × 10^*power* as DECIMAL(18, *places*), rounded half up; NULL for any other text.

    Scaling by a power of ten only moves the decimal point, so it is done on the type: nothing is ever multiplied.
    """
    kept, whole = max(places + power, 0), 18 - places - power
    if power + places < 0 or whole < 1:
        return pa.nulls(len(texts), pa.decimal128(18, places))
    fraction = rf"(\.[0-9]{{1,{kept}}})?" if kept else ""
    exact = _cast(texts, rf"^-?(0|[1-9][0-9]{{0,{whole - 1}}}){fraction}$", kept)
    long = _cast(_rest(texts, exact), rf"^-?(0|[1-9][0-9]{{0,{min(whole - 1, 16)}}})\.[0-9]{{1,20}}$", 20)
    if long.null_count < len(long):
        exact = pc.coalesce(exact, pc.round(long, kept, _HALF_UP).cast(pa.decimal128(38, kept)))
    return _move_point(exact, places)


def integers(texts: pa.Array) -> pa.Array:
    """Plain whole numbers as BIGINT; NULL for any other text, so that nothing is ever rounded to one."""
    return _cast(texts, r"^-?(0|[1-9][0-9]{0,16})$", 0).cast(pa.int64())


def bare(texts: pa.Array) -> pa.Array:
    """Plain decimal texts as DECIMAL(38, 20); NULL for any other text."""
    return _cast(texts, r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,20})?$", 20)


def shift(numbers: pa.Array, power: int, places: int) -> pa.Array:
    """DECIMAL(38, 20) × 10^*power*, rounded half up, as DECIMAL(18, *places*)."""
    kept = places + power
    return _move_point(pc.round(numbers, kept, _HALF_UP).cast(pa.decimal128(38, kept)), places)


def money(texts: pa.Array, power: int | None) -> pa.Array:
    """Amounts in yuan: plain, grouped by commas, full-width, with ¥ before or a unit behind; NULL for the rest.

    *power* is that of the heading's unit; None when it states none.
    """
    kind = pa.decimal128(18, 2)
    plain = decimals(texts, power, 2) if power is not None else pa.nulls(len(texts), kind)
    left = pc.is_null(plain)
    if not pc.any(left).as_py():
        return plain
    return pc.replace_with_mask(plain, left, _written_money(pc.filter(texts, left), power))


def _written_money(texts: pa.Array, power: int | None) -> pa.Array:
    foldable = pc.if_else(pc.match_substring_regex(texts, _FOLDABLE), texts, None)
    folded = pc.utf8_trim_whitespace(pc.utf8_normalize(foldable, "NFKC"))
    values = pa.nulls(len(texts), pa.decimal128(18, 2))
    for ending in _MONEY_ENDINGS:
        ends = pc.ends_with(folded, ending)
        if pc.any(ends).as_py():
            stated = pc.if_else(ends, pc.utf8_slice_codeunits(folded, 0, -len(ending)), None)
            values = pc.coalesce(values, _grouped_or_plain(stated, UNITS[ending].power))
            folded = pc.if_else(ends, None, folded)
    if power is None:
        return values
    return pc.coalesce(_without_small_change(values, power), _grouped_or_plain(folded, power))


def _without_small_change(values: pa.Array, power: int) -> pa.Array:
    """Leave out amounts so small that yuan in a column of 万元 deserve a look."""
    small = pc.less(pc.abs(values), pa.scalar(SMALL_CHANGE, pa.decimal128(18, 2)))
    return pc.if_else(small, None, values) if power >= 4 else values


def _grouped_or_plain(texts: pa.Array, power: int) -> pa.Array:
    grouped = pc.match_substring_regex(texts, _GROUPED)
    return decimals(pc.if_else(grouped, pc.replace_substring(texts, ",", ""), texts), power, 2)


def _rest(texts: pa.Array, done: pa.Array) -> pa.Array:
    return pc.if_else(pc.is_null(done), texts, None)


def _cast(texts: pa.Array, form: str, places: int) -> pa.Array:
    matching = pc.if_else(pc.match_substring_regex(texts, form), texts, None)
    return matching.cast(pa.decimal128(38, places))


def _move_point(numbers: pa.Array, places: int) -> pa.Array:
    """The same digits with the point at *places*: DECIMAL(38, n) read as DECIMAL(38, *places*)."""
    moved = pa.Array.from_buffers(pa.decimal128(38, places), len(numbers), numbers.buffers(), offset=numbers.offset)
    fits = pc.less(pc.abs(moved), pa.scalar(10 ** (18 - places), pa.decimal128(38, places)))
    return pc.if_else(fits, moved, None).cast(pa.decimal128(18, places))
