"""A rulebook as its page tells it: what each clause asks in plain words, who decides, and how points are earned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from rongtong import i18n
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.wording import worded
from rongtong.qualify.deciding import deciders, of_points
from rongtong.qualify.rulebook import Bands, BestOf, Grant, Head, Items, Local, Points, Requirement, Rulebook, Share
from rongtong.qualify.shelf import editions
from rongtong.report import figures
from rongtong.report.plain import Plain, label


@dataclass(frozen=True)
class Clause:
    """A clause: what it asks, or how its *parts* are joined, and who decides."""

    head: Head
    asks: str
    by: tuple[str, ...]
    decides: bool
    purpose: str
    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class Indicator:
    """An indicator: points and what earns them, for each of its *routes*, and what is to be said before and after."""

    head: Head
    by: tuple[str, ...]
    before: str
    routes: list[list[tuple[str, str]]]
    after: str = ""


@dataclass(frozen=True)
class Group:
    """Indicators under their heading."""

    head: Head
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Amount:
    """A grant: what it is measured by, and which amounts follow."""

    head: Head
    before: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """The words of one rulebook."""

    book: Rulebook

    def clauses(self, *kinds: str) -> list[Clause]:
        """Its clauses of some kinds: prerequisites, conditions, vetoes."""
        return [self._clause(one) for one in self.book.requirements if one.head.kind in kinds]

    def groups(self) -> list[Group]:
        """Its sheet of indicators."""
        return [
            Group(group.head, tuple(self._indicator(one.head, one.points) for one in group.indicators))
            for group in self.book.groups
        ]

    def grants(self) -> list[Amount]:
        """What who qualifies is granted."""
        return [self._grant(one) for one in self.book.granted.items] if self.book.granted else []

    def _grant(self, one: Grant) -> Amount:
        if isinstance(one.points, Share):
            return Amount(one.head, self._shared(one.points), ())
        assert isinstance(one.points, Bands)  # noqa: S101 -- the loader makes no other
        whole = _one_value(one.points) is None
        told = [(_money(earned), asks) for earned, asks in self._sides(one.points, whole=whole)]
        return Amount(one.head, self._measured(one.points), tuple(told))

    def _shared(self, share: Share) -> str:
        """A share of a figure in one sentence."""
        assert isinstance(share.amount.right, tree.Quantity)  # noqa: S101 -- the loader makes no other
        told = _("按{what}的 {share} 补助，最高 {cap}")
        part = figures.value(share.amount.right.value, "ratio")
        return told.format(what=self._plain.number(share.amount.left), share=part, cap=_money(share.cap))

    def _clause(self, one: Requirement) -> Clause:
        nodes = [one.condition] if one.condition is not None else []
        joined = _("满足其中一条即可") if one.any_part else _("各条都要满足")
        asks = self._plain.condition(nodes[0]) if nodes else joined
        parts = tuple(map(self._clause, one.parts))
        return Clause(one.head, asks, _by(nodes), one.decides, one.purpose or "", parts)

    def _indicator(self, head: Head, points: Points) -> Indicator:
        before, after = self._around(points, head)
        return Indicator(head, _by(of_points(points)), before, self._routes(points), after)

    @property
    def _plain(self) -> Plain:
        return Plain(self.book)

    def _around(self, points: Points, head: Head) -> tuple[str, str]:
        """What is said before the lines of points, and after them."""
        if isinstance(points, Bands):
            return self._measured(points), ""
        if isinstance(points, BestOf):
            return _("几种算法取得分最高的"), ""
        if isinstance(points, Items):
            each, cap = figures.trimmed(points.each), figures.trimmed(points.cap)
            return _("每满足一项得 {each} 分，最高 {cap} 分").format(each=each, cap=cap), ""
        stated = points.stated if isinstance(points, Local) else points
        told = _("按录入的“{what}”计，0 至 {most} 分").format(what=label(stated.fact), most=figures.trimmed(stated.max))
        return told, self._locally(points, head) if isinstance(points, Local) else ""

    def _locally(self, local: Local, head: Head) -> str:
        """Whose sheet counts until points are stated."""
        assert self.book.file.score  # noqa: S101 -- whatever has points has a sheet
        criteria = (one for group in self.book.file.score.groups for one in group.criteria)
        sheet = next(one.local for one in criteria if one.id == head.id)
        title = editions(sheet.rulebook)[-1].file.title if sheet else ""
        told = _("没有录入得分时，符合“{when}”的企业按“{title}”计")
        return told.format(when=i18n.inner(self._plain.condition(local.when)), title=i18n.inner(worded(title)))

    def _measured(self, bands: Bands) -> str:
        """What a run of bands of one value measures; nothing where each asks something else."""
        left = _one_value(bands)
        return _("看{what}").format(what=self._plain.number(left)) if left is not None else ""

    def _routes(self, points: Points) -> list[list[tuple[str, str]]]:
        if isinstance(points, Bands):
            return [list(self._bands(points, whole=_one_value(points) is None))]
        if isinstance(points, BestOf):
            return [list(self._bands(route, whole=True)) for route in points.routes]
        if not isinstance(points, Items):
            return []
        each = _earned(points.each)
        return [[(each, _item(worded(title), self._plain.condition(test))) for title, test in points.conditions]]

    def _bands(self, bands: Bands, *, whole: bool) -> Iterator[tuple[str, str]]:
        return ((_earned(points), asks) for points, asks in self._sides(bands, whole=whole))

    def _sides(self, bands: Bands, *, whole: bool) -> Iterator[tuple[Decimal, str]]:
        """What each band gives, and what it asks."""
        for earned, test in bands.steps:
            yield earned, _("其余") if test is None else self._plain.condition(test) if whole else self._side(test)

    def _side(self, test: tree.Condition) -> str:
        assert isinstance(test, tree.Compare)  # noqa: S101 -- _one_value has looked
        return f"{self._plain.way(test)} {self._plain.bound(test)}"


def _earned(points: Decimal) -> str:
    return _("{n} 分").format(n=figures.trimmed(points))


def _money(amount: Decimal) -> str:
    return figures.value(amount, "money")


def _item(title: str, told: str) -> str:
    """An item by its title, and what decides it where that says more."""
    return _("{title}（{told}）").format(title=title, told=told)


def _one_value(bands: Bands) -> tree.Number | None:
    """The one value that all bands compare, if there is one."""
    tests = [test for _points, test in bands.steps if test is not None]
    lefts = {test.left if isinstance(test, tree.Compare) else None for test in tests}
    return lefts.pop() if len(lefts) == 1 else None


def _by(nodes: Sequence[tree.Node]) -> tuple[str, ...]:
    """Who decides, in words."""
    words = {
        "facts": _("企业数据"), "document": _("文件"), "outside_score": _("外部评分"), "judgement": _("评审判断"),
        "offline_check": _("线下核验"), "reply": _("部门复函"), "title": _("称号台账"), "score": _("评价得分"),
    }  # fmt: skip  # read by rows
    return tuple(words[kind] for kind in deciders(nodes))
