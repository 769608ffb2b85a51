"""What decides a clause, in plain words: the expressions of a rulebook as an officer would write them.

    told = Plain(book)
    told.condition(clause.condition)    # 上年度研发费用占营业收入比重不低于 3%

Y, the last complete fiscal year before the application, is 上年度; years beside it are counted from there.
"""

from __future__ import annotations

from dataclasses import dataclass

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.i18n import _
from rongtong.qualify.rulebook import Rulebook
from rongtong.report import figures


@dataclass(frozen=True)
class Plain:
    """The words of one rulebook, whose groups of indicators have names."""

    book: Rulebook

    def condition(self, node: tree.Condition) -> str:
        """What must be so."""
        if isinstance(node, tree.AllOf | tree.AnyOf):
            and_or = _("，且") if isinstance(node, tree.AllOf) else _("，或")
            return and_or.join(map(self._part, node.parts))
        if isinstance(node, tree.Negation):
            return self._negated(node.part)
        return self._atom(node)

    def bounded(self, node: tree.Compare) -> str:
        """A comparison up to its bound: what is measured, and which way it is bounded."""
        return _("{what}{way}", what=self.number(node.left), way=self.way(node))

    def way(self, node: tree.Compare) -> str:
        """Which way a comparison is bounded."""
        if is_rank(node.left) and node.op == "<=":
            return _("在前")
        words = {
            ">=": _("不低于"), "<=": _("不高于"), ">": _("高于"), "<": _("低于"), "=": _("为"), "!=": _("不为"),
        }  # fmt: skip  # read by rows
        return words[node.op]

    def bound(self, node: tree.Compare) -> str:
        """The bound of a comparison, with its unit."""
        if isinstance(node.right, tree.Word):
            return worded(node.right.text)
        if isinstance(node.right, tree.Quantity):
            return figures.quantity(node.right.value, node.right.unit, share=tree.is_share(node.left))
        return self.number(node.right)

    def number(self, node: tree.Number) -> str:
        """A quantity by its name."""
        if isinstance(node, tree.Fact):
            return of_year(label(node), node.year)
        if isinstance(node, tree.Quantity):
            return figures.quantity(node.value, node.unit)
        if isinstance(node, tree.Aggregate):
            return _aggregate(node)
        if isinstance(node, tree.Score):
            return self._score(node)
        return self._computed(node)

    def _part(self, part: tree.Condition) -> str:
        """A part of a whole; a whole of its own is bracketed."""
        told = self.condition(part)
        return _("（{told}）", told=told) if isinstance(part, tree.AllOf | tree.AnyOf) else told

    def _atom(self, node: tree.Atom) -> str:
        if isinstance(node, tree.Fact):
            return _("{what}：是", what=self.number(node))
        if isinstance(node, tree.Member):
            return _("{what}为 {values}", what=self.number(node.fact), values="、".join(map(worded, node.values)))
        if is_any(node.left):
            return _there_is(node.left)
        return f"{self.bounded(node)} {self.bound(node)}"

    def _negated(self, part: tree.Condition) -> str:
        if isinstance(part, tree.Fact):
            return _("{what}：否", what=self.number(part))
        if isinstance(part, tree.Compare) and is_any(part.left):
            return _("{when}没有：{what}", when=_when(part.left), what=_subset(part.left)).strip()
        return _("不出现：{told}", told=self.condition(part))

    def _score(self, node: tree.Score) -> str:
        titles = {group.head.id: group.head.title for group in self.book.groups}
        name = titles.get(f"score.{node.group}", "")
        return _("“{group}”得分", group=worded(name)) if name else _("评价得分")

    def _computed(self, node: tree.Arithmetic | tree.Mean | tree.Compound | tree.Elapsed) -> str:
        if isinstance(node, tree.Mean):
            return _("{parts}的平均数", parts="、".join(map(self.number, node.parts)))
        if isinstance(node, tree.Compound):
            return _("{what}近 {years} 年复合增长率", what=label(node.last), years=node.years)
        if isinstance(node, tree.Elapsed):
            return _("自{what}起", what=label(node.since))
        a, b = self.number(node.left), self.number(node.right)
        words = {
            "+": _("{a}与{b}之和", a=a, b=b), "-": _("{a}减{b}", a=a, b=b),
            "*": _("{a}乘{b}", a=a, b=b), "/": _("{a}与{b}之比", a=a, b=b),
        }  # fmt: skip  # read by rows
        return words[node.op]


def label(fact: tree.Fact) -> str:
    """What a fact is called."""
    return worded(catalogue()[fact.name].label)


def is_rank(node: tree.Number) -> bool:
    """Whether a number is a place in an order, of which the least is the best."""
    return isinstance(node, tree.Fact) and node.type == "integer" and not node.unit


def is_any(node: tree.Number) -> bool:
    """Whether it is asked if there is any record."""
    return isinstance(node, tree.Aggregate) and node.measure == "any"


def _aggregate(node: tree.Aggregate) -> str:
    """How many records, or their amounts together."""
    what = _subset(node)
    told = _("{what}合计", what=what) if node.measure == "sum" else _("{what}数量", what=what)
    return _("{when}{what}", when=_when(node), what=told) if _when(node) else told


def _there_is(node: tree.Number) -> str:
    assert isinstance(node, tree.Aggregate)  # noqa: S101 -- is_any has looked
    if node.list == "titles" and node.valid:
        return _("申请日持有有效的{what}", what=_subset(node))
    return _("{when}有：{what}", when=_when(node), what=_subset(node)).strip()


def _subset(node: tree.Number) -> str:
    assert isinstance(node, tree.Aggregate)  # noqa: S101 -- every caller has such a node
    field = catalogue()[node.list]
    found = field.subset(node.subset)
    return worded(found.label if found else field.label)


def _when(node: tree.Number) -> str:
    """When records count."""
    assert isinstance(node, tree.Aggregate)  # noqa: S101 -- every caller has such a node
    if node.valid:
        return _("申请日")
    if node.window is None:
        return ""
    first, last = node.window.first, node.window.last
    if first.relative and last.relative and last.value in (0, 1):
        years = 1 - first.value
        return _("近 {n} 个完整年度和申请当年", n=years) if last.value else _("近 {n} 个完整年度", n=years)
    return f"{of_year('', first)}–{of_year('', last)}"


def of_year(what: str, year: tree.Year | None) -> str:
    """*what* of a year as it is counted from the application."""
    if year is None:
        return what
    if not year.relative:
        return _("{year}年{what}", year=year.value, what=what)
    if year.value > 0:
        return _("申请当年{what}", what=what)
    if year.value < -1:
        return _("上年度之前第 {n} 年{what}", n=-year.value, what=what)
    return _("前年度{what}", what=what) if year.value else _("上年度{what}", what=what)
