"""What the district, address, industry and English name on a list say of the firms that a row may be.

They put the likeliest first, leave out whom they make unlikely beside another, and settle a question where, with the
name, they are as sure as the judge's bounds want.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.special import expit, logit

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.facts import judging
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _, joined
from rongtong.identity import Judge, fields
from rongtong.identity.signals import Floats
from rongtong.lists.linked import Linked

_MANY = 5
"""Where so many firms are asked about there may be more, and none is sure."""
_CERTAIN = 1e-4
_PARTLY = frozenset(("not_whole", "short_name", "form_one_side", "form_unsaid", "failing_code", "intended_code"))
_ASKED = _PARTLY | {"place_or_trade_name", "place_moved", "trades_confused"}
"""Reasons for which a person is asked whatever else agrees.

Daughters share the place and often the trade of their parents, and a name that is not whole may be of either.
"""
_ALIKE = "trade_name_differs"
"""海德利 and 海得利 may both be firms of a district, but hardly at one address."""
_PLACES = ("district", "address")
Row = dict[str, Any]


class _Pair(NamedTuple):
    """A row (its place) and a firm (its number) that it is or may be, and how likely by name."""

    at: int
    n: int
    score: float


class _Evidence(NamedTuple):
    """The log odds of a row being a firm, how each field agrees, and that in words."""

    odds: float
    agrees: Mapping[str, str]
    told: tuple[str, ...]


def weighed(found: Sequence[Linked], rows: pa.Table, snapshot: Snapshot) -> list[Linked]:
    """*found* of *rows*, as what they say beside name and code has it; nothing beats a code."""
    said = [one for one in fields.listed() if one in rows.column_names and rows[one].null_count < rows.num_rows]
    pairs = [pair for at, one in enumerate(found) if one.why != "code" for pair in _pairs(at, one)]
    if not (said and pairs):
        return list(found)
    told: list[dict[int, _Evidence]] = [{} for _one in found]
    for pair, one in zip(pairs, _evidence(pairs, _beside(rows, said, snapshot), rows.num_rows), strict=True):
        told[pair.at][pair.n] = one
    judge = judging.of_snapshot(snapshot)
    return [_judged(one, of, judge) if of else one for one, of in zip(found, told, strict=True)]


def _pairs(at: int, one: Linked) -> list[_Pair]:
    if one.firms:
        return [_Pair(at, n, 1.0) for n in one.firms]
    return [_Pair(at, n, asked.score) for n, asked in one.asked.items()]


def _beside(rows: pa.Table, said: Sequence[str], snapshot: Snapshot) -> pa.Table:
    """The fields *said* of the rows, then those of all firms in the order of their numbers."""
    placed = not set(_PLACES).isdisjoint(said)
    wanted = dict.fromkeys((*said, *_PLACES) if placed else said)
    with snapshot.connect() as connection:
        firms = connection.sql(f"SELECT {snapshot.stated(wanted)} FROM firms ORDER BY n").to_arrow_table()
    return pa.concat_tables([_placed(table, said) if placed else table.select(said) for table in (rows, firms)])


def _placed(table: pa.Table, said: Sequence[str]) -> pa.Table:
    """The columns *said*, and the district; that of the address where no other is said."""
    columns = {name: table[name] for name in said}
    told = {name: table[name] for name in _PLACES if name in table.column_names}
    if "address" in told:
        told["address"] = pa.chunked_array([fields.districts(told["address"])])
    return pa.table(dict(sorted({**columns, "district": pc.coalesce(*told.values())}.items())))


def _evidence(pairs: Sequence[_Pair], both: pa.Table, first: int) -> list[_Evidence]:
    """What *both* rows and firms, these from the *first* on, say of each pair."""
    left, right = np.array([one.at for one in pairs]), np.array([one.n + first for one in pairs])
    by_name = _odds([one.score for one in pairs])
    more, agrees = fields.weighed(both, left, right, by_name)
    values = {
        name: list(zip(*(both[name].take(pa.array(side)).to_pylist() for side in (left, right)), strict=True))
        for name in agrees
    }
    found = []
    for at, odds in enumerate((by_name + more).tolist()):
        own = _said({name: words[at] for name, words in agrees.items() if words[at]})
        found.append(_Evidence(odds, own, tuple(_told(name, word, *values[name][at]) for name, word in own.items())))
    return found


def _said(agrees: Mapping[str, str]) -> dict[str, str]:
    """How each field agrees; where the address does, the district need not be said."""
    again = ("district",) if agrees.get("address") in ("same", "near") else ()
    return {name: word for name, word in agrees.items() if name not in again}


def _odds(likely: Sequence[float]) -> Floats:
    odds: Floats = logit(np.clip(np.array(likely), _CERTAIN, 1 - _CERTAIN))
    return odds


def _told(field: str, word: str, own: str, known: str) -> str:
    """How a field agrees, in words."""
    label = worded(catalogue()[field].label)
    if word == "other":
        return _("{field}不同：名单写{own}，在库{known}", field=label, own=own, known=known)
    if word == "near":
        return _("名单写的{field}与在库相近：{known}", field=label, known=known)
    return _("名单写的{field}与在库一致：{known}", field=label, known=known)


def _judged(one: Linked, of: Mapping[int, _Evidence], judge: Judge) -> Linked:
    """A row with what is said of the firms it may be: which comes first, which goes, and whether one is sure."""
    order = sorted(of, key=lambda n: -of[n].odds)
    first = order[0]
    one = one._replace(against="other" in of[first].agrees.values())
    if len(one.firms) == 1:
        return one._replace(more=_apart(of[first]))
    if not one.told and _sure(one, of, order, judge):
        why = _("库内有 {n} 家同名", n=len(one.firms)) if one.firms else one.asked[first].why
        return Linked([first], {}, "fields", joined(filter(None, (why, *of[first].told)), "；"))
    if one.firms:
        return one._replace(firms=order, more=of[first].told)
    kept = [n for n in order if not _unlikely(of[n], judge)] or order
    asked = {n: one.asked[n]._replace(more=(*one.asked[n].more, *of[n].told)) for n in kept}
    return one._replace(asked=asked)


def _unlikely(evidence: _Evidence, judge: Judge) -> bool:
    """Whether fields make a firm so unlikely that it is not asked about beside others."""
    return "other" in evidence.agrees.values() and bool(expit(evidence.odds) < judge.ask)


def _apart(evidence: _Evidence) -> tuple[str, ...]:
    """Of a firm that a row is by its name, that it lies in another district."""
    return tuple(
        told for (name, word), told in zip(evidence.agrees.items(), evidence.told, strict=True)
        if name == "district" and word == "other"
    )  # fmt: skip


def _sure(one: Linked, of: Mapping[int, _Evidence], order: Sequence[int], judge: Judge) -> bool:
    """Whether the first of several that exclude one another is as likely as “same” wants, and nothing else asks."""
    first = of[order[0]]
    odds = np.exp([of[n].odds for n in order])
    likely = bool(odds[0] / (1 + odds.sum()) >= judge.same)
    reasons = ("equal",) if one.firms else one.asked[order[0]].reasons
    return likely and len(order) < _MANY and _agrees(first, reasons)


def _agrees(evidence: _Evidence, reasons: Sequence[str]) -> bool:
    """Whether fields say “same” where the *reasons* by name leave that to them; of several names that are merely alike
    not all are candidates."""
    if "several" in reasons and "equal" not in reasons:
        return False
    telling = ("address",) if _ALIKE in reasons else tuple(evidence.agrees)
    said = any(evidence.agrees.get(name) in ("same", "near") for name in telling)
    return said and bool(reasons) and _ASKED.isdisjoint(reasons)
