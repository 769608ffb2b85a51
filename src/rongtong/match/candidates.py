"""From what was found to candidates: constraints kept, the best offer of each firm, and what success to expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.match.arcs import Floats, Ints, Mask
from rongtong.match.constraints import NO, UNASKED, UNKNOWN, YES, Codes, judge, likely, possible
from rongtong.match.holds import CONSTRAINTS, Day

#: The words of the codes in the table of candidates.
ANSWERS = {YES: "yes", NO: "no", UNKNOWN: "unknown", UNASKED: "not_asked"}
_CODES = {word: code for code, word in ANSWERS.items()}
#: One row a need and firm, the best first: *place* from 1. ``relevance`` and ``success`` are probabilities.
CANDIDATES = pa.schema(
    [("need", pa.string()), ("place", pa.int32()), ("firm", pa.string()), ("offer", pa.string())]
    + [(name, pa.float64()) for name in ("score", "relevance", "success")]
    + [(name, pa.string()) for name in CONSTRAINTS]
)
#: How many offers of those found for a need a constraint ruled out.
REFUSED = pa.schema([("need", pa.string()), ("constraint", pa.string()), ("offers", pa.int32())])
#: What is less likely to answer is no candidate and introduced to nobody: of so low a score at most one offer in twenty
#: was a maker, among needs that the ranker had not seen (``answers`` of ``learned/model.json``).
LEAST = 0.05


@dataclass(frozen=True)
class Sifted:
    """*candidates* (:data:`CANDIDATES`) and what constraints *refused* (:data:`REFUSED`)."""

    candidates: pa.Table
    refused: pa.Table


def sift(needs: pa.Table, offers: pa.Table, found: pa.Table, day: Day, keep: int) -> Sifted:
    """The best *keep* firms a need of those *found* that no constraint rules out and that may well answer.

    *found* has ``need``, ``offer``, ``score`` and ``relevance``, the probability that the offer answers. Success is
    that, less for each constraint that is open.
    """
    need, offer, score, told = _places(needs, offers, found)
    answers = judge(needs, offers, (need, offer), day)
    allowed = possible(answers, len(need))
    refused = _refused(needs, need, answers)
    firm = pc.rank(offers["firm"].combine_chunks(), tiebreaker="dense").to_numpy().astype(np.int64)[offer]
    kept = _best_of_firm(need, firm, score, offer, allowed)
    place = _numbered(need[kept])
    kept, place = kept[place < keep], place[place < keep]
    relevance = told[kept]
    own = {name: codes[kept] for name, codes in answers.items()}
    columns = {
        "need": needs["need"].take(pa.array(need[kept])),
        "place": pa.array(place + 1, pa.int32()),
        "firm": offers["firm"].take(pa.array(offer[kept])),
        "offer": offers["offer"].take(pa.array(offer[kept])),
        "score": pa.array(score[kept]),
        "relevance": pa.array(relevance),
        "success": pa.array(relevance * likely(own, len(kept))),
    }
    return Sifted(pa.table(columns | {name: _words(codes) for name, codes in own.items()}, schema=CANDIDATES), refused)


def answers_of(row: Mapping[str, Any]) -> dict[str, int]:
    """The answer of every constraint in a row of :data:`CANDIDATES`, as codes."""
    return {name: _CODES[row[name]] for name in CONSTRAINTS}


def _places(needs: pa.Table, offers: pa.Table, found: pa.Table) -> tuple[Ints, Ints, Floats, Floats]:
    """What was found as places in the two tables, with score and relevance; what is in neither table is left out."""
    need = pc.index_in(found["need"], needs["need"].combine_chunks())
    offer = pc.index_in(found["offer"], offers["offer"].combine_chunks())
    known = pc.and_(pc.and_(pc.is_valid(need), pc.is_valid(offer)), pc.greater_equal(found["relevance"], LEAST))
    found = found.filter(known)
    places = [column.filter(known).cast(pa.int64()).to_numpy() for column in (need, offer)]
    score, told = (found[name].cast(pa.float64()).to_numpy() for name in ("score", "relevance"))
    return places[0], places[1], score, told


def _best_of_firm(need: Ints, firm: Ints, score: Floats, offer: Ints, allowed: Mask) -> Ints:
    """The places of the best pair of each need and firm, need by need, the best first."""
    places = np.flatnonzero(allowed)
    order = places[np.lexsort((offer[places], -score[places], need[places]))]
    _pairs, first = np.unique(need[order] * (firm.max(initial=0) + 1) + firm[order], return_index=True)
    best: Ints = order[np.sort(first)]
    return best


def _numbered(need: Ints) -> Ints:
    """The place of each row among those of its need, which stand together."""
    starts = np.flatnonzero(np.r_[True, need[1:] != need[:-1]]) if len(need) else need
    lengths = np.diff(np.r_[starts, len(need)])
    return np.arange(len(need)) - np.repeat(starts, lengths)


def _refused(needs: pa.Table, need: Ints, answers: dict[str, Codes]) -> pa.Table:
    parts = [REFUSED.empty_table()]
    for name, codes in answers.items():
        at, counts = np.unique(need[codes == NO], return_counts=True)
        if len(at):
            columns = [needs["need"].take(pa.array(at)), pa.repeat(name, len(at)), pa.array(counts, pa.int32())]
            parts.append(pa.table(columns, schema=REFUSED))
    return pa.concat_tables(parts).combine_chunks()


def _words(codes: Codes) -> pa.Array:
    names = np.array([ANSWERS[code] for code in (UNKNOWN, NO, YES, UNASKED)], dtype=object)
    return pa.array(names[codes.astype(np.int64) + 1], pa.string())
