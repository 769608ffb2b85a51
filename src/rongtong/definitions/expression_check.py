"""Names, units and types: each step of a parsed expression is checked against the catalogue as its tree is built."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol, cast

from lark import Token, Transformer, v_args

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.loader import cut_short
from rongtong.definitions.units import UNITS
from rongtong.i18n import _, joined

_QUANTITY = re.compile(r"([\d.]+)(%|[万亿]?)(美元|[元年人项件个分]?)$")
_SCALES = {"": Decimal(1), **{name: UNITS[name].size for name in ("万", "亿", "%")}}
#: The longest number that is somebody's: with as many digits again the engine still reckons exactly.
DIGITS, PLACES = 20, 8
#: Nobody asks for more years since a day.
LONGEST = 200
_COUNTS = {"件": "项", "个": "项"}
_SPELLINGS = {"≥": ">=", "≤": "<=", "≠": "!=", "−": "-", "×": "*", "÷": "/"}
_NUMERIC = {"money", "integer", "number", "ratio", "year"}
_NUMBERS = (tree.Quantity, tree.Fact, tree.Arithmetic, tree.Mean, tree.Compound, tree.Elapsed,
            tree.Aggregate, tree.Score)  # fmt: skip
_ALONE = (tree.Aggregate, tree.Score, tree.Elapsed)


class ExpressionError(ValueError):
    """An expression that cannot be used: what is wrong, from which character, and the mend.

    *word* is what people call something, where its written name was wanted.
    """

    def __init__(self, what: str, column: int, mend: str = "", *, word: str = "") -> None:
        super().__init__(what)
        self.what, self.column, self.mend, self.word = what, column, mend, word


class Scope(Protocol):
    """What the names in an expression mean."""

    @property
    def written(self) -> dict[str, str]:
        """How what people call by a word is written."""

    def fact(self, name: str, year: tree.Year | None, column: int) -> tree.Fact:
        """The scalar of that name. Raises :class:`ExpressionError`."""

    def aggregate(self, measure: tree.Measure, name: str, window: tree.Window | None, valid: bool, column: int) -> Any:
        """The aggregate over a named subset. Raises :class:`ExpressionError`."""

    def score(self, group: str, column: int) -> tree.Score:
        """The points of the sheet or a group. Raises :class:`ExpressionError`."""


@v_args(inline=True)
class Checker(Transformer[Token, tree.Node]):
    """Builds the tree of one expression within a scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def quantity(self, token: Token) -> tree.Quantity:
        """``100万元``, ``3%``, ``2年``, ``1``."""
        match = cast(re.Match[str], _QUANTITY.match(token))
        number, scale, unit = match.groups()
        if "万" in token or "亿" in token:
            unit = unit or "1"
        if len(number) > 2 * DIGITS:
            raise _too_long(token)
        value = Decimal(number) * _SCALES[scale]
        if not fits(value):
            raise _too_long(token)
        return tree.Quantity(value, _COUNTS.get(unit, unit) or "1", bare=token[-1].isdigit() or token[-1] in "万亿")

    def word(self, token: Token) -> tree.Word:
        """A level, as a word."""
        return tree.Word(str(token))

    def fact(self, name: Token, year: tree.Year | None) -> tree.Fact | tree.Score:
        """``revenue[Y]``, ``qms_certified``; ``score`` and ``score.growth`` are the points."""
        head, _dot, group = name.partition(".")
        if head == "score" and year is None:
            return self.scope.score(group, column(name))
        return self.scope.fact(str(name), year, column(name))

    def aggregate(self, measure: Token, name: Token, window: tree.Window | str | None) -> tree.Aggregate | tree.Compare:
        """``count(ip.class_1)``; ``any(…)`` is a condition: at least one."""
        kind = cast(tree.Measure, str(measure))
        within = window if isinstance(window, tree.Window) else None
        found: tree.Aggregate = self.scope.aggregate(kind, str(name), within, window == "valid", column(name))
        return tree.Compare(">=", found, tree.Quantity(Decimal(1), "项")) if kind == "any" else found

    def during(self, first: tree.Year, last: tree.Year) -> tree.Window:
        """``during Y-2..Y+1``."""
        if first.relative != last.relative or first.value > last.value:
            raise ExpressionError(_("期间的起讫年度写反了，或一个写 Y、一个写年份"), 1, _("写作 during Y-2..Y"))
        return tree.Window(first, last)

    def valid(self) -> str:
        """``valid``: granted by the day of application and not run out."""
        return "valid"

    def relative(self, _last: Token, shift: Token | None) -> tree.Year:
        """``Y``, ``Y-1``."""
        return tree.Year(int(shift or 0))

    def shifted(self, shift: Token) -> tree.Year:
        """``-1``, in the catalogue's derived fields: the year before."""
        return tree.Year(int(shift))

    def calendar(self, year: Token) -> tree.Year:
        """``2021``."""
        return tree.Year(int(year), relative=False)

    def arithmetic(self, left: tree.Node, sign: Token, right: tree.Node) -> tree.Arithmetic:
        """Sum and difference keep the unit; a product needs one pure number, a ratio two equal units."""
        op = cast(tree.Operator, _SPELLINGS.get(sign, str(sign)))
        a, b = _number(left, sign), _number(right, sign)
        if isinstance(a, _ALONE) or isinstance(b, _ALONE):
            raise ExpressionError(_("清单的件数、合计、得分和 years 只能直接与一个数比较"), column(sign))
        unit = _unit(op, a.unit, b.unit)
        if unit is None:
            raise _mismatch(a.unit, b.unit, sign)
        return tree.Arithmetic(op, a, b, unit)

    def mean(self, *parts: tree.Node) -> tree.Mean:
        """``mean(a, b)``."""
        numbers = tuple(_number(part, None) for part in parts)
        for other in numbers[1:]:
            if other.unit != numbers[0].unit:
                raise _mismatch(numbers[0].unit, other.unit, None)
        return tree.Mean(numbers, numbers[0].unit)

    def compound(self, last: tree.Node, first: tree.Node) -> tree.Compound:
        """``cagr(revenue[Y], revenue[Y-2])``."""
        if not (isinstance(last, tree.Fact) and isinstance(first, tree.Fact) and last.year and first.year):
            raise ExpressionError(_("cagr 需要同一字段的两个年度"), 1, _("写作 cagr(revenue[Y], revenue[Y-2])"))
        years = last.year.value - first.year.value
        if last.name != first.name or years < 1 or last.computed:
            raise ExpressionError(_("cagr 需要同一字段的两个年度"), 1, _("写作 cagr(revenue[Y], revenue[Y-2])"))
        return tree.Compound(last, first, years)

    def elapsed(self, name: Token) -> tree.Elapsed:
        """``years(granted_on)``."""
        since = self.scope.fact(str(name), None, column(name))
        if since.type != "date":
            raise ExpressionError(_("“{text}”不是日期", text=name), column(name), _("years 须写一个日期"))
        return tree.Elapsed(since)

    def compare(self, left: tree.Node, token: Token, right: tree.Node) -> tree.Compare:
        """A comparison of equal units, or of a level with a word of its order."""
        op = cast(tree.Comparison, _SPELLINGS.get(token, str(token)))
        if isinstance(right, tree.Word):
            _levels(left, (right.text,), token)
            return tree.Compare(op, cast(tree.Fact, left), right)
        a, b = _number(left, token), _number(right, token)
        if isinstance(b, _ALONE) or (isinstance(a, _ALONE) and not isinstance(b, tree.Quantity)):
            raise ExpressionError(_("清单的件数、合计、得分和 years 只能直接与一个数比较"), column(token))
        comparable(a, b, token)
        if isinstance(a, tree.Elapsed) and isinstance(b, tree.Quantity) and b.value * 12 % 1:
            raise ExpressionError(_("years 只能与整月数的年数比较"), column(token), _("例如 2年、1.5年"))
        if isinstance(a, tree.Elapsed) and isinstance(b, tree.Quantity) and b.value > LONGEST:
            raise ExpressionError(_("years 最多与 {n} 年比较", n=LONGEST), column(token), _("例如 2年、1.5年"))
        if isinstance(a, tree.Score) and isinstance(b, tree.Quantity):
            return tree.ScoreTest(op, a, b)
        return tree.Compare(op, a, b)

    def member(self, fact: tree.Node, *words: Token) -> tree.Member:
        """``size_class in (微型, 小型)``."""
        values = tuple(str(word) for word in words)
        _levels(fact, values, words[0])
        return tree.Member(cast(tree.Fact, fact), values)

    def all_of(self, *parts: tree.Node) -> tree.AllOf:
        """``a and b``."""
        return tree.AllOf(tuple(as_condition(part) for part in parts))

    def any_of(self, *parts: tree.Node) -> tree.AnyOf:
        """``a or b``."""
        return tree.AnyOf(tuple(as_condition(part) for part in parts))

    def negate(self, part: tree.Node) -> tree.Negation:
        """``not a``."""
        return tree.Negation(as_condition(part))


def fits(value: Decimal) -> bool:
    """Whether a number has no more than twenty digits before the point and eight behind it."""
    return value.is_finite() and value.adjusted() < DIGITS and value % Decimal(1).scaleb(-PLACES) == 0


def _too_long(token: Token) -> ExpressionError:
    what = _("这个数太长：{number}", number=cut_short(str(token)))
    mend = _("整数部分最多 {digits} 位，小数最多 {places} 位", digits=DIGITS, places=PLACES)
    return ExpressionError(what, column(token), mend)


def as_condition(node: tree.Node) -> tree.Condition:
    """*node* as something true, false or unknown. Raises :class:`ExpressionError`."""
    if isinstance(node, tree.Compare | tree.Member | tree.AllOf | tree.AnyOf | tree.Negation):
        return node
    if isinstance(node, tree.Fact) and node.type == "boolean":
        return node
    what, mend = _("“{text}”不是条件", text=_shown(node)), _("请写成比较，例如 revenue[Y] >= 1000万元")
    raise ExpressionError(what, 1, mend, word=_word(node))


def _number(node: tree.Node, token: Token | None) -> tree.Number:
    if isinstance(node, _NUMBERS) and not (isinstance(node, tree.Fact) and node.type not in _NUMERIC):
        return node
    raise ExpressionError(_("“{text}”不是数量", text=_shown(node)), column(token), word=_word(node))


def _word(node: tree.Node) -> str:
    return node.text if isinstance(node, tree.Word) else ""


def _shown(node: tree.Node) -> str:
    return node.text if isinstance(node, tree.Word) else str(getattr(node, "name", _("该式")))


def _levels(node: tree.Node, values: tuple[str, ...], token: Token) -> None:
    if not isinstance(node, tree.Fact) or node.type != "level":
        raise ExpressionError(_("“{text}”只能与等级字段比较", text=joined(values)), column(token))
    for value in values:
        if value not in node.values:
            raise ExpressionError(
                _("字段 {name} 没有等级“{value}”", name=node.name, value=value),
                column(token),
                _("可用的等级：{known}", known=joined(node.values)),
            )


def comparable(left: tree.Number, right: tree.Number, token: Token | None = None) -> None:
    """Raise :class:`ExpressionError` where two numbers are not of one unit, or a share of 300% was hardly meant."""
    bare = isinstance(right, tree.Quantity) and right.bare
    if left.unit != right.unit and not _counts(left, right):
        if not (bare and isinstance(right, tree.Quantity) and left.unit):
            raise _mismatch(left.unit, right.unit, token)
        what = _("“{number}”没有写单位", number=_plain(right.value))
        raise ExpressionError(what, column(token), _("请写作 {written}", written=f"{_plain(right.value)}{left.unit}"))
    if bare and isinstance(right, tree.Quantity) and right.value > 1 and _in_per_cent(left):
        number, meant = _plain(right.value), f"{_plain(right.value)}%"
        what = _("“{number}”是 {percent}", number=number, percent=f"{_plain(right.value * 100)}%")
        raise ExpressionError(what, column(token), _("百分数请写作 {written}", written=meant))


def _in_per_cent(node: tree.Number) -> bool:
    """Whether people write what *node* is compared with in per cent; a quotient may well be a multiple."""
    return tree.is_share(node) and not isinstance(node, tree.Arithmetic)


def _plain(value: Decimal) -> str:
    wan = value / _SCALES["万"]
    return f"{wan:f}万" if wan >= 1 and wan == wan.to_integral_value() else f"{value.normalize():f}"


def _mismatch(left: str, right: str, token: Token | None) -> ExpressionError:
    what = _("单位不一致：{left} 与 {right}", left=left, right=right)
    return ExpressionError(what, column(token), _("请改用同一单位的数"))


def _unit(op: str, left: str, right: str) -> str | None:
    rules: dict[str, Callable[[], str | None]] = {
        "*": lambda: left if right == "1" else right if left == "1" else None,
        "/": lambda: "1" if left == right else left if right == "1" else None,
    }
    return rules.get(op, lambda: left if left == right else None)()


def _counts(left: tree.Number, right: tree.Number) -> bool:
    """Whether a plain number stands beside a count: ``count(ip.class_1) >= 1``, ``rank <= 3``."""
    return isinstance(right, tree.Quantity) and right.unit == "1" and left.unit in ("项", "")


def column(token: Token | None) -> int:
    """The character (from 1) at which a token starts."""
    return (token.column or 1) if token is not None else 1
