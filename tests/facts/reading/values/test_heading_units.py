import pyarrow as pa
import pytest

from rongtong.definitions.catalogue import SQL_TYPES
from rongtong.definitions.units import UNITS
from rongtong.facts.reading.values import ARROW_TYPES, ValueSpec, parse_heading_unit, read_column


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("2021年营业收入(万元)", "万元"),
        ("2021年营业收入（万元）", "万元"),
        ("营业收入（单位：万元）", "万元"),
        ("营业收入(２０２１年,人民币万元)", "万元"),
        ("营业收入[亿元]", "亿元"),
        ("营业收入【千元】", "千元"),
        ("单位：万元", "万元"),
        ("金额单位：人民币元", "元"),
        ("营业收入万元", "万元"),
        ("营业收入/万元", "万元"),
        ("营业收入", None),
        ("研发费用占比（%）", "%"),
        ("研发费用占比（％）", "%"),
        ("增长率%", "%"),
        ("千人拥有专利(‰)", "‰"),
        ("从业人数（人）", "人"),
        ("从业人数（2021年末，单位：人）", "人"),
        ("发明专利（件）", "件"),
        ("从事年限（年）", "年"),
        ("从事时间（月）", "月"),
        ("营业收入（万美元）", "万美元"),
        ("营业收入（2021年）", None),
        ("资产总额（万元/亿元）", None),
        ("收入（万元）及增长率（%）", None),
    ],
)
def test_unit_of_a_heading(heading: str, unit: str | None) -> None:
    assert parse_heading_unit(heading) == unit


def test_every_money_unit_scales_exactly() -> None:
    units = [name for name, unit in UNITS.items() if unit.kind == "money"]
    read = [read_column(pa.array(["1"]), ValueSpec(type="money", unit=name)).values[0].as_py() for name in units]
    assert read == [10 ** UNITS[name].power for name in units]


def test_arrow_types_are_those_of_the_catalogue() -> None:
    assert {kind: str(ARROW_TYPES[kind]) for kind in ("money", "number", "ratio")} == {
        kind: SQL_TYPES[kind].lower().replace("decimal(", "decimal128(").replace(",", ", ")
        for kind in ("money", "number", "ratio")
    }


def test_yuan_in_a_column_of_ten_thousands_stands_out() -> None:
    texts = [*(str(1000 + 10 * n) for n in range(30)), "12345678"]
    reading = read_column(pa.array(texts), ValueSpec(type="money", unit="万元"))
    assert [(p["at"], p["severity"]) for p in reading.problems.to_pylist()] == [(30, "warning")]


def test_no_column_is_too_empty() -> None:
    for kind, arrow in ARROW_TYPES.items():
        reading = read_column(pa.array([None, ""], pa.string()), ValueSpec(type=kind))
        assert (reading.values.type, reading.values.null_count, len(reading.problems)) == (arrow, 2, 0)
