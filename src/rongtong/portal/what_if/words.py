"""Steps and clauses of a rulebook in words: what is lacking, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.qualify.rulebook import Rulebook
from rongtong.report import figures, labels
from rongtong.report.clauses import Clauses


@dataclass(frozen=True)
class Words:
    """The words of one rulebook."""

    book: Rulebook

    @property
    def clauses(self) -> Clauses:
        """What its clauses are called."""
        return Clauses(self.book)

    def step(self, step: str) -> str:
        """What would do: ``lever:rd_expense[2021]``, ``fact:rd_expense``; or a clause."""
        kind, _sign, name = step.partition(":")
        if kind == "fact":
            return _("补数据：{what}").format(what=labels.of_slot(name))
        if kind == "lever":
            return _("改变：{what}").format(what=labels.of_slot(name))
        return self.clauses.called(name)

    def lacking(self, step: str, margin: float | None, end: str | None = None) -> str:
        """How far a firm is from it, or to which level; empty where neither tells."""
        kind, _sign, name = step.partition(":")
        if end:
            return _("至少到“{level}”").format(level=worded(end))
        if margin is None or kind == "fact":
            return _("由“否”变为“是”") if kind == "lever" and labels.type_of(name) == "boolean" else ""
        if kind == "lever":
            value = figures.behind(labels.of_value(name, Decimal(str(abs(margin)))), _unit(name))
            return _("要减少 {n}").format(n=value) if margin > 0 else _("还差 {n}").format(n=value)
        atom = self._atoms.get(name)
        if atom is None or not isinstance(atom.right, tree.Quantity):
            return ""
        far = abs(Decimal(str(margin)))
        share = tree.is_share(atom.left)
        told = figures.points(round(far, 4) or far) if share else figures.quantity(far, atom.right.unit)
        return _("超出 {n}").format(n=told) if margin > 0 else _("还差 {n}").format(n=told)

    @cached_property
    def _atoms(self) -> dict[str, tree.Compare]:
        clauses = [clause for one in self.book.requirements for clause in one.walk()]
        return {one.head.id: one.condition for one in clauses if isinstance(one.condition, tree.Compare)}


def _unit(slot: str) -> str:
    """What stands behind a whole number; of money its value says it."""
    field = catalogue()[Slot.parse(slot).field]
    return "项" if field.kind == "list" else field.unit
