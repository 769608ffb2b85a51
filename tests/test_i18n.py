"""What is put into quotes brings its own as inner ones."""

from __future__ import annotations

import pytest

from rongtong.i18n import translate


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
