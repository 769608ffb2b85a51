"""Record lists: each is aggregated once, then joined; a count, a sum or an "any" is an interval [low, high].

Records that surely belong raise *low*; only a completeness statement that covers the window makes the possible ones
a *high*. Stated numbers of the subset, of a part of it or of what contains it tighten both. Where what is stated
contradicts itself nothing is chosen: the interval is open again; so it is where somebody says that there is one, of
whatever year, and a list said to be complete holds none. NULL in *high* means that there is no upper bound.
"""

from __future__ import annotations

from datetime import date

import sqlglot.expressions as exp
from sqlglot import select

from rongtong.definitions import exact_sql, expression
from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue, Field
from rongtong.qualify.list_columns import ListColumn, Window, completeness, contained, list_columns
from rongtong.qualify.list_statements import integer, least, says_some, stated, stated_highs, stated_lows
from rongtong.qualify.validity import in_force, is_register, listed

Bounds = tuple[exp.Expr, exp.Expr]


#: No firm of today is older; a list complete since then is complete.
NO_FIRM_BEFORE = 1949


class Lists:
    """The aggregates a statement needs, per list, and their bounds."""

    def __init__(self, fields: Catalogue, day: date, columns: frozenset[str], attributes: dict[str, frozenset[str]]):
        self.fields, self.day, self.columns, self.attributes = fields, day, columns, attributes
        self.last = day.year - 1
        self.known: dict[tree.Aggregate, int] = {}

    def number(self, one: tree.Aggregate) -> int:
        """The number under which the aggregate's columns go; ``any`` is a count."""
        key = tree.Aggregate("sum" if one.measure == "sum" else "count", one.list, one.subset, one.unit,
                             one.attribute, one.window, one.valid)  # fmt: skip
        return self.known.setdefault(key, len(self.known))

    def tables(self) -> list[str]:
        """The lists that have records and are asked for, in a fixed order."""
        return sorted({one.list for one in self.known} & self.attributes.keys())

    def table(self, list_id: str) -> exp.Select:
        """One pass over a list: its definite and its possible members, per firm."""
        sums = [
            exp.alias_(node, name)
            for one, k in self.known.items()
            if one.list == list_id
            for name, node in self._sums(one, k)
        ]
        return select(exp.column("n"), *sums).from_(exp.to_table(f"list_{list_id}")).group_by(exp.column("n"))

    def _sums(self, one: tree.Aggregate, k: int) -> list[tuple[str, exp.Expr]]:
        member = self._member(one)
        possible = exp.not_(exp.Is(this=exp.paren(member), expression=exp.false()))
        upper = bool(completeness(self.fields[one.list], one.subset, self.columns))
        asked = (upper and self._doubts(one)) or self._entries(one)
        ever = [(f"e{k}", _filtered(_count(), self._ever(one)))] if asked else []
        if one.measure != "sum":
            counted = [(f"d{k}", _filtered(_count(), member))]
            return [*counted, *([(f"p{k}", _filtered(_count(), possible))] if upper else []), *ever]
        amount = self._attribute(one.list, one.attribute)
        total = exp.Sum(this=amount)
        unknown = _filtered(_count(), exp.and_(possible, exp.Is(this=amount.copy(), expression=exp.Null())))
        most = exp.Coalesce(this=_filtered(total.copy(), possible), expressions=[integer(0)])
        high = exp.Case(ifs=[exp.If(this=exp.EQ(this=unknown, expression=integer(0)), true=most)])
        definite = [(f"d{k}", _filtered(total, member))]
        return [*definite, (f"p{k}", high), *ever] if upper else definite

    def _ever(self, one: tree.Aggregate) -> exp.Expr:
        """Whether a record may be of the subset, of whatever year."""
        return exp.not_(exp.Is(this=exp.paren(self._selected(one)), expression=exp.false()))

    def _selected(self, one: tree.Aggregate) -> exp.Expr:
        field = self.fields[one.list]
        subset = field.subset(one.subset)
        assert subset is not None  # noqa: S101 -- the checker knows the subset
        when = expression.condition(subset.when, expression.RecordScope(field))
        return sql.condition(
            when, lambda atom: sql.atom(atom, lambda fact: self._attribute(one.list, fact.name), self.day)
        )

    def _member(self, one: tree.Aggregate) -> exp.Expr:
        field = self.fields[one.list]
        tests = [self._selected(one)]
        if one.window:
            first, last = one.window.at(self.last)
            year = self._attribute(one.list, field.dated_by)
            tests += [year >= integer(first), year.copy() <= integer(last)]
        if one.valid:
            tests += in_force(field, lambda name: self._attribute(one.list, name), self.day)
        return exp.and_(*tests)

    def _window(self, one: tree.Aggregate) -> Window | None:
        """The years that must be known: of a register the running one, for who speaks of it knows all that stands."""
        if one.valid and is_register(self.fields[one.list]):
            return self.day.year, self.day.year
        return one.window.at(self.last) if one.window else None

    def _attribute(self, list_id: str, name: str) -> exp.Expr:
        if name in self.attributes[list_id]:
            return exp.column(name, quoted=True)
        found = self.fields[list_id].attribute(name)
        return sql.typed(found.type if found else "text")

    def bounds(self, one: tree.Aggregate) -> Bounds:
        """The interval of an aggregate over the joined columns of a firm."""
        field = self.fields[one.list]
        window = self._window(one)
        known = list_columns(field, self.columns)
        lows = [self._low(one), *self._listed(one), *stated_lows(field, one, window, known)]
        recorded = self._high(one, field, window)
        highs = [*recorded, *stated_highs(field, one, window, known)]
        if recorded and len(lows) == len(highs) == 1 and one.measure != "sum":
            return lows[0], highs[0]  # counted from the same records, these cannot contradict each other
        low, high = _extreme(exp.Greatest, lows), _extreme(exp.Least, highs)
        if high is None:
            return low or integer(0), exact_sql.null("BIGINT")
        clash = exp.paren(exp.LT(this=high, expression=low))
        return (
            exp.Case(ifs=[exp.If(this=clash, true=integer(0))], default=low),
            exp.Case(ifs=[exp.If(this=exp.not_(clash.copy()), true=high.copy())]),
        )

    def _low(self, one: tree.Aggregate) -> exp.Expr:
        if one.list not in self.attributes:
            return integer(0)
        return exp.Coalesce(this=exp.column(f"d{self.number(one)}", table=f"of_{one.list}"), expressions=[integer(0)])

    def _high(self, one: tree.Aggregate, field: Field, window: Window | None) -> list[exp.Expr]:
        names = completeness(field, one.subset, self.columns)
        if not names:
            return []
        complete = exp.or_(*(self._complete(name, window) for name in names))
        if doubts := self._doubts(one):
            complete = exp.and_(complete, exp.not_(self._unexplained(one, doubts)))
        if one.list not in self.attributes:
            return [exp.Case(ifs=[exp.If(this=complete, true=integer(0))])]
        of = f"of_{one.list}"
        none = exp.If(this=exp.Is(this=exp.column("n", table=of), expression=exp.Null()), true=integer(0))
        possible = exp.Case(ifs=[none], default=exp.column(f"p{self.number(one)}", table=of))
        return [exp.Case(ifs=[exp.If(this=complete, true=possible)])]

    def _doubts(self, one: tree.Aggregate) -> list[ListColumn]:
        """What may say that there is one without raising *low*: of years not known, or beyond the window."""
        window, raised = self._window(one), self._entries(one)
        known = [each for each in self._parts(one) if each.overlaps(window) and each not in raised]
        return [each for each in known if one.valid or not each.inside(window) or least(one, each) is None]

    def _entries(self, one: tree.Aggregate) -> list[ListColumn]:
        """What says of a register that the firm had been entered in it by the day."""
        register = one.valid and is_register(self.fields[one.list])
        return [each for each in self._parts(one) if listed(each, self.day)] if register else []

    def _listed(self, one: tree.Aggregate) -> list[exp.Expr]:
        """Entered and no record of it, hence none of its removal: the entry stands."""
        entries = self._entries(one)
        return [exp.Case(ifs=[exp.If(this=self._unexplained(one, entries), true=integer(1))])] if entries else []

    def _parts(self, one: tree.Aggregate) -> list[ListColumn]:
        """What is stated of the subset, or of a part of it."""
        field = self.fields[one.list]
        parts = {one.subset, *contained(field, one.subset)}
        return [each for each in list_columns(field, self.columns) if each.subset in parts]

    def _unexplained(self, one: tree.Aggregate, doubts: list[ListColumn]) -> exp.Expr:
        """Whether somebody says that there is one, and no record is."""
        some = exp.or_(*(exp.Coalesce(this=says_some(each), expressions=[exp.false()]) for each in doubts))
        if one.list not in self.attributes:
            return exp.paren(some)
        ever = exp.Coalesce(this=exp.column(f"e{self.number(one)}", table=f"of_{one.list}"), expressions=[integer(0)])
        return exp.paren(exp.and_(some, exp.EQ(this=ever, expression=integer(0))))

    def _complete(self, name: str, window: Window | None) -> exp.Expr:
        """Whether a statement of completeness covers the window.

        A list without years must be complete from before the firm was registered to the year of application: what was
        granted earlier, or since, is in it too.
        """
        begins, ends = stated(f"{name}!from"), stated(f"{name}!to")
        if window:
            return exp.and_(begins <= integer(window[0]), ends >= integer(window[1]))
        return exp.and_(begins <= self._founded(), ends >= integer(self.day.year))

    def _founded(self) -> exp.Expr:
        """The year in which the firm was registered, else one before which there was none."""
        if "registered_on" not in self.columns:
            return integer(NO_FIRM_BEFORE)
        year = exp.Extract(this=exp.var("YEAR"), expression=stated("registered_on"))
        return exp.Coalesce(this=year, expressions=[integer(NO_FIRM_BEFORE)])


def compare(op: tree.Comparison, low: exp.Expr, high: exp.Expr, bound: exp.Expr) -> exp.Expr:
    """An interval against a number: TRUE or FALSE when every value in it agrees, else NULL."""
    tests: dict[tree.Comparison, tuple[exp.Expr, exp.Expr]] = {
        ">=": (exp.GTE(this=low, expression=bound), exp.LT(this=high, expression=bound)),
        ">": (exp.GT(this=low, expression=bound), exp.LTE(this=high, expression=bound)),
        "<": (exp.LT(this=high, expression=bound), exp.GTE(this=low, expression=bound)),
        "<=": (exp.LTE(this=high, expression=bound), exp.GT(this=low, expression=bound)),
    }
    if op in tests:
        surely, never = tests[op]
    else:
        same = exp.and_(exp.EQ(this=low, expression=bound), exp.EQ(this=high, expression=bound))
        apart = exp.or_(exp.GT(this=low, expression=bound), exp.LT(this=high, expression=bound))
        surely, never = (same, apart) if op == "=" else (apart, same)
    return exp.Case(ifs=[exp.If(this=surely, true=exp.true()), exp.If(this=never, true=exp.false())]).copy()


def _extreme(kind: type[exp.Greatest | exp.Least], found: list[exp.Expr]) -> exp.Expr | None:
    """The greatest or least that is known: both skip NULL."""
    if len(found) < 2:
        return found[0] if found else None
    return kind(this=found[0], expressions=found[1:], ignore_nulls=True)


def _count() -> exp.Expr:
    return exp.Count(this=exp.Star())


def _filtered(aggregate: exp.Expr, test: exp.Expr) -> exp.Expr:
    return exp.Filter(this=aggregate, expression=exp.Where(this=test))
