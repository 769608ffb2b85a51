"""Pinyin of many names at once."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from rongtong.search.readings import REACH, letters, readings


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("重庆", {"chongqing", "zhongqing"}),
        ("长春银行", {"changchunyinhang", "zhangchunyinxing"}),
        ("青岛喆昇璟碁", {"qingdaozheshengjingqi"}),
        ("𬭎", {"hong"}),
        ("绿", {"lv"}),
        ("ABB(青岛)3M", {"abbqingdao3m"}),
        ("（）·", set()),
    ],
)
def test_a_text_is_heard_as(text: str, heard: set[str]) -> None:
    assert {one["letters"] for one in readings(pa.array([text])).to_pylist()} == heard


def test_in_one_piece_a_text_is_read_by_its_words() -> None:
    assert letters(pa.array(["重庆", "", "银行长"])).to_pylist() == ["chongqing", "", "yinhangzhang"]


@given(st.lists(st.text("青岛重庆长春银行健乐A1（𬭎", max_size=8), min_size=1, max_size=6))
def test_each_text_is_read_as_if_it_were_alone(texts):
    together = readings(pa.array(texts, pa.string())).to_pylist()
    alone = [one | {"at": at} for at, text in enumerate(texts) for one in readings(pa.array([text])).to_pylist()]
    assert sorted(together, key=repr) == sorted(alone, key=repr)


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))
def test_a_character_alone_is_read_as_the_library_reads_it(character):
    assert letters(pa.array([character]))[0].as_py() == lazy_pinyin(character)[0].replace("ü", "v").replace("ê", "e")


def test_starts_and_initials_follow_the_syllables() -> None:
    read = readings(pa.array(["海德电子"])).to_pylist()[0]
    assert (read["initials"], read["starts"]) == ("hddz", ["haidedia", "dedianzi", "dianzi", "zi"])
    assert max(map(len, read["starts"])) == REACH


def test_no_text_has_no_reading() -> None:
    assert readings(pa.array([], pa.string())).num_rows == 0
