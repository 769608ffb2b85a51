"""What each clause rests on: the values used and the cells they come from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

import duckdb
import sqlglot.expressions as exp

from rongtong import facts
from rongtong.definitions import exact_sql
from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.slots import Slot
from rongtong.facts.snapshot import Snapshot
from rongtong.qualify.asked import ask, asked
from rongtong.qualify.compile import Program
from rongtong.qualify.deciding import of_points
from rongtong.qualify.list_columns import completeness, contained, containing, list_columns
from rongtong.qualify.rulebook import Grant, Indicator, Requirement

Values = dict[str, Any]
Cell = dict[str, str]


class Evidence:
    """The facts of a program by name (a slot, or ``list.subset``), and which clause uses which."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.used = {head: list(dict.fromkeys(names)) for head, names in self._used()}
        self.names = list(dict.fromkeys(name for names in self.used.values() for name in names))

    def _used(self) -> Iterator[tuple[str, list[str]]]:
        self._facts: dict[str, tree.Fact] = {}
        self._aggregates: dict[str, tree.Aggregate] = {}
        for clause in self.program.clauses:
            yield clause.head.id, self._of_clause(clause)
        graded: list[Indicator | Grant] = [*self.program.indicators, *self.program.grants]
        for one in graded:
            yield one.head.id, [name for node in of_points(one.points) for name in self._of(node)]

    def _of_clause(self, clause: Requirement) -> list[str]:
        if clause.condition is not None:
            return self._of(clause.condition)
        return [name for part in clause.parts for name in self._of_clause(part)]

    def _of(self, node: tree.Node) -> list[str]:
        names = []
        for fact in tree.facts(node):
            below = tree.facts(fact.computed) if fact.computed is not None else []
            for one in (fact, *below):
                names.append(slot := self.program.slot(one))
                self._facts[slot] = one
        for each in tree.aggregates(node):
            names.append(name := self.name_of(each))
            self._aggregates[name] = each
        return names

    def scalars(self) -> list[tuple[str, tuple[int, int] | None]]:
        """The slots of the scalars, and their years."""
        return [(name, Slot.parse(name).years) for name in self._facts]

    def name_of(self, one: tree.Aggregate) -> str:
        """How an aggregate is named among the values: ``ip.class_1``, ``financing.qualified.amount[2020..2021]``."""
        part = f"{one.name}.{one.attribute}" if one.attribute else one.name
        if one.window is None:
            return part
        first, last = one.window.at(self.program.lists.last)
        return f"{part}[{first}..{last}]"

    def values(self, connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> Iterator[Values]:
        """Per firm of *numbers*, by ``n``: each name's value; of a list a number, or [low, high] (high None: open)."""
        ask(connection, numbers)
        rows = connection.execute(self._statement)
        while batch := rows.fetchmany(2_000):
            for _n, *row in batch:
                found = iter(row)
                yield {name: self._value(name, found) for name in self.names}

    @cached_property
    def _statement(self) -> str:
        """Built once, for that takes longer than to run it on a firm: which firms are asked for is data."""
        query = self.program.prepared(asked).select("n", *self._columns(), copy=False)
        return query.from_("facts", copy=False).order_by("n", copy=False).sql("duckdb", copy=False)

    def _columns(self) -> Iterator[exp.Expr]:
        for name in self.names:
            if name in self._facts:
                yield self._scalar(self._facts[name])
            else:
                k = self.program.lists.number(self._aggregates[name])
                yield from (exact_sql.as_double(exp.column(f"{end}{k}")) for end in ("lo", "hi"))

    def _scalar(self, fact: tree.Fact) -> exp.Expr:
        if isinstance(fact.computed, tree.Classified):
            return sql.level(fact, self.program.column)
        if fact.computed is not None:
            return exact_sql.rounded(exact_sql.first_double(sql.forms(fact, self.program.column)))
        column = self.program.column(fact)
        if column is None:
            return exp.Null()
        if fact.type in ("money", "number", "ratio"):
            return exact_sql.as_double(column)
        return exp.Cast(this=column, to=exp.DataType.build("VARCHAR")) if fact.type == "date" else column

    def _value(self, name: str, found: Iterator[Any]) -> Any:
        if name in self._facts:
            return _plain(next(found))
        low, high = _plain(next(found)), _plain(next(found))
        if low != high:
            return [low, high]
        return bool(low) if self._aggregates[name].name.startswith("negative_records.") else low

    def slots(self) -> dict[str, list[str]]:
        """Per name the columns of the snapshot, and attributes of lists, in which it can stand."""
        return {name: self._slots(name) for name in self.names}

    def _slots(self, name: str) -> list[str]:
        if name in self._facts:
            return [name] if name in self.program.columns else []
        one = self._aggregates[name]
        field = self.program.book.catalogue[one.list]
        near = {one.subset, *containing(field, one.subset), *contained(field, one.subset)}
        found = [each.column for each in list_columns(field, self.program.columns) if each.subset in near]
        found += [f"{one.list}.{a}" for a in field.key if a in self.program.attributes.get(one.list, ())]
        return found + [f"{name}!to" for name in completeness(field, one.subset, self.program.columns)]

    def sources(self, snapshot: Snapshot, numbers: list[int]) -> dict[int, dict[str, list[Cell]]]:
        """Per firm and name the cells it was read from, and whose word that is where it counts."""
        slots = self.slots()
        names: dict[str, list[str]] = {}
        for name, own in slots.items():
            for slot in own:
                names.setdefault(slot, []).append(name)
        table = facts.sources_of(snapshot, sorted(names), numbers)
        found: dict[int, dict[str, list[Cell]]] = {}
        columns = (table.column(c).to_pylist() for c in ("n", "slot", "file", "sheet", "cell", "part"))
        said = {part: facts.said_of(snapshot, part) for part in table.column("part").unique().to_pylist()}
        for n, slot, file, sheet, cell, part in zip(*columns, strict=True):
            for name in names.get(slot, ()):
                cells = found.setdefault(n, {}).setdefault(name, [])
                if (one := {"file": file, "sheet": sheet, "cell": cell} | said[part]) not in cells:
                    cells.append(one)
        return found


@lru_cache(maxsize=32)
def evidence_of(program: Program) -> Evidence:
    """The evidence of a program: one for all results of it, for the statement takes longer to build than to run."""
    return Evidence(program)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
