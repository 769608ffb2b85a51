"""How people write a value, and what they mean by it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from .firms import Firm
from .model import Value

UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(10**6),
    "亿元": Decimal(10**8),
}
Status = Literal["true", "report", "ignore", "free"]


class Written(NamedTuple):
    """What stands in a cell, what it means, and what a reader owes us: the value, a report, to pass over, nothing."""

    shown: Any
    value: Value | None = None
    status: Status = "true"
    format: str = ""


Writer = Callable[[Firm, int], Written]


class Formula(NamedTuple):
    """A formula and the value Excel last computed for it."""

    text: str
    cached: Any


def report(shown: Any) -> Written:
    """Ambiguous or broken."""
    return Written(shown, None, "report")


def passed(shown: Any) -> Written:
    """Says nothing about a fact."""
    return Written(shown, None, "ignore")


def free(shown: Any) -> Written:
    """A human officer could argue: nothing is asked of the reader."""
    return Written(shown, None, "free")


def quantity(amount: Decimal, unit: str, digits: int = 2) -> Decimal:
    """An amount in yuan, as rounded in a unit."""
    return (amount / UNITS[unit]).quantize(Decimal(1).scaleb(-digits))


def money(field: str, year: int, unit: str = "万元", digits: int = 2) -> Writer:
    """A number cell in the unit of its heading."""

    def write(firm: Firm, _: int) -> Written:
        shown = quantity(getattr(firm, field)[year], unit, digits)
        return Written(float(shown), shown * UNITS[unit], format="#,##0." + "0" * digits if digits else "#,##0")

    return write


def grouped(field: str, year: int, unit: str = "万元") -> Writer:
    """Text with thousands separators."""

    def write(firm: Firm, _: int) -> Written:
        shown = quantity(getattr(firm, field)[year], unit)
        return Written(f"{shown:,}", shown * UNITS[unit])

    return write


def capital(unit: str = "万元") -> Writer:
    """The registered capital as a number."""
    return lambda firm, _: Written(float(firm.capital / UNITS[unit]), firm.capital)


def share(part: str, whole: str, year: int, style: str) -> Writer:
    """A share as ``points`` (5.23 under %), ``text`` (5.23%), ``fraction`` (0.0523), ``format`` (shown as 5.23%)."""

    def write(firm: Firm, _: int) -> Written:
        value = firm.share(part, whole, year)
        percent = (value * 100).quantize(Decimal("0.01"))
        shown = {"points": float(percent), "text": f"{percent}%", "fraction": float(value), "format": float(value)}
        return Written(shown[style], value, format="0.00%" if style == "format" else "")

    return write


def heads(field: str, year: int) -> Writer:
    """Persons as a number."""
    return lambda firm, _: Written(getattr(firm, field)[year], getattr(firm, field)[year])


def own(field: str) -> Writer:
    """A scalar as it stands; nothing where the firm has none."""

    def write(firm: Firm, _: int) -> Written:
        value = getattr(firm, field)
        return Written(None, None, "free") if value == "" else Written(value, value)

    return write


def day(firm: Firm, _: int) -> Written:
    """The date of registration as an Excel date."""
    return Written(firm.registered_on, firm.registered_on, format="yyyy-mm-dd")


def flag(number: int, yes: Any = "是", no: Any = "否") -> Writer:
    """One of the firm's yes-or-no facts; an empty *no* leaves the cell empty."""

    def write(firm: Firm, _: int) -> Written:
        holds = firm.flags[number]
        return Written(yes, True) if holds else (Written(no, False) if no != "" else free(None))

    return write


def cycle(*writers: Writer) -> Writer:
    """Each row another way."""
    return lambda firm, index: writers[index % len(writers)](firm, index)


def now_and_then(usual: Writer, odd: dict[int, Written]) -> Writer:
    """The usual way, but for the rows named (0-based)."""
    return lambda firm, index: odd.get(index) or usual(firm, index)


def always(shown: Any, status: Status = "ignore") -> Writer:
    """The same on every row."""
    return lambda firm, _: Written(shown, None, status)


def serial(_: Firm, index: int) -> Written:
    """1, 2, 3…"""
    return passed(index + 1)


def person(firm: Firm, _: int) -> Written:
    """A contact's name."""
    return passed(firm.person)


def phone(firm: Firm, _: int) -> Written:
    """A contact's telephone."""
    return passed(firm.phone)
