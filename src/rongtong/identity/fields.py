"""What fields other than the name say of two entries being one firm.

Fellegi and Sunter, *A Theory for Record Linkage*, 1969: agreement in a grade adds ln(m/u), where m is how often entries
of one firm agree so and u how often others do that are looked at, whose names are alike: daughters share addresses.
Both are estimated by expectation maximisation, likelihoods by name being what is known beforehand; u is at least that
of the very value (Winkler 1989).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from scipy.special import expit

from rongtong.identity.names_column import normalise_column
from rongtong.identity.parts import leading_region
from rongtong.identity.signals import Floats
from rongtong.identity.uscc_column import check_column
from rongtong.identity.vocabulary import regions, stated

Places = np.ndarray[Any, Any]
_ROUNDS = 20
_STREET = r"^(?:.*?[省市区县镇])?(?P<street>[^省市区县号]+号)"


@cache
def _stated() -> dict[str, Any]:
    weights: dict[str, Any] = stated("fields.yaml")
    return weights


def named() -> tuple[str, ...]:
    """The fields that count."""
    return tuple(_stated()["fields"])


def listed() -> tuple[str, ...]:
    """The fields that count beside each other in a list and a registry."""
    return tuple(_stated()["in_lists"])


def odds(firms: pa.Table, left: Places, right: Places, by_name: Floats) -> Floats:
    """The log odds that the fields of *firms* add for the rows *left* and *right*; what is not said adds nothing.

    *firms* may have ``uscc`` and the fields of ``catalogue/names/fields.yaml``; *by_name* are the log odds by name.
    """
    codes = _codes(firms["uscc"], left, right)
    there = [field for field in named() if field in firms.column_names]
    return _estimated([_Agreement(field, firms[field], left, right) for field in there], by_name + codes) + codes


def weighed(firms: pa.Table, left: Places, right: Places, by_name: Floats) -> tuple[Floats, dict[str, Places]]:
    """What the fields of a list add to the log odds *by_name*, and how each field agrees: ``same``, ``near``,
    ``other``, or nothing where one is not said.

    *firms* holds the entries of both, with some of the fields :func:`listed`.
    """
    found = {one: _Agreement(one, firms[one], left, right) for one in listed() if one in firms.column_names}
    told = {field: one.words for field, one in found.items()}
    for field, one in found.items():
        if outer := found.get(_weights(field).get("within", "")):
            one.grade[outer.agrees] = -1
    return _estimated(list(found.values()), by_name), told


def _estimated(found: list[_Agreement], before: Floats) -> Floats:
    total = np.zeros(len(before))
    for _round in range(_ROUNDS):
        likely = expit(before + total)
        total = sum((one.odds(likely) for one in found), np.zeros(len(before)))
    return total


def _weights(field: str) -> dict[str, Any]:
    weights: dict[str, Any] = {**_stated()["fields"], **_stated()["listed"]}[field]
    return weights


class _Agreement:
    """In which grade the values of a field agree for each pair (-1: one is not said), and how common the value is."""

    def __init__(self, field: str, column: pa.ChunkedArray, left: Places, right: Places) -> None:
        stated = _weights(field)
        self.prior = [np.array([*stated[side], 1 - sum(stated[side])]) for side in ("same", "other")]
        grades = [_coded(values) for values in _grades(field, column)]
        self.grade = np.full(len(left), len(grades))
        self.common = np.zeros(len(left))
        for at, value in reversed(list(enumerate(grades))):
            said = value[value >= 0]
            share = np.bincount(said) / max(1, len(said)) if len(said) else np.zeros(1)
            agree = (value[left] >= 0) & (value[left] == value[right])
            self.grade[agree], self.common[agree] = at, share[value[left][agree]]
        unsaid = (grades[0][left] < 0) | (grades[0][right] < 0)
        self.grade[unsaid] = -1

    @property
    def agrees(self) -> Places:
        """Where the values agree in some grade."""
        both: Places = (self.grade >= 0) & (self.grade < len(self.prior[0]) - 1)
        return both

    @property
    def words(self) -> Places:
        """``same``, ``near``, ``other``, or nothing where one is not said, for each pair."""
        between = ["near"] * (len(self.prior[0]) - 2)
        words: Places = np.array(["same", *between, "other", ""], object)[self.grade]
        return words

    def odds(self, likely: Floats) -> Floats:
        """What agreement is worth, given how likely each pair is one firm."""
        m, u = (self._shares(side, weight) for side, weight in zip(self.prior, (likely, 1 - likely), strict=True))
        worth = np.log(m[self.grade] / np.maximum(u[self.grade], self.common))
        differ = self.grade == len(m) - 1
        return np.select([self.grade < 0, differ], [0.0, worth], np.maximum(worth, 0.0))

    def _shares(self, prior: Floats, weight: Floats) -> Floats:
        said = self.grade >= 0
        counted = np.bincount(self.grade[said], weight[said], len(prior)) + _stated()["weight"] * prior
        shares: Floats = counted / counted.sum()
        return shares


def _grades(field: str, column: pa.ChunkedArray) -> list[pa.Array]:
    """The values of a field, and what is left of them in coarser grades."""
    if field == "district":
        return [districts(column)]
    if field == "industry":
        return [normalise_column(column)]
    if field == "address":
        whole = normalise_column(column)
        return [whole, pc.struct_field(pc.extract_regex(whole, _STREET), "street")]
    if field == "english_name":
        whole = normalise_column(column)
        return [whole, pc.utf8_slice_codeunits(whole, 0, 12)]
    if field == "registered_on":
        return [column, pc.utf8_slice_codeunits(column.cast(pa.string()), 0, 7)]
    return [column, pc.utf8_slice_codeunits(column.cast(pa.string()), 0, 2)]


def districts(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The district that each text, a place or an address, begins with; null where none is known."""
    told = pc.dictionary_encode(pa.chunked_array([column]) if isinstance(column, pa.Array) else column).combine_chunks()
    return pa.array(map(_district, told.dictionary.to_pylist()), pa.string()).take(told.indices)


def _district(text: str) -> str | None:
    """崂山 for 崂山, 崂山区, 青岛市崂山区 and 山东省青岛市崂山区…路1号."""
    name = "".join(text.split())
    spelt = (name + ending for ending in ("", "区", "新区"))
    counties = ((regions().get(one) or leading_region(one)[0]).county for one in spelt)
    county = next(filter(None, counties), "")
    return _stated()["same_place"].get(county, county) or None


def _coded(column: pa.Array | pa.ChunkedArray) -> Places:
    coded = pc.dictionary_encode(column)
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    numbers: Places = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return numbers


def told(firms: pa.Table, left: Places, right: Places) -> list[tuple[str, ...]]:
    """What the fields of *firms* say of each pair of rows, as keys of :func:`rongtong.identity.describe`."""
    said = [_words(firms[field], field, left, right) for field in named() if field in firms.column_names]
    said.append(np.select(_coded_apart(firms["uscc"], left, right), ["other_code", "near_code"], "").tolist())
    return [tuple(word for word in words if word) for words in zip(*said, strict=True)]


def _words(column: pa.ChunkedArray, field: str, left: Places, right: Places) -> list[str]:
    grade = _Agreement(field, column, left, right).grade
    words: list[str] = np.array([f"{field}_same", f"{field}_near", f"{field}_other", ""], object)[grade].tolist()
    return words


def coded_apart(column: pa.ChunkedArray, left: Places, right: Places) -> Places:
    """Where both rows of a pair bear valid codes, and these differ."""
    return _coded_apart(column, left, right)[0]


def _codes(column: pa.ChunkedArray, left: Places, right: Places) -> Floats:
    worth = [np.log(_stated()[name]) for name in ("other_code", "near_code")]
    return np.select(_coded_apart(column, left, right), worth, 0.0)


def _coded_apart(column: pa.ChunkedArray, left: Places, right: Places) -> list[Places]:
    """Where both codes are valid and differ, and where one is not and a single character makes the difference."""
    checked = check_column(column)
    code, valid = _coded(checked["normalised"]), checked["valid"].to_numpy(zero_copy_only=False).astype(bool)
    apart = (code[left] >= 0) & (code[right] >= 0) & (code[left] != code[right])
    both = valid[left] & valid[right]
    unsure = np.flatnonzero(apart & ~both)
    near = np.zeros(len(left), bool)
    text = checked["normalised"].combine_chunks()
    sides = (text.take(pa.array(side[unsure])).to_pylist() for side in (left, right))
    near[unsure] = process.cpdist(*sides, scorer=Levenshtein.distance, score_cutoff=1) == 1
    return [apart & both, near]
