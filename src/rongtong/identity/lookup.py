"""The names of one list looked up in another: the nearest, compared, and of those the likeliest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.candidates import TOP, nearest
from rongtong.identity.compare import Comparison, compare_all
from rongtong.identity.judge import Judge, shipped
from rongtong.identity.names_column import normalise_column

_TOP = 8
_FLOOR = 0.1
"""Low, because a short name shares little with its long one."""
_ROWS, _BLOCK = 20_000, 2_000

_TEXT, _SHARE = pa.string(), pa.float64()
_FOUND = pa.schema({"text": _TEXT, "name": _TEXT, "outcome": _TEXT, "likely": _SHARE, "second": _SHARE})


def around(
    asked: pa.Array, names: pa.Array, judge: Judge | None = None, *, top: int = TOP, floor: float = 0.3
) -> Iterator[tuple[str, str, Comparison]]:
    """Each of *asked* and each of the names nearest to it, the nearest first, compared; a block of *asked* at a time.

    As :func:`~rongtong.identity.candidates.nearest` wants them: normalised, not empty, without nulls, *names* sorted.
    """
    found = nearest(asked, names, top=top, floor=floor)
    left, right = found["asked"].combine_chunks(), found["name"].combine_chunks()
    for at in range(0, found.num_rows, _BLOCK * top):
        columns = (asked.take(left.slice(at, _BLOCK * top)), names.take(right.slice(at, _BLOCK * top)))
        pairs = list(zip(*(column.to_pylist() for column in columns), strict=True))
        for (name, other), result in zip(pairs, compare_all(pairs, judge), strict=True):
            yield name, other, result


def lookup(mentions: pa.Array, names: pa.Array, judge: Judge | None = None, *, top: int = _TOP) -> pa.Table:
    """Which of *names* each of *mentions* most likely is; a mention that no name is near to has no row.

    Both as written, nulls allowed; *top* is how many near names are compared. Columns: ``asked`` and ``name``
    (positions; the first of equal names), ``outcome`` and ``likely`` (0 … 1) as :func:`~rongtong.identity.compare`
    says beside the other near names, for a mention is one firm at most; ``second``, how likely the next firm is: 0 when
    there is none, *likely* when two bear the name.
    """
    said, known = normalise_column(mentions), normalise_column(names)
    asked, stock = (column.unique().drop_null().sort() for column in (said, known))
    blocks = range(0, len(asked), _ROWS) if len(stock) else ()
    best = [row for at in blocks for row in _best(asked.slice(at, _ROWS), stock, judge, top)]
    found = pa.Table.from_pylist(best, _FOUND)
    row = pc.index_in(said, value_set=found["text"].combine_chunks(), skip_nulls=True)
    answers = found.take(row.drop_null())
    shared = pc.is_in(answers["name"], value_set=_borne_twice(known))
    return pa.table(
        {
            "asked": pa.array(range(len(said)), pa.int64()).filter(row.is_valid()),
            "name": pc.index_in(answers["name"], value_set=known).cast(pa.int64()),
            "outcome": answers["outcome"],
            "likely": answers["likely"],
            "second": pc.if_else(shared, answers["likely"], answers["second"]),
        }
    )


def _best(asked: pa.Array, stock: pa.Array, judge: Judge | None, top: int) -> Iterator[dict[str, Any]]:
    """The likeliest name of each, of equally likely ones the nearest."""
    for text, near in groupby(weighed(asked, stock, judge or shipped(), top), key=lambda one: one[0]):
        (_, name, best), *rest = sorted(near, key=lambda one: -one[2].score)
        second = rest[0][2].likely if rest else 0.0
        yield {"text": text, "name": name, "outcome": best.outcome, "likely": best.likely, "second": second}


def weighed(asked: pa.Array, stock: pa.Array, judge: Judge, top: int = _TOP) -> Iterator[tuple[str, str, Comparison]]:
    """Each of *asked* and each name near to it, as it is beside the others."""
    for text, near in groupby(around(asked, stock, judge, top=top, floor=_FLOOR), key=lambda one: one[0]):
        found = list(near)
        odds = [one.odds for *_names, one in found]
        for (_, name, one), own in zip(found, odds, strict=True):
            yield text, name, one.beside(sum(odds) - own, judge)


def _borne_twice(names: pa.Array) -> pa.Array:
    counted = names.drop_null().value_counts()
    return counted.field("values").filter(pc.greater(counted.field("counts"), 1))
