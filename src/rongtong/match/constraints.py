"""Hard constraints put to pairs of needs and offers, each distinct question once, and what comes of it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from rongtong.definitions.loader import Model, folder, read
from rongtong.definitions.wording import worded
from rongtong.i18n import _, joined
from rongtong.match.arcs import Ints, Mask
from rongtong.match.holds import CONSTRAINTS, NOT_ASKED, Answer, Day, Row, wished
from rongtong.match.words import alternatives, words

Codes = npt.NDArray[np.int8]
YES, NO, UNKNOWN, UNASKED = 1, 0, -1, 2
_CODES: dict[Answer, int] = {True: YES, False: NO, None: UNKNOWN, NOT_ASKED: UNASKED}


class Said(Model):
    """What is said of a constraint: *yes*, *no* and *unknown*, the *question*, and how *likely* an open one holds.

    *told*: that it holds is worth telling; else it goes without saying.
    """

    id: str
    label: str
    likely: float
    told: bool = False
    yes: str
    no: str
    unknown: str
    question: str


class ConstraintFile(Model):
    """The file ``catalogue/match/constraints.yaml``: besides constraints how is said what an offer has, and wishes."""

    kind: Literal["match_constraints"]
    title: str
    unsaid: str
    held_until: str
    held_open: str
    wish_yes: str
    wish_no: str
    wish_unknown: str
    wish_question: str
    constraints: tuple[Said, ...]


@cache
def _file() -> ConstraintFile:
    return read(folder() / "match" / "constraints.yaml").parse(ConstraintFile)


@cache
def constraints() -> dict[str, Said]:
    """What is said of the constraints that come with the package, by id."""
    return {one.id: one for one in _file().constraints}


def judge(needs: pa.Table, offers: pa.Table, pairs: tuple[Ints, Ints], day: Day) -> dict[str, Codes]:
    """The answer of every constraint for each of *pairs* (places in *needs* and in *offers*), as codes."""
    need, offer = pairs
    return {name: _judged(name, needs, offers, need, offer, day) for name in CONSTRAINTS}


def _judged(name: str, needs: pa.Table, offers: pa.Table, need: Ints, offer: Ints, day: Day) -> Codes:  # noqa: PLR0917 -- two tables, two places, a name and a day
    """Of needs that do not ask no offer is looked at."""
    one = CONSTRAINTS[name]
    asked, asked_code = _distinct(needs, one.asks, need)
    found: Codes = np.full(len(need), UNASKED, np.int8)
    open_ = np.flatnonzero(np.array([one.asked_by(row) for row in asked], bool)[asked_code])
    if len(open_):
        told, told_code = _distinct(offers, one.tells, offer[open_])
        questions, which = np.unique(asked_code[open_] * len(told) + told_code, return_inverse=True)
        places = (divmod(place, len(told)) for place in questions.tolist())
        answers = [_CODES[one.holds(asked[left], told[right], day)] for left, right in places]
        found[open_] = np.array(answers, np.int8)[which]
    return found


def _distinct(table: pa.Table, columns: tuple[str, ...], places: Ints) -> tuple[list[Row], Ints]:
    """What the rows at *places* say in *columns*, each saying once, and which each of them is."""
    used, which = np.unique(places, return_inverse=True)
    told = [column.to_pylist() for column in table.select(list(columns)).take(pa.array(used)).columns]
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(repr(row), len(numbers)) for row in zip(*told, strict=True)], np.int64)
    _numbers, first = np.unique(codes, return_index=True)
    kept: list[Row] = [dict(zip(columns, (column[at] for column in told), strict=True)) for at in first]
    return kept, codes[which]


def possible(answers: Mapping[str, Codes], count: int) -> Mask:
    """The pairs of which no constraint is false."""
    found = np.ones(count, bool)
    for codes in answers.values():
        found &= codes != NO
    return found


def likely(answers: Mapping[str, Codes], count: int) -> npt.NDArray[np.float64]:
    """How likely the open constraints of each pair are all found to hold."""
    found = np.ones(count)
    for name, codes in answers.items():
        found = np.where(codes == UNKNOWN, found * constraints()[name].likely, found)
    return found


def said(name: str, code: int, need: Row, offer: Row, day: Day) -> dict[str, str]:
    """A constraint in words: ``what``, and the ``question`` where it is open."""
    one = constraints()[name]
    return _said(name, code, {YES: one.yes, NO: one.no, UNKNOWN: one.unknown}[code], one.question, need, offer, day)


def granted(need: Row, offer: Row, day: Day) -> Iterator[tuple[int, dict[str, str]]]:
    """The wishes of *need*: whether *offer* meets each, as a code, and that in words."""
    texts = _file()
    for name, row in wished(need):
        code = _CODES[CONSTRAINTS[name].holds(row, offer, day)]
        text = {YES: texts.wish_yes, NO: texts.wish_no, UNKNOWN: texts.wish_unknown}[code]
        yield code, _said(name, code, text, texts.wish_question, row, offer, day)


def _said(name: str, code: int, text: str, question: str, need: Row, offer: Row, day: Day) -> dict[str, str]:  # noqa: PLR0917 -- what is said, of whom and when
    label = worded(constraints()[name].label)
    values = {
        "label": label,
        "asked": _told(CONSTRAINTS[name].asked, need),
        "found": _told(CONSTRAINTS[name].found, offer) or worded(_file().unsaid),
        "day": day.day.isoformat(),
    }
    what = {"constraint": name, "label": label, "what": worded(text).format(**values)}
    return what | ({"question": worded(question).format(**values)} if code == UNKNOWN else {})


def _told(column: str, row: Row) -> str:
    """What *row* says in *column*, in words; an amount with its unit."""
    value = row[column] if column else None
    if isinstance(value, list):
        return joined(_item(one) for one in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}{row['unit'] or ''}"
    return "" if value is None else _item(value)


def _item(value: Any) -> str:
    """One thing that is said: a title with its last day, or whatever is called something."""
    if isinstance(value, Mapping):
        return _spell(value)
    return _("或").join(worded(words().label_of(one)) for one in alternatives(str(value)))


def _spell(one: Row) -> str:
    text = _file().held_until if one["until"] else _file().held_open
    return worded(text).format(kind=worded(one["kind"]), until=one["until"])
