"""Rows of the current snapshot for lists: counted, sorted and cut by the database, never loaded whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django_tables2.data import TableData

from rongtong.facts.snapshot import Row, rows
from rongtong.facts.text import quote
from rongtong.portal.registry import current


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
