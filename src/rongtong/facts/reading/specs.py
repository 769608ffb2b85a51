"""What the values module must know of a target."""

from __future__ import annotations

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.units import UNITS
from rongtong.facts.reading.values import ValueSpec
from rongtong.facts.reading.vocabulary import Target
from rongtong.workbooks import Sheet


def spec_of(
    catalogue: Catalogue, target: Target, unit: str | None, sheet: Sheet | None = None, column: int = 0
) -> ValueSpec:
    """The expectation for a column of *target* whose heading (or sheet) states *unit*; no *sheet*: for one answer."""
    field = catalogue[target.field]
    dates = sheet is not None and sheet.dates
    percent = (sheet is not None and column in sheet.percents) or None
    if target.part is None:
        return ValueSpec(
            field.type, unit, field.stored_unit, field.values, field.minimum, field.maximum, field.label,
            excel_dates=dates, percent_format=percent, written=field.written, latest=field.latest,
            names=field.names,
        )  # fmt: skip  # read by rows
    attribute = field.attribute(target.part)
    levels = attribute.values if attribute else ()
    floor = None if attribute or target.type == "boolean" else 0.0
    label = attribute.label if attribute else target.label
    return ValueSpec(
        target.type, unit, levels=levels, minimum=floor, label=label, excel_dates=dates, percent_format=percent,
        written=attribute.written if attribute else {},
    )  # fmt: skip  # read by rows


def fitting_unit(target: Target, stated: str | None, around: str | None) -> str | None:
    """The unit to read with: the heading's own; for money without one, the unit the sheet states."""
    if target.type != "money":
        return stated if target.type in {"ratio", "integer", "number"} else None
    return around if stated is None or (stated in UNITS and UNITS[stated].kind in {"years", "people"}) else stated
