"""The former and English names that a list tells of a row beside its name, and the firms to which they lead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.i18n import _, joined
from rongtong.identity.several import NAMES, apart_column
from rongtong.lists.linked import Asked, Linked


class Aliases(NamedTuple):
    """The names, each once, and by field which of them each row (by its place) bears."""

    names: pa.Array
    of: dict[str, dict[int, list[int]]]

    @classmethod
    def read(cls, rows: pa.Table) -> Self:
        """What *rows* tell in the columns of names that they have."""
        told = {field: apart_column(rows[field]) for field in NAMES if field in rows.column_names}
        every = pa.chunked_array([pa.array([], pa.string()), *(names for _row, names in told.values())])
        names = every.combine_chunks().unique()
        of: dict[str, dict[int, list[int]]] = {field: {} for field in told}
        for field, (row, called) in told.items():
            places = pc.index_in(called, value_set=names)
            for at, place in zip(row.to_pylist(), places.to_pylist(), strict=True):
                of[field].setdefault(at, []).append(place)
        return cls(names, of)

    def led(self, at: int, own: Linked, linked: Callable[[int], Linked], among: Collection[int] | None) -> Linked:
        """What the row at *at* is by its *own* name and by these, each of them alone being what *linked* says.

        A former name leads to a firm as the own does; an English one, which several firms may share, to a question.
        Where *among* is given, no other firms count. A code stands, but that a former name agrees is told.
        """
        for field, firms, asked in self._each(at, linked, among):
            label = worded(catalogue()[field].label)
            if field == "english_name":
                own = _asked(own, firms, _agrees(label))
            elif own.firms and own.why == "code":
                own = _confirmed(own, firms, label)
            elif firms:
                own = _joined(own, firms, label)
            else:
                said = _("按名单写的{field}比对", field=label)
                new = {n: one._replace(more=(said, *one.more)) for n, one in asked.items() if n not in own.asked}
                own = own._replace(asked={**own.asked, **new})
        return own

    def _each(
        self, at: int, linked: Callable[[int], Linked], among: Collection[int] | None
    ) -> Iterator[tuple[str, list[int], dict[int, Asked]]]:
        for field, places in self.of.items():
            for other in map(linked, places.get(at, ())):
                counting = {n for n in (*other.firms, *other.asked) if among is None or n in among}
                asked = {n: one for n, one in other.asked.items() if n in counting}
                yield field, [n for n in other.firms if n in counting], asked


def _agrees(label: str) -> str:
    return _("名单写的{field}与在库企业的名称一致", field=label)


def _confirmed(own: Linked, firms: list[int], label: str) -> Linked:
    """A row that is a firm by its code, its former name being that firm's too: another name is no contradiction."""
    return own._replace(told=joined((_("代码相同"), _agrees(label)), "；")) if own.firms == firms else own


def _joined(own: Linked, firms: list[int], label: str) -> Linked:
    """A row that is one of the *firms* of a former name, unless it is another by its own."""
    every = sorted({*own.firms, *firms})
    if every == own.firms:
        return own
    if own.firms:
        said = _("名单写的名称与{field}在库内不是同一家", field=label)
        return own._replace(firms=every, told=said)
    return own._replace(firms=every, told=_agrees(label))


def _asked(own: Linked, firms: list[int], said: str) -> Linked:
    """The row asked about the *firms* of an English name too, unless it is one already."""
    if own.firms:
        return own
    known = {n: own.asked.get(n, Asked(0.5, ())) for n in firms}
    return own._replace(asked={**own.asked, **{n: one._replace(more=(*one.more, said)) for n, one in known.items()}})
