"""Which facts an atom still lacks, as SQL bit masks: bit *k* stands for the *k*-th fact that a rulebook asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlglot.expressions as exp

from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.qualify.compile import Program
from rongtong.qualify.points import conditions, stated_in
from rongtong.qualify.rulebook import Indicator, Local, Requirement, Stated

ZERO = exp.Literal.number(0)


class Unknowns:
    """The facts of a program (field ids, or ``list.subset``) and the masks of its atoms, indicators and clauses."""

    def __init__(self, program: Program) -> None:
        self.program = program
        leaves = [leaf for atom in program.atoms for leaf in leaves_of(atom)] + [one.fact for one in program.stated]
        self.facts = list(dict.fromkeys(leaf.name for leaf in leaves))
        self.signs = signs(program)

    def bit(self, name: str) -> exp.Expr:
        """The mask of one fact."""
        return exp.Literal.number(1 << self.facts.index(name))

    def columns(self) -> list[exp.Expr]:
        """``u0 …`` per atom and ``su0 …`` per stated points: what is lacking, 0 when known."""
        atoms = [
            exp.alias_(_when(unknown(exp.column(f"a{k}")), self.lacking(atom)), f"u{k}")
            for atom, k in self.program.atoms.items()
        ]
        stated = [
            exp.alias_(_when(exp.column(f"s{k}_low") < exp.column(f"s{k}_high"), self.bit(one.fact.name)), f"su{k}")
            for one, k in self.program.stated.items()
        ]
        return atoms + stated

    def lacking(self, atom: tree.Atom) -> exp.Expr:
        """The facts that an unknown atom lacks."""
        scalars = [_when(self._absent(fact, guards), self.bit(fact.name)) for fact, guards in scalar_leaves(atom)]
        return either([*scalars, *(self.bit(one.name) for one in tree.aggregates(atom))])

    def _absent(self, fact: tree.Fact, guards: tuple[tree.Fact, ...]) -> exp.Expr:
        columns = [self.program.column(one) for one in (fact, *guards)]
        return exp.and_(exp.true(), *(unknown(column) for column in columns if column is not None))

    def indicator(self, one: Indicator, k: int) -> exp.Expr:
        """What an indicator lacks while its points are open."""
        if isinstance(one.points, Stated):
            return exp.column(f"su{self.program.stated[one.points]}")
        if isinstance(one.points, Local):
            return self._local(one.points)
        atoms = [atom for condition in conditions(one.points) for atom in tree.atoms(condition)]
        masks = [exp.column(f"u{self.program.atoms[atom]}") for atom in dict.fromkeys(atoms)]
        return _when(exp.column(f"i{k}_low") < exp.column(f"i{k}_high"), either(masks))

    def _local(self, local: Local) -> exp.Expr:
        """Points to be stated and, where the sheet applies, the facts it asks for: either settles them."""
        stated, *others = (exp.column(f"su{self.program.stated[one]}") for one in stated_in(local))
        atoms = dict.fromkeys(atom for test in conditions(local)[1:] for atom in tree.atoms(test))
        sheet = either([*(exp.column(f"u{self.program.atoms[atom]}") for atom in atoms), *others])
        applies = exp.and_(
            exp.NEQ(this=stated.copy(), expression=ZERO.copy()), sql.condition(local.when, self.program.atom_column)
        )
        return exp.Cast(
            this=exp.paren(exp.BitwiseOr(this=stated, expression=exp.paren(_when(applies, sheet)))),
            to=exp.DataType.build("HUGEINT"),
        )

    def clause(self, one: Requirement) -> exp.Expr:
        """What an unknown clause lacks; nothing when it is decided."""
        if one.condition is None:
            parts = [self.clause(part) for part in one.parts]
        else:
            parts = [mask for atom in tree.atoms(one.condition) for mask in self._atom(atom)]
        return _when(unknown(exp.column(f"c{self.program.clauses.index(one)}")), either(parts))

    def _atom(self, atom: tree.Atom) -> Iterator[exp.Expr]:
        if not isinstance(atom, tree.ScoreTest):
            yield exp.column(f"u{self.program.atoms[atom]}")
            return
        for group in self.program.book.groups:
            if atom.left.group in ("", group.head.id.removeprefix("score.")):
                yield from (exp.column(f"w{self.program.indicators.index(one)}") for one in group.indicators)


def leaves_of(atom: tree.Atom) -> list[tree.Fact | tree.Aggregate]:
    """The facts an atom rests on: amounts in place of the ratio derived from them."""
    return [fact for fact, _ in scalar_leaves(atom)] + tree.aggregates(atom)


def scalar_leaves(node: tree.Node) -> list[tuple[tree.Fact, tuple[tree.Fact, ...]]]:
    """The scalars an atom rests on, each with the stated ratio that would make it unnecessary.

    Of a class by a rule the class itself is asked for: whoever can say it need not say what it follows from.
    """
    found: list[tuple[tree.Fact, tuple[tree.Fact, ...]]] = []
    for fact in tree.facts(node):
        if fact.computed is None or isinstance(fact.computed, tree.Classified):
            found.append((fact, ()))
        else:
            found += [(amount, (fact,)) for amount in tree.facts(fact.computed)]
    return found


def signs(program: Program) -> dict[tree.Atom, bool | None]:
    """Whether it is better for the firm that an atom is true; None where both are asked for."""
    found: dict[tree.Atom, bool | None] = {}
    asked = [clause.condition for clause in program.clauses if clause.condition is not None]
    asked += [test for one in program.indicators for test in conditions(one.points)]
    for atom, better in (pair for condition in asked for pair in _signed(condition, better=True)):
        found[atom] = better if found.get(atom, better) == better else None
    return found


def _signed(node: tree.Condition, *, better: bool) -> Iterator[tuple[tree.Atom, bool]]:
    if isinstance(node, tree.Negation):
        yield from _signed(node.part, better=not better)
    elif isinstance(node, tree.AllOf | tree.AnyOf):
        for part in node.parts:
            yield from _signed(part, better=better)
    else:
        yield node, better


def unknown(column: exp.Expr) -> exp.Expr:
    """Whether a column is NULL."""
    return exp.Is(this=column.copy(), expression=exp.Null())


def either(masks: Iterable[exp.Expr]) -> exp.Expr:
    """The union of masks, nested as little as can be: of hundreds, one in the other would be too deep to be written."""
    level: list[exp.Expr] = [exp.paren(mask) for mask in masks] or [ZERO.copy()]
    while len(level) > 1:
        level = [_both(*level[at : at + 2]) for at in range(0, len(level), 2)]
    return level[0]


def _both(one: exp.Expr, *other: exp.Expr) -> exp.Expr:
    if not other:
        return one
    return exp.paren(exp.BitwiseOr(this=one, expression=other[0]), copy=False)


def _when(test: exp.Expr, mask: exp.Expr) -> exp.Expr:
    case = exp.Case(ifs=[exp.If(this=test, true=mask)], default=ZERO.copy())
    return exp.Cast(this=case, to=exp.DataType.build("HUGEINT"))
