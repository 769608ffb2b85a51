"""Names and codes as people write them: what is one, what is none, and what to do about a code that is wrong."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rongtong.facts.reading.names import read_codes, read_names

from .books import CODE, part_of

LICENCE = "请对照营业执照核对"


def code(text: str) -> tuple[str | None, list[tuple[str, str]]]:
    """What a text is read as, and the severity and mend of what is said about it."""
    codes, found = read_codes(pa.array([text]))
    return codes[0].as_py(), [(row["severity"], row["mend"]) for row in found.to_pylist()]


@pytest.mark.parametrize(
    "text", [f"代码：{CODE}", f"{CODE}(新)", f"{CODE}.", f"‘{CODE}", f"{CODE[:8]}-{CODE[8:]}", " ".join(CODE).lower()]
)
def test_signs_beside_a_code_that_holds_do_no_harm(text: str) -> None:
    assert code(text) == (CODE, [])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("9137O200264574251E", "形近字符误写，可能应为 91370200264574251E，"),
        ("91370200624574251E", "相邻两位颠倒，可能应为 91370200264574251E，"),
    ],
)
def test_the_code_that_was_probably_meant_is_the_mend(text: str, hint: str) -> None:
    assert code(text) == (text, [("warning", hint + LICENCE)])


@pytest.mark.parametrize("text", ["370200264574251", "91370200MA3CXXXXO5"])
def test_a_code_that_cannot_be_guessed_is_to_be_looked_up(text: str) -> None:
    assert code(text) == (text, [("warning", LICENCE + "代码")])


@pytest.mark.parametrize("text", ["申请中", "2022年10月1日注册", "青岛ABCD12345678公司", "9.1370200264574E+17"])
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert code(text) == (None, [("problem", "请按营业执照填写 18 位代码")])


NOTHING = ["待定", "暂缺", "不详", "未填报", "无。", "N/A", "None", "—", "#REF!", ""]


@pytest.mark.parametrize("text", NOTHING)
def test_a_word_that_says_nothing_is_neither_name_nor_code(text: str) -> None:
    assert (read_names(pa.array([text])).to_pylist(), code(text)) == ([None], (None, []))


def test_a_name_that_is_still_to_come_is_reported() -> None:
    part = part_of([["企业名称", "统一社会信用代码"], ["待定", CODE], ["暂缺", CODE]])
    told = [(row["row"], row["column"], row["reason"]) for row in part.account.problems().to_pylist()]
    assert told == [(2, "A", "没有给出值")]
