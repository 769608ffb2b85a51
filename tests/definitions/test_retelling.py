"""Messages that were written down in Chinese are read in the reader's language."""

from __future__ import annotations

import pytest

from rongtong import i18n
from rongtong.definitions.retelling import retold
from rongtong.i18n import translate

WRITTEN = [
    "校验码不符",
    "请带上百分号填写，例如 5%",
    "没有这样写过的话",
    "Written in English",
]
READ = [
    "The check character does not fit",
    "write it with a percent sign, for example 5%",
    "没有这样写过的话",
    "Written in English",
]


def test_they_are_read_in_english():
    with i18n.using("en"):
        assert [*map(retold, WRITTEN)] == READ


def test_in_chinese_they_stay_as_they_are():
    with i18n.using("zh"):
        assert [*map(retold, WRITTEN)] == WRITTEN


@pytest.mark.parametrize(
    ("message", "value", "read"),
    [("{firm}：在办的对接已满", "甲公司", "甲公司"), ("已有 {n} 条对接在办", "3", "3")],
)
def test_what_was_filled_in_is_told_too(message, value, read):
    name = "firm" if "firm" in message else "n"
    with i18n.using("en"):
        assert retold(message.replace(f"{{{name}}}", value)) == translate(message, **{name: read})


def test_words_of_definitions_are_told_with_what_was_filled_in():
    with i18n.using("en"):
        assert retold("持有且在有效期内：省级专精特新") == "Holds, in force: Provincial SRDI"


def test_several_in_one_text_are_told_one_by_one():
    with i18n.using("en"):
        assert retold("校验码不符；公式出错") == "The check character does not fit; the formula failed"
