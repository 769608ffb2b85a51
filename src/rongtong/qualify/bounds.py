"""The bounds of a rulebook by name, and the rulebook with some of them changed; the official one stays as it is.

A clause with one bound gives it its id: ``condition.2.amount``; one with several counts them: ``points/1``. A bound
between bands is named by the points that reaching it earns, ``indicator.1/5``; of several routes by the route first,
``indicator.11/2/10``; of items by the item, ``indicator.6/4``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, pairwise

from rongtong.definitions import expression, expression_sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.expression import ExpressionError, FirmScope
from rongtong.definitions.expression_check import comparable
from rongtong.definitions.loader import cut_short
from rongtong.errors import InputError
from rongtong.i18n import _, joined
from rongtong.qualify.rulebook import Bands, BestOf, Indicator, Items, Points, Requirement, Rulebook

#: Given the name of a bound and the comparison it stands in, what it shall be.
Visit = Callable[[str, tree.Compare], tree.Quantity]


@dataclass(frozen=True)
class Bound:
    """A bound: its name, the clause or indicator it stands in, and the comparison there."""

    name: str
    clause: str
    atom: tree.Compare

    @property
    def value(self) -> tree.Quantity:
        """What it is."""
        return _value_of(self.atom)


def bounds(book: Rulebook) -> dict[str, Bound]:
    """All bounds of a rulebook by name, in its order."""
    found: dict[str, Bound] = {}

    def note(name: str, atom: tree.Compare) -> tree.Quantity:
        found[name] = Bound(name, name.partition("/")[0], atom)
        return found[name].value

    _visited(book, note)
    return found


def changed(book: Rulebook, written: Mapping[str, str]) -> Rulebook:
    """*book* with the bounds named in *written* set to values as a rulebook writes them: ``80万元``, ``5%``.

    Raises :class:`InputError` for an unknown name (it lists those there are), a value of another unit, or bands that
    would cross.
    """
    known = bounds(book)
    values = {name: _value(book, known, name, text) for name, text in written.items()}
    found = _visited(book, lambda name, atom: values.get(name, _value_of(atom)))
    for name in values:
        _in_order(found, known[name].clause)
    said = "".join(f"{name}={values[name].value}{values[name].unit};" for name in sorted(values))
    sha256 = hashlib.sha256(f"{book.sha256}:{said}".encode()).hexdigest()
    same = all(values[name] == known[name].value for name in values)
    return book if same else replace(found, sha256=sha256)


def _value(book: Rulebook, known: Mapping[str, Bound], name: str, text: str) -> tree.Quantity:
    if name not in known:
        near = [one for one in known if one.startswith(f"{name.partition('/')[0]}/")] or list(known)
        what = _("规则“{rulebook}”没有界限 {name}", rulebook=book.id, name=name)
        raise InputError(what, mend=_("可用的界限：{known}", known=joined(near)))
    found = _quantity(book, text)
    if found is None:
        raise InputError(_("“{text}”不是界限", text=cut_short(text)), place=name, mend=_("例如 80%、100万元"))
    try:
        for official in (known[name].value, known[name].atom.left):
            comparable(official, found)
    except ExpressionError as error:
        raise InputError(error.what, place=name, mend=error.mend) from error
    found = replace(found, unit=known[name].value.unit)
    try:
        expression_sql.exact(replace(known[name].atom, right=found))
    except ExpressionError as error:
        raise InputError(error.what, place=name, mend=_("请写小一点的数，或少写几位小数")) from error
    return found


def _quantity(book: Rulebook, text: str) -> tree.Quantity | None:
    try:
        found = expression.parse(text, FirmScope(book.catalogue))
    except ExpressionError:
        return None
    return found if isinstance(found, tree.Quantity) else None


def _visited(book: Rulebook, visit: Visit) -> Rulebook:
    requirements = tuple(_clause(one, visit) for one in book.requirements)
    groups = tuple(
        replace(group, indicators=tuple(_indicator(one, visit) for one in group.indicators)) for group in book.groups
    )
    return replace(book, requirements=requirements, groups=groups)


def _clause(one: Requirement, visit: Visit) -> Requirement:
    if one.condition is None:
        return replace(one, parts=tuple(_clause(part, visit) for part in one.parts))
    return replace(one, condition=_condition(one.condition, one.head.id, visit))


def _indicator(one: Indicator, visit: Visit) -> Indicator:
    return replace(one, points=_points(one.points, one.head.id, visit))


def _points(points: Points, name: str, visit: Visit) -> Points:
    if isinstance(points, Bands):
        return _bands(points, name, visit)
    if isinstance(points, Items):
        numbered = enumerate(points.conditions, start=1)
        items = tuple((title, _condition(test, f"{name}/{k}", visit)) for k, (title, test) in numbered)
        return replace(points, conditions=items)
    if isinstance(points, BestOf):
        routes = enumerate(points.routes, start=1)
        return replace(points, routes=tuple(_bands(route, f"{name}/{k}", visit) for k, route in routes))
    return points


def _bands(bands: Bands, name: str, visit: Visit) -> Bands:
    steps = tuple(
        (points, _condition(test, f"{name}/{points.normalize():f}", visit) if test is not None else None)
        for points, test in bands.steps
    )
    return replace(bands, steps=steps)


def _condition(node: tree.Condition, name: str, visit: Visit) -> tree.Condition:
    several = sum(map(_bounded, tree.atoms(node))) > 1
    numbers = count(1)

    def walk(part: tree.Condition) -> tree.Condition:
        if isinstance(part, tree.AllOf | tree.AnyOf):
            return replace(part, parts=tuple(walk(one) for one in part.parts))
        if isinstance(part, tree.Negation):
            return tree.Negation(walk(part.part))
        if not isinstance(part, tree.Compare) or not _bounded(part):
            return part
        return replace(part, right=visit(f"{name}/{next(numbers)}" if several else name, part))

    return walk(node)


def _value_of(atom: tree.Compare) -> tree.Quantity:
    assert isinstance(atom.right, tree.Quantity)  # noqa: S101 -- _bounded has looked
    return atom.right


def _bounded(atom: tree.Atom) -> bool:
    """Whether an atom has a bound that can be another; whether there is any record has none."""
    if not isinstance(atom, tree.Compare) or not isinstance(atom.right, tree.Quantity):
        return False
    return not (isinstance(atom.left, tree.Aggregate) and atom.left.measure == "any")


def _in_order(book: Rulebook, clause: str) -> None:
    """Raise unless the bands of an indicator follow each other, and times are whole months."""
    for one in (each for group in book.groups for each in group.indicators if each.head.id == clause):
        routes = one.points.routes if isinstance(one.points, BestOf) else (one.points,)
        for bands in routes:
            ends = list(_ends(bands)) if isinstance(bands, Bands) and bands.by_value else []
            if any(sign * (near - far) <= 0 for (near, sign), (far, _sign) in pairwise(ends)):
                raise InputError(_("分档重叠"), place=clause, mend=_("请检查该档与上一档相接的界限"))


def _ends(bands: Bands) -> Iterator[tuple[Decimal, int]]:
    """The bound of each band, and 1 where more is better, -1 where less is."""
    for _earned, test in bands.steps:
        if isinstance(test, tree.Compare) and isinstance(test.right, tree.Quantity):
            yield test.right.value, 1 if test.op in (">=", ">") else -1
