"""Which firms one lever alone would make qualify, all in one statement: tried at every value where something turns.

The levers are those on the last complete year, as if its books were still open, and on what is of no year. Between the
values at which one of its comparisons turns nothing changes, so that those, their neighbours and the end of its reach
are all that need be tried; what is tried is judged by the very stages that judge the firms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeGuard

import sqlglot.expressions as exp

from rongtong.definitions import exact_sql
from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue, Field, Lever
from rongtong.definitions.days import months_after
from rongtong.definitions.slots import Slot
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal, quote
from rongtong.qualify.compile import Program
from rongtong.qualify.forward import OWN, Span, forward
from rongtong.qualify.levers import FROM_NOTHING, RECORDS, STEPS, UNLIMITED, limit_of, new_records, with_records
from rongtong.qualify.standing import amounts
from rongtong.qualify.trials import Trials
from rongtong.qualify.unknowns import scalar_leaves

#: So many months are enough for every lever on a list.
LONG = 36


@dataclass(frozen=True)
class Pull:
    """A lever: the values to try as SQL lists, which columns they change and how, and the atoms that hang on it.

    In *changes* ``x`` stands for the value tried. *source* has the firms of ``hoping`` with what *values* follow from.
    *far* says how far a value is: what is minus what is tried, of a level its place (from 1) in the order *levels*.
    """

    slot: str
    source: str
    values: str
    changes: Mapping[str, str]
    atoms: frozenset[tree.Atom]
    far: str = "NULL"
    levels: tuple[str, ...] = ()


def pulls(snapshot: Snapshot, program: Program) -> list[Pull]:
    """The levers on which something that *program* asks for hangs."""
    return [one for one in (*_scalars(program), *_records(snapshot, program)) if one.atoms]


def _scalars(program: Program) -> Iterator[Pull]:
    fields, last = program.book.catalogue, program.day.year - 1
    asked = [fact for atom in program.atoms for fact, _guards in scalar_leaves(atom)]
    asked += [above for fact in asked if (above := limit_of(fact, program))]
    for slot, fact in {program.slot(fact): fact for fact in asked}.items():
        lever = fields[fact.name].lever
        if lever and slot in program.columns and (fact.year is None or fact.year.at(last) == last):
            atoms = frozenset(atom for atom in program.atoms if slot in _below(program, atom))
            values = tuple(_values(program, fact, fields[fact.name]))
            if not values:
                continue
            kind = fields.sql_type(Slot.parse(slot))
            numbers = fields[fact.name].type in STEPS
            source = _source(program, fact, fields[fact.name], lever, atoms) if numbers else "FROM hoping"
            levels = fields[fact.name].values
            far = "x0 - x" if numbers else f"list_position({_order(levels)}, x)" if levels else "NULL"
            yield Pull(slot, source, values[0], {slot: f"CAST(x AS {kind})"}, atoms, far, levels)


def _below(program: Program, atom: tree.Atom) -> set[str]:
    return {program.slot(one) for fact in tree.facts(atom) for one in (fact, *amounts(fact))}


def _values(program: Program, fact: tree.Fact, field: Field) -> Iterator[str]:
    """SQL lists of the values to try, those out of reach left out."""
    own = quote(program.slot(fact))
    if field.type == "boolean":
        yield f"CASE WHEN NOT {own} THEN [true] END"
    elif field.type == "level":
        order = _order(field.values)
        yield f"{order}[list_position({order}, {own}) + 1:]"
    elif field.type in STEPS:
        yield _TRIED.format(step=STEPS[field.type])


def _order(levels: tuple[str, ...]) -> str:
    return f"[{', '.join(map(literal, levels))}]"


#: The end of the reach, and around each value at which something turns; it lies between what is and that end.
_TRIED = """list_distinct(list_filter(
    list_concat([x2], flatten(list_transform(turns, lambda t: [
        TRY(CAST(floor(t / {step}) AS DECIMAL(36,0)) * {step}),
        TRY((CAST(floor(t / {step}) AS DECIMAL(36,0)) + 1) * {step}),
        TRY((CAST(floor(t / {step}) AS DECIMAL(36,0)) - 1) * {step})]))),
    lambda x: x BETWEEN least(x0, x2) AND greatest(x0, x2) AND x <> x0))"""
#: Where a quotient of two linear sums is nothing, by three of its values.
_ROOT = """(x1 - {c} * x2) / (1 - {c})""".format(
    c="((y[2] * (y[1] - y[3]) * (x0 - x1)) / (y[3] * (y[1] - y[2]) * (x0 - x2)))"
)


def _source(program: Program, fact: tree.Fact, field: Field, lever: Lever, atoms: frozenset[tree.Atom]) -> str:
    """The firms of ``hoping`` with what is, the middle and the end of the reach, and where something turns between."""
    own = quote(program.slot(fact))
    ends = f"SELECT *, {own} AS x0, ({own}::DOUBLE + {_end(program, fact, field, lever)}) / 2 AS x1, "
    ends += f"{_end(program, fact, field, lever)} AS x2 FROM hoping"
    numbers = [one for one in sorted(atoms, key=program.atoms.__getitem__) if _is_number(one)]
    curves = [one for one in numbers if not isinstance(one.left, tree.Compound)]
    bounds = [one for one in numbers if isinstance(one.left, tree.Compound)]
    points = ", ".join(
        f"[{', '.join(_difference(program, one, program.slot(fact), x) for x in ('x0', 'x1', 'x2'))}]" for one in curves
    )
    grown = ", ".join(root for one in bounds for root in _grown(program, one, fact))
    curved = f"SELECT *, CAST([{points}] AS DOUBLE[][]) AS curves, CAST([{grown}] AS DOUBLE[]) AS bounds FROM ({ends})"
    return f"SELECT *, list_concat(bounds, list_transform(curves, lambda y: {_ROOT})) AS turns FROM ({curved})"


def _is_number(atom: tree.Atom) -> TypeGuard[tree.Compare]:
    return (
        isinstance(atom, tree.Compare)
        and not isinstance(atom.right, tree.Word)
        and not isinstance(atom.left, tree.Elapsed)
        and not tree.aggregates(atom)
    )


def _grown(program: Program, atom: tree.Compare, fact: tree.Fact) -> Iterator[str]:
    """What a compound rate asks for."""
    assert isinstance(atom.left, tree.Compound)  # noqa: S101 -- the caller has looked
    first = program.column(atom.left.first)
    if first is not None and isinstance(atom.right, tree.Quantity) and atom.left.last == fact:
        yield f"{first.sql('duckdb')}::DOUBLE * pow({1 + atom.right.value}, {atom.left.years})"


def _end(program: Program, fact: tree.Fact, field: Field, lever: Lever) -> str:
    """How far a quantity can go."""
    own, step = f"{quote(program.slot(fact))}::DECIMAL(38,2)", STEPS[field.type]
    nothing = FROM_NOTHING[field.type] * step * UNLIMITED
    far = f"trunc(abs({own}) / {step} * {lever.limit or UNLIMITED}) * {step}"
    down = lever.direction == "down"
    sign, bound, closer = ("-", field.minimum, "greatest") if down else ("+", field.maximum, "least")
    bounds = [] if bound is None else [f"{bound}"]
    above = limit_of(fact, program) if sign == "+" else None
    if above and program.slot(above) in program.columns:
        bounds.append(quote(program.slot(above)))
    end = f"{own} {sign} CASE WHEN {own} = 0 THEN {nothing} ELSE {far} END"
    return f"{closer}({', '.join([end, *bounds])})"


def _difference(program: Program, atom: tree.Compare, slot: str, value: str) -> str:
    """Left minus right with the column *value* in the place of *slot*."""

    def column(fact: tree.Fact) -> exp.Expr | None:
        return exp.column(value) if program.slot(fact) == slot else program.column(fact)

    sides = [sql.forms(side, column) for side in (atom.left, atom.right) if not isinstance(side, tree.Word)]
    left, right = (exact_sql.first_double(side).sql("duckdb") for side in sides)
    return f"(({left}) - ({right}))"


def _records(snapshot: Snapshot, program: Program) -> Iterator[Pull]:
    """The levers on lists, of each what a record more adds to the counts."""
    fields = program.book.catalogue
    for slot, gains in _gains(snapshot, program, fields).items():
        changes = {f"{end}{k}": f"{end}{k} + x * {gain}" for k, gain in gains.items() for end in ("lo", "hi")}
        atoms = (
            atom for atom in program.atoms if any(program.lists.number(one) in gains for one in tree.aggregates(atom))
        )
        yield Pull(slot, "FROM hoping", f"range(1, {RECORDS + 1})", changes, frozenset(atoms), "-x")


def _gains(snapshot: Snapshot, program: Program, fields: Catalogue) -> dict[str, dict[int, int]]:
    """By how much a record more of each lever raises which aggregates, of a firm of which nothing is known."""
    lists = with_records(program.attributes, fields)
    wider = Program(replace(program.book), program.day, program.columns, dict(lists))
    records = list(new_records(wider, Span(months_after(program.day, -LONG), program.day)))
    with forward(snapshot, -1, (), lists, fields) as connection:
        connection.execute(f"INSERT INTO {OWN}.firms (n) VALUES (0)")
        now, *more = Trials(connection, wider).run([{}, *({move: 1} for move in records)])
    ends = [f"lo{k}" for k in wider.lists.known.values()]
    return {
        move.slot: {int(end[2:]): row[end] - now[end] for end in ends if row[end] > now[end]}
        for move, row in zip(records, more, strict=True)
    }
