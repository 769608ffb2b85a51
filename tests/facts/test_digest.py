"""Digests: the same rows the same, however they are cut or stored; any other cell another digest."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rongtong.facts import digest

COLUMNS = {
    "text": pa.array(["喆昇", None, "璟碁"]),
    "money": pa.array([Decimal("1.20"), None, Decimal("-3.00")], pa.decimal128(18, 2)),
    "count": pa.array([1, None, 3], pa.int64()),
    "yes": pa.array([True, None, False]),
    "day": pa.array([datetime.date(2020, 2, 29), None, datetime.date(1970, 1, 1)]),
    "share": pa.array([0.5, None, 1.0], pa.float64()),
}
OTHERS = {
    "text": "喆晟",
    "money": Decimal("1.21"),
    "count": 2,
    "yes": False,
    "day": datetime.date(2020, 2, 28),
    "share": 0.25,
}


@pytest.mark.parametrize("name", COLUMNS)
def test_how_a_column_is_cut_does_not_matter(name):
    whole = pa.chunked_array([COLUMNS[name]])
    cut = pa.chunked_array([COLUMNS[name][:1], COLUMNS[name][1:1], COLUMNS[name][1:]])
    assert digest.of_column(cut) == digest.of_column(whole)


@pytest.mark.parametrize("name", COLUMNS)
def test_another_value_gives_another_digest(name):
    column = COLUMNS[name]
    other = pa.array([OTHERS[name], *column.to_pylist()[1:]], column.type)
    assert digest.of_column(pa.chunked_array([other])) != digest.of_column(pa.chunked_array([column]))


@pytest.mark.parametrize(("name", "zero"), [("text", ""), ("money", Decimal("0.00")), ("count", 0), ("yes", False), ("share", 0.0)])
def test_unknown_is_not_zero(name, zero):
    column = COLUMNS[name]
    filled = column.fill_null(pa.scalar(zero, column.type))
    assert digest.of_column(pa.chunked_array([filled])) != digest.of_column(pa.chunked_array([column]))


def test_unknown_is_not_the_first_day():
    days = pa.chunked_array([pa.array([None], pa.date32())]), pa.chunked_array([pa.array([datetime.date(1970, 1, 1)])])
    assert digest.of_column(days[0]) != digest.of_column(days[1])


def test_where_one_text_ends_matters():
    left, right = (pa.chunked_array([pa.array(texts)]) for texts in (["ab", "c"], ["a", "bc"]))
    assert digest.of_column(left) != digest.of_column(right)


def test_the_order_of_columns_does_not_matter():
    table = pa.table(COLUMNS)
    assert digest.of_table(table.select(sorted(COLUMNS, reverse=True))) == digest.of_table(table)


def test_the_order_of_rows_matters():
    table = pa.table(COLUMNS)
    assert digest.of_table(table.take([2, 1, 0])) != digest.of_table(table)


def test_a_table_without_rows_has_a_digest_of_its_types():
    tables = [pa.table(COLUMNS)[:0], pa.table({**COLUMNS, "count": COLUMNS["count"].cast(pa.int32())})[:0]]
    assert len({digest.of_table(table) for table in tables}) == 2


@pytest.mark.parametrize("compression", ["zstd", "none"])
def test_a_file_has_the_digest_of_its_table(tmp_path, compression):
    pq.write_table(pa.table(COLUMNS), tmp_path / "t.parquet", compression=compression, row_group_size=2)
    assert digest.of_parquet(tmp_path / "t.parquet") == digest.of_table(pa.table(COLUMNS))


def test_columns_left_out_do_not_count(tmp_path):
    pq.write_table(pa.table(COLUMNS), tmp_path / "t.parquet")
    assert digest.of_parquet(tmp_path / "t.parquet", without=("text",)) == digest.of_table(
        pa.table(COLUMNS).drop(["text"])
    )
