"""Shares and growth rates: what a cell says, and whether a column's bare numbers are percents or fractions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.units import UNITS
from rongtong.facts.reading.values.numbers import EXACT, read_number, shifted
from rongtong.facts.reading.values.spec import Cell, NotReadError, ValueSpec
from rongtong.facts.reading.values.writing import close_up
from rongtong.i18n import _

_PARTS = {"百分之": -2, "千分之": -3}
_DIRECTION = re.compile(r"^(?:同比)?(增长|上升|提高|增加|下降|下滑|减少|降低|负增长)(?:了|率为|为)?(?=[-\d.百千约])")
_GROWTH = ("增长", "增速", "增幅", "同比")
#: At most one in so many fractions of a column lies above 1, and none so far above it.
_RARE, _FAR = 5, 3.0
_DOWN = {"下降", "下滑", "减少", "降低", "负增长"}


class Judgement(NamedTuple):
    """How bare numbers are to be read.

    *power* of ten that leads to the fraction; masks over the column of the cells that stay *doubtful* and of those
    that want a *look* because they are small beside the others: both are problems.
    """

    power: int
    doubtful: pa.Array
    look: pa.Array


def read_ratio(text: str, spec: ValueSpec) -> Cell:
    """A share as a fraction (``5%``, ``5‰``, ``百分之五``, ``五成``); a number alone comes back as ``bare``."""
    plain, sign = _direction(close_up(text).replace("百分之百", "100%"), spec)
    for prefix, power in _PARTS.items():
        if prefix in plain[:4]:
            plain, given = plain.replace(prefix, "", 1), power
            break
    else:
        given = 0
    if re.fullmatch(r"\D*\d+(\.\d+)?[/:]\d+(\.\d+)?\D*", plain):
        raise NotReadError(_("写的是比例式，不是百分比"), _("请换算成百分比填写，例如 5%"))
    number = read_number(plain)
    if sign < 0 and number.value < 0:
        raise NotReadError(_("既写了“下降”又写了负号"), _("下降请只写负数，例如 -3%"))
    value = EXACT.multiply(number.value, Decimal(sign))
    return _with_unit(value, given, number.unit, number.power, number.about)


def _direction(text: str, spec: ValueSpec) -> tuple[str, int]:
    match = _DIRECTION.match(text)
    if match is None:
        return text, 1
    if not any(word in spec.label for word in _GROWTH):
        raise NotReadError(_("写的是增减幅度"), _("请填写比例本身，例如 5%"))
    return text[match.end() :], -1 if match[1] in _DOWN else 1


def _with_unit(value: Decimal, given: int, unit: str, multiple: int, about: bool) -> Cell:
    if unit == "成" and not given and 0 <= value <= 10:
        return Cell(shifted(value, -1, 8), _("按“几成”折算"), _("请填写百分比，例如 50%"))
    power = given or (UNITS[unit].power if unit in {"%", "‰"} else 0)
    if unit and (given or not power):
        raise NotReadError(_("认不出是什么比例"), _("请填写百分比，例如 5%"))
    if multiple or abs(value) >= 10**10:
        raise NotReadError(_("数太大，不可能是比例"), _("请填写百分比，例如 5%"))
    if not power:
        if about:
            raise NotReadError(_("约数，又没有写百分号"), _("请填写确切的百分比，例如 5%"))
        return Cell(bare=shifted(value, 0, 20))
    if about:
        return Cell(shifted(value, power, 8), _("约数，按所写的数使用"), _("请填写确切的数"))
    return Cell(shifted(value, power, 8))


def judge(bare: pa.Array, spec: ValueSpec) -> Judgement:
    """Decide for a whole column what its bare numbers (DOUBLE, NULL elsewhere) mean.

    A percentage format means fractions. A heading with %: percents, unless half of the numbers or more are at most 1.
    A heading without: fractions when all are at most 1, or when of a share, which cannot be negative but may exceed
    the whole (debts the assets), nearly all are at most 1 and none far above it; percents when most are above 1 and
    some above 1.5. Zero is zero either way and decides nothing.
    """
    size = pc.fill_null(pc.abs(bare), 0.0)
    some, above = pc.greater(size, 0.0), pc.greater(size, 1.0)
    none = pc.and_(above, pc.invert(above))
    count, large = _count(some), _count(above)
    small = pc.and_(some, pc.invert(above))
    if spec.percent_format is True or count == 0:
        return Judgement(0, none, none)
    if spec.unit in UNITS:
        outlying = pc.and_(small, pc.less(size, _median(size, some) / 20))
        return Judgement(UNITS[spec.unit].power, small if 2 * large <= count else none, outlying)
    if large == 0:
        ones = pc.all(pc.equal(pc.filter(size, some), 1.0)).as_py()
        return Judgement(0, some if ones else none, none)
    if _is_share(bare, spec) and _RARE * large <= count and pc.max(size).as_py() <= _FAR:
        return Judgement(0, none, none)
    if 2 * large > count and pc.max(size).as_py() > 1.5:
        return Judgement(-2, none, small)
    return Judgement(0, some, none)


def _is_share(bare: pa.Array, spec: ValueSpec) -> bool:
    return spec.minimum is not None and spec.minimum >= 0 and pc.min(bare).as_py() >= 0


def _count(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _median(size: pa.Array, some: pa.Array) -> float:
    return float(pc.quantile(pc.filter(size, some), 0.5)[0].as_py())
