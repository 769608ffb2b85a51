"""Many firms on a later day, their facts carried forward as for a path: what each is then, by which clauses.

    ahead(snapshot, "cn/srdi-sme", numbers, since=today, at=date(2025, 6, 30), purpose="review")

All of them in one statement; :mod:`rongtong.qualify.paths` tells a firm what it can do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import duckdb
import pyarrow as pa
import sqlglot.expressions as exp
from sqlglot import select

from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import quote
from rongtong.qualify.asked import ask, asked
from rongtong.qualify.assess import program_of
from rongtong.qualify.compile import Program
from rongtong.qualify.forward import Carried, Span, carried, on_the_later_day
from rongtong.qualify.output import verdict

_IDS = pa.list_(pa.string())
SCHEMA = pa.schema([("n", pa.int32()), ("verdict", pa.string()), ("failing", _IDS), ("open", _IDS)])


def ahead(
    snapshot: Snapshot, rulebook: str, numbers: Sequence[int], *, since: date, at: date, purpose: str = "review"
) -> pa.Table:
    """``n, verdict, failing, open`` of the firms *numbers* on the day *at*: the clauses that do not hold, or may, then.

    Raises :class:`InputError` when no edition is in force on that day.
    """
    plain = program_of(snapshot, rulebook, edition=None, purpose=purpose, as_of=at)
    kept = carried(snapshot.columns, plain.book.catalogue, Span(since, at))
    program = Program(plain.book, at, snapshot.columns | {one.slot for one in kept}, plain.attributes)
    with snapshot.connect() as connection:
        _carry(connection, snapshot, kept)
        ask(connection, numbers)
        found = connection.sql(_statement(program)).to_arrow_table().cast(SCHEMA)
        connection.execute("DROP VIEW temp.firms")
    return found


def _carry(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, kept: Iterable[Carried]) -> None:
    """Let ``firms`` be the firms of the later day, for this connection alone."""
    [(database,)] = connection.execute("SELECT current_database()").fetchall()
    later = on_the_later_day(f"{quote(database)}.main.firms", snapshot.columns, kept)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW firms AS {later}")


def _statement(program: Program) -> str:
    inner = program.statement(asked).subquery("judged", copy=False)
    lists = {name: list(_named(program, is_)) for name, is_ in (("failing", exp.false()), ("open", exp.Null()))}
    told = [exp.alias_(exp.func("list_filter", exp.array(*ids), _KNOWN.copy()), name) for name, ids in lists.items()]
    return select(exp.column("n"), verdict(), *told).from_(inner, copy=False).order_by("n").sql("duckdb")


#: Which of a list are there.
_KNOWN = exp.Lambda(
    this=exp.not_(exp.Is(this=exp.column("one"), expression=exp.Null())), expressions=[exp.to_identifier("one")]
)


def _named(program: Program, is_: exp.Expr) -> Iterator[exp.Expr]:
    """For each deciding clause without parts its id where it comes out so, and all that it is part of."""
    for whole in (leaf for one in program.book.deciding for leaf in one.leaves()):
        columns = (exp.column(f"c{program.clauses.index(one)}") for one in whole)
        tests = [exp.Is(this=column, expression=is_.copy()) for column in columns]
        yield exp.Case(ifs=[exp.If(this=exp.and_(*tests), true=exp.Literal.string(whole[-1].head.id))])
