"""What is required and what is only wished for, in cells and in running text."""

from __future__ import annotations

from typing import Any

import pytest

from rongtong.match.cells import certified, regions, required
from rongtong.match.wishes import named, parted

PARTED = [
    ("青岛市内优先", "", "青岛市内"),
    ("青岛市内", "青岛市内", ""),
    ("最好有ISO9001，是小巨人更好", "", "有ISO9001，是小巨人"),
    ("专精特新企业，青岛优先", "专精特新企业", "青岛"),
    ("须有ISO9001和小巨人优先", "须有ISO9001", "小巨人"),
    ("专精特新优先、ISO9001", "ISO9001", "专精特新"),
    ("ISO9001（优先）", "", "ISO9001"),
    ("ISO9001，尽量在山东为宜", "ISO9001", "在山东"),
    ("同等条件下本市企业优先", "", "本市企业"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "hard", "wished"), PARTED)
def test_the_words_say_what_must_be_and_what_is_wished(text: str, hard: str, wished: str) -> None:
    assert parted(text) == (hard, wished)


@pytest.mark.parametrize("text", ["具有ISO9001", "须持有ISO9001", "ISO9001", "已通过ISO9001"])
def test_what_says_that_a_firm_has_it_is_no_part_of_its_name(text: str) -> None:
    assert named(text) == "ISO9001"


def wish(constraint: str, *asked: str) -> dict[str, Any]:
    return {"constraint": constraint, "asked": list(asked)}


def test_cells_tell_wishes_apart() -> None:
    assert regions("青岛市内优先").values == {"wishes": [wish("region", "青岛")]}
    assert regions("崂山区优先，山东省").values == {"regions": ["山东"], "wishes": [wish("region", "崂山")]}
    assert certified("最好有ISO9001，是小巨人更好").values == {
        "wishes": [wish("certificates", "ISO9001"), wish("titles", "专精特新小巨人")]
    }
    assert required("高企，小巨人优先").values == {
        "titles": ["高新技术企业"],
        "wishes": [wish("titles", "专精特新小巨人")],
    }


def test_what_nobody_knows_stays_in_the_column_where_it_stands() -> None:
    assert certified("FSC").values == {"certificates": ["FSC"]}
    assert required("首台套").values == {"titles": ["首台套"]}
    assert certified("GMP").values == {"certificates": ["GMP"]}
