"""The small checked language of definitions: ``parse`` turns a text into a typed tree, or says what is wrong where.

>>> from rongtong.definitions.catalogue import catalogue
>>> parse("rd_expense[Y] >= 100万元", FirmScope(catalogue()))
Compare(op='>=', left=Fact(name='rd_expense', ...), right=Quantity(value=Decimal('1000000'), unit='元'))
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any, ClassVar, cast

from lark import Lark, Tree, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue, Field
from rongtong.definitions.expression_check import Checker, ExpressionError, Scope, as_condition
from rongtong.definitions.expression_mends import mend_of, named, names
from rongtong.i18n import _, joined

__all__ = ["ExpressionError", "FirmScope", "RecordScope", "condition", "parse", "tree"]

#: So deep may one thing be nested in another, in an expression and in the clauses of a rulebook.
DEEPEST = 30
#: Of so many parts may an expression be; what is worked out of it grows with their square.
MOST = 12_000


@cache
def _grammar() -> Lark:
    text = (resources.files("rongtong.definitions") / "expression.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", maybe_placeholders=True)


def parse(text: str, scope: Scope) -> tree.Node:
    """The typed tree of *text*. Raises :class:`ExpressionError` with the character it stumbled at."""
    try:
        parsed = _grammar().parse(text)
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        at = len(text) + 1 if ended or error.column < 1 else error.column
        raise ExpressionError(_("写法不对"), at, mend_of(text, at, scope.written)) from error
    depth, parts = _extent(parsed)
    if depth > DEEPEST:
        raise ExpressionError(_("条件套得太深，最多 {n} 层", n=DEEPEST), 1, _("请拆成几条，用 any_of 或 all_of 合起来"))
    if parts > MOST:
        raise ExpressionError(_("条件太长，最多 {n} 段", n=MOST), 1, _("请拆成几条，用 any_of 或 all_of 合起来"))
    try:
        return Checker(scope).transform(parsed)
    except VisitError as error:
        raise _mended(error.orig_exc, scope) from error


def _mended(error: Exception, scope: Scope) -> Exception:
    """*error* with how what people call by a word is written."""
    if isinstance(error, ExpressionError) and error.word:
        error.mend = named(error.word, scope.written)
    return error


def _extent(parsed: Any) -> tuple[int, int]:
    """How deep an expression is nested, counted without going as deep, and of how many parts it is."""
    depth, parts, level = 0, 0, [parsed]
    while level:
        depth, parts = depth + 1, parts + len(level)
        level = [part for one in level if isinstance(one, Tree) for part in one.children]
    return depth, parts


def condition(text: str, scope: Scope) -> tree.Condition:
    """The tree of *text*, which must be true, false or unknown. Raises :class:`ExpressionError`."""
    parsed = parse(text, scope)
    try:
        return as_condition(parsed)
    except ExpressionError as error:
        raise _mended(error, scope) from None


class FirmScope:
    """Names are fields and subsets of the catalogue; *groups* are the groups of the sheet, None where there is none.

    *shift* is given while a derived field is read: names then mean the same year, ``[-1]`` the year before.
    """

    def __init__(self, catalogue: Catalogue, groups: tuple[str, ...] | None = None, shift: tree.Year | None = None):
        self.catalogue, self.groups, self.shift = catalogue, groups, shift

    @property
    def written(self) -> dict[str, str]:
        """How what people call by a word is written."""
        return names(self.catalogue)

    def fact(self, name: str, year: tree.Year | None, column: int) -> tree.Fact:
        """A scalar of the catalogue, with its derived form."""
        field = self._field(name, column)
        if field.kind == "list":
            raise ExpressionError(_("{name} 是清单", name=name), column, _("请用 count、any 或 sum"))
        year = self._year(field, year, column)
        computed = self._computed(field, year)
        return tree.Fact(name, field.type, field.stored_unit, field.values, year, computed)

    def _field(self, name: str, column: int) -> Field:
        if name not in self.catalogue.fields:
            near = get_close_matches(name, self.catalogue.fields, 1)
            mend = _("您要写的可能是 {near}", near=near[0]) if near else _("可用字段见 rongtong fields")
            raise ExpressionError(_("未知的字段 {name}", name=name), column, mend)
        return self.catalogue[name]

    def _year(self, field: Field, year: tree.Year | None, column: int) -> tree.Year | None:
        if self.shift:
            return self.shift.shifted(year.value if year else 0)
        if field.per_year and year is None:
            raise ExpressionError(_("{name} 是年度字段，须写年度", name=field.id), column, _("例如 revenue[Y]"))
        if year is not None and not field.per_year:
            raise ExpressionError(_("{name} 不是年度字段", name=field.id), column, _("请去掉方括号"))
        return year

    def _computed(self, field: Field, year: tree.Year | None) -> tree.Number | tree.Classified | None:
        if field.classified:
            return self._classified(field.classified)
        if not field.derived or year is None:
            return None
        derived = parse(field.derived, FirmScope(self.catalogue, shift=year))
        return cast(tree.Number, derived)  # the catalogue's derived fields are quantities, tested

    def _classified(self, rule: str) -> tree.Classified:
        """The rule of classes on the figures of the last complete year."""
        file = self.catalogue.classes[rule]
        rows = tuple(
            tree.ClassRow(row.codes, tuple(self._bounds(name, texts) for name, texts in row.bounds.items()))
            for row in file.rows
        )
        return tree.Classified(self.fact(file.by, None, 1), rows)

    def _bounds(self, name: str, texts: tuple[str, ...]) -> tuple[tree.Fact, tuple[tree.Quantity, ...]]:
        bounds = tuple(cast(tree.Quantity, parse(text, self)) for text in texts)
        return self.fact(name, tree.Year(0) if self.catalogue[name].per_year else None, 1), bounds

    def aggregate(
        self, measure: tree.Measure, name: str, window: tree.Window | None, valid: bool, column: int
    ) -> tree.Aggregate:
        """A named subset: what is not named could not be reported missing."""
        list_id, _dot, rest = name.partition(".")
        field = self._field(list_id, column)
        subset, _dot, attribute = rest.partition(".")
        if field.subset(subset) is None:
            known = joined(s.id for s in field.subsets)
            raise ExpressionError(
                _("清单 {list} 没有子集“{subset}”", list=list_id, subset=subset),
                column,
                _("可用的子集：{known}", known=known),
            )
        unit = _aggregate_unit(field, measure, attribute, column)
        _check_window(field, window, valid, column)
        return tree.Aggregate(measure, list_id, subset, unit, attribute, window, valid)

    def score(self, group: str, column: int) -> tree.Score:
        """The sheet's points, where the definition has a sheet."""
        if self.groups is None or (group and group not in self.groups):
            raise ExpressionError(_("没有名为“{group}”的得分", group=group or "score"), column)
        return tree.Score(group)


class RecordScope:
    """Names are the attributes of one list: the catalogue's ``when`` of a subset."""

    written: ClassVar[dict[str, str]] = {}

    def __init__(self, field: Field) -> None:
        self.field = field

    def fact(self, name: str, year: tree.Year | None, column: int) -> tree.Fact:
        """An attribute of the list."""
        attribute = self.field.attribute(name)
        if attribute is None or year is not None:
            raise ExpressionError(_("清单 {list} 没有属性 {name}", list=self.field.id, name=name), column)
        unit = "元" if attribute.type == "money" else ""
        return tree.Fact(name, attribute.type, unit, attribute.values)

    def aggregate(
        self,
        measure: str,  # noqa: ARG002 -- the scope's form
        name: str,  # noqa: ARG002 -- the scope's form
        window: tree.Window | None,  # noqa: ARG002 -- the scope's form
        valid: bool,  # noqa: ARG002 -- the scope's form
        column: int,
    ) -> Any:
        """A record has no lists."""
        raise ExpressionError(_("记录的条件里不能再用清单"), column)

    def score(self, group: str, column: int) -> tree.Score:  # noqa: ARG002 -- the scope's form
        """A record has no score."""
        raise ExpressionError(_("记录的条件里没有得分"), column)


def _aggregate_unit(field: Field, measure: tree.Measure, attribute: str, column: int) -> str:
    found = field.attribute(attribute)
    if measure != "sum" and not attribute:
        return "项"
    if measure == "sum" and found is not None and found.type == "money":
        return "元"
    raise ExpressionError(
        _("sum 须写清单的金额属性，count 和 any 不写属性"),
        column,
        _("例如 sum(financing.qualified.amount during Y-1..Y)"),
    )


def _check_window(field: Field, window: tree.Window | None, valid: bool, column: int) -> None:
    allowed = {"during": bool(field.dated_by), "valid": field.valid is not None}
    given = "during" if window else "valid" if valid else ""
    if not allowed.get(given, not any(allowed.values())):
        mend = _("写 during") if field.dated_by else _("写 valid") if field.valid else _("不写期间")
        raise ExpressionError(_("清单 {list} 的期间写法不对", list=field.id), column, mend)
