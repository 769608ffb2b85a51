"""A firm's facts carried forward to a later day: what is known today is assumed to stay as it is, and that is said.

Figures of years that are not over yet are those of the last year that is known (what ages grows by one a year). Of
lists nothing new is assumed: who knows that there is none today is taken to know so on the later day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import duckdb

from rongtong.definitions.catalogue import SQL_TYPES, Catalogue, Field
from rongtong.definitions.days import months_after
from rongtong.definitions.slots import Slot
from rongtong.errors import InputError
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import quote
from rongtong.i18n import _
from rongtong.qualify.list_columns import list_columns

#: So many years ahead facts are taken to stay as they are, and no longer.
FURTHEST = 10

#: The schema in which the firm stands as it is; what is tried with it stands beside it.
OWN = "own"


@dataclass(frozen=True)
class Carried:
    """A column of the later day: the SQL of it, and the columns it comes from, the one that counts first."""

    slot: str
    sql: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """From the day on which the facts are as they are to the day of application."""

    since: date
    at: date

    def __post_init__(self) -> None:
        """Raise :class:`InputError` for a day that is too far off for anything to stay as it is."""
        if self.at > (last := months_after(self.since, 12 * FURTHEST)):
            what = _("申请日期 {at} 太远：最多看到 {last}", at=self.at, last=last)
            raise InputError(what, mend=_("请写 {years} 年以内的日期", years=FURTHEST))

    @property
    def years(self) -> range:
        """The years that are not over on the first day and are over on the last."""
        return range(self.since.year, self.at.year)

    @property
    def shift(self) -> int:
        """By how many years the windows move on."""
        return self.at.year - self.since.year


@lru_cache(maxsize=32)
def carried(columns: frozenset[str], fields: Catalogue, span: Span) -> tuple[Carried, ...]:
    """What a snapshot of those *columns* has on the later day beside them, or in their place."""
    found = [one for field in fields.scalars if field.per_year for one in _figures(field, columns, span)]
    found += [one for field in fields.lists for one in _statements(field, columns, span)]
    found += [_moved(name, span) for name in sorted(columns) if name.endswith("!to") and span.shift]
    return tuple(found)


def _figures(field: Field, columns: frozenset[str], span: Span) -> Iterator[Carried]:
    slots = (Slot.parse(name) for name in columns if name.startswith(f"{field.id}["))
    known = sorted((slot.years[0] for slot in slots if slot.years), reverse=True)
    for year in span.years:
        sources = [(one, str(Slot(field.id, None, (one, one)))) for one in known if one <= year]
        if sources:
            later = [quote(name) + (f" + {year - one}" if field.ages else "") for one, name in sources]
            kind = SQL_TYPES[field.type]
            names = tuple(name for _one, name in sources)
            yield Carried(_slot(field.id, None, year, year), f"CAST(coalesce({', '.join(later)}) AS {kind})", names)


def _statements(field: Field, columns: frozenset[str], span: Span) -> Iterator[Carried]:
    """Who said “none” of years up to the last one says so of the years since; of single years each is stated none."""
    for one in list_columns(field, columns):
        if one.years is None or one.years[1] < span.since.year - 1 or not span.shift:
            continue
        first, last = one.years
        part = Slot.parse(one.column).part
        none = f"CASE WHEN NOT {quote(one.column)}::BOOLEAN THEN {quote(one.column)} END"
        slots = {_slot(field.id, part, first, last + span.shift): none}
        if first == last == span.since.year - 1:
            known = f"CASE WHEN {quote(one.column)} IS NOT NULL THEN 0::{_kind(one.measure)} END"
            slots |= {_slot(field.id, part, year, year): known for year in span.years}
        for slot, sql in slots.items():
            if slot not in columns:
                yield Carried(slot, sql, (one.column,))
                if one.settled:
                    yield Carried(f"{slot}!settled", quote(one.settled), (one.settled,))


def _kind(measure: str) -> str:
    return {"any": "BOOLEAN", "amount": "DECIMAL(18,2)"}.get(measure, "BIGINT")


def _slot(field: str, part: str | None, first: int, last: int) -> str:
    return str(Slot(field, part, (first, last)))


def _moved(name: str, span: Span) -> Carried:
    return Carried(name, f"CAST({quote(name)} + {span.shift} AS SMALLINT)", (name,))


def forward(
    snapshot: Snapshot, n: int, kept: Iterable[Carried], lists: Mapping[str, frozenset[str]], fields: Catalogue
) -> duckdb.DuckDBPyConnection:
    """A database with the tables ``own.firms`` and ``own.list_…`` of firm number *n* alone, its facts carried forward.

    *lists* are the attributes that each list has in it, whether the snapshot has them or not.
    """
    found = duckdb.connect()
    found.execute(f"CREATE SCHEMA {OWN}")
    with snapshot.connect() as connection:
        for table in snapshot.tables:
            if table == "firms" or table.startswith("list_"):
                rows = connection.sql(f"SELECT * FROM {quote(table)} WHERE n = {n}").to_arrow_table()
                found.register("rows_of_the_firm", rows)
                found.execute(f"CREATE TABLE {OWN}.{quote(table)} AS FROM rows_of_the_firm")
                found.unregister("rows_of_the_firm")
    found.execute(f"CREATE OR REPLACE TABLE {OWN}.firms AS {on_the_later_day(f'{OWN}.firms', snapshot.columns, kept)}")
    for list_id, attributes in lists.items():
        _complete(found, fields[list_id], attributes)
    return found


def on_the_later_day(table: str, columns: frozenset[str], kept: Iterable[Carried]) -> str:
    """The SELECT of the firms of *table*, which has *columns*, as they are on the later day."""
    made = {one.slot: one.sql for one in kept}
    replaced = ", ".join(f"{sql} AS {quote(slot)}" for slot, sql in made.items() if slot in columns)
    added = "".join(f", {sql} AS {quote(slot)}" for slot, sql in made.items() if slot not in columns)
    star = f"* REPLACE ({replaced})" if replaced else "*"
    return f"SELECT {star}{added} FROM {table}"


def _complete(connection: duckdb.DuckDBPyConnection, field: Field, attributes: frozenset[str]) -> None:
    table = f"{OWN}.{quote(f'list_{field.id}')}"
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (n INTEGER, item VARCHAR)")
    for one in field.attributes:
        if one.id in attributes:
            kind = SQL_TYPES[one.type]
            connection.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {quote(one.id)} {kind}")
