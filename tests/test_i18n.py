"""What is put into quotes brings its own as inner ones."""

from __future__ import annotations

import pytest

from rongtong.definitions.retelling import retold
from rongtong.i18n import joined, translate, using


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("先取得“{title}”", "先取得“专精特新‘小巨人’称号”"),
        ("见《{title}》", "见《专精特新‘小巨人’称号》"),
        ("按 {title} 判", "按 专精特新“小巨人”称号 判"),
    ],
)
def test_quotes_within_quotes_are_inner_ones(message: str, told: str) -> None:
    assert translate(message, title="专精特新“小巨人”称号") == told


@pytest.mark.parametrize(
    ("between", "zh", "en"), [("、", "甲、乙", "甲, 乙"), ("，", "甲，乙", "甲, 乙"), ("；", "甲；乙", "甲; 乙")]
)
def test_a_list_is_joined_as_its_language_does(between: str, zh: str, en: str) -> None:
    told = {}
    for here in ("zh", "en"):
        with using(here):
            told[here] = joined(["甲", "乙"], between)
    assert told == {"zh": zh, "en": en}


@pytest.mark.parametrize(("kept", "told"), [("拼音；拼音、甲乙丙丁", "pinyin; pinyin, 甲乙丙丁"), ("甲、乙", "甲、乙")])
def test_what_was_written_down_as_a_list_is_joined_anew_where_it_is_ours(kept: str, told: str) -> None:
    with using("en"):
        assert retold(kept).lower() == told
