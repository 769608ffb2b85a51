"""From the file of a rulebook to its checked trees."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import NamedTuple, TypeVar, cast

from rongtong.definitions import expression, expression_sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.expression import ExpressionError, FirmScope
from rongtong.definitions.expression_check import comparable
from rongtong.definitions.loader import Document, Loc, cut_short
from rongtong.i18n import _, joined
from rongtong.qualify import bands
from rongtong.qualify.bands import BandError, Steps
from rongtong.qualify.rulebook import (
    Bands,
    BestOf,
    Grant,
    Granted,
    Head,
    Indicator,
    Items,
    Local,
    Points,
    Requirement,
    Rulebook,
    ScoreGroup,
    Share,
    Stated,
)
from rongtong.qualify.schema import Applies, Band, Clause, Criterion, Group, Prerequisite, RulebookFile
from rongtong.qualify.schema import Grant as GrantPart

T = TypeVar("T")
#: What is longer was not written by people for people.
MOST = 1_000


class Others(NamedTuple):
    """The rulebooks there are beside the one that is loaded: their ids, and the editions of one."""

    known: Callable[[], list[str]]
    editions: Callable[[str], list[Rulebook]]


def build(document: Document, file: RulebookFile, fields: Catalogue, others: Others) -> Rulebook:
    """The trees of a rulebook, which may refer to *others*. Raises :class:`DefinitionError` with file and line."""
    builder = _Builder(document, file, fields, others)
    groups = tuple(builder.group(index, group) for index, group in enumerate(file.score.groups if file.score else ()))
    total = Head("score", "score", _("总分"), "", "", True, "", max=file.score.max) if file.score else None
    if file.score:
        builder.adds_up(("score", "max"), file.score.max, [group.max for group in file.score.groups])
    requirements, granted = builder.requirements(), builder.granted()
    book = Rulebook(file, builder.sha256(), fields, requirements, groups, total, granted)
    builder.decides(book)
    builder.few(len(book.heads))
    builder.distinct([head.id for head in book.heads])
    return book


class _Builder:
    def __init__(self, document: Document, file: RulebookFile, fields: Catalogue, others: Others) -> None:
        self.document, self.file, self.others = document, file, others
        self.sheets: list[str] = []
        groups = tuple(group.id for group in file.score.groups) if file.score else None
        self.facts = FirmScope(fields)
        self.scores = FirmScope(fields, groups)

    def sha256(self) -> str:
        """The hash of the file, and of the local sheets that it refers to."""
        hashes = [self.document.sha256, *self.sheets]
        return hashlib.sha256("".join(hashes).encode()).hexdigest() if self.sheets else self.document.sha256

    def requirements(self) -> tuple[Requirement, ...]:
        file = self.file
        titles = [self.prerequisite(("requires", i), one) for i, one in enumerate(file.requires)]
        place = [self.place(file.applies)] if file.applies else []
        conditions = [self.clause(("conditions", i), one, "condition") for i, one in enumerate(file.conditions)]
        vetoes = [self.clause(("excludes", i), one, "veto") for i, one in enumerate(file.excludes)]
        return tuple(titles + place + conditions + [_negated(veto) for veto in vetoes])

    def prerequisite(self, loc: Loc, one: Prerequisite) -> Requirement:
        holds = self.condition((*loc, "holds"), f"any({one.holds} valid)", self.facts)
        head = Head(one.id, "prerequisite", one.title, one.text, one.cite, one.verified, one.note)
        return Requirement(head, holds, decides=one.hard)

    def place(self, one: Applies) -> Requirement:
        """The condition that a firm is registered where the policy applies."""
        given = {name: places for name in ("district", "territory") if (places := getattr(one, name))}
        if len(given) != 1:
            raise self.document.error(
                ("applies",), _("applies 须恰好写 district、territory 之一"), _("例如 district: [崂山区]")
            )
        ((name, places),) = given.items()
        fact = self.checked(("applies", name), lambda: self.facts.fact(name, None, 1))
        strange = [place for place in places if fact.values and place not in fact.values]
        if strange:
            what = _("字段 {name} 没有等级“{value}”", name=name, value=strange[0])
            known = _("可用的等级：{known}", known=joined(fact.values))
            raise self.document.error(("applies", name), what, known)
        head = Head(one.id, "condition", one.title, one.text, one.cite, one.verified, one.note)
        return Requirement(head, tree.Member(fact, places))

    def clause(self, loc: Loc, one: Clause, kind: str, parent: str = "") -> Requirement:
        head = Head(one.id, kind, one.title, one.text, one.cite, one.verified, one.note, parent)
        if len(loc) > 2 * expression.DEEPEST:
            what = _("条款套得太深，最多 {n} 层", n=expression.DEEPEST)
            raise self.document.error(loc, what, _("请拆成几条并列的条款"))
        if sum(map(bool, (one.when, one.any_of, one.all_of))) != 1:
            raise self.document.error(loc, _("条款 {id} 须恰好写 when、any_of、all_of 之一", id=one.id))
        if one.when:
            holds = self.condition((*loc, "when"), one.when, self.scores)
            return Requirement(head, holds, decides=one.hard, purpose=one.purpose)
        name, parts = ("any_of", one.any_of) if one.any_of else ("all_of", one.all_of)
        built = tuple(self.clause((*loc, name, i), part, kind, one.id) for i, part in enumerate(parts))
        return Requirement(head, parts=built, any_part=bool(one.any_of), decides=one.hard, purpose=one.purpose)

    def granted(self) -> Granted | None:
        if self.file.grants is None:
            return None
        cap, items = self.file.grants.cap, self.file.grants.items
        built = tuple(self.grant(("grants", "items", i), one) for i, one in enumerate(items))
        if not built:
            raise self.document.error(
                ("grants", "items"), _("奖补没有写一项"), _("每项写 id、title，以及 bands 或 share")
            )
        head = Head("grant", "grants", _("奖补合计"), "", "", True, "")
        return Granted(head, built, self.amount(("grants", "cap"), cap) if cap else None)

    def grant(self, loc: Loc, one: GrantPart) -> Grant:
        if bool(one.bands) == bool(one.share):
            what = _("奖补“{title}”须写分档或按比例，只写一样", title=one.title)
            raise self.document.error(loc, what, _("分档写 bands，按比例写 share"))
        points, most = self.shared(loc, one) if one.share else self.graded(loc, one)
        return Grant(
            Head(one.id, "grant", one.title, one.text, one.cite, one.verified, one.note, "grant", most), points
        )

    def shared(self, loc: Loc, one: GrantPart) -> tuple[Share, Decimal]:
        """A share of a figure, and the most that it can be: without an end nobody could say how much is possible."""
        share = self.checked((*loc, "share"), lambda: expression.parse(one.share, self.facts))
        if not isinstance(share, tree.Quantity) or share.unit != "1" or not 0 < share.value <= 1:
            raise self.document.error((*loc, "share"), _("“{text}”不是比例", text=one.share), _("例如 10%"))
        value = self.checked((*loc, "value"), lambda: expression.parse(one.value or "0元", self.facts))
        if not one.value or tree.aggregates(value) or getattr(value, "unit", "") != "元":
            raise self.document.error((*loc, "value"), _("按比例补的，value 须是金额"), _("例如 rd_expense[Y]"))
        end: Loc = (*loc, "cap") if one.cap else ("grants", "cap")
        cap = one.cap or (self.file.grants.cap if self.file.grants else "")
        if not cap:
            mend = _("写 cap: 50万元，或在 grants 下写各项合计的 cap")
            raise self.document.error(loc, _("按比例补的要有上限，否则缺数据的企业说不出至多补多少"), mend)
        most = self.amount(end, cap)
        return Share(tree.Arithmetic("*", cast(tree.Number, value), share, "元"), most), most

    def graded(self, loc: Loc, one: GrantPart) -> tuple[Bands, Decimal]:
        """Amounts in bands, and the most of them."""
        if one.cap:
            raise self.document.error((*loc, "cap"), _("分档的不写 cap"), _("最高的一档就是上限"))
        amounts = [self.amount((*loc, "bands", i, "amount"), band.amount) for i, band in enumerate(one.bands)]
        given = zip(one.bands, amounts, strict=True)
        found = self.bands(
            loc, one.value, tuple(Band(points=amount, **band.model_dump(exclude={"amount"})) for band, amount in given)
        )
        return found, max(amounts)

    def amount(self, loc: Loc, text: str) -> Decimal:
        found = self.checked(loc, lambda: expression.parse(text, self.facts))
        if not isinstance(found, tree.Quantity) or found.unit != "元" or not _payable(found.value):
            raise self.document.error(loc, _("“{text}”不是金额", text=text), _("例如 30万元；没有则写 0元"))
        return found.value

    def group(self, index: int, group: Group) -> ScoreGroup:
        loc: Loc = ("score", "groups", index)
        indicators = tuple(self.indicator((*loc, "criteria", i), one, group.id) for i, one in enumerate(group.criteria))
        self.adds_up((*loc, "max"), group.max, [one.max for one in group.criteria])
        return ScoreGroup(Head(f"score.{group.id}", "group", group.title, "", "", True, "", max=group.max), indicators)

    def indicator(self, loc: Loc, one: Criterion, group: str) -> Indicator:
        head = Head(
            one.id, "indicator", one.title, one.text, one.cite, one.verified, one.note, f"score.{group}", one.max
        )
        points = self.points(loc, one)
        best = _best(points)
        if best != one.max:
            raise self.document.error(
                (*loc, "max"), _("{id} 最高可得 {best} 分，与满分 {max} 不符", id=one.id, best=best, max=one.max)
            )
        return Indicator(head, points)

    def points(self, loc: Loc, one: Criterion) -> Points:
        if sum(map(bool, (one.bands, one.items, one.best_of, one.stated))) != 1:
            raise self.document.error(loc, _("指标 {id} 须恰好写 bands、items、best_of、stated 之一", id=one.id))
        if one.bands:
            return self.bands(loc, one.value, one.bands)
        if one.items:
            return self.items(loc, one)
        if one.stated:
            fact = self.checked((*loc, "stated"), lambda: expression.parse(one.stated, self.facts))
            if not isinstance(fact, tree.Fact) or fact.unit != "分":
                raise self.document.error((*loc, "stated"), _("stated 须是以“分”为单位的字段"))
            return self.stated(loc, one, Stated(fact, one.max))
        routes = enumerate(one.best_of)
        return BestOf(tuple(self.bands((*loc, "best_of", i), route.value, route.bands) for i, route in routes))

    def stated(self, loc: Loc, one: Criterion, stated: Stated) -> Stated | Local:
        if one.local is None:
            return stated
        here: Loc = (*loc, "local")
        when = self.condition((*here, "when"), one.local.when, self.facts)
        known = {book.edition: book for book in self.shelved((*here, "rulebook"), one.local.rulebook)}
        sheet = known.get(one.local.edition)
        if sheet is None or not sheet.total or sheet.total.max != one.max:
            what = _(
                "“{rulebook}”没有满分 {max} 分的版本 {edition}", max=one.max, **one.local.model_dump(exclude={"when"})
            )
            raise self.document.error((*here, "edition"), what, _("请写有该满分评分表的规则及其版本"))
        self.sheets.append(sheet.sha256)
        return Local(stated, when, sheet.groups)

    def shelved(self, loc: Loc, rulebook: str) -> list[Rulebook]:
        """The editions of a rulebook of the shelf, never of a file: whoever writes a draft could read any."""
        if rulebook == self.file.id:
            raise self.document.error(loc, _("“{rulebook}”不能引用自己", rulebook=rulebook))
        if rulebook not in self.others.known():
            mend = _("现有规则：{known}", known=joined(self.others.known()))
            raise self.document.error(loc, _("没有规则“{rulebook}”", rulebook=cut_short(rulebook)), mend)
        return self.others.editions(rulebook)

    def items(self, loc: Loc, one: Criterion) -> Items:
        if one.each is None:
            raise self.document.error(loc, _("指标 {id} 写了 items，须写每项得分 each", id=one.id))
        conditions = tuple(
            (item.title, self.condition((*loc, "items", i, "when"), item.when, self.facts))
            for i, item in enumerate(one.items)
        )
        return Items(conditions, one.each, one.cap if one.cap is not None else one.each * len(conditions))

    def bands(self, loc: Loc, value: str, given: tuple[Band, ...]) -> Bands:
        try:
            if not value:
                return Bands(self.conditions(loc, given), by_value=False)
            number = cast(tree.Number, self.checked((*loc, "value"), lambda: expression.parse(value, self.facts)))
            steps = bands.of_value(number, given, lambda text: self.bound(loc, text, number))
            for _points, test in steps:
                if test is not None:
                    self.checked((*loc, "value"), partial(_exact, test))
            return Bands(steps, not tree.aggregates(number))
        except BandError as error:
            raise self.document.error((*loc, "bands", error.index), error.what, error.mend) from error

    def conditions(self, loc: Loc, given: tuple[Band, ...]) -> Steps:
        bands.falling([band.points for band in given])
        if [bool(band.when) for band in given] != [True] * (len(given) - 1) + [False] or not given[-1].otherwise:
            raise BandError(len(given) - 1, _("分档之间有空缺"), _("每档写 when，最后一档写 otherwise: true"))
        return tuple(
            (band.points, self.condition((*loc, "bands", i, "when"), band.when, self.facts) if band.when else None)
            for i, band in enumerate(given)
        )

    def bound(self, loc: Loc, text: str | Decimal, value: tree.Number) -> tree.Quantity:
        found = self.checked((*loc, "bands"), lambda: expression.parse(str(text), self.facts))
        if not isinstance(found, tree.Quantity):
            raise self.document.error((*loc, "bands"), _("“{text}”不是界限", text=text), _("例如 80%、100万元"))
        self.checked((*loc, "bands"), partial(comparable, value, found))
        return found

    def condition(self, loc: Loc, text: str, scope: FirmScope) -> tree.Condition:
        return self.checked(loc, lambda: _exact(expression.condition(text, scope)))

    def checked(self, loc: Loc, parse: Callable[[], T]) -> T:
        try:
            return parse()
        except ExpressionError as error:
            what = _("{what}（第 {column} 个字符起）", what=error.what, column=error.column)
            raise self.document.error(loc, what, error.mend) from error

    def adds_up(self, loc: Loc, stated: Decimal, parts: list[Decimal]) -> None:
        if sum(parts) != stated:
            raise self.document.error(loc, _("各项相加为 {sum} 分，与满分 {max} 不符", sum=sum(parts), max=stated))

    def decides(self, book: Rulebook) -> None:
        if not all(book.of(purpose).deciding for purpose in ("new", "review")):
            mend = _("至少写一条没有 hard: false 的条款，首次申报和复核都要有")
            raise self.document.error(("conditions",), _("没有一条决定结论的条款"), mend)

    def few(self, heads: int) -> None:
        if heads > MOST:
            what = _("条款和指标共 {n} 条，一份规则最多 {most} 条", n=heads, most=MOST)
            raise self.document.error((), what, _("请分成几份规则"))

    def distinct(self, ids: list[str]) -> None:
        twice = next((one for one, times in Counter(ids).items() if times > 1), None)
        if twice:
            places = self.document.places("id", twice.removeprefix("score."))
            raise self.document.error(places[-1], _("条款编号 {id} 用了两次", id=twice))


def _payable(amount: Decimal) -> bool:
    """Whether an amount is one that somebody pays: whole fen, less than ten thousand million yuan."""
    return amount.adjusted() < 10 and amount % Decimal("0.01") == 0


def _exact(condition: tree.Condition) -> tree.Condition:
    expression_sql.exact(condition)
    return condition


def _negated(veto: Requirement) -> Requirement:
    if veto.condition is not None:
        return replace(veto, condition=tree.Negation(veto.condition))
    return replace(veto, parts=tuple(_negated(part) for part in veto.parts), any_part=not veto.any_part)


def _best(points: Points) -> Decimal:
    if isinstance(points, Bands):
        return points.steps[0][0]
    if isinstance(points, Items):
        return min(points.cap, points.each * len(points.conditions))
    if isinstance(points, BestOf):
        return max(map(_best, points.routes))
    return points.stated.max if isinstance(points, Local) else points.max
