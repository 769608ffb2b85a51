"""The typed tree of an expression: what a condition or a quantity in a definition means, before any SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeGuard

from rongtong.definitions.catalogue import Type

Measure = Literal["count", "any", "sum"]
Comparison = Literal[">=", "<=", ">", "<", "=", "!="]
Operator = Literal["+", "-", "*", "/"]


@dataclass(frozen=True)
class Year:
    """A year: of the calendar, or counted from Y, the last complete fiscal year before the application."""

    value: int
    relative: bool = True

    def at(self, last: int) -> int:
        """The calendar year when Y is *last*."""
        return self.value + last if self.relative else self.value

    def shifted(self, years: int) -> Year:
        """The year that many later."""
        return Year(self.value + years, self.relative)


@dataclass(frozen=True)
class Quantity:
    """A number with its unit: yuan, people, years, points, items, or 1 for shares; *bare*: written without any."""

    value: Decimal
    unit: str
    bare: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True)
class Word:
    """The Chinese name of a level."""

    text: str


@dataclass(frozen=True)
class Fact:
    """A scalar of a firm (of a year, when per year), or an attribute of a record.

    *computed* is the derived ratio in its amounts, or the class by its rule; the stated value counts only where that
    is unknown.
    """

    name: str
    type: Type
    unit: str
    values: tuple[str, ...] = ()
    year: Year | None = None
    computed: Number | Classified | None = None


@dataclass(frozen=True)
class ClassRow:
    """The lower bounds of the classes, from the second up, for what the *codes* begin; one run of bounds a measure."""

    codes: tuple[str, ...]
    bounds: tuple[tuple[Fact, tuple[Quantity, ...]], ...]


@dataclass(frozen=True)
class Classified:
    """A level by a rule: the lowest class that any measure of its row reaches; *by* is the code that picks the row."""

    by: Fact
    rows: tuple[ClassRow, ...]


@dataclass(frozen=True)
class Arithmetic:
    """Sum, difference, product or ratio of two quantities."""

    op: Operator
    left: Number
    right: Number
    unit: str


@dataclass(frozen=True)
class Mean:
    """The arithmetic mean."""

    parts: tuple[Number, ...]
    unit: str


@dataclass(frozen=True)
class Compound:
    """The compound yearly rate of growth from *first* to *last*, that many *years* apart."""

    last: Fact
    first: Fact
    years: int
    unit: str = "1"


@dataclass(frozen=True)
class Elapsed:
    """The time from a date to the day of application, in years."""

    since: Fact
    unit: str = "年"


@dataclass(frozen=True)
class Window:
    """The years over which records count, both ends included."""

    first: Year
    last: Year

    def at(self, last: int) -> tuple[int, int]:
        """The calendar years when Y is *last*."""
        return self.first.at(last), self.last.at(last)


@dataclass(frozen=True)
class Aggregate:
    """How many records of a subset there are, or the sum of their amounts: in a window, or valid on the day."""

    measure: Measure
    list: str
    subset: str
    unit: str
    attribute: str = ""
    window: Window | None = None
    valid: bool = False

    @property
    def name(self) -> str:
        """The fact that would have to be known: ``awards.science``."""
        return f"{self.list}.{self.subset}"


@dataclass(frozen=True)
class Score:
    """The points of the whole sheet, or of one group of it."""

    group: str = ""
    unit: str = "分"


@dataclass(frozen=True)
class Compare:
    """A comparison of two quantities, or of a level with a level of its order."""

    op: Comparison
    left: Number
    right: Number | Word


@dataclass(frozen=True)
class ScoreTest(Compare):
    """A comparison of points of the sheet with a number."""

    left: Score
    right: Quantity


@dataclass(frozen=True)
class Member:
    """Whether a level is one of several."""

    fact: Fact
    values: tuple[str, ...]


@dataclass(frozen=True)
class AllOf:
    """True when every part is; unknown parts leave it unknown unless one is false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """True when one part is; unknown parts leave it unknown unless one is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Negation:
    """False when the part is true; unknown stays unknown."""

    part: Condition


Number = Quantity | Fact | Arithmetic | Mean | Compound | Elapsed | Aggregate | Score
Atom = Compare | Member | Fact
Condition = Atom | AllOf | AnyOf | Negation
Node = Number | Word | Condition | Classified


def facts(node: Node) -> list[Fact]:
    """The scalars of a tree, in the order written; a derived one stands for its amounts."""
    if isinstance(node, Fact):
        return [node]
    return [fact for child in children(node) for fact in facts(child)]


def aggregates(node: Node) -> list[Aggregate]:
    """The list aggregates of a tree, in the order written."""
    if isinstance(node, Aggregate):
        return [node]
    return [found for child in children(node) for found in aggregates(child)]


def atoms(condition: Condition) -> list[Atom]:
    """The comparisons a condition is made of, in the order written."""
    if isinstance(condition, AllOf | AnyOf):
        return [atom for part in condition.parts for atom in atoms(part)]
    return atoms(condition.part) if isinstance(condition, Negation) else [condition]


def score_tests(condition: Condition) -> list[ScoreTest]:
    """Those of them that compare points of the sheet."""
    return [atom for atom in atoms(condition) if isinstance(atom, ScoreTest)]


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    if isinstance(node, Mean | AllOf | AnyOf):
        return node.parts
    if isinstance(node, Compare | Arithmetic):
        return node.left, node.right
    if isinstance(node, Compound):
        return node.last, node.first
    if isinstance(node, Classified):
        return (node.by, *dict.fromkeys(measure for row in node.rows for measure, _bounds in row.bounds))
    return _only(node)


def _only(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Elapsed):
        return (node.since,)
    if isinstance(node, Member):
        return (node.fact,)
    return (node.part,) if isinstance(node, Negation) else ()


def is_share(node: Number) -> bool:
    """Whether a number is a share or a rate, which people read in per cent."""
    if isinstance(node, Fact):
        return node.type == "ratio"
    if isinstance(node, Mean):
        return all(map(is_share, node.parts))
    if isinstance(node, Arithmetic):
        return node.unit == "1" and (node.op == "/" or is_share(node.left) or is_share(node.right))
    return isinstance(node, Compound)


def has_margin(condition: Condition | None) -> TypeGuard[Compare]:
    """Whether a condition is one comparison of a number, so that value minus bound can be told.

    Whether there is any record, or how long something has been, is not a number of the firm.
    """
    if not isinstance(condition, Compare) or isinstance(condition.right, Word):
        return False
    left = condition.left
    return not isinstance(left, Elapsed) and not (isinstance(left, Aggregate) and left.measure == "any")
