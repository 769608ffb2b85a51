"""Bands of a value, checked: no gap, no overlap, points going down; each becomes one comparison."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from rongtong.definitions import expression_tree as tree
from rongtong.i18n import _
from rongtong.qualify.schema import Band

#: Reads a bound (``80%``, ``100万元``) in the unit of the value.
Bound = Callable[["str | Decimal"], tree.Quantity]
Steps = tuple[tuple[Decimal, tree.Condition | None], ...]


class BandError(ValueError):
    """What is wrong with the band at *index*, and the mend."""

    def __init__(self, index: int, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.index, self.what, self.mend = index, what, mend


@dataclass(frozen=True)
class _End:
    bound: tree.Quantity
    included: bool


def falling(points: list[Decimal]) -> None:
    """Raise :class:`BandError` unless every band gives less than the one before."""
    for index, (higher, lower) in enumerate(pairwise(points), start=1):
        if lower >= higher:
            raise BandError(index, _("分档没有从高分到低分排列"), _("请把得分高的档放在前面"))


def of_value(value: tree.Number, bands: tuple[Band, ...], bound: Bound) -> Steps:
    """Bands of a quantity as comparisons from the highest points down; the last one takes what is left."""
    falling([band.points for band in bands])
    ends = [(_end(band.from_, band.above, bound), _end(band.to, band.below, bound)) for band in bands]
    more_is_better = ends[0][1] is None
    if not more_is_better:
        ends = [(high, low) for low, high in ends]
    _joined(ends, 1 if more_is_better else -1)
    steps: list[tuple[Decimal, tree.Condition | None]] = []
    for band, (near, _far) in zip(bands, ends, strict=True):
        test = tree.Compare(_operator(near, more_is_better), value, near.bound) if near else None
        steps.append((band.points, test))
    return tuple(steps)


def _end(included: str | Decimal | None, excluded: str | Decimal | None, bound: Bound) -> _End | None:
    if included is not None:
        return _End(bound(included), included=True)
    return _End(bound(excluded), included=False) if excluded is not None else None


def _operator(end: _End, more_is_better: bool) -> tree.Comparison:
    if more_is_better:
        return ">=" if end.included else ">"
    return "<=" if end.included else "<"


def _joined(ends: list[tuple[_End | None, _End | None]], direction: int) -> None:
    if ends[0][1] is not None or ends[-1][0] is not None:
        raise BandError(0 if ends[0][1] is not None else len(ends) - 1, _("最外面的一档应当不封口"))
    for index, ((near, _a), (_b, far)) in enumerate(pairwise(ends), start=1):
        if near is None or far is None:
            raise BandError(index, _("分档重叠"), _("中间的档须写明上下限"))
        distance = (far.bound.value - near.bound.value) * direction
        if distance > 0 or (distance == 0 and near.included and far.included):
            raise BandError(index, _("分档重叠"), _("请检查该档与上一档相接的界限"))
        if distance < 0 or not (near.included or far.included):
            raise BandError(index, _("分档之间有空缺"), _("请检查该档与上一档相接的界限"))
