"""The points of a rulebook: groups of indicators, each in bands, by items, the best of several routes, or as stated."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.loader import Loc, cut_short
from rongtong.i18n import _, joined
from rongtong.qualify.load_texts import Texts
from rongtong.qualify.rulebook import (
    Bands,
    BestOf,
    Head,
    Indicator,
    Items,
    Local,
    Points,
    Rulebook,
    ScoreGroup,
    Stated,
)
from rongtong.qualify.schema import Criterion, Group


class Others(NamedTuple):
    """The rulebooks there are beside the one that is loaded: their ids, and the editions of one."""

    known: Callable[[], list[str]]
    editions: Callable[[str], list[Rulebook]]


class Score:
    """The points of *texts*, which may refer to sheets of *others*: their hashes are in *sheets* once all is read."""

    def __init__(self, texts: Texts, others: Others) -> None:
        self.texts, self.others = texts, others
        self.sheets: list[str] = []

    def groups(self) -> tuple[ScoreGroup, ...]:
        """Every group with its indicators. Raises DefinitionError where parts do not add up to their whole."""
        score = self.texts.file.score
        if score is None:
            return ()
        found = tuple(self._group(index, group) for index, group in enumerate(score.groups))
        self._adds_up(("score", "max"), score.max, [group.max for group in score.groups])
        return found

    def _group(self, index: int, group: Group) -> ScoreGroup:
        loc: Loc = ("score", "groups", index)
        parts = enumerate(group.criteria)
        indicators = tuple(self._indicator((*loc, "criteria", i), one, group.id) for i, one in parts)
        self._adds_up((*loc, "max"), group.max, [one.max for one in group.criteria])
        return ScoreGroup(Head(f"score.{group.id}", "group", group.title, max=group.max), indicators)

    def _indicator(self, loc: Loc, one: Criterion, group: str) -> Indicator:
        points = self._points(loc, one)
        best = _best(points)
        if best != one.max:
            raise self.texts.error(
                (*loc, "max"), _("{id} 最高可得 {best} 分，与满分 {max} 不符", id=one.id, best=best, max=one.max)
            )
        return Indicator(Head.of(one, "indicator", f"score.{group}", one.max), points)

    def _points(self, loc: Loc, one: Criterion) -> Points:
        if sum(map(bool, (one.bands, one.items, one.best_of, one.stated))) != 1:
            raise self.texts.error(loc, _("指标 {id} 须恰好写 bands、items、best_of、stated 之一", id=one.id))
        if one.bands:
            return self.texts.bands(loc, one.value, one.bands)
        if one.items:
            return self._items(loc, one)
        if one.stated:
            fact = self.texts.parsed((*loc, "stated"), one.stated)
            if not isinstance(fact, tree.Fact) or fact.unit != "分":
                raise self.texts.error((*loc, "stated"), _("stated 须是以“分”为单位的字段"))
            return self._stated(loc, one, Stated(fact, one.max))
        routes = enumerate(one.best_of)
        return BestOf(tuple(self.texts.bands((*loc, "best_of", i), route.value, route.bands) for i, route in routes))

    def _stated(self, loc: Loc, one: Criterion, stated: Stated) -> Stated | Local:
        if one.local is None:
            return stated
        here: Loc = (*loc, "local")
        when = self.texts.condition((*here, "when"), one.local.when, self.texts.facts)
        known = {book.edition: book for book in self._shelved((*here, "rulebook"), one.local.rulebook)}
        sheet = known.get(one.local.edition)
        if sheet is None or not sheet.total or sheet.total.max != one.max:
            what = _(
                "“{rulebook}”没有满分 {max} 分的版本 {edition}", max=one.max, **one.local.model_dump(exclude={"when"})
            )
            raise self.texts.error((*here, "edition"), what, _("请写有该满分评分表的规则及其版本"))
        self.sheets.append(sheet.sha256)
        return Local(stated, when, sheet.groups)

    def _shelved(self, loc: Loc, rulebook: str) -> list[Rulebook]:
        """The editions of a rulebook of the shelf, never of a file: whoever writes a draft could read any."""
        if rulebook == self.texts.file.id:
            raise self.texts.error(loc, _("“{rulebook}”不能引用自己", rulebook=rulebook))
        if rulebook not in self.others.known():
            mend = _("现有规则：{known}", known=joined(self.others.known()))
            raise self.texts.error(loc, _("没有规则“{rulebook}”", rulebook=cut_short(rulebook)), mend)
        return self.others.editions(rulebook)

    def _items(self, loc: Loc, one: Criterion) -> Items:
        if one.each is None:
            raise self.texts.error(loc, _("指标 {id} 写了 items，须写每项得分 each", id=one.id))
        conditions = tuple(
            (item.title, self.texts.condition((*loc, "items", i, "when"), item.when, self.texts.facts))
            for i, item in enumerate(one.items)
        )
        return Items(conditions, one.each, one.cap if one.cap is not None else one.each * len(conditions))

    def _adds_up(self, loc: Loc, stated: Decimal, parts: list[Decimal]) -> None:
        if sum(parts) != stated:
            raise self.texts.error(loc, _("各项相加为 {sum} 分，与满分 {max} 不符", sum=sum(parts), max=stated))


def _best(points: Points) -> Decimal:
    if isinstance(points, Bands):
        return points.steps[0][0]
    if isinstance(points, Items):
        return min(points.cap, points.each * len(points.conditions))
    if isinstance(points, BestOf):
        return max(map(_best, points.routes))
    return points.stated.max if isinstance(points, Local) else points.max
