"""The layouts are what they claim: files open, true cells exist and hold their text, slots are the catalogue's."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import load_workbook

from rongtong.definitions.catalogue import SQL_TYPES, Field, catalogue
from rongtong.definitions.slots import Slot

from . import BUILDERS, Cell, Layout, TrueCell, build_all
from .firms import check_character, firms

Texts = dict[tuple[str, str], str]
PYTHON = {"VARCHAR": str, "BOOLEAN": bool, "DATE": date, "BIGINT": int, "SMALLINT": int}


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Layout]:
    return {layout.name: layout for layout in build_all(tmp_path_factory.mktemp("layouts"))}


def _text(value: Any) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def _xlsx(path: Path) -> Texts:
    workbook = openpyxl.load_workbook(path, data_only=True)
    cells = ((sheet.title, cell) for sheet in workbook for row in sheet.iter_rows() for cell in row)
    return {(sheet, cell.coordinate): _text(cell.value) for sheet, cell in cells if cell.value is not None}


def _grid(sheet: str, rows: list[list[Any]]) -> Texts:
    places = ((row, col, value) for row, line in enumerate(rows, 1) for col, value in enumerate(line, 1))
    return {
        (sheet, f"{openpyxl.utils.get_column_letter(col)}{row}"): _text(value)
        for row, col, value in places
        if value not in ("", None)
    }


def _read(path: Path) -> Texts:
    if path.suffix == ".xlsx":
        return _xlsx(path)
    if path.suffix == ".xls":
        workbook = load_workbook(str(path))
        grids = (_grid(n, workbook.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in workbook.sheet_names)
        return {place: text for grid in grids for place, text in grid.items()}
    encoding = "utf-8-sig" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "gb18030"
    with path.open(encoding=encoding, newline="") as file:
        return _grid("", list(csv.reader(file)))


def _comparable(text: str) -> str:
    try:
        return str(float(text))
    except ValueError:
        return text


@pytest.mark.parametrize("name", [build.__name__ for build in BUILDERS])
def test_every_cell_holds_its_text(layouts: dict[str, Layout], name: str) -> None:
    layout = layouts[name]
    texts = _read(layout.path)
    claimed: list[TrueCell | Cell] = [*layout.truth, *(c for c in (*layout.must_report, *layout.must_ignore) if c.text)]
    wrong = [c for c in claimed if _comparable(texts.get((c.sheet, c.cell), "")) != _comparable(c.text)]
    assert wrong == []


@pytest.mark.parametrize("name", [build.__name__ for build in BUILDERS])
def test_every_heading_exists(layouts: dict[str, Layout], name: str) -> None:
    layout = layouts[name]
    texts = _read(layout.path)
    rows = {(sheet, re.sub(r"\D", "", cell)) for sheet, cell in texts}
    assert [c for c in layout.truth if c.heading and (c.sheet, re.sub(r"\D", "", c.heading)) not in rows] == []


def test_no_cell_is_in_two_lists(layouts: dict[str, Layout]) -> None:
    for layout in layouts.values():
        reports = (cell for cell in layout.must_report if cell.scope == "cell")
        lists: list[TrueCell | Cell] = [*layout.truth, *reports, *layout.must_ignore]
        assert [place for place, times in Counter((c.sheet, c.cell) for c in lists).items() if times > 1] == []


def _type(slot: str) -> str:
    parsed = Slot.parse(slot.removesuffix("[*]"))
    field: Field = catalogue()[parsed.field]
    if parsed.part is None:
        return SQL_TYPES[field.type]
    if attribute := field.attribute(parsed.part):
        return SQL_TYPES[attribute.type]
    subset, _, measure = parsed.part.partition(".")
    assert field.subset(subset)
    return {"": "BIGINT", "any": "BOOLEAN", "amount": "DECIMAL(18,2)"}[measure]


def test_every_value_has_the_type_of_its_slot(layouts: dict[str, Layout]) -> None:
    for layout in layouts.values():
        for cell in layout.truth:
            sql = _type(cell.slot)
            month_only = sql == "DATE" and re.fullmatch(r"\d{4}-\d{2}", str(cell.value))
            expected = (
                Decimal if sql.startswith("DECIMAL") and cell.slot != "segment_years[2021]" else PYTHON.get(sql, int)
            )
            assert month_only or type(cell.value) is expected, cell


def test_every_level_is_one_of_the_catalogue(layouts: dict[str, Layout]) -> None:
    known = {f.id: f.values for f in catalogue().scalars if f.values}
    known |= {f"{f.id}.{a.id}": a.values for f in catalogue().lists for a in f.attributes if a.values}
    stated = [c for layout in layouts.values() for c in layout.truth if c.slot in known]
    assert [c for c in stated if c.value not in known[c.slot]] == []


def test_the_layouts_are_many_and_each_has_rows(layouts: dict[str, Layout]) -> None:
    assert len(layouts) >= 24
    assert sum(len(layout.truth) for layout in layouts.values()) > 8000
    assert len({layout.path.name for layout in layouts.values()}) == len(layouts)


def test_building_twice_gives_the_same_truth(layouts: dict[str, Layout], tmp_path: Path) -> None:
    assert [layout.truth for layout in build_all(tmp_path)] == [layout.truth for layout in layouts.values()]


def test_codes_are_right_and_no_firm_is_twice() -> None:
    group = firms(40, 1)
    assert [f for f in group if check_character(f.uscc[:17]) != f.uscc[17] or len(f.uscc) != 18] == []
    assert len({f.name for f in group}) == len({f.uscc for f in group}) == 40


def test_the_check_character_of_the_standard() -> None:
    assert check_character("91350100M000100Y4") == "3"
