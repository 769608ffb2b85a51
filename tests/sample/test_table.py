"""The big table: what is written is what is read back."""

from pathlib import Path

import fastexcel
import pyarrow.compute as pc
import pyarrow.csv
import pytest

from rongtong.errors import InputError
from rongtong.sample import write_table

ROWS = 3000


def test_csv_and_xlsx_hold_the_same(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", ROWS)
    write_table(tmp_path / "a.xlsx", ROWS)
    text = pyarrow.csv.ConvertOptions(strings_can_be_null=True)
    lines = pyarrow.csv.read_csv(tmp_path / "a.csv", convert_options=text)
    book = fastexcel.read_excel(tmp_path / "a.xlsx").load_sheet(0).to_arrow()
    assert book.schema.names == lines.column_names
    for name in lines.column_names:
        kind = "string" if pyarrow.types.is_date(lines[name].type) else lines[name].type
        assert book[name].cast(kind).to_pylist() == lines[name].cast(kind).to_pylist()


def test_the_truth_is_typed_and_in_yuan(tmp_path: Path) -> None:
    truth = write_table(tmp_path / "a.csv", ROWS)
    wan = pyarrow.csv.read_csv(tmp_path / "a.csv")["2021年营业收入（万元）"].to_pylist()
    assert [round(float(yuan) / 10_000, 2) for yuan in truth["revenue[2021]"].to_pylist()] == wan


def test_one_row_in_a_thousand_is_without_a_code(tmp_path: Path) -> None:
    truth = write_table(tmp_path / "a.csv", 20_000)
    assert truth["uscc"].null_count == pytest.approx(20, abs=12)


def test_it_has_as_many_columns_as_asked(tmp_path: Path) -> None:
    assert write_table(tmp_path / "a.csv", 200, 12).num_columns == 12
    assert pyarrow.csv.read_csv(tmp_path / "a.csv").num_columns == 12


@pytest.mark.parametrize("columns", [1, 1000])
def test_more_columns_than_facts_are_refused(tmp_path: Path, columns: int) -> None:
    with pytest.raises(InputError):
        write_table(tmp_path / "a.csv", 200, columns)


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_table(tmp_path / "a.xlsx", 1_048_576)


def test_rare_characters_survive(tmp_path: Path) -> None:
    truth = write_table(tmp_path / "a.xlsx", ROWS)
    book = fastexcel.read_excel(tmp_path / "a.xlsx").load_sheet(0).to_arrow()
    assert pc.any(pc.match_substring(truth["name"], "喆")).as_py()
    assert book["企业名称"].to_pylist() == truth["name"].to_pylist()
