"""The scorer, against a reader that knows the truth and readers that fall short of it in one way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from . import BUILDERS, Cell, Layout, TrueCell
from .score import Score, _place, score

PROBLEMS = pa.schema([("sheet", pa.string()), ("row", pa.int32()), ("column", pa.int32())])


@dataclass
class FakeTable:
    sheet: str
    kind: str
    list_id: str | None
    data: pa.Table
    cells: dict[str, int]


@dataclass
class FakeReading:
    tables: list[FakeTable]
    problems: pa.Table


def _column(cell: TrueCell) -> tuple[str | None, str]:
    slot = cell.slot.removesuffix("[*]")
    field, dot, attribute = slot.partition(".")
    is_list = (
        dot
        and field in ("ip", "titles", "awards", "financing")
        and not slot.endswith((".any", "]", "class_1", "class_2", "invention"))
    )
    return (field, attribute if attribute != "name" else slot) if is_list else (None, slot)


def _table(cell: TrueCell) -> FakeTable:
    (list_id, column), (sheet, row, source) = _column(cell), _place(cell)
    value: Any = (
        date.fromisoformat(f"{cell.value}-01")
        if isinstance(cell.value, str) and cell.value[4:5] == "-" and len(cell.value) == 7
        else cell.value
    )
    line = {"row": row, "uscc": cell.uscc, "name": cell.firm, "item": cell.item, column: value}
    return FakeTable(sheet, "list" if list_id else "facts", list_id, pa.Table.from_pylist([line]), {column: source})


def _reading(cells: list[TrueCell], reported: list[Cell]) -> FakeReading:
    places = [dict(zip(("sheet", "row", "column"), _place(cell), strict=True)) for cell in reported]
    return FakeReading([_table(cell) for cell in cells], pa.Table.from_pylist(places, PROBLEMS))


def _figures(result: Score) -> tuple[int, ...]:
    return (result.right, result.wrong_silent, result.wrong_reported, result.lost_silent, result.missed_reports)


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], Layout]:
    return lambda name: next(b for b in BUILDERS if b.__name__ == name)(tmp_path)


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda b: b.__name__)
def test_the_truth_scores_full(builder: Callable[[Path], Layout], tmp_path: Path) -> None:
    layout = builder(tmp_path)
    assert _figures(score(_reading(layout.truth, layout.must_report), layout)) == (len(layout.truth), 0, 0, 0, 0)


def test_another_value_is_wrong(build: Callable[[str], Layout]) -> None:
    layout = build("two_blocks")
    spoiled = [replace(layout.truth[2], value=Decimal(1)), *layout.truth[3:]]
    assert _figures(score(_reading(spoiled, []), layout)) == (len(layout.truth) - 3, 1, 0, 2, 0)


def test_another_firm_is_wrong(build: Callable[[str], Layout]) -> None:
    layout = build("two_blocks")
    spoiled = [*layout.truth[:2], replace(layout.truth[2], firm="青岛别家有限公司", uscc=""), *layout.truth[3:]]
    assert _figures(score(_reading(spoiled, []), layout)) == (len(layout.truth) - 1, 1, 0, 0, 0)


def test_another_slot_is_wrong_but_a_report_makes_it_known(build: Callable[[str], Layout]) -> None:
    layout = build("two_blocks")
    spoiled = [*layout.truth[:2], replace(layout.truth[2], slot="revenue[2020]"), *layout.truth[3:]]
    told = [Cell(layout.truth[2].sheet, layout.truth[2].cell)]
    assert _figures(score(_reading(spoiled, told), layout)) == (len(layout.truth) - 1, 0, 1, 0, 0)


def test_broken_cells_without_a_report_are_missed(build: Callable[[str], Layout]) -> None:
    layout = build("codes")
    assert _figures(score(_reading(layout.truth, []), layout)) == (len(layout.truth), 0, 0, 0, 8)


def test_a_fact_from_a_cell_that_holds_none_is_wrong(build: Callable[[str], Layout]) -> None:
    layout = build("explained_years")
    trap = next(c for c in layout.must_ignore if c.cell == "E2")
    taken = TrueCell(trap.sheet, trap.cell, "revenue[2022]", 1, trap.text)
    assert _figures(score(_reading([*layout.truth, taken], []), layout)) == (len(layout.truth), 1, 0, 0, 0)
