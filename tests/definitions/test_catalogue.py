"""A list of the catalogue in which a word means two things is refused, with the line of the second."""

from __future__ import annotations

from pathlib import Path

import pytest

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.loader import DefinitionError, Document

LIST = """\
kind: fields
title: 清单
fields:
  - id: prizes
    kind: list
    label: 奖项
    label_en: Prizes
    definition: 获得的奖项
    source: 办法
    attributes:
      - {id: kind, label: 种类, type: text, synonyms: [类别]}
      - {id: level, label: 级别, type: text, synonyms: [等级]}
    subsets:
      - {id: high, label: 高, when: kind = 高, labels: {count: [高等奖数], any: [有无高等奖]}}
      - {id: low, label: 低, when: kind = 低, labels: {count: [低等奖数]}}
"""


def catalogue_of(text: str) -> Catalogue:
    return Catalogue([Document(Path("list.yaml"), text)])


def test_a_list_whose_words_are_its_own_is_read() -> None:
    assert [one.id for one in catalogue_of(LIST)["prizes"].subsets] == ["high", "low"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: level", "id: kind", 12, "编号“kind”"),
        ("label: 级别", "label: 种类", 12, "叫法“种类”"),
        ("[等级]", "[类别]", 12, "叫法“类别”"),
        ("[等级]", "[种类]", 12, "叫法“种类”"),
        ("id: low", "id: high", 15, "编号“high”"),
        ("[低等奖数]", "[高等奖数]", 15, "叫法“高等奖数”"),
        ("[有无高等奖]", "[高等奖数]", 14, "叫法“高等奖数”"),
    ],
)
def test_a_word_that_means_two_things_is_refused(old: str, new: str, line: int, what: str) -> None:
    with pytest.raises(DefinitionError) as error:
        catalogue_of(LIST.replace(old, new))
    assert (error.value.place, error.value.what) == (f"list.yaml:{line}", f"{what}在同一清单中出现两次")
