"""One firm as it would be: changes made to its facts, and the rulebook asked about each of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import duckdb
from sqlglot import select

from rongtong.definitions.slots import Slot
from rongtong.facts.snapshot import Row, rows
from rongtong.facts.text import literal, quote
from rongtong.qualify.compile import Program
from rongtong.qualify.forward import OWN
from rongtong.qualify.levers import Move
from rongtong.qualify.list_columns import containing, list_columns
from rongtong.qualify.unknowns import Unknowns

#: How far each of some levers is moved.
Change = Mapping[Move, int]


class Trials:
    """One firm of a database by :func:`rongtong.qualify.forward.forward`, and what is tried with it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, program: Program) -> None:
        self.connection, self.program = connection, program
        self.tables = ["firms", *(f"list_{list_id}" for list_id in program.attributes)]
        for table in self.tables:
            connection.execute(f"CREATE TABLE {quote(table)} AS FROM {OWN}.{quote(table)} LIMIT 0")
        connection.execute("PRAGMA disable_optimizer")  # which takes longer than a handful of rows
        connection.execute(f"PREPARE trial AS {statement(program)}")

    def own(self) -> Row:
        """The facts of the firm as they are carried forward."""
        return rows(self.connection, f"SELECT * FROM {OWN}.firms")[0]

    def run(self, changes: Sequence[Change]) -> list[Row]:
        """What the program makes of the firm after each of *changes*: all columns of its stages, and the masks."""
        for table in self.tables:
            self.connection.execute(f"DELETE FROM {quote(table)}")
        for n, change in enumerate(changes):
            self._put(n, change)
        return rows(self.connection, "EXECUTE trial")

    def _put(self, n: int, change: Change) -> None:
        """The firm after a change, under the number *n*."""
        for table in self.tables:
            values = _values(self.program, change) if table == "firms" else {}
            parts = "".join(f", {sql} AS {quote(slot)}" for slot, sql in values.items())
            own = f"SELECT * REPLACE ({n} AS n{parts}) FROM {OWN}.{quote(table)}"
            self.connection.execute(f"INSERT INTO {quote(table)} {own}")
        for move, d in change.items():
            if move.fact is None:
                _insert(self.connection, n, move, d)


@lru_cache(maxsize=32)
def statement(program: Program) -> str:
    """Built once, for that takes longer than to run it on a firm."""
    columns = Unknowns(program).columns()
    whole = program.statement().subquery("judged", copy=False)
    return select("*", *columns).from_(whole, copy=False).order_by("n", copy=False).sql("duckdb", copy=False)


def _values(program: Program, change: Change) -> dict[str, str]:
    """What the changed columns of the firm are, as SQL."""
    fields, found = program.book.catalogue, {}
    for move, d in change.items():
        if move.fact is not None:
            found[move.slot] = f"CAST({literal(str(move.at(d)))} AS {fields.sql_type(Slot.parse(move.slot))})"
            continue
        for column, measure in _counted(program, move):
            before = found.get(column, quote(column))
            found[column] = f"{before} OR {d} > 0" if measure == "any" else f"({before} + {d})"
    return found


def _counted(program: Program, move: Move) -> Iterator[tuple[str, str]]:
    """The stated numbers that a new record raises: of its subset, and of what contains it."""
    list_id, _dot, subset = move.slot.partition(".")
    field = program.book.catalogue[list_id]
    for one in list_columns(field, program.columns):
        if one.subset in {subset, *containing(field, subset)} and one.years is None and one.measure != "amount":
            yield one.column, one.measure


def _insert(connection: duckdb.DuckDBPyConnection, n: int, move: Move, d: int) -> None:
    list_id = move.slot.partition(".")[0]
    said: dict[str, Any] = dict(move.lever.record)
    if move.lever.dated_by:
        said[move.lever.dated_by] = move.day.isoformat()
    columns = "".join(f", {literal(str(value))} AS {quote(name)}" for name, value in said.items())
    for k in range(d):
        item = literal(f"{move.slot} +{k + 1}")
        connection.execute(f"INSERT INTO {quote(f'list_{list_id}')} BY NAME SELECT {n} AS n, {item} AS item{columns}")
