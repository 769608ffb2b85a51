"""What to write instead: the ways in which people put a condition, and how the language has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from rongtong.definitions.catalogue import Catalogue, Field
from rongtong.i18n import _

#: What people write where the language has a sign or a word of its own; the longer words first.
SPOKEN = {
    "and": r"并且|而且|同时|以及|且|和|AND|&+",
    "or": r"或者|或|OR|[|]+",
    "not": r"不是|并非|非|NOT|!",
    ">=": r"大于等于|不低于|不少于|不小于|达到|以上|＞=|=>",
    "<=": r"小于等于|不高于|不超过|不大于|不多于|以下|以内|＜=|=<",
    ">": r"大于|超过|高于|多于|＞|>",
    "<": r"小于|低于|少于|不足|＜|<",
    "=": r"等于|是|为|＝",
    "(": r"（",
    ")": r"）",
    "%": r"％",
}
_WORD = re.compile(r"[\u4e00-\u9fff“”Ⅰ]+$")


def mend_of(text: str, at: int, written: Mapping[str, str]) -> str:
    """What to write instead of what stands at character *at* (from 1) of *text*; *written* as :func:`names` has it."""
    before, rest = text[: at - 1], text[at - 1 :]
    word = _WORD.search(before) if rest.startswith("[") else None
    known = named(word.group(), written) if word else _number(before, rest) or _spoken(rest) or _bracket(text, rest)
    return known or _("请对照 docs/rulebooks.md 的写法")


def named(word: str, written: Mapping[str, str]) -> str:
    """How to write what people call *word*."""
    near = get_close_matches(word, written, 1)
    if not near:
        return _("请写字段的编号，如 revenue[Y]")
    return _("“{word}”请写作 {written}", word=near[0], written=written[near[0]])


def _number(before: str, rest: str) -> str:
    if re.match(r"[,，]\s*\d", rest) and before[-1:].isdigit():
        return _("数里不要写逗号，例如 1000万元")
    return _("等于只写一个 =") if rest.startswith("=") and before.endswith("=") else ""


def _spoken(rest: str) -> str:
    found = ((sign, way) for sign, ways in SPOKEN.items() if (way := re.match(ways, rest)))
    for sign, way in found:
        return _("“{text}”请写作 {written}", text=way.group(), written=sign)
    return _("“{text}”请去掉；并且写 and，或者写 or", text=rest[0]) if re.match(r"[，；。、]", rest) else ""


def _bracket(text: str, rest: str) -> str:
    if rest.startswith(")"):
        return _("多一个“)”")
    return _("少一个“)”") if not rest.strip() and text.count("(") > text.count(")") else ""


def names(fields: Catalogue) -> dict[str, str]:
    """Each Chinese name of a field or of a subset, with how it is written."""
    every = [pair for one in reversed(list(fields.fields.values())) for pair in _names(one)]
    return dict(every)


def _names(one: Field) -> Iterator[tuple[str, str]]:
    if one.kind == "list":
        for subset in one.subsets:
            yield subset.label, _counted(one, subset.id)
    else:
        for name in (*one.synonyms, one.label):
            yield name, f"{one.id}[Y]" if one.per_year else one.id


def _counted(one: Field, subset: str) -> str:
    """The condition that there is any of a subset."""
    when = " during Y-2..Y+1" if one.dated_by else " valid" if one.valid else ""
    return f"any({one.id}.{subset}{when})"
