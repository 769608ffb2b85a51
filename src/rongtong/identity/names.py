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
import pyarrow.compute as pc
from ruamel.yaml import YAML

#: Characters of firms' names in the standard list of 2013 that a conversion to simplified script would change.
_KEPT = "昇乾"
_DROPPED = re.compile(r"[^\S\n]|[·•.,，。、'\"“”‘’`*_-]+")
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
    forms: dict[str, str]
    forms_end: re.Pattern[str]
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
    forms = {w.translate(_BRACKETS): form for form, others in data["legal_forms"].items() for w in (form, *others)}
    longest = sorted(forms, key=len, reverse=True)
    either = "|".join(places)
    return Words(
        regions=re.compile(rf"\(?({either})(省|市|区|县|自治区)?\)?"),
        cities=frozenset(data["cities"]),
        forms=forms,
        forms_end=re.compile(f"({'|'.join(map(re.escape, longest))})$", re.MULTILINE),
        notes=re.compile(rf"(\((?:{'|'.join(data['notes'])})\))+$", re.MULTILINE),
        branch=re.compile("|".join(data["branch_marks"])),
        groups=tuple(data["group_marks"]),
        business=re.compile("|".join(sorted(data["business"], key=len, reverse=True))),
    )


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=50_000)
def _simplified(character: str) -> str:
    return character if character in _KEPT else str(_converter().convert(character))


@lru_cache(maxsize=200_000)
def normalise(name: str) -> str:
    """*name* in one spelling: half-width, simplified, no spaces, one kind of bracket, one word for a legal form."""
    return _normalise([name])[0]


def _normalise(names: list[str]) -> list[str]:
    """Normalise many names as one text, a name a line, so that a million take seconds."""
    text = unicodedata.normalize("NFKC", "\n".join(name.replace("\n", " ") for name in names))
    used = set(text)
    changes = {ord(c): _simplified(c) for c in used if c > "\u2e7f" and _simplified(c) != c}
    changes |= {point: bracket for point, bracket in _BRACKETS.items() if chr(point) in used}
    text = text.translate(changes) if changes else text
    text = _DROPPED.sub("", text).upper()
    text = words().notes.sub("", text)
    return words().forms_end.sub(lambda match: words().forms[match.group()], text).split("\n")


def normalise_column(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """:func:`normalise` for a column of names; nulls and empty names are null."""
    column = names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names
    if column.null_count == len(column):
        return column
    column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    column = pc.replace_substring(pc.replace_substring(column, "（", "("), "）", ")")
    unusual = pc.fill_null(pc.match_substring_regex(column, _unusual(column)), False)
    if not pc.any(unusual).as_py():
        return column
    known = pa.array(_normalise(column.filter(unusual).to_pylist()), pa.string())
    known = pc.if_else(pc.equal(known, ""), pa.scalar(None, pa.string()), known)
    return pc.replace_with_mask(column, unusual, known)


def _unusual(column: pa.Array) -> str:
    """What a name holds that is not in its normal spelling already: most names hold nothing of the kind.

    Unified ideographs that stand for themselves, digits and capitals are normal, and so are brackets inside; an ending
    is when it is the word for its legal form.
    """
    used = set(str(column.buffers()[2] or b"", "utf-8"))
    changed = "".join(sorted(c for c in used if "\u4e00" <= c <= "\u9fff" and _simplified(c) != c))
    endings = "|".join(re.escape(word) for word, form in words().forms.items() if word != form)
    return rf"[^0-9A-Z()\x{{4e00}}-\x{{9fff}}]|[{changed or chr(0)}]|\)$|({endings})$"


@lru_cache(maxsize=200_000)
def split(normalised: str) -> Name:
    """The parts of a normalised name; what cannot be told apart stays in the trade name."""
    rest, branch = _branch(normalised)
    form = match.group() if (match := words().forms_end.search(rest)) else ""
    rest = rest.removesuffix(form)
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
