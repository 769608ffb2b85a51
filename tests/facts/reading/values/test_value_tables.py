"""The tables of written cells that officers may extend: cells.yaml and columns.yaml."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from rongtong import yaml12
from rongtong.facts.reading.values import ColumnReading, ValueSpec, read_column

HERE = Path(__file__).parent
BLOCKS = yaml12.load((HERE / "cells.yaml").read_text(encoding="utf-8"))
COLUMNS = yaml12.load((HERE / "columns.yaml").read_text(encoding="utf-8"))


def spec_of(column: dict[str, Any]) -> ValueSpec:
    return ValueSpec(**{**column, "levels": tuple(column.get("levels", ()))})


def read_one(text: str, column: dict[str, Any]) -> ColumnReading:
    return read_column(pa.array([text]), spec_of(column))


def same(value: object, expected: str | None) -> bool:
    """Whether *value* is the one written in the table."""
    if value is None or expected is None:
        return value is expected
    return value == Decimal(expected) if isinstance(value, Decimal) else str(value) == expected


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(block["column"], text, expected, id=f"{block['column']['type']}-{text!r}")
        for block in BLOCKS
        for text, expected in (block.get(kind) or {}).items()
        if expected is not None
    ]


@pytest.mark.parametrize(("column", "text", "expected"), cases("read"))
def test_is_read(column: dict[str, Any], text: str, expected: str) -> None:
    reading = read_one(text, column)
    value = reading.values[0].as_py()
    assert (same(value, expected), reading.problems.to_pylist()) == (True, []), value


@pytest.mark.parametrize(("column", "text", "expected"), cases("look"))
def test_is_read_with_a_warning(column: dict[str, Any], text: str, expected: str) -> None:
    reading = read_one(text, column)
    assert same(reading.values[0].as_py(), expected), reading
    assert reading.problems["severity"].to_pylist() == ["warning"]


@pytest.mark.parametrize(
    ("column", "text"), [(block["column"], text) for block in BLOCKS for text in block.get("nothing", [])]
)
def test_says_nothing(column: dict[str, Any], text: str) -> None:
    reading = read_one(text, column)
    assert (reading.values.null_count, reading.empty.to_pylist(), len(reading.problems)) == (1, [True], 0)


@pytest.mark.parametrize(("column", "text", "reason"), cases("problem"))
def test_is_reported(column: dict[str, Any], text: str, reason: str) -> None:
    reading = read_one(text, column)
    assert reading.values.to_pylist() == [None]
    (problem,) = reading.problems.to_pylist()
    assert (problem["at"], problem["text"], problem["severity"]) == (0, text, "problem")
    assert reason in problem["reason"]
    assert problem["mend"]


@pytest.mark.parametrize("block", COLUMNS, ids=lambda block: block["name"])
def test_column(block: dict[str, Any]) -> None:
    reading = read_column(pa.array(block["texts"]), spec_of(block["column"]))
    values = reading.values.to_pylist()
    assert [same(value, expected) for value, expected in zip(values, block["values"], strict=True)] == [True] * len(
        values
    )
    assert reading.problems["severity"].to_pylist() == block.get("reported", [])


@pytest.mark.parametrize(
    ("text", "unit", "value"), [("3,456亿元", "万元", "345600000000"), ("3456", "亿元", "345600000000")]
)
def test_an_amount_of_a_unit_written_twice_is_told_as_it_was_read_and_meant(text: str, unit: str, value: str) -> None:
    reading = read_one(text, {"type": "money", "unit": unit})
    assert reading.values.to_pylist() == [Decimal(value)]
    assert reading.problems.to_pylist() == [
        {
            "at": 0,
            "text": text,
            "reason": "超过 100 亿元，中小企业少有",
            "mend": "读作 3,456 亿元，照此采用；如单位写重了，应为 3,456 万元，请向填报单位核实",
            "severity": "warning",
        }
    ]


def test_what_a_firm_may_have_is_not_doubted() -> None:
    assert read_one("99.99亿元", {"type": "money", "unit": "万元"}).problems.num_rows == 0
