"""Spelling and parts of firm names."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongtong.identity import normalise, normalise_column, split
from rongtong.identity.parts import NOWHERE

from .cases import data

GIVEN = data("names.yaml")
WRITTEN = [name for name, _ in GIVEN["spelling"]]
texts = st.text("青岛島海喆昇碁𠮷()（ 【】盖章-部aＡ1.、　有限责任股份公司é\0\u2066", max_size=16)
pieces = st.lists(
    st.sampled_from([*"青岛海()1、-*.\0\u2067", "(盖章)", "盖章", "-财务部", "公司", "(公长)", "股分"]), max_size=9
).map("".join)


@pytest.mark.parametrize(("written", "spelt"), GIVEN["spelling"])
def test_spelling(written: str, spelt: str) -> None:
    assert normalise(written) == spelt


@pytest.mark.parametrize("case", GIVEN["parts"], ids=lambda case: case["name"])
def test_parts(case: dict[str, Any]) -> None:
    found = split(case["name"])
    expected = {"branch": "", "unit": list(NOWHERE), "group": False, "after_group": "", "marked": False, **case}
    assert {"name": case["name"]} | {
        key: list(value) if isinstance(value := getattr(found, key), tuple) else value
        for key in ("region", "trade_name", "business", "form", "branch", "unit", "group", "after_group", "marked")
    } == expected


@given(st.lists(st.one_of(st.none(), st.sampled_from(WRITTEN), texts), max_size=8))
def test_column_spells_as_one_by_one(names: list[str | None]) -> None:
    assert normalise_column(pa.array(names, pa.string())).to_pylist() == [normalise(n or "") or None for n in names]


def test_slices_and_chunks_are_read_alike() -> None:
    whole = pa.array([*WRITTEN, None, ""], pa.string())
    chunked = pa.chunked_array([whole.slice(2, 3), whole.slice(5)])
    assert normalise_column(chunked).to_pylist() == [normalise(n or "") or None for n in whole.to_pylist()[2:]]


@given(texts | pieces)
def test_what_is_spelt_is_left_alone(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
def test_any_text_can_be_split(text: str) -> None:
    assert split(text).text == normalise(text)
