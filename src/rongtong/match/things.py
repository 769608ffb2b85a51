"""The things that a need names, products, materials and processes, without the talk around them (``words.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rongtong.match.asked import without_lead
from rongtong.match.numbers import amounts, any_of, quantities
from rongtong.match.structure import without_requirements
from rongtong.match.wishes import parted
from rongtong.match.words import words
from rongtong.match.writing import clauses

_STRETCH = re.compile(r"[\u4e00-\u9fff]{2,}|(?<![A-Za-z0-9])[A-Z][A-Z0-9\-]+(?![A-Za-z0-9])")


def things(need: Mapping[str, Any]) -> list[str]:
    """The things that a need names, in order: all that its product says, and of its texts what ends as things do."""
    found = list(_stretches(words().what_of(need["product"] or "")))
    for name in ("title", "text", "requirements"):
        required = "，".join(words().what_of(parted(without_lead(one)).required) for one in clauses(need[name] or ""))
        found += [one for one in _stretches(required) if _ends_as_things_do(one)]
    return list(dict.fromkeys(found))


def _stretches(text: str) -> Iterator[str]:
    """What is left of *text* between talk, amounts, quantities, certificates and titles."""
    for one in sorted((*amounts(text), *quantities(text)), key=lambda one: -one.start):
        text = f"{text[: one.start]} {text[one.end :]}"
    yield from _STRETCH.findall(_talk().sub(" ", without_requirements(text)))


def _ends_as_things_do(one: str) -> bool:
    return one.isascii() or one.endswith(words().ends)


@cache
def _talk() -> re.Pattern[str]:
    """Talk, and the 用 of 伺服电机用轴承: not that of 船用."""
    return re.compile(rf"{any_of(words().talk)}|(?<=[\u4e00-\u9fff]{{3}})用")
