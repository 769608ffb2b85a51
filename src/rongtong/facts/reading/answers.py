"""Answers written with more than the answer: ``A.是``, ``是（证书…）``, ``自主研发`` under 是否自主研发, ``发明``."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.values import ValueSpec
from rongtong.facts.reading.writing import key, plain

_OPTION = re.compile(r"^[A-D][.、．)）:：]\s*(?=\S)")
_SAID = re.compile(r"^(是|否|有|无)\s*(?:[(（].*[)）]|[,，;；。].*)$", re.S)


def plain_answers(texts: pa.Array, spec: ValueSpec) -> pa.Array:
    """The texts of a column of yes/no or levels, each distinct one brought to the answer itself where it is sure."""
    if spec.type not in {"boolean", "level"}:
        return texts
    coded = pc.dictionary_encode(texts)
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    answers = [_answer(text, spec) for text in coded.dictionary.to_pylist()]
    return pa.array(answers, pa.string()).take(coded.indices)


def _answer(text: str, spec: ValueSpec) -> str:
    bare = _OPTION.sub("", text.strip())
    if spec.type == "level":
        return _level(bare, spec.levels)
    if said := _SAID.match(bare):
        return said.group(1)
    asked = key(spec.label).removeprefix("是否")
    return "是" if key(bare) == asked and len(asked) > 1 else bare


def _level(text: str, levels: tuple[str, ...]) -> str:
    """The one level that begins with *text* (``发明`` → ``发明专利``), else the text as it is."""
    word = plain(text)
    if len(word) < 2 or word in levels:
        return text
    begun = [level for level in levels if level.startswith(word)]
    return begun[0] if len(begun) == 1 else text
