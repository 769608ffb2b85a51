"""How enumerations are taken apart, and that what the vocabulary knows stays whole."""

from __future__ import annotations

import pytest

from rongtong.match.words import items, pieces, words

LABELS = [one.label for one in (*words().kinds, *words().certificates)]
WRITTEN = [word for one in (*words().kinds, *words().certificates) for word in one.written]


@pytest.mark.parametrize("word", [*LABELS, *WRITTEN, *words().titles, *words().unjoined])
def test_what_the_vocabulary_knows_is_one_item(word: str) -> None:
    assert pieces(word) == [word]


@pytest.mark.parametrize("label", LABELS)
def test_and_so_it_is_among_others(label: str) -> None:
    assert pieces(f"{label}和减速器") == [label, "减速器"]
    assert pieces(f"减速器及{label}、齿轮") == ["减速器", label, "齿轮"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("不饱和聚酯树脂", ["不饱和聚酯树脂"]),
        ("不饱和聚酯树脂和固化剂", ["不饱和聚酯树脂", "固化剂"]),
        ("中和剂及其助剂", ["中和剂", "助剂"]),
        ("调和油与空调和压缩机", ["调和油", "空调", "压缩机"]),
        ("铜和铝", ["铜和铝"]),
        ("铜和铝合金及钢管", ["铜和铝合金", "钢管"]),
        ("ISO9001和CE认证", ["ISO9001", "CE认证"]),
        ("减速器、 齿轮，轴承；减速器", ["减速器", "齿轮", "轴承"]),
        ("轴承 齿轮", ["轴承", "齿轮"]),
        ("青岛和达科技有限公司和海尔集团", ["青岛和达科技有限公司", "海尔集团"]),
        ("上海及时雨设备厂", ["上海及时雨设备厂"]),
        ("", []),
    ],
)
def test_a_joint_parts_where_two_characters_stand_on_either_side(text: str, items: list[str]) -> None:
    assert pieces(text) == items


def test_what_is_known_goes_whole() -> None:
    assert pieces("集成电路和元器件、轴承和齿轮", {"集成电路和元器件"}) == ["集成电路和元器件", "轴承", "齿轮"]


def test_a_product_is_what_stands_between_stops() -> None:
    assert items("通信设备及产品、轴承 齿轮；轴承。") == ["通信设备及产品", "轴承", "齿轮"]
