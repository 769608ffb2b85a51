"""Rows of the current snapshot for lists: counted, sorted and cut by the database, never loaded whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django_tables2.data import TableData

from rongtong.facts.snapshot import Row, rows
from rongtong.facts.text import quote
from rongtong.portal.people.models import User
from rongtong.portal.registry import current
from rongtong.portal.registry.queries import charge

#: Conditions on rows, each with the values of its question marks.
Tests = list[tuple[str, tuple[Any, ...]]]


@dataclass(frozen=True)
class Rows:
    """What *select* gives from the snapshot's views; sliced and ordered as a table asks, like a queryset."""

    select: str
    parameters: tuple[Any, ...] = ()
    order: tuple[str, ...] = ()
    default: str = "name"

    def count(self) -> int:
        """How many there are."""
        return int(self._run(f"SELECT count(*) FROM ({self.select})")[0]["count_star()"])

    def order_by(self, *columns: str) -> Rows:
        """The same rows in another order; ``-name`` is backwards."""
        return replace(self, order=columns)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._run(self._ordered()))

    def counted(self, what: str) -> list[tuple[str, int]]:
        """How many rows there are of each *what*, a column or an expression in SQL (of a list ``unnest(…)``), the most
        first."""
        each = f"SELECT {what} AS what FROM ({self.select})"
        found = self._run(f"SELECT what, count(*) AS n FROM ({each}) GROUP BY 1 ORDER BY 2 DESC, 1")
        return [(row["what"], row["n"]) for row in found]

    def first(self) -> Row | None:
        """The first of them, None when there is none."""
        return next(iter(self[:1]), None)

    def __getitem__(self, key: slice) -> Sequence[Row]:
        start, stop = key.start or 0, key.stop
        limit = f" LIMIT {stop - start}" if stop is not None else ""
        return self._run(f"{self._ordered()}{limit} OFFSET {start}")

    def _ordered(self) -> str:
        chosen = [_direction(column) for column in self.order or (self.default,)]
        return f"SELECT * FROM ({self.select}) ORDER BY {', '.join([*chosen, 'firm'])}"

    def _run(self, query: str) -> list[Row]:
        with current.snapshot().connect() as connection:
            return rows(connection, query, self.parameters)


def chosen(relation: str, tests: Tests, default: str = "name") -> Rows:
    """Those rows of *relation* that stand all *tests*, sorted by *default* where nobody asks otherwise."""
    where = " AND ".join(test for test, _values in tests) or "true"
    values = tuple(value for _test, own in tests for value in own)
    return Rows(f"SELECT * FROM ({relation}) WHERE {where}", values, default=default)


def given(asked: object, tests: Mapping[str, str], *, without: Collection[str] = ()) -> Tests:
    """Those of *tests*, by the name of the attribute whose value they take, for which *asked* has one.

    Those *without* which firms are counted are left out, so that a choice does not narrow its own counts.
    """
    named = [(name, test) for name, test in tests.items() if name not in without]
    return [(test, (value,)) for name, test in named if (value := getattr(asked, name))]


def called(text: str) -> Tests:
    """Of the firms whose name says *text*, or whose code it is; of all where it is empty."""
    return [("(contains(name, ?) OR uscc = ?)", (text, text))] if text else []


def in_charge(user: User) -> Tests:
    """Of the firms that *user* is in charge of."""
    own = charge(user)
    return [] if own is None else [("list_contains(?, district)", (own,))]


class Data(TableData):  # type: ignore[misc]  # django-tables2 has no types
    """*rows* as a table takes them."""

    data: Rows

    def __len__(self) -> int:
        """How many there are, asked once."""
        return self._length

    @cached_property
    def _length(self) -> int:
        return self.data.count()

    def order_by(self, aliases: Sequence[str]) -> None:
        """Sort by the columns that the reader clicked."""
        self.data = self.data.order_by(*aliases)


def _direction(column: str) -> str:
    return f"{quote(column.lstrip('-'))} {'DESC' if column.startswith('-') else 'ASC'} NULLS LAST"
