"""The texts of a rulebook's file as checked trees; what is wrong with one is told with file and line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TypeVar, cast

from rongtong.definitions import expression, expression_sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.expression import ExpressionError, FirmScope
from rongtong.definitions.expression_check import comparable
from rongtong.definitions.loader import Document, Loc
from rongtong.i18n import _
from rongtong.qualify import bands
from rongtong.qualify.bands import BandError, Steps
from rongtong.qualify.rulebook import Bands
from rongtong.qualify.schema import Band, RulebookFile

T = TypeVar("T")


class Texts:
    """Reads the texts of *file* in two scopes: *facts* of a firm, and *scores*, which knows groups' points too."""

    def __init__(self, document: Document, file: RulebookFile, fields: Catalogue) -> None:
        self.document, self.file, self.error = document, file, document.error
        groups = tuple(group.id for group in file.score.groups) if file.score else None
        self.facts = FirmScope(fields)
        self.scores = FirmScope(fields, groups)

    def parsed(self, loc: Loc, text: str) -> tree.Node:
        """The tree of a value. Raises :class:`DefinitionError`, as all of these do."""
        return self.checked(loc, lambda: expression.parse(text, self.facts))

    def condition(self, loc: Loc, text: str, scope: FirmScope) -> tree.Condition:
        """The tree of a condition that can be decided exactly."""
        return self.checked(loc, lambda: _exact(expression.condition(text, scope)))

    def checked(self, loc: Loc, parse: Callable[[], T]) -> T:
        """What *parse* makes of the text at *loc*."""
        try:
            return parse()
        except ExpressionError as error:
            what = _("{what}（第 {column} 个字符起）", what=error.what, column=error.column)
            raise self.error(loc, what, error.mend) from error

    def bands(self, loc: Loc, value: str, given: tuple[Band, ...]) -> Bands:
        """Bands of *value*; where that is empty, bands that have conditions."""
        try:
            if not value:
                return Bands(self._conditions(loc, given), by_value=False)
            number = cast(tree.Number, self.parsed((*loc, "value"), value))
            steps = bands.of_value(number, given, lambda text: self._bound(loc, text, number))
            for _points, test in steps:
                if test is not None:
                    self.checked((*loc, "value"), partial(_exact, test))
            return Bands(steps, not tree.aggregates(number))
        except BandError as error:
            raise self.error((*loc, "bands", error.index), error.what, error.mend) from error

    def _conditions(self, loc: Loc, given: tuple[Band, ...]) -> Steps:
        bands.falling([band.points for band in given])
        if [bool(band.when) for band in given] != [True] * (len(given) - 1) + [False] or not given[-1].otherwise:
            raise BandError(len(given) - 1, _("分档之间有空缺"), _("每档写 when，最后一档写 otherwise: true"))
        return tuple(
            (band.points, self.condition((*loc, "bands", i, "when"), band.when, self.facts) if band.when else None)
            for i, band in enumerate(given)
        )

    def _bound(self, loc: Loc, text: str | Decimal, value: tree.Number) -> tree.Quantity:
        found = self.parsed((*loc, "bands"), str(text))
        if not isinstance(found, tree.Quantity):
            raise self.error((*loc, "bands"), _("“{text}”不是界限", text=text), _("例如 80%、100万元"))
        self.checked((*loc, "bands"), partial(comparable, value, found))
        return found


def _exact(condition: tree.Condition) -> tree.Condition:
    expression_sql.exact(condition)
    return condition
