"""The market an assignment is made in: needs, firms, and the worth of bringing one to the other, as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.errors import InputError
from rongtong.i18n import _

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
#: How many of something each has: the same number for all, or one for each by its id (those not named have none).
Many = int | Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Arcs:
    """Arcs from needs to firms. *need*, *firm* and *gain* are as long as there are arcs; *row* is the candidate's.

    *wanted* is how many firms each need asks for, *room* how many introductions each firm takes; *needs* and *firms*
    are their ids. Arcs stand need by need, the best first; a firm stands once for a need.
    """

    need: Ints
    firm: Ints
    gain: Floats
    row: Ints
    wanted: Ints
    room: Ints
    needs: pa.Array
    firms: pa.Array

    @property
    def rank(self) -> Ints:
        """The place of each arc among those of its need, from 0."""
        first = np.searchsorted(self.need, np.arange(len(self.wanted)))
        places: Ints = np.arange(len(self.need)) - first[self.need]
        return places

    def loads(self, chosen: Mask) -> Ints:
        """How many introductions each firm gets."""
        return np.bincount(self.firm[chosen], minlength=len(self.room))

    def served(self, chosen: Mask) -> Floats:
        """The success that each need gets, summed."""
        found = np.bincount(self.need[chosen], weights=self.gain[chosen], minlength=len(self.wanted))
        return found.astype(np.float64)

    def value(self, chosen: Mask, spread: float) -> float:
        """What an assignment is worth: its success summed, less *spread* for each further one of a firm."""
        loads = self.loads(chosen)
        return float(self.gain[chosen].sum() - spread * (loads * (loads - 1) / 2).sum())


def arcs_of(candidates: pa.Table, capacity: Many, per_need: Many) -> Arcs:
    """The market of *candidates* (``need``, ``firm``, ``success`` between 0 and 1). Raises :class:`InputError`."""
    need, needs = _numbered(candidates["need"])
    firm, firms = _numbered(candidates["firm"])
    gain = candidates["success"].cast(pa.float64()).to_numpy()
    if len(gain) and not bool(((gain >= 0) & (gain <= 1)).all()):  # NaN is neither
        raise InputError(_("成功把握须在 0 与 1 之间"), mend=_("请先校准得分，再分配"))
    order = np.lexsort((firm, -gain, need))
    order = order[_first_of_pair(need[order] * max(len(firms), 1) + firm[order])]
    wanted, room = _many(per_need, needs), _many(capacity, firms)
    return Arcs(need[order], firm[order], gain[order], order, wanted, room, needs, firms)


def _first_of_pair(pairs: Ints) -> Ints:
    """The places at which a pair stands for the first time, in order."""
    _pairs, first = np.unique(pairs, return_index=True)
    return np.sort(first)


def _numbered(column: pa.ChunkedArray) -> tuple[Ints, pa.Array]:
    """Ids as numbers in the order of the ids, so that the order of rows does not matter."""
    coded = column.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    order = pc.sort_indices(coded.dictionary).to_numpy()
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places[coded.indices.to_numpy()], coded.dictionary.take(pa.array(order))


def _many(given: Many, ids: pa.Array) -> Ints:
    if isinstance(given, int):
        numbers: Any = np.full(len(ids), given, np.int64)
    else:
        numbers = np.array([given.get(one, 0) for one in ids.to_pylist()], np.int64)
    if len(numbers) and int(numbers.min()) < 0:
        raise InputError(_("容量不能是负数"), mend=_("不再接受对接的企业请写 0"))
    found: Ints = numbers
    return found
