"""A rulebook as one SQL statement: lists → facts → atoms → points → clauses → verdict, each stage a CTE.

Every stage passes on what it got and adds its own columns, so that any of them can be read:

    lo0 hi0 …          bounds of the list aggregates            a0 a1 …    atoms: TRUE, FALSE, NULL
    s0_low s0_high …   points that somebody else states          i0_low i0_high …  points of the indicators
    r0_low r0_high …   yuan of what is granted, r_low … of all of it
    g0_low …, t_low …  points of the groups, and of the sheet    c0 c1 …    clauses;  m0 m1 …  their margins
    v                  the verdict
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import sqlglot.expressions as exp
from sqlglot import select

from rongtong.definitions import exact_sql
from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.slots import Slot
from rongtong.qualify import lists, points
from rongtong.qualify.points import Interval
from rongtong.qualify.rulebook import Points, Requirement, Rulebook, Share, Stated

#: Restricts a table to the firms that are asked for, by their ``n``.
Within = Callable[[exp.Column], exp.Expr]


@dataclass(eq=False)
class Program:
    """A rulebook on a day, against the columns that a snapshot has."""

    book: Rulebook
    day: date
    columns: frozenset[str]
    attributes: dict[str, frozenset[str]]
    atoms: dict[tree.Atom, int] = field(default_factory=dict)
    stated: dict[Stated, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lists = lists.Lists(self.book.catalogue, self.day, self.columns, self.attributes)
        self.clauses = [clause for one in self.book.requirements for clause in one.walk()]
        self.indicators = [one for group in self.book.groups for one in group.indicators]
        self.grants = list(self.book.granted.items) if self.book.granted else []
        for atom in (atom for condition in self._conditions() for atom in tree.atoms(condition)):
            if not isinstance(atom, tree.ScoreTest):
                self.atoms.setdefault(atom, len(self.atoms))
            for one in tree.aggregates(atom):
                self.lists.number(one)
        for indicator in self.indicators:
            for stated in points.stated_in(indicator.points):
                self.stated.setdefault(stated, len(self.stated))

    @property
    def margins(self) -> frozenset[str]:
        """The columns of the margins: those of clauses with a single comparison."""
        return frozenset(f"m{k}" for k, clause in enumerate(self.clauses) if tree.has_margin(clause.condition))

    def _conditions(self) -> list[tree.Condition]:
        asked = [clause.condition for clause in self.clauses if clause.condition is not None]
        money = [one.points for one in self.grants if not isinstance(one.points, Share)]
        graded = [*(one.points for one in self.indicators), *money]
        return asked + [test for one in graded for test in points.conditions(one)]

    def slot(self, fact: tree.Fact) -> str:
        """The column of a scalar: ``revenue[2021]``."""
        year = fact.year.at(self.day.year - 1) if fact.year else None
        return str(Slot(fact.name, None, (year, year) if year is not None else None))

    def column(self, fact: tree.Fact) -> exp.Expr | None:
        """The scalar's column, None when the snapshot has none."""
        name = self.slot(fact)
        return exp.column(name, quoted=True) if name in self.columns else None

    def statement(self, within: Within | None = None, clauses: bool = True) -> exp.Select:
        """The whole: every stage's columns, one row a firm; without *clauses* only what the verdict needs."""
        found = self.judged(self.prepared(within, margins=clauses), "atoms", clauses, grants=clauses)
        return found.select("*", copy=False).from_("clauses", copy=False)

    def prepared(self, within: Within | None = None, margins: bool = False) -> exp.Select:
        """The stages up to the atoms, for a query to be built upon."""
        found = select()
        for list_id in self.lists.tables():
            table = self.lists.table(list_id)
            if within:
                table.where(within(exp.column("n")), copy=False)
            found = found.with_(f"of_{list_id}", as_=table, copy=False)
        found = found.with_("facts", as_=self.facts(within), copy=False)
        return found.with_("atoms", as_=self.atom_stage(margins), copy=False)

    def judged(self, found: exp.Select, atoms: str, clauses: bool = True, grants: bool = False) -> exp.Select:
        """*found* with the stages from the points on, over a table of atoms; of the facts too for *grants*."""
        stages = {
            "points": self.point_stage(atoms, grants), "groups": self.group_stage(),
            "score": self.total_stage(grants), "clauses": self.clause_stage(clauses),
        }  # fmt: skip
        for name, stage in stages.items():
            found = found.with_(name, as_=stage, copy=False)
        return found

    def facts(self, within: Within | None) -> exp.Select:
        """The firms' facts with the bounds of their lists."""
        found = select("f.*").from_(exp.alias_(exp.to_table("firms"), "f", table=True))
        for one, k in self.lists.known.items():
            low, high = self.lists.bounds(one)
            found.select(exp.alias_(low, f"lo{k}"), exp.alias_(high, f"hi{k}"), copy=False)
        for list_id in self.lists.tables():
            of = f"of_{list_id}"
            on = exp.EQ(this=exp.column("n", table="f"), expression=exp.column("n", table=of))
            found = found.join(exp.to_table(of), on=on, join_type="left", copy=False)
        return found.where(within(exp.column("n", table="f")), copy=False) if within else found

    def atom_stage(self, margins: bool) -> exp.Select:
        """Each atomic condition once, and the points that somebody states."""
        found = select("*").from_("facts")
        for atom, k in self.atoms.items():
            found.select(exp.alias_(self.atom_sql(atom), f"a{k}"), copy=False)
        for stated, k in self.stated.items():
            known = self.column(stated.fact)
            ends: list[exp.Expr] = [exp.Literal.number(0), points.scaled(stated.max)]
            if known is not None:
                value = within_range(known, stated)
                ends = [exp.Coalesce(this=value.copy(), expressions=[end]) for end in ends]
            found.select(exp.alias_(ends[0], f"s{k}_low"), exp.alias_(ends[1], f"s{k}_high"), copy=False)
        return found.select(*(self._margins() if margins else []), copy=False)

    def recomputed(self, known: str, other: Program, *, margins: bool = False) -> exp.Select:
        """The stage of the atoms over a table *known* of those of *other*, which differs in bounds alone.

        Only those that *other* has not are computed.
        """
        held = {f"a{k}" for k in other.atoms.values()}
        kept = exp.Star(**{"except_": [exp.to_identifier(name) for name in sorted(held)]}) if held else exp.Star()
        found = select(kept).from_(known)
        for atom, k in self.atoms.items():
            own = exp.column(f"a{other.atoms[atom]}") if atom in other.atoms else self.atom_sql(atom)
            found.select(exp.alias_(own, f"a{k}"), copy=False)
        return found.select(*(self._margins() if margins else []), copy=False)

    def atom_sql(self, atom: tree.Atom) -> exp.Expr:
        """An atom over the facts and the bounds of the lists."""
        if isinstance(atom, tree.Compare) and isinstance(atom.left, tree.Aggregate):
            assert isinstance(atom.right, tree.Quantity)  # noqa: S101 -- the checker lets only numbers stand there
            low, high = self._ends(atom.left)
            return lists.compare(atom.op, low, high, exact_sql.literal(atom.right).sql)
        return sql.atom(atom, self.column, self.day)

    def _ends(self, one: tree.Aggregate) -> tuple[exp.Expr, exp.Expr]:
        k = self.lists.number(one)
        return exp.column(f"lo{k}"), exp.column(f"hi{k}")

    def _margins(self) -> list[exp.Expr]:
        found: list[exp.Expr] = []
        for k, clause in enumerate(self.clauses):
            margin = self._margin(clause.condition)
            if margin is not None:
                found.append(exp.alias_(margin, f"m{k}"))
        return found

    def _margin(self, condition: tree.Condition | None) -> exp.Expr | None:
        if not tree.has_margin(condition) or isinstance(condition, tree.ScoreTest):
            return None
        if not isinstance(condition.left, tree.Aggregate):
            return sql.margin(condition, self.column)
        assert isinstance(condition.right, tree.Quantity)  # noqa: S101 -- the checker lets only numbers stand there
        low, high = self._ends(condition.left)
        difference = exact_sql.as_double(exp.paren(low - exact_sql.literal(condition.right).sql))
        return exp.Case(ifs=[exp.If(this=exp.EQ(this=low.copy(), expression=high), true=difference)])

    def point_stage(self, atoms: str, grants: bool) -> exp.Select:
        """The points of each indicator, and the amount of each grant."""
        found = select("*").from_(atoms)
        named: list[tuple[str, Points | Share]] = [(f"i{k}", one.points) for k, one in enumerate(self.indicators)]
        named += [(f"r{k}", one.points) for k, one in enumerate(self.grants if grants else ())]
        for name, graded in named:
            each = self._interval(graded)
            found.select(exp.alias_(each.low, f"{name}_low"), exp.alias_(each.high, f"{name}_high"), copy=False)
        return found

    def _interval(self, graded: Points | Share) -> Interval:
        if isinstance(graded, Share):
            return points.share(graded, self.column)
        return points.interval(graded, self.atom_column, self._stated)

    def atom_column(self, atom: tree.Atom) -> exp.Expr:
        """The column of an atom; a comparison with the score is made where the score is known."""
        if isinstance(atom, tree.ScoreTest):
            return self._against_score(atom)
        return exp.column(f"a{self.atoms[atom]}")

    def _stated(self, stated: Stated) -> Interval:
        k = self.stated[stated]
        return Interval(exp.column(f"s{k}_low"), exp.column(f"s{k}_high"))

    def group_stage(self) -> exp.Select:
        """The points of each group."""
        found = select("*").from_("points")
        for k, group in enumerate(self.book.groups):
            own = [f"i{self.indicators.index(one)}" for one in group.indicators]
            found.select(*_sums(own, f"g{k}"), copy=False)
        return found

    def total_stage(self, grants: bool) -> exp.Select:
        """The points of the sheet, and all that is granted."""
        groups = [f"g{k}" for k in range(len(self.book.groups))]
        found = select("*", *(_sums(groups, "t") if groups else [])).from_("groups")
        if self.book.granted and grants:
            cap, own = self.book.granted.cap, [f"r{k}" for k in range(len(self.grants))]
            found.select(*(_sums(own, "r", None if cap is None else points.scaled(cap))), copy=False)
        return found

    def clause_stage(self, clauses: bool = True) -> exp.Select:
        """The clauses, the margins of those on the score, and the verdict; without *clauses* the verdict alone."""
        found = select("*").from_("score")
        for k, clause in enumerate(self.clauses if clauses else ()):
            found.select(exp.alias_(self._clause(clause), f"c{k}"), copy=False)
            if isinstance(clause.condition, tree.ScoreTest):
                found.select(exp.alias_(self._score_margin(clause.condition), f"m{k}"), copy=False)
        deciding = [self._clause(one) for one in self.book.deciding]
        return found.select(exp.alias_(exp.and_(*deciding), "v"), copy=False)

    def _clause(self, clause: Requirement) -> exp.Expr:
        if clause.condition is not None:
            return sql.condition(clause.condition, self.atom_column)
        join = exp.or_ if clause.any_part else exp.and_
        return exp.paren(join(*(self._clause(part) for part in clause.parts)))

    def _against_score(self, atom: tree.ScoreTest) -> exp.Expr:
        low, high = self.points_of(atom)
        return lists.compare(atom.op, low, high, _bound(atom))

    def _score_margin(self, condition: tree.ScoreTest) -> exp.Expr:
        low, high = self.points_of(condition)
        over = exp.Div(this=exp.paren(low - _bound(condition)), expression=exp.Literal.number(f"{points.SCALE}.0"))
        return exp.Case(ifs=[exp.If(this=exp.EQ(this=low.copy(), expression=high), true=over)])

    def points_of(self, atom: tree.ScoreTest) -> tuple[exp.Expr, exp.Expr]:
        """The columns of both ends of the points that an atom compares."""
        ids = [group.head.id for group in self.book.groups]
        name = f"g{ids.index(f'score.{atom.left.group}')}" if atom.left.group else "t"
        return exp.column(f"{name}_low"), exp.column(f"{name}_high")

    def scored(self) -> list[tuple[str, str]]:
        """Clause id and column prefix of everything that has points, in the order of the rulebook's heads."""
        own = [(one.head.id, f"i{k}") for k, one in enumerate(self.indicators)]
        groups = [(group.head.id, f"g{k}") for k, group in enumerate(self.book.groups)]
        return [*own, *groups, *([("score", "t")] if self.book.total else [])]

    def graded(self) -> list[tuple[str, str]]:
        """The same, and then of everything that has an amount."""
        own = [(one.head.id, f"r{k}") for k, one in enumerate(self.grants)]
        return [*self.scored(), *own, *([(self.book.granted.head.id, "r")] if self.book.granted else [])]


def within_range(known: exp.Expr, stated: Stated) -> exp.Expr:
    """Stated points in ten-thousandths; unknown when they lie outside what the sheet allows."""
    value = exp.Cast(this=known * exp.Literal.number(points.SCALE), to=exp.DataType.build("INTEGER"))
    ends = exp.Literal.number(0), exp.Literal.number(f"{stated.max:f}")
    allowed = exp.Between(this=known.copy(), low=ends[0], high=ends[1])
    return exp.Case(ifs=[exp.If(this=allowed, true=value)])


def _bound(atom: tree.ScoreTest) -> exp.Expr:
    return points.scaled(atom.right.value)


def _sums(names: list[str], total: str, cap: exp.Expr | None = None) -> list[exp.Expr]:
    sums = {end: _sum([f"{name}_{end}" for name in names]) for end in ("low", "high")}
    capped = {end: points.capped(one, cap) if cap else one for end, one in sums.items()}
    return [exp.alias_(one, f"{total}_{end}") for end, one in capped.items()]


def _sum(columns: list[str]) -> exp.Expr:
    found: exp.Expr = exp.column(columns[0])
    for name in columns[1:]:
        found = exp.Add(this=found, expression=exp.column(name))
    return found
