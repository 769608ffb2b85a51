"""The score of a reading: a perfect one, and one with each kind of mistake."""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from rongtong.sample.scoring import mistakes, score

FILE = "区市报送/01.xlsx"
REPORTS = pa.schema([("sheet", pa.string()), ("row", pa.int32()), ("column", pa.string())])


@dataclass
class FakeTable:
    data: pa.Table
    cells: dict[str, int]
    sheet: str = "汇总表"
    kind: str = "facts"
    list_id: str | None = None


@dataclass
class FakeReading:
    tables: list[FakeTable]
    problems: pa.Table = field(default_factory=REPORTS.empty_table)


def cell(row: int, column: int, slot: str | None, kind: str, value: str | None, **more: Any) -> dict[str, Any]:
    place = {"file": FILE, "sheet": "汇总表", "row": row, "column": column, "slot": slot}
    return place | {"type": "money", "kind": kind, "value": value, "shown": value} | more


@pytest.fixture
def cells() -> pa.Table:
    schema = pa.schema([("row", pa.int32()), ("column", pa.int32())])
    table = pa.Table.from_pylist([
        cell(3, 0, "name", "messy", "青岛喆昇机械（集团）有限公司", type="text", shown="青岛喆昇机械(集团) 有限公司"),
        cell(3, 1, "revenue[2021]", "clean", "12000.00"),
        cell(3, 2, "registered_on", "messy", "2019-05", type="date"),
        cell(3, 3, None, "contact", None, shown="王建国"),
        cell(3, 4, "staff[2021]", "ambiguous", None, type="integer", shown="三百多"),
    ])  # fmt: skip  # read by rows
    return table.cast(pa.schema([schema.field(one.name) if one.name in schema.names else one for one in table.schema]))


def reading(revenue: str | None = "12000.00", slot: str = "revenue[2021]", told: str = "E", **more: str) -> FakeReading:
    columns = {"row": [3], "name": ["青岛喆昇机械（集团）有限公司"], slot: [revenue], "registered_on": ["2019-05-01"]}
    columns |= {name: [value] for name, value in more.items()}
    places = {"name": 0, slot: 1, "registered_on": 2, "main_product": 3, "staff[2021]": 4}
    problems = pa.Table.from_pylist([{"sheet": "汇总表", "row": 3, "column": told}], REPORTS)
    return FakeReading([FakeTable(pa.table(columns), {k: v for k, v in places.items() if k in columns})], problems)


def outcomes(found: FakeReading, cells: pa.Table) -> dict[tuple[str, str], int]:
    counts = score({FILE: found}, cells)
    return {(kind, outcome): n for kind, by in counts.items() for outcome, n in by.items()}


PERFECT = {("clean", "right"): 1, ("messy", "right"): 2, ("contact", "right"): 1, ("ambiguous", "right"): 1}


def test_a_perfect_reading_is_all_right(cells: pa.Table) -> None:
    assert outcomes(reading(), cells) == PERFECT


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (reading("120000000.00"), ("clean", "wrong_silent")),
        (reading(slot="main_revenue[2021]"), ("clean", "wrong_silent")),
        (reading(None), ("clean", "lost_silent")),
        (reading(main_product="王建国"), ("contact", "wrong_silent")),
        (reading(told="Z"), ("ambiguous", "lost_silent")),
        (reading(None, told=""), ("clean", "wrong_reported")),
    ],
)
def test_each_mistake_is_counted_for_what_it_is(found: FakeReading, outcome: tuple[str, str], cells: pa.Table) -> None:
    kind = outcome[0]
    assert outcomes(found, cells) == {k: n for k, n in PERFECT.items() if k[0] != kind} | {outcome: 1}


@pytest.mark.parametrize("prefix", ["", "titles."])
def test_records_are_found_with_or_without_the_name_of_their_list(cells: pa.Table, prefix: str) -> None:
    lists = cells.slice(1, 1).set_column(cells.column_names.index("slot"), "slot", pa.array(["titles.batch"]))
    data = pa.table({"row": [3], f"{prefix}batch": ["12000.00"]})
    found = FakeReading([FakeTable(data, {f"{prefix}batch": 1}, kind="list", list_id="titles")])
    assert outcomes(found, lists) == {("clean", "right"): 1}


def test_a_fact_from_a_cell_without_one_is_wrong(cells: pa.Table) -> None:
    found = reading()
    found.tables.append(FakeTable(pa.table({"row": [9], "standards_count": [1]}), {"standards_count": 7}))
    assert outcomes(found, cells) == PERFECT | {("elsewhere", "wrong_silent"): 1}


def test_numbers_are_compared_as_numbers(cells: pa.Table) -> None:
    assert outcomes(reading("1.2E+4"), cells) == PERFECT


def test_mistakes_name_cell_and_value_read(cells: pa.Table) -> None:
    lines = mistakes({FILE: reading("1.00")}, cells).select(["outcome", "row", "column", "value", "read_value"])
    expected = {"outcome": "wrong_silent", "row": 3, "column": 1, "value": "12000.00", "read_value": "1.00"}
    assert lines.to_pylist() == [expected]


def test_files_that_were_not_read_are_not_scored(cells: pa.Table) -> None:
    other = cells.set_column(0, "file", pa.array(["其他.xlsx"] * cells.num_rows))
    assert pc.all(pc.equal(other["file"], "其他.xlsx")).as_py()
    assert outcomes(reading(), pa.concat_tables([cells, other])) == PERFECT
