"""Everything that definitions say has its English, and one English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from rongtong import i18n
from rongtong.definitions.loader import DefinitionError, Document, Model, folder, read
from rongtong.definitions.wording import both, worded

CHINESE = re.compile("[\u4e00-\u9fff]")
#: The parts of definitions that readers see; the law is cited as it stands (document, number, part, cite).
SAID = {
    "label", "title", "text", "note", "definition", "settled_by", "values", "reasons", "parties", "things", "group",
    "source_kinds", "yes", "no", "unknown", "question", "unsaid", "held_until", "held_open", "authority",
    "wish_yes", "wish_no", "wish_unknown", "wish_question", "territory",
}  # fmt: skip  # read by rows
#: Of these every value is said.
MAPPINGS = ("parties", "things", "source_kinds")
#: What readers of pages never see: words to read names, lists and workbooks by, and the columns of needs and offers.
UNSEEN = ("names/", "lists/", "match/needs.yaml: definition", "match/offers.yaml: definition")


def lacking(node: Any, where: str) -> Iterator[str]:
    """Parts in Chinese without English beside them, with their file."""
    if isinstance(node, dict):
        for name, part in node.items():
            level = name == "territory" and isinstance(part, list)  # whose words the catalogue has in English
            if name in SAID and not level and f"{name}_en" not in node and any(map(CHINESE.search, texts(part))):
                yield f"{where}: {name} {part}"
            if name not in MAPPINGS:
                yield from lacking(part, where)
    elif isinstance(node, list):
        for part in node:
            yield from lacking(part, where)


def texts(part: Any) -> list[str]:
    """The texts that a part consists of itself."""
    own = part.values() if isinstance(part, dict) else part if isinstance(part, list) else [part]
    return [one for one in own if isinstance(one, str)]


def test_every_definition_says_it_in_english():
    files = [one for one in sorted(folder().rglob("*.yaml")) if not one.stem.endswith(".examples")]
    found = (gap for one in files for gap in lacking(read(one).tree, one.relative_to(folder()).as_posix()))
    assert [gap for gap in found if not gap.startswith(UNSEEN)] == []


def test_one_text_has_one_english():
    found: dict[str, set[str]] = {}
    for text, english in both():
        found.setdefault(text, set()).add(english)
    assert {text: told for text, told in found.items() if len(told) > 1} == {}


def test_the_english_is_english_and_fills_in_nothing_else():
    names = {text: {name for _own, name, _spec, _form in Formatter().parse(text) if name} for text, _en in both()}
    odd = [
        (text, en)
        for text, en in both()
        if CHINESE.search(en) or not {name for _o, name, _s, _f in Formatter().parse(en) if name} <= names[text]
    ]
    assert odd == []


def test_words_are_told_in_the_language_in_use():
    texts = ("专精特新中小企业认定标准", "省级专精特新", "谁也没有写过")
    with i18n.using("en"):
        assert [*map(worded, texts)] == [
            "Specialised, refined, distinctive and innovative SME (SRDI SME)", "Provincial SRDI", "谁也没有写过",
        ]  # fmt: skip  # read by rows
    with i18n.using("zh"):
        assert (*map(worded, texts),) == texts


class Part(Model):
    label: str
    values: tuple[str, ...] = ()


@pytest.mark.parametrize("text", ["label: 甲\nlable_en: A", "label: 甲\nvalues: [乙, 丙]\nvalues_en: [B]"])
def test_english_that_stands_beside_nothing_or_says_less_is_refused(tmp_path, text):
    with pytest.raises(DefinitionError):
        Document(tmp_path / "x.yaml", text).parse(Part)


def test_english_is_no_part_of_the_model(tmp_path):
    text = "label: 甲\nlabel_en: A\nvalues: [乙]\nvalues_en: [B]"
    assert Document(tmp_path / "x.yaml", text).parse(Part) == Part(label="甲", values=("乙",))
