"""Codes by the column: the same answers as one by one."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from rongtong.identity import check_column, intended, make_column, uscc

from .cases import data

WRITTEN = [case["code"] for kind in data("codes.yaml").values() for case in kind]
written = st.one_of(st.none(), st.sampled_from(WRITTEN), st.text("0139AEMOXYIé 　９", max_size=19))


def one(text: str | None) -> dict[str, object]:
    code = uscc.normalise(text or "")
    if not code:
        return {"normalised": None, "valid": None, "reason": None, "intended": None, "kind": None}
    found = intended(code)
    return {
        "normalised": code,
        "valid": uscc.is_valid(code),
        "reason": uscc.fault(code),
        "intended": found.code if found else None,
        "kind": found.kind if found else None,
    }


@given(st.lists(written, max_size=8))
def test_column_says_what_each_code_says(texts: list[str | None]) -> None:
    assert check_column(pa.array(texts, pa.string())).to_pylist() == [one(text) for text in texts]


def test_chunks_and_slices_are_read_alike() -> None:
    whole = pa.array([*WRITTEN, None], pa.string())
    chunked = pa.chunked_array([whole.slice(0, 5), whole.slice(5)])
    assert check_column(chunked).slice(3).to_pylist() == check_column(whole.slice(3)).to_pylist()


def test_organisation_remark_leaves_the_code_valid() -> None:
    body = "91370202MA0000001"
    code = body + uscc.check_character(body)
    assert check_column(pa.array([code])).to_pylist() == [
        {"normalised": code, "valid": True, "reason": "organisation", "intended": None, "kind": None}
    ]


def test_column_of_made_codes_is_the_codes_made() -> None:
    serials = [0, 1, 30, 31, 31**6 - 1]
    assert make_column(["370202"] * 5, serials).to_pylist() == [uscc.make("370202", serial) for serial in serials]
