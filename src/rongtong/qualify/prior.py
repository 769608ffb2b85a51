"""Titles that a rulebook asks for before all else: no lever brings one, another rulebook's authority grants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rongtong.definitions import expression
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue
from rongtong.duties import rulebooks
from rongtong.qualify.rulebook import Requirement

TITLES = "titles"


@dataclass(frozen=True)
class Prior:
    """A *title* to obtain first (``titles.innovative``), for which clause, and by which rulebooks it is granted.

    Any one of *rulebooks* would do; there is none where no rule of it is here.
    """

    title: str
    clause: str
    rulebooks: tuple[str, ...]


def prior(clause: Requirement, fields: Catalogue) -> Prior | None:
    """What has to be obtained for *clause*, if it asks for a title and nothing else."""
    if clause.head.kind != "prerequisite" or clause.condition is None:
        return None
    (title,) = {one.name for one in tree.aggregates(clause.condition)}
    return Prior(title, clause.head.id, granting(title, fields))


def granting(title: str, fields: Catalogue) -> tuple[str, ...]:
    """The rulebooks by which ``titles.innovative`` is granted; of what is no title none."""
    list_id, _dot, name = title.partition(".")
    subset = fields[TITLES].subset(name) if list_id == TITLES else None
    if subset is None:
        return ()
    when, known = expression.condition(subset.when, expression.RecordScope(fields[TITLES])), rulebooks()
    return tuple(dict.fromkeys(known[kind] for atom in tree.atoms(when) for kind in _kinds(atom) if kind in known))


def _kinds(atom: tree.Atom) -> Iterator[str]:
    if isinstance(atom, tree.Member):
        yield from atom.values
    elif isinstance(atom, tree.Compare) and isinstance(atom.right, tree.Word):
        yield atom.right.text
