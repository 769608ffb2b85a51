"""Which firms a statement is about, told to the connection: the statement is built once and asked of any of them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import sqlglot.expressions as exp
from sqlglot import select

_EVERY, _FIRST, _LAST = "asked", "first_asked", "last_asked"


def ask(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> None:
    """Ask about the firms *numbers*, at least one, in what this connection runs from now on."""
    for name, value in ((_EVERY, list(numbers)), (_FIRST, min(numbers)), (_LAST, max(numbers))):
        connection.execute(f"SET VARIABLE {name} = {value}")


def asked(n: exp.Column) -> exp.Expr:
    """Whether the firm of number *n* is asked about; the range helps Parquet to skip what is outside."""
    low, high = (exp.func("getvariable", exp.Literal.string(name)) for name in (_FIRST, _LAST))
    every = select(exp.func("unnest", exp.func("getvariable", exp.Literal.string(_EVERY)))).subquery()
    return exp.and_(exp.Between(this=n.copy(), low=low, high=high), exp.In(this=n.copy(), query=every))
