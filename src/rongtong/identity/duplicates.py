"""Firms that stand twice in one registry: all names against each other, then what other fields say."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np
import pyarrow as pa
from scipy.special import expit, logit

from rongtong.identity import fields
from rongtong.identity.candidates import near_each_other
from rongtong.identity.compare import decide
from rongtong.identity.judge import Judge, shipped
from rongtong.identity.names_column import normalise_column
from rongtong.identity.parts import split
from rongtong.identity.rules import QUESTIONS, any_holds
from rongtong.identity.several import NAMES, apart_column
from rongtong.identity.signals import Floats, ordered

Places = np.ndarray[Any, Any]
#: Two rows, how likely they are one firm by name, and whether rules say that a person is asked.
_Pairs = tuple[Places, Places, Floats, Places]
_TOP, _FLOOR = 6, 0.55
_LEAST = 0.02
"""How likely names alone must say that two are one firm for other fields to be asked."""
_BEARERS = 20
"""Of a name that more firms bear the first so many stand for all; each of the others is told beside the first."""
_CERTAIN = 1e-4


class _Names(NamedTuple):
    """Every name that some firm bears, sorted, the rows of the firms that bear each, and whether only in English."""

    text: pa.Array
    starts: Places
    rows: Places
    english: Places

    @classmethod
    def of(cls, firms: pa.Table, more: pa.Table | None) -> Self:
        """The own, former and English names of *firms*, and *more* of them (``row``, ``name``)."""
        told = [(np.arange(firms.num_rows), firms["name"], False)]
        told += [(*apart_column(firms[name]), name == "english_name") for name in NAMES if name in firms.column_names]
        told += [(more["row"], more["name"], False)] if more is not None else []
        every = pa.chunked_array([normalise_column(names) for _row, names, _english in told]).combine_chunks()
        row = np.concatenate([np.asarray(rows) for rows, _names, _english in told])
        english = np.concatenate([np.full(len(rows), one) for rows, _names, one in told])
        said = every.is_valid()
        coded = every.filter(said).dictionary_encode()
        order = pa.compute.sort_indices(coded.dictionary)
        place = np.argsort(order.to_numpy())[coded.indices.to_numpy()]
        kept = said.to_numpy(zero_copy_only=False)
        bears = np.unique(np.stack([place, row[kept], english[kept]], axis=1), axis=0)
        first = np.r_[True, (np.diff(bears[:, :2], axis=0) != 0).any(axis=1)][: len(bears)]
        bears = bears[first]  # what a firm bears in Chinese too it is called
        starts = np.searchsorted(bears[:, 0], np.arange(len(coded.dictionary) + 1))
        return cls(coded.dictionary.take(order), starts, bears[:, 1], bears[:, 2].astype(bool))

    def bearers(self) -> Places:
        """How many firms bear each name, as far as they are looked at."""
        return np.minimum(np.diff(self.starts), _BEARERS)

    def firms(self, left: Places, right: Places) -> tuple[Places, Places, Places]:
        """Every firm of a left name beside every firm of its right name, and the position of the pair of names.

        Not those that are only in English called both: English names follow from how others sound, and many share one.
        """
        count = self.bearers()
        ways = count[left] * count[right]
        pair = np.repeat(np.arange(len(left)), ways)
        step = np.arange(len(pair)) - np.repeat(np.cumsum(ways) - ways, ways)
        other = count[right][pair]
        one, two = self.starts[left][pair] + step // other, self.starts[right][pair] + step % other
        called = ~(self.english[one] & self.english[two])
        return self.rows[one][called], self.rows[two][called], pair[called]


def duplicates(firms: pa.Table, judge: Judge | None = None, *, more: pa.Table | None = None) -> pa.Table:
    """Pairs of *firms* that may be one, the likeliest first.

    *firms*: ``uscc`` and ``name``, optionally ``former_name``, ``english_name`` and the fields of
    ``catalogue/names/fields.yaml``; *more*: other names that some of them go by, ``row`` and ``name``. Columns of the
    answer: ``left``, ``right`` (rows, left the lesser), ``likely`` and ``by_name`` (how likely by the names alone),
    0 … 1. A pair stands here when it is at least as likely as *judge* asks from; what rules say of two names is what
    settling says (:func:`rongtong.identity.compare.decide`): names of two firms are no evidence, and a pair that a
    person is to be asked about is told whatever other fields say, unless both codes are valid and differ. Memory is
    bounded by the registry, not by the pairs that are looked at.
    """
    judge, names = judge or shipped(), _Names.of(firms, more)
    found = [
        _shared(names),
        *(_alike(names, near, judge) for near in near_each_other(names.text, top=_TOP, floor=_FLOOR)),
    ]
    left, right, by_name, asked = _best(*(np.concatenate(column) for column in zip(*found, strict=True)))
    certain = logit(np.clip(by_name, _CERTAIN, 1 - _CERTAIN))
    likely = np.round(expit(certain + fields.odds(firms, left, right, certain)), 4)
    asked &= ~fields.coded_apart(firms["uscc"], left, right)
    likely = np.where(asked, np.maximum(likely, judge.ask), likely)
    order = np.lexsort((right, left, -likely))
    order = order[likely[order] >= judge.ask]
    return pa.table({"left": left[order], "right": right[order], "likely": likely[order], "by_name": by_name[order]})


def _shared(names: _Names) -> _Pairs:
    """Firms that bear one name."""
    several = np.flatnonzero(names.bearers() > 1)
    left, right, _pair = names.firms(several, several)
    more = np.arange(len(names.rows)) - np.repeat(names.starts[:-1], np.diff(names.starts)) >= _BEARERS
    more &= ~names.english
    left = np.concatenate([left, np.repeat(names.rows[names.starts[:-1]], np.diff(names.starts))[more]])
    right = np.concatenate([right, names.rows[more]])
    apart = left < right
    number = int(apart.sum())
    return left[apart], right[apart], np.ones(number), np.zeros(number, bool)


def _alike(names: _Names, found: pa.Table, judge: Judge) -> _Pairs:
    """Firms whose names are alike, and which no rule makes two; those of which rules say that a person is asked."""
    one, two = found["asked"].to_numpy(), found["name"].to_numpy()
    one, two = np.unique(np.stack([one, two], axis=1), axis=0).T
    texts = [split(text) for text in names.text.take(pa.array(one)).to_pylist()]
    others = [split(text) for text in names.text.take(pa.array(two)).to_pylist()]
    pairs = [ordered(a, b) for a, b in zip(texts, others, strict=True)]
    likely = judge.probability(pairs)
    asked = np.array([any_holds(QUESTIONS, *pair) for pair in pairs], bool)
    near, bounds = np.flatnonzero(asked | (likely >= _LEAST)).tolist(), judge._replace(ask=min(_LEAST, judge.ask))
    decided = {at: decide(*pairs[at], float(likely[at]), bounds) for at in near}
    kept = np.array([at for at, one in decided.items() if one.outcome != "different"], np.int64)
    score = np.array([decided[at].score for at in kept.tolist()], np.float64)
    left, right, pair = names.firms(one[kept], two[kept])
    apart = left != right
    ends, pair = np.sort(np.stack([left[apart], right[apart]]), axis=0), pair[apart]
    return ends[0], ends[1], score[pair], asked[kept][pair]


def _best(left: Places, right: Places, likely: Floats, asked: Places) -> _Pairs:
    """Each pair once, at its highest likelihood, and whether a person is asked by the names that it goes by then."""
    order = np.lexsort((~asked, -likely, right, left))
    left, right, likely, asked = left[order], right[order], likely[order], asked[order]
    first = np.ones(len(left), bool)
    first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return left[first], right[first], likely[first], asked[first]
