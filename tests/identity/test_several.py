"""Cells that tell several names."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongtong.definitions.catalogue import catalogue
from rongtong.identity.several import NAMES, SEPARATOR, apart, apart_column

ONE, OTHER = "青岛喆昇机械厂", "青岛璟碁（集团）有限公司"
ENGLISH, ABROAD = "Qingdao Zhesheng Machinery Co., Ltd.", "Haide (China, North) A/C Inc."
CELLS = [
    ("", []),
    ("无", []),
    ("2015年更名", []),
    (ONE, [ONE]),
    (f"{ONE}；{OTHER}", [ONE, OTHER]),
    (f"{ONE}、{OTHER}", [ONE, OTHER]),
    (f"{ONE},{OTHER}", [ONE, OTHER]),
    (f"{ONE}/{OTHER}", [ONE, OTHER]),
    (f"{ONE}\n{OTHER}", [ONE, OTHER]),
    (f"1.{ONE}；2.{OTHER}", [ONE, OTHER]),
    (f"1、{ONE} 2、{OTHER}", [ONE, OTHER]),
    (f"（1）{ONE}（2）{OTHER}", [ONE, OTHER]),
    (f"①{ONE}②{OTHER}", [ONE, OTHER]),
    (f"曾用名：{ONE}", [ONE]),
    (f"{ONE}（2015年更名）、{OTHER}（2010-2015）", [ONE, OTHER]),
    (f"{ONE}，2015年更名", [ONE]),
    ("青岛海德（甲、乙）有限公司", ["青岛海德（甲、乙）有限公司"]),
    (ENGLISH, [ENGLISH]),
    (f"{ENGLISH}; {ABROAD}", [ENGLISH, ABROAD]),
    (f"{ENGLISH} / {ABROAD}", [ENGLISH, ABROAD]),
    (f"{ONE}，{ENGLISH}", [ONE, ENGLISH]),
]


@pytest.mark.parametrize(("cell", "names"), CELLS)
def test_a_cell_tells_its_names(cell: str, names: list[str]) -> None:
    assert apart(cell) == names


@given(st.lists(st.one_of(st.none(), st.sampled_from([cell for cell, _names in CELLS]), st.text(max_size=8))))
def test_a_column_tells_what_its_cells_tell(cells: list[str | None]) -> None:
    row, name = apart_column(pa.array(cells, pa.string()))
    told = [(at, one) for at, cell in enumerate(cells) if cell is not None for one in apart(cell)]
    assert list(zip(row.to_pylist(), name.to_pylist(), strict=True)) == told


@given(st.lists(st.sampled_from([ONE, OTHER, ENGLISH, ABROAD]), max_size=4))
def test_names_kept_in_one_text_come_apart_again(names: list[str]) -> None:
    assert apart(SEPARATOR.join(names)) == names


def test_they_are_the_fields_of_names_of_the_catalogue() -> None:
    assert catalogue().names == NAMES
