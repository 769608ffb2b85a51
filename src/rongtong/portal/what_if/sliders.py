"""The bounds of a rulebook as sliders: where each stands, how far it goes, and what somebody has set it to.

Money is set in 万元, shares in per cent, all else in its own unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby

from django.utils.translation import gettext as _

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.expression_check import fits
from rongtong.definitions.loader import cut_short
from rongtong.definitions.units import counted
from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.i18n import SOURCE
from rongtong.qualify.bounds import Bound, bounds
from rongtong.qualify.rulebook import Items, Rulebook
from rongtong.report import figures
from rongtong.report.plain import Plain

#: Steps that a slider may take, of which the largest is taken that makes forty to the official bound and leads there.
STEPS = tuple(Decimal(one) for one in ("1000", "500", "100", "50", "10", "5", "2", "1", "0.5", "0.1", "0.01"))


def written(number: Decimal) -> str:
    """A number as machines write it."""
    return f"{number.normalize():f}"


@dataclass(frozen=True)
class Slider:
    """A bound: its name, what it bounds, the official value, and the value it is set to."""

    bound: Bound
    label: str
    official: Decimal
    value: Decimal

    @property
    def name(self) -> str:
        """Its name, which is the name of its field."""
        return self.bound.name

    @property
    def id(self) -> str:
        """The id of its field on the page."""
        return "b-" + self.name.replace(".", "-").replace("/", "-")

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere than the rulebook has it."""
        return self.value != self.official

    @property
    def unit(self) -> str:
        """What stands behind its number."""
        return figures.word(_set_in(self.bound))

    @property
    def most(self) -> Decimal:
        """How far it goes."""
        wide = self.official * 3
        if _set_in(self.bound) in ("%", "分"):
            wide = min(wide, Decimal(100))
        return max(wide, self.official, self.value, Decimal(1))

    @property
    def least(self) -> Decimal:
        """Where it begins."""
        return min(Decimal(0), self.official, self.value)

    @property
    def step(self) -> Decimal:
        """How far one step leads."""
        if _set_in(self.bound) in ("项", "年", "人", "分", "") and self.official == self.official.to_integral_value():
            return Decimal(1)
        fitting = (one for one in STEPS if one * 40 <= self.official and self.official % one == 0)
        return next(fitting, Decimal("0.01"))

    @property
    def attributes(self) -> dict[str, str]:
        """What its fields say: numbers as machines write them."""
        told = {"official": self.official, "value": self.value, "min": self.least, "max": self.most, "step": self.step}
        return {name: written(one) for name, one in told.items()}

    @property
    def written(self) -> str:
        """What it is set to, as a rulebook writes it."""
        return written(self.value) + _set_in(self.bound)


@dataclass(frozen=True)
class Board:
    """All bounds of a rulebook as somebody has set them, in groups."""

    groups: list[tuple[str, list[Slider]]]

    @property
    def sliders(self) -> list[Slider]:
        """All of them."""
        return [one for _title, own in self.groups for one in own]

    @property
    def moved(self) -> list[Slider]:
        """Those that stand elsewhere than the rulebook has them."""
        return [one for one in self.sliders if one.moved]


def board(book: Rulebook, given: Mapping[str, str]) -> Board:
    """The bounds of *book*, set to what *given* says by their names. Raises InputError for what is no number."""
    plain, titles, items = Plain(book), _titles(book), _items(book)
    found = []
    for one in bounds(book).values():
        label = f"{_earned(one, items)}{plain.bounded(one.atom)}"
        found.append(Slider(one, label, _shown(one), _set(given.get(one.name, ""), label, _shown(one))))
    return Board([(title, list(own)) for title, own in groupby(found, lambda one: titles[one.bound.clause])])


def _set_in(one: Bound) -> str:
    """The unit in which people set it, as a rulebook writes it; empty for a number that is none of anything."""
    if tree.is_share(one.atom.left):
        return "%"
    return {"元": figures.MONEY[SOURCE], "1": ""}.get(one.value.unit, one.value.unit)


def _shown(one: Bound) -> Decimal:
    """The official value in the unit in which it is set."""
    unit = _set_in(one)
    return counted(one.value.value, unit) if unit else one.value.value


def _set(text: str, label: str, official: Decimal) -> Decimal:
    """What somebody has written; the official value where nothing is."""
    try:
        found = Decimal(text.strip() or official)
    except InvalidOperation:
        found = Decimal("NaN")
    if not fits(found):
        raise InputError(_("“{text}”不是数").format(text=cut_short(text)), place=label, mend=_("请写一个数，例如 80"))
    return found


def _earned(one: Bound, items: Mapping[str, str]) -> str:
    """What reaching a bound of an indicator earns: an item, or points; nothing of a clause."""
    clause, _sign, below = one.name.partition("/")
    if clause not in items:
        return ""
    item = items.get(f"{clause}/{below.partition('/')[0]}")
    return _("{title}：").format(title=item) if item else _("得 {n} 分：").format(n=below.rpartition("/")[2])


def _items(book: Rulebook) -> dict[str, str]:
    """The indicators by id, and the titles of their items as bounds are named."""
    found: dict[str, str] = {}
    for one in (indicator for group in book.groups for indicator in group.indicators):
        found[one.head.id] = one.head.title
        if isinstance(one.points, Items):
            numbered = enumerate(one.points.conditions, start=1)
            found |= {f"{one.head.id}/{k}": worded(title) for k, (title, _test) in numbered}
    return found


def _titles(book: Rulebook) -> dict[str, str]:
    """The group of every clause: conditions, or the group of the sheet."""
    clauses = {clause.head.id: _("条件") for one in book.requirements for clause in one.walk()}
    return clauses | {one.head.id: worded(group.head.title) for group in book.groups for one in group.indicators}
