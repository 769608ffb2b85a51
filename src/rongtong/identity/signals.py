"""What two names have in common and where they part, as numbers: a row a pair, a column a signal.

Nothing here decides; :mod:`rongtong.identity.judge` has learned what the numbers are worth. The shorter name of a
pair comes first, so the order of the two does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq, Levenshtein, Postfix, Prefix
from rapidfuzz.process import cpdist

from rongtong.identity.edits import Edits, between
from rongtong.identity.parts import Parts, cut_business
from rongtong.identity.rules import place_or_trade_name
from rongtong.identity.shortened import Shortened, shortened
from rongtong.identity.vocabulary import NOWHERE, business_words

Floats = NDArray[np.float64]
_CLOSE = 4
"""Edits between two cores up to which each is looked at."""
_SHARES = "股份有限公司"
_NO_SHORT = Shortened(missing=9, runs=9, begins=99, within=0, abbreviated=False)


class Side(NamedTuple):
    """One name of every pair: a text each of the parts that signals compare."""

    flat: list[str]
    stem: list[str]
    core: list[str]
    trade: list[str]
    business: list[str]
    form: list[str]
    branch: list[str]
    unit: list[str]
    province: list[str]
    city: list[str]
    county: list[str]
    group: list[str]
    after: list[str]
    mark: list[str]

    @classmethod
    def of(cls, names: Sequence[Parts]) -> Self:
        """The texts of *names*."""
        return cls(*map(list, zip(*map(_texts, names), strict=True)))

    def lengths(self, part: str) -> Floats:
        """How long a part of each name is."""
        return np.fromiter(map(len, getattr(self, part)), np.float64)


def _texts(name: Parts) -> tuple[str, ...]:
    group = "集团" if name.group else ""
    unit = "/".join(name.unit) if name.unit != NOWHERE else ""
    core = name.core + group + name.after_group
    own = (name.flat, name.stem, core, name.trade_name, name.business, name.form, name.branch, unit)
    return (*own, *name.region, group, name.after_group, "*" if name.marked else "")


def signals(pairs: Sequence[tuple[Parts, Parts]]) -> Floats:
    """The signals of *pairs*, n × :data:`SIGNALS`; every pair must have its shorter name first (:func:`ordered`)."""
    if not pairs:
        return np.zeros((0, len(SIGNALS)))
    pairs = [(_as_meant(short, long), long) for short, long in pairs]
    short, long = (Side.of(side) for side in zip(*pairs, strict=True))
    table: dict[str, Any] = {}
    for step in (_whole, _core, _trade, _business, _said):
        table |= step(short, long)
    table |= _edits(short, long, table["core_distance"])
    table |= _shortened(pairs)
    return np.column_stack([table[name] for name in SIGNALS]).astype(np.float64)


def ordered(a: Parts, b: Parts) -> tuple[Parts, Parts]:
    """The shorter of two names first; of equally long ones the one that sorts first."""
    return (a, b) if (len(a.text), a.text) <= (len(b.text), b.text) else (b, a)


def _as_meant(short: Parts, long: Parts) -> Parts:
    """The shorter name; a place that can only be the other's trade name is read so.

    永康堂机械 beside 济宁永康堂机械有限公司.
    """
    if short.region == NOWHERE or short.group or not place_or_trade_name(short, long):
        return short
    trade_name, business = cut_business(short.stem)
    return replace(short, region=NOWHERE, trade_name=trade_name, business=business)


def _measure(scorer: Callable[..., Any], left: list[str], right: list[str]) -> Floats:
    return np.asarray(cpdist(left, right, scorer=scorer), np.float64)


def _missing(left: list[str], right: list[str], length: Floats) -> Floats:
    """How many of *length* characters do not stand in the other text in their order."""
    return length - _measure(LCSseq.similarity, left, right)


def _whole(a: Side, b: Side) -> dict[str, Floats]:
    """The names as a whole, without brackets."""
    length = a.lengths("flat")
    return {
        "length": length,
        "other_length": b.lengths("flat"),
        "distance": _measure(Levenshtein.distance, a.flat, b.flat),
        "likeness": _measure(Indel.normalized_similarity, a.flat, b.flat),
        "begins": _measure(Prefix.similarity, a.flat, b.flat),
        "ends": _measure(Postfix.similarity, a.flat, b.flat),
        "missing": _missing(a.flat, b.flat, length),
        "stem_distance": _measure(Levenshtein.distance, a.stem, b.stem),
        "stem_missing": _missing(a.stem, b.stem, np.minimum(a.lengths("stem"), b.lengths("stem"))),
    }


def _core(a: Side, b: Side) -> dict[str, Floats]:
    """Trade name and business together."""
    own, other = a.lengths("core"), b.lengths("core")
    begins = _measure(Prefix.similarity, a.core, b.core)
    ends = _measure(Postfix.similarity, a.core, b.core)
    return {
        "core_distance": _measure(Levenshtein.distance, a.core, b.core),
        "core_likeness": _measure(Indel.normalized_similarity, a.core, b.core),
        "core_missing": _missing(a.core, b.core, np.minimum(own, other)),
        "core_in_stem": _missing(a.core, b.stem, own),
        "core_begins": begins,
        "core_ends": ends,
        "core_own": own - begins - ends,
        "core_other": other - begins - ends,
    }


def _trade(a: Side, b: Side) -> dict[str, Floats]:
    """Trade names."""
    own, other = a.lengths("trade"), b.lengths("trade")
    return {
        "trade_length": own,
        "trade_other_length": other,
        "trade_distance": _measure(Levenshtein.distance, a.trade, b.trade),
        "trade_likeness": _measure(Indel.normalized_similarity, a.trade, b.trade),
        "trade_begins": _measure(Prefix.similarity, a.trade, b.trade),
        "trade_missing": _missing(a.trade, b.trade, np.minimum(own, other)),
        "trade_in_core": _missing(a.trade, b.core, own),
        "core_in_trade": _missing(b.trade, a.core, other),
    }


def _business(a: Side, b: Side) -> dict[str, Floats]:
    """What the names say of the trade."""
    own, other = a.lengths("business"), b.lengths("business")
    return {
        "business_length": own,
        "business_other_length": other,
        "business_distance": _measure(Levenshtein.distance, a.business, b.business),
        "business_likeness": _measure(Indel.normalized_similarity, a.business, b.business),
        "business_missing": _missing(a.business, b.business, np.minimum(own, other)),
    }


_SAID = ("business", "province", "city", "county", "unit", "form", "branch", "group", "after")
"""Parts of which it counts whether they agree, differ, or are not said."""


def _said(a: Side, b: Side) -> dict[str, Floats]:
    agree: dict[str, Floats] = {f"{part}_agrees": _agreement(getattr(a, part), getattr(b, part)) for part in _SAID}
    forms: dict[str, Floats] = {
        "has_form": np.minimum(a.lengths("form"), 1),
        "other_has_form": np.minimum(b.lengths("form"), 1),
        "other_has_shares": np.array([form == _SHARES for form in b.form], np.float64),
        "marked": np.minimum(a.lengths("mark"), 1),
    }
    telling = {
        "trade_is_word": np.array([name in business_words() for name in a.trade], np.float64),
        "trade_other_is_word": np.array([name in business_words() for name in b.trade], np.float64),
    }
    return agree | forms | telling


def _agreement(left: list[str], right: list[str]) -> Floats:
    """0 where neither says it, 1 where both say the same, 2 where one is silent, 3 where they differ."""
    one, two = np.array(left, object), np.array(right, object)
    silent, other_silent = one == "", two == ""
    return np.select([silent & other_silent, one == two, silent | other_silent], [0.0, 1.0, 2.0], 3.0)


def _edits(a: Side, b: Side, distance: Floats) -> dict[str, Floats]:
    """Where two cores are close: which characters were mistaken, and what was added."""
    near = np.flatnonzero((distance > 0) & (distance <= _CLOSE))
    names = ("sound", "shape", "stranger", "added", "daughter", "words")
    table = np.zeros((len(distance), len(names)))
    for at in near:
        found: Edits = between(a.core[at], b.core[at])
        table[at] = [getattr(found, name) for name in names]
    return dict(zip(names, table.T, strict=True))


def _shortened(pairs: Sequence[tuple[Parts, Parts]]) -> dict[str, Floats]:
    found = np.array([shortened(*pair) or _NO_SHORT for pair in pairs], np.float64)
    return dict(zip((f"short_{field}" for field in Shortened._fields), found.T, strict=True))


SIGNALS = (
    "length", "other_length", "distance", "likeness", "begins", "ends", "missing", "stem_distance", "stem_missing",
    "core_distance", "core_likeness", "core_missing", "core_in_stem", "core_begins", "core_ends", "core_own",
    "core_other", "trade_length", "trade_other_length", "trade_distance", "trade_likeness", "trade_begins",
    "trade_missing", "trade_in_core", "core_in_trade", "business_length", "business_other_length",
    "business_distance", "business_likeness", "business_missing", "business_agrees", "province_agrees", "city_agrees",
    "county_agrees", "unit_agrees", "form_agrees", "branch_agrees", "group_agrees", "after_agrees", "has_form",
    "other_has_form", "sound", "shape", "stranger", "added", "daughter", "words", "short_missing", "short_runs",
    "short_begins", "short_within", "short_abbreviated", "marked", "other_has_shares", "trade_is_word",
    "trade_other_is_word",
)  # fmt: skip  # read by rows
"""The columns of :func:`signals`, in the order in which the model reads them."""
