"""Chinese firm names: one spelling for what is written in several ways, and the four parts of a name.

Region · trade name 字号 · business · legal form, after 企业名称登记管理规定 article 6. The words are data in
``catalogue/names/parts.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import opencc
import pyarrow as pa
from ruamel.yaml import YAML

#: Characters of firms' names in the standard list of 2013 that a conversion to simplified script would change.
_KEPT = "昇乾"
_DROPPED = re.compile(r"[\s·•.,，。、'\"“”‘’`*_-]+")
_BRACKETS = str.maketrans({"（": "(", "）": ")", "【": "(", "】": ")", "[": "(", "]": ")", "〔": "(", "〕": ")"})


class Name(NamedTuple):
    """The parts of a normalised name; *branch* is what a branch mark says, empty for a firm itself."""

    region: str
    trade: str
    business: str
    form: str
    branch: str
    group: bool


class Words(NamedTuple):
    """The words of ``parts.yaml``, ready to match."""

    regions: re.Pattern[str]
    cities: frozenset[str]
    forms: tuple[tuple[str, str], ...]
    notes: re.Pattern[str]
    branch: re.Pattern[str]
    groups: tuple[str, ...]
    business: re.Pattern[str]


@cache
def words() -> Words:
    """The words from which names are made."""
    text = (resources.files("rongtong") / "catalogue" / "names" / "parts.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    places = sorted([*data["provinces"], *data["cities"], *data["districts"]], key=len, reverse=True)
    forms = [(written, form) for form, others in data["legal_forms"].items() for written in (form, *others)]
    either = "|".join(places)
    return Words(
        regions=re.compile(rf"\(?({either})(省|市|区|县|自治区)?\)?"),
        cities=frozenset(data["cities"]),
        forms=tuple(sorted(((w.translate(_BRACKETS), f) for w, f in forms), key=lambda pair: -len(pair[0]))),
        notes=re.compile(rf"(\((?:{'|'.join(data['notes'])})\))+$"),
        branch=re.compile("|".join(data["branch_marks"])),
        groups=tuple(data["group_marks"]),
        business=re.compile("|".join(sorted(data["business"], key=len, reverse=True))),
    )


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=200_000)
def normalise(name: str) -> str:
    """*name* in one spelling: half-width, simplified, no spaces, one kind of bracket, one word for a legal form."""
    text = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    text = _DROPPED.sub("", text).upper()
    converted = _converter().convert(text)
    if len(converted) == len(text):
        text = "".join(old if old in _KEPT else new for old, new in zip(text, converted, strict=True))
    text = words().notes.sub("", text)
    for written, form in words().forms:
        if text.endswith(written):
            return text[: -len(written)] + form
    return text


def normalise_column(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """:func:`normalise` for a column of names; nulls and empty names stay null."""
    column = names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names
    encoded = column.dictionary_encode()
    changed = pa.array([normalise(text) or None for text in encoded.dictionary.to_pylist()], pa.string())
    return changed.take(encoded.indices)


@lru_cache(maxsize=200_000)
def split(normalised: str) -> Name:
    """The parts of a normalised name; what cannot be told apart stays in the trade name."""
    rest, branch = _branch(normalised)
    form = next((form for written, form in words().forms if rest.endswith(written)), "")
    rest = rest.removesuffix(form) if form else rest
    region, rest = _region(rest)
    group = any(mark in rest for mark in words().groups)
    start = words().business.search(rest, min(2, len(rest)))
    at = start.start() if start else len(rest)
    return Name(region, rest[:at], rest[at:], form, branch, group)


def _branch(text: str) -> tuple[str, str]:
    """The firm a branch belongs to and the branch's own words; a firm itself has none."""
    mark = words().branch.search(text)
    if not mark:
        return text, ""
    firm_end = text.rfind("公司", 0, mark.start())
    return (text[: firm_end + 2], text[firm_end + 2 :]) if firm_end >= 0 else (text, mark.group())


def _region(text: str) -> tuple[str, str]:
    """The region, nearest place last, and the text without it; a region in brackets is taken from anywhere."""
    places = []
    while match := words().regions.match(text):
        if len(text) - match.end() < 2:
            break
        places.append(match.group(1))
        text = text[match.end() :]
    for match in list(words().regions.finditer(text)):
        if match.group().startswith("(") and match.group().endswith(")"):
            places.append(match.group(1))
            text = text.replace(match.group(), "", 1)
    return "·".join(places), text


def cities(region: str) -> frozenset[str]:
    """The cities that a region names."""
    return frozenset(region.split("·")) & words().cities
