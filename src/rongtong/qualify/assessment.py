"""What an assessment answers: rows for machines, a story for one firm, counts, and the table of verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot.expressions as exp

from rongtong.facts.mentions import find
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal
from rongtong.qualify import wants
from rongtong.qualify.asked import ask, asked
from rongtong.qualify.compile import Program
from rongtong.qualify.evidence import Cell, Evidence, Values, evidence_of
from rongtong.qualify.missing import Lack, missing
from rongtong.qualify.rulebook import Head
from rongtong.qualify.unknowns import Unknowns

Row = dict[str, Any]
OPEN = "undetermined"


@dataclass
class Assessment:
    """The result of judging a snapshot by a rulebook; *path* is its folder.

    *kept* is the file in which :meth:`wants` of all firms are kept, if they are, from which they are read.
    """

    path: Path
    snapshot: Snapshot
    program: Program
    manifest: dict[str, Any]
    kept: Path | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Firms by verdict."""
        return dict(self.manifest["counts"])

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each clause by its id, in the order of the rulebook."""
        return {head.id: head.title for head in self.program.book.heads}

    @property
    def table(self) -> pa.Table:
        """One row a firm: ``n, firm, uscc, name, verdict, low, high``."""
        return pq.read_table(self.path / "verdicts.parquet")

    def rows(self, firms: Iterable[str] | None = None) -> Iterator[Row]:
        """One row a firm, in the form that ``rongtong assess --json`` prints; *firms* are ids, None means all."""
        verdicts = self.table
        if firms is not None:
            verdicts = verdicts.filter(pa.compute.is_in(verdicts.column("firm"), pa.array(list(firms), pa.string())))
        return self._rows(verdicts)

    def _rows(self, verdicts: pa.Table) -> Iterator[Row]:
        with self.snapshot.connect() as connection:
            for start in range(0, verdicts.num_rows, wants.BATCH):
                yield from self._batch(connection, verdicts.slice(start, wants.BATCH).to_pylist())

    def card(self, n: int) -> Row:
        """What is to be said of firm number *n* in short: its verdict, its score, and how many facts it lacks."""
        [row] = pq.read_table(self.path / "verdicts.parquet", filters=[("n", "=", n)]).to_pylist()
        with self.snapshot.connect() as connection:
            lacks = self._lacks(connection, [row]).get(n, [])
        return {"verdict": row["verdict"], "score": points(row["low"], row["high"]), "lacks": len(lacks)}

    def most_missing(self, top: int = 8) -> list[tuple[str, int]]:
        """The facts that the most undetermined firms lack, each with the number of those firms."""
        return Counter(self.wants().column("fact").to_pylist()).most_common(top)

    def wants(self) -> pa.Table:
        """``n, fact, settles, points``: what each undetermined firm lacks, most wanted first."""
        if self.kept:
            return pq.read_table(self.kept)
        verdicts = self.table
        open_ = verdicts.filter(pa.compute.equal(verdicts.column("verdict"), OPEN)).column("n").to_pylist()
        with self.snapshot.connect() as connection:
            return wants.table(connection, self.program, open_)

    def _lacks(self, connection: duckdb.DuckDBPyConnection, verdicts: list[Row]) -> dict[int, list[Lack]]:
        open_ = [row["n"] for row in verdicts if row["verdict"] == OPEN]
        if not open_:
            return {}
        return wants.read(self.kept, open_) if self.kept else missing(connection, self.program, open_)

    def _batch(self, connection: duckdb.DuckDBPyConnection, verdicts: list[Row]) -> Iterator[Row]:
        numbers = [row["n"] for row in verdicts]
        ask(connection, numbers)
        clauses = self._clauses(connection)
        values = self._evidence.values(connection, numbers)
        sources = self._evidence.sources(self.snapshot, numbers)
        lacks = self._lacks(connection, verdicts)
        for row, lines, own in zip(verdicts, clauses, values, strict=True):
            yield self._row(row, lines, own, sources.get(row["n"], {}), lacks.get(row["n"], []))

    @property
    def names(self) -> tuple[str, ...]:
        """What its clauses rest on, as the values of a row are named."""
        return tuple(self._evidence.names)

    @property
    def _evidence(self) -> Evidence:
        return evidence_of(self.program)

    def _clauses(self, connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
        size = len(self.program.book.heads)
        where = asked(exp.column("n")).sql("duckdb")
        file = literal(str(self.path / "clauses.parquet"))
        order = exp.array(*(exp.Literal.string(one) for one in self.titles)).sql("duckdb")
        query = f"SELECT clause, holds, low, high, margin FROM {file} WHERE {where}"
        found = connection.execute(f"{query} ORDER BY n, list_position({order}, clause)").fetchall()
        return (found[start : start + size] for start in range(0, len(found), size))

    def _row(
        self, row: Row, lines: list[tuple[Any, ...]], values: Values, sources: dict[str, list[Cell]], lacks: list[Lack]
    ) -> Row:
        return {
            "firm": row["firm"],
            "uscc": row["uscc"],
            "name": row["name"],
            "verdict": row["verdict"],
            "score": points(row["low"], row["high"]),
            "clauses": [self._clause(line, values, sources) for line in lines],
            "missing": [lack.fact for lack in lacks],
            "missing_detail": [detail for lack in lacks for detail in self._detail(lack, values)],
        }

    def _clause(self, line: tuple[Any, ...], values: Values, sources: dict[str, list[Cell]]) -> Row:
        clause, holds, low, high, margin = line
        used = self._evidence.used.get(clause, [])
        return {
            "id": clause,
            "holds": holds,
            "points": points(low, high),
            "values": {name: values[name] for name in used},
            "sources": {name: sources[name] for name in used if name in sources},
            "margin": margin,
        }

    def _detail(self, lack: Lack, values: Values) -> Iterator[Row]:
        label, settled_by, slots = self._described[lack.fact]
        for year in [year for name, year in slots if values[name] is None] or [None]:
            yield {
                "field": lack.fact, "year": year, "label": label, "settles": lack.settles, "points": lack.points,
                "settled_by": settled_by,
            }  # fmt: skip  # read by rows

    @cached_property
    def _described(self) -> dict[str, tuple[str, str, list[tuple[str, int | None]]]]:
        return {fact: self._describe(fact) for fact in Unknowns(self.program).facts}

    def _describe(self, fact: str) -> tuple[str, str, list[tuple[str, int | None]]]:
        field_id, _dot, subset_id = fact.partition(".")
        found = self.program.book.catalogue[field_id]
        subset = found.subset(subset_id) if subset_id else None
        slots = [(slot, years[0] if years else None) for slot, years in self._evidence.scalars() if is_of(slot, fact)]
        return subset.label if subset else found.label, subset.settled_by if subset else "", slots

    def explain(self, firm: str) -> Row:
        """One firm's story, by its id, code or name: its row, each clause with its title, text, citation and parts.

        Raises :class:`InputError` unless :func:`rongtong.facts.find` finds one firm.
        """
        verdicts = self.table
        row = next(self._rows(verdicts.filter(pa.compute.equal(verdicts.column("n"), find(self.snapshot, firm).n))))
        return row | {"clauses": self._tree({line["id"]: line for line in row["clauses"]}, "")}

    def _tree(self, lines: dict[str, Row], parent: str) -> list[Row]:
        own = [head for head in self.program.book.heads if head.parent == parent and head.id in lines]
        return [lines[head.id] | cited(head) | self._parts(lines, head.id) for head in own]

    def _parts(self, lines: dict[str, Row], parent: str) -> Row:
        below = self._tree(lines, parent)
        return {"parts": below} if below else {}


def cited(head: Head) -> Row:
    """What an answer cites of a clause."""
    return {
        "title": head.title, "text": head.text, "cite": head.cite, "kind": head.kind, "verified": head.verified,
        "note": head.note, "max": None if head.max is None else float(head.max),
    }  # fmt: skip  # read by rows


def points(low: float | None, high: float | None) -> list[float] | None:
    """An interval of points for machines."""
    return None if low is None or high is None else [low, high]


def is_of(name: str, fact: str) -> bool:
    """Whether a value's name is the fact, in some year."""
    return name == fact or name.startswith(f"{fact}[")
