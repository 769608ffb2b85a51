"""One code at a time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongtong.identity import intended, uscc
from rongtong.identity.uscc_intended import explain

from .cases import data

GIVEN = data("codes.yaml")
codes = st.builds(uscc.make, st.sampled_from(["370202", "110105", "440300"]), st.integers(0, 31**6 - 1))


@pytest.mark.parametrize("code", [case["code"] for case in GIVEN["valid"]])
def test_code_in_use_has_no_fault(code: str) -> None:
    assert uscc.fault(code) is None


@pytest.mark.parametrize("case", GIVEN["failing"], ids=lambda case: case["code"])
def test_failing_code_names_its_fault(case: dict[str, Any]) -> None:
    assert uscc.fault(case["code"]) == case["why"]


@pytest.mark.parametrize("case", GIVEN["failing"], ids=lambda case: case["code"])
def test_failing_code_and_what_was_meant(case: dict[str, Any]) -> None:
    found = intended(case["code"])
    assert (found.code if found else None) == case.get("intended")


@given(codes)
def test_made_code_passes_both_checks(code: str) -> None:
    assert uscc.is_plausible(code)


@given(codes, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_always_caught(code: str, place: int, character: str) -> None:
    wrong = code[:place] + character + code[place + 1 :]
    assert uscc.is_valid(wrong) == (wrong == code)


@given(codes, st.sampled_from("OISZ"))
def test_letter_for_a_digit_is_mended(code: str, letter: str) -> None:
    digit = {"O": "0", "I": "1", "S": "5", "Z": "2"}[letter]
    wrong = code.replace(digit, letter)
    assert wrong == code or intended(wrong).code == code


@given(codes)
def test_valid_code_has_no_other_intention(code: str) -> None:
    assert intended(code) is None


@given(st.text(max_size=20))
def test_any_text_can_be_asked_about(text: str) -> None:
    found = intended(text)
    assert found is None or uscc.is_plausible(found.code)


def test_full_width_small_and_spaced_code_is_normalised() -> None:
    assert uscc.normalise(" ９１３７ 0200-264574251e") == "91370200264574251E"


@pytest.mark.parametrize(("region", "serial"), [("37020", 1), ("37020A", 1), ("370202", -1), ("370202", 31**6)])
def test_code_of_nowhere_is_refused(region: str, serial: int) -> None:
    with pytest.raises(ValueError, match="no code"):
        uscc.make(region, serial)


def test_correction_is_explained() -> None:
    assert explain(intended("9137O200264574251E")) == "形近字符误写，可能应为 91370200264574251E"


def test_fault_is_described() -> None:
    assert uscc.describe("check") == "校验码不符"
