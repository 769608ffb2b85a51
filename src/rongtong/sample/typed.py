"""Columns of chance as columns of the catalogue: the types facts are kept in, and the text of a typed value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from rongtong.definitions.catalogue import Type, catalogue
from rongtong.definitions.slots import Slot
from rongtong.sample.parameters import Floats

_ARROW: dict[Type, pa.DataType] = {
    "text": pa.string(), "code": pa.string(), "level": pa.string(), "boolean": pa.bool_(), "date": pa.date32(),
    "money": pa.decimal128(18, 2), "integer": pa.int64(), "year": pa.int16(),
    "number": pa.decimal128(18, 4), "ratio": pa.decimal128(18, 8),
}  # fmt: skip  # read by rows


def type_of(slot: str) -> Type:
    """The catalogue type of a slot written as text."""
    return catalogue().type_of(Slot.parse(slot))


def column(slot: str, values: Floats) -> pa.Array:
    """Numbers (NaN: unknown; levels and booleans as ordinals) in the type the catalogue keeps *slot* in."""
    kind = type_of(slot)
    known = pa.array(values, from_pandas=True)
    if kind == "level":
        levels = pa.array(list(catalogue()[Slot.parse(slot).field].values), pa.string())
        return levels.take(known.cast(pa.int64()))
    if kind == "boolean":
        return known.cast(pa.int64()).cast(pa.bool_())
    if kind == "money":
        return known.cast(pa.int64()).cast(pa.decimal128(21, 2)).cast(_ARROW[kind])
    return known.cast(_ARROW[kind])


def text(kind: Type, values: list[Any]) -> list[str | None]:
    """How a typed value reads when it is cast to text: ``12000.00``, ``0.05000000``, ``true``, ``2019-05-01``."""
    places = {"money": 2, "ratio": 8, "number": 4}.get(kind)
    if places is not None:
        return [None if v is None or v != v else f"{v + 0.0:.{places}f}" for v in values]  # noqa: PLR0124 -- only NaN differs from itself
    if kind in {"integer", "year"}:
        return [None if v is None or v != v else f"{v:.0f}" for v in values]  # noqa: PLR0124 -- only NaN differs from itself
    if kind == "boolean":
        return [None if v is None else str(bool(v)).lower() for v in values]
    return [None if v is None else str(v) for v in values]


def derived(known: dict[str, Floats], years: tuple[int, ...]) -> dict[str, Floats]:
    """The ratios that follow from the amounts, to eight places; NaN where they are not defined."""
    rules = {
        "main_revenue_share": ("main_revenue", "revenue"),
        "net_margin": ("net_profit", "revenue"),
        "debt_ratio": ("total_liabilities", "total_assets"),
        "rd_intensity": ("rd_expense", "revenue"),
        "rd_staff_share": ("rd_staff", "staff"),
    }
    result = {
        f"{name}[{year}]": _ratio(known[f"{over}[{year}]"], known[f"{under}[{year}]"])
        for name, (over, under) in rules.items()
        for year in years
    }
    for year in years[1:]:
        now, before = known[f"main_revenue[{year}]"], known[f"main_revenue[{year - 1}]"]
        result[f"main_revenue_growth[{year}]"] = np.round(_ratio(now, before) - 1, 8)
    return result


def _ratio(over: Floats, under: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = np.where(under > 0, over / under, np.nan)
    return ratio.round(8)
