"""What if a bound were another: counts before and after over the whole membership, in a fraction of a second.

    asking = WhatIf(snapshot, qualify.program_of(...))        # once: every atom of every firm
    asking.ask({"condition.2.amount": "80万元"}).after        # {"qualified": …}

All that does not hang on a changed bound is computed once; an answer computes the changed comparisons, then points and
verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import sqlglot.expressions as exp
from sqlglot import select

from rongtong.definitions import expression_tree as tree
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal, quote
from rongtong.qualify.bounds import changed
from rongtong.qualify.compile import Program
from rongtong.qualify.levers import limit_of
from rongtong.qualify.output import WORDS
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.standing import amounts

Counts = dict[str, int]
#: The firms of a group by verdict: before, and after.
Pair = tuple[Counts, Counts]


@dataclass(frozen=True)
class Answer:
    """Firms by verdict *before* and *after*, the same by title held and by district (None: none), and who *moved*.

    A firm with several titles counts under each of them. *moved* has ``n, firm, uscc, name, district, before, after``.
    """

    book: Rulebook
    before: Counts
    after: Counts
    by_title: dict[str | None, Pair]
    by_district: dict[str | None, Pair]
    moved: pa.Table


class WhatIf:
    """The firms of a snapshot with what a rulebook asks of them, to be asked again and again."""

    def __init__(self, snapshot: Snapshot, program: Program) -> None:
        self.snapshot, self.program = snapshot, program
        self.connection: duckdb.DuckDBPyConnection = snapshot.connect()
        known = program.prepared().select(*self._columns(), copy=False).from_("atoms", copy=False)
        self.connection.execute(f"CREATE TEMP TABLE known AS {known.sql('duckdb')}")
        self.connection.execute(f"CREATE TEMP TABLE held AS {held(program)}")
        self.connection.execute(f"CREATE TEMP TABLE official AS {self._judged(program)}")

    def close(self) -> None:
        """Forget the firms."""
        self.connection.close()

    @property
    def cells(self) -> int:
        """How much is held: firms by columns."""
        firms, columns = self.connection.execute(
            "SELECT estimated_size, column_count FROM duckdb_tables() WHERE table_name = 'known'"
        ).fetchall()[-1]
        return int(firms * columns)

    def ask(self, written: Mapping[str, str], among: Sequence[str] | None = None) -> Answer:
        """What the verdicts would be with bounds as *written* (:func:`rongtong.qualify.bounds.changed`).

        *among*: of the firms of these districts alone.
        """
        return self.of(changed(self.program.book, written), among)

    def of(self, book: Rulebook, among: Sequence[str] | None = None) -> Answer:
        """What the verdicts would be by *book*, which differs in its bounds alone."""
        program = self.program_of(book)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE tried AS {self._judged(program)}")
        self.connection.execute(_PAIRS, [None if among is None else list(among)])
        everybody = self._grouped("SELECT NULL, before, after, count(*) FROM pairs GROUP BY ALL")
        titles = "SELECT kind, before, after, count(*) FROM pairs LEFT JOIN held USING (n) GROUP BY ALL"
        districts = "SELECT district, before, after, count(*) FROM pairs GROUP BY ALL"
        before, after = everybody.get(None, (dict.fromkeys(WORDS, 0), dict.fromkeys(WORDS, 0)))
        return Answer(book, before, after, self._grouped(titles), self._grouped(districts), self._moved())

    def program_of(self, book: Rulebook) -> Program:
        """The program of *book*, which differs in its bounds alone."""
        if book is self.program.book:
            return self.program
        return Program(book, self.program.day, self.program.columns, self.program.attributes)

    def judged(self, program: Program, *, clauses: bool) -> exp.Select:
        """The stages of *program* up to the verdict, over what is known; with *clauses* all their columns."""
        atoms = program.recomputed("known", self.program, margins=clauses)
        return program.judged(select().with_("atoms", as_=atoms), "atoms", clauses)

    def _grouped(self, query: str) -> dict[str | None, Pair]:
        found: dict[str | None, Pair] = {}
        for group, before, after, firms in self.connection.execute(f"{query} ORDER BY 1 NULLS LAST").fetchall():
            pair = found.setdefault(group, (dict.fromkeys(WORDS, 0), dict.fromkeys(WORDS, 0)))
            pair[0][before] += firms
            pair[1][after] += firms
        return found

    def _moved(self) -> pa.Table:
        query = """
            SELECT n, firm, uscc, name, pairs.district, before, after FROM pairs JOIN firms USING (n)
            WHERE before <> after ORDER BY n"""
        return self.connection.sql(query).to_arrow_table()

    def _judged(self, program: Program) -> str:
        """``n, v`` of every firm by *program*, over what is known."""
        judged = self.judged(program, clauses=False)
        return judged.select("n", "v", copy=False).from_("clauses", copy=False).sql("duckdb")

    def _columns(self) -> list[exp.Expr]:
        """What the atoms rest on, the atoms, the stated points."""
        facts = [one for atom in self.program.atoms for fact in tree.facts(atom) for one in (fact, *amounts(fact))]
        facts += [above for fact in facts if (above := limit_of(fact, self.program))]
        other = self.program.columns - {"district"}
        slots = dict.fromkeys(slot for slot in map(self.program.slot, facts) if slot in other)
        lists = [f"{end}{k}" for k in self.program.lists.known.values() for end in ("lo", "hi")]
        stated = [f"s{k}_{end}" for k in self.program.stated.values() for end in ("low", "high")]
        names = ["n", *slots, *lists, *(f"a{k}" for k in self.program.atoms.values()), *stated]
        here = "district" in self.snapshot.columns_here
        district = exp.column("district") if here else exp.cast(exp.null(), "VARCHAR")
        return [*(exp.column(name, quoted=True) for name in names), exp.alias_(district, "district")]


def held(program: Program) -> str:
    """``n, kind``: the titles that are not known to have ended by the day, nor to be granted later."""
    own, day = program.attributes.get("titles", frozenset()), literal(program.day.isoformat())
    if "kind" not in own:
        return "SELECT NULL::INTEGER AS n, NULL::VARCHAR AS kind LIMIT 0"
    ends = {"granted_on": "<=", "valid_until": ">="}
    tests = [f"coalesce({quote(name)} {op} DATE {day}, true)" for name, op in ends.items() if name in own]
    return f"SELECT DISTINCT n, kind FROM list_titles WHERE {' AND '.join(['kind IS NOT NULL', *tests])}"


def _word(column: str) -> str:
    yes, no, open_ = (literal(word) for word in WORDS)
    return f"CASE WHEN {column} THEN {yes} WHEN NOT {column} THEN {no} ELSE {open_} END"


_PAIRS = f"""
    CREATE OR REPLACE TEMP TABLE pairs AS
    SELECT n, district, {_word("official.v")} AS before, {_word("tried.v")} AS after
    FROM official JOIN tried USING (n) JOIN known USING (n)
    WHERE $1 IS NULL OR list_contains($1::VARCHAR[], district)
"""
